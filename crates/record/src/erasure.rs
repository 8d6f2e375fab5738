use federation::{BodyId, FederationId, PersonId, PublicKey, Time};
use serde::{Deserialize, Serialize};

use crate::key::SigningKey;
use crate::statement::{Signed, sign_form};

/// A person asks that a body by or about them be erased. It is no act: the record keeps the name
/// of the body and verifies as before.
///
/// Shape: a JSON object with exactly these fields, signed as a statement is. It can be sent again;
/// what is erased stays so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The version of this form: 1.
    pub form: u8,
    /// The federation in whose record the body is named.
    pub federation: FederationId,
    /// Who asks.
    pub person: PersonId,
    /// The key that signs.
    pub key: PublicKey,
    /// When they ask.
    pub time: Time,
    /// The body.
    pub erase: BodyId,
}

/// Signs an erasure.
pub fn sign_erasure(key: &SigningKey, erasure: &Erasure) -> Signed {
    sign_form(key, erasure)
}
