use circuits::Plan;
use serde::{Deserialize, Serialize};

use crate::{Act, FederationId, PersonId, PublicKey, Root, StatementId, Time};

/// What a person says, as it is signed.
///
/// Shape: a JSON object with exactly these fields. The signature is over the bytes as sent; this
/// is what they parse to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The version of this form: 1.
    pub form: u8,
    /// The federation it is for; it means nothing in any other.
    pub federation: FederationId,
    /// Whose act it is. Differs from the key's owner only where two co-members act for somebody
    /// without a device.
    pub person: PersonId,
    /// The key that signs.
    pub key: PublicKey,
    /// The key's serial number, each used once.
    pub serial: u64,
    /// The last signed checkpoint that the device holds, if any.
    pub seen: Option<Seen>,
    /// The author's own time.
    pub time: Time,
    /// What is done.
    pub act: Act,
}

/// A signed checkpoint that a device holds: evidence against a host that shows two histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The number of entries it covers.
    pub size: u64,
    /// The Merkle root of those entries.
    pub root: Root,
}

/// A statement as placed in the record, with what the state machine needs to know besides.
///
/// The record has checked the signature, the hash and the annex before it makes one.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The SHA-256 of the statement's bytes.
    pub id: StatementId,
    /// Its place in the record, counted from nought.
    pub sequence: u64,
    /// The host's time.
    pub time: Time,
    /// What was said.
    pub statement: Statement,
    /// The root of all entries before this one: the seed of what this entry draws by lot.
    pub root_before: Option<Root>,
    /// The annex's plan; given with `plan`.
    pub plan: Option<Plan>,
}
