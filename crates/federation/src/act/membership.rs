use measure::Hours;
use serde::{Deserialize, Serialize};

use crate::rows::Unit;
use crate::{Area, BodyId, Line, Name, Pact, PersonId, Prose, PublicKey, Ref, Time};

/// Founds a federation. Its signer is a member of one of the listed units, and signs that row by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// What it is called.
    pub name: Name,
    /// Its pact.
    pub pact: Pact,
    /// The founding units, 1 to 200; each signs its own row.
    pub rows: Vec<FoundingRow>,
    /// Who hosts the record; a member of a listed unit.
    pub host: PersonId,
}

/// A founding unit. It comes into force when one of its members signs the pact for it; opening
/// entitlements come into force together, when every row that has one is signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundingRow {
    /// The unit's name, unlike any other's in the federation.
    pub name: Name,
    /// Where it is; empty if it does not say.
    pub place: Line,
    /// How many members count, 1 to 100,000.
    pub counted_members: u32,
    /// Its base: 0 to 1,000 hours per counted member.
    pub base: Hours,
    /// Its opening entitlement: up to 1,000 hours per counted member, up or down; all rows together
    /// sum to zero.
    pub opening: Hours,
    /// The members known at the founding, at least one with a key.
    pub members: Vec<FoundingMember>,
}

/// A member listed at the founding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundingMember {
    /// The person.
    pub person: PersonId,
    /// Their first key; none for somebody without a device.
    pub key: Option<NewKey>,
    /// Who they are, in a body.
    pub about: Option<BodyId>,
}

/// A key to be used from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// The public key; no other person has ever used it here.
    pub key: PublicKey,
    /// Who holds the private half.
    pub held_by: HeldBy,
}

/// Who holds a private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeldBy {
    /// A device of the person's.
    Device,
    /// A node, for the person; every receipt says so.
    Node,
    /// Whoever has the invite link; the invited person replaces it with a key of their own.
    Invite,
}

/// Signs the pact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignPact {
    /// For a row of the founding list, by a member of it.
    Founding {
        /// The row.
        unit: Ref<Unit>,
    },
    /// As a new unit whose first member is the signer, a person new to the record.
    Newcomer {
        /// The unit's name, unlike any other's in the federation.
        name: Name,
        /// Where it is; empty if it does not say.
        place: Line,
        /// Who holds the key that signs.
        held_by: HeldBy,
        /// Who the signer is, in a body.
        about: Option<BodyId>,
    },
    /// As a new unit, by a person whom the record knows and who is in no unit now.
    NewUnit {
        /// The unit's name.
        name: Name,
        /// Where it is; empty if it does not say.
        place: Line,
    },
    /// For a unit that left, by one of its members: it takes up its row again.
    Return {
        /// The departed unit.
        unit: Ref<Unit>,
    },
}

/// Announces that the unit will leave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnounceLeaving {
    /// When it means to leave; it may do so before and after.
    pub by: Time,
}

/// Takes a person into the signer's unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdmitMember {
    /// The person: new to the record, or in no unit now.
    pub person: PersonId,
    /// Their first key, if new; none for somebody without a device.
    pub key: Option<NewKey>,
    /// Who they are, in a body.
    pub about: Option<BodyId>,
}

/// Says who the signer is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Introduce {
    /// The body with name, picture and contacts.
    pub about: BodyId,
}

/// Says where the unit is and what it does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DescribeUnit {
    /// Where it is.
    pub place: Line,
    /// In which area it is at home: rounds prefer short ways, and bring there what it needs.
    pub area: Option<Area>,
    /// What it does.
    pub description: Prose,
}

/// What in a unit a rule of signing is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// Admitting members, and describing the unit and its makeup.
    Members,
    /// Leaving, announcing it, and coming back.
    Leaving,
    /// Specifications and values.
    Values,
    /// Offers and needs.
    Offers,
    /// Contracts.
    Contracts,
    /// Deliveries.
    Deliveries,
    /// Backing.
    Trust,
}

/// Who may sign in a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signing {
    /// Any one member.
    AnyMember,
    /// Two members, who sign the same act; one where only one has a key.
    TwoMembers,
    /// More than half of the members, those without a key included: two co-members enter an act for
    /// whoever has none.
    MoreThanHalf,
}

/// Changes a rule of signing of the signer's unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetSigning {
    /// In which matter.
    pub matter: Matter,
    /// Who may sign from now on.
    pub signing: Signing,
}

/// Adds a key of the signer's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddKey {
    /// The new key.
    pub key: NewKey,
}

/// Takes a key of the signer's out of use.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevokeKey {
    /// The key.
    pub key: PublicKey,
}

/// Lends free room of the unit's own base.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    /// The unit that is backed.
    pub unit: Ref<Unit>,
    /// How much more room it gets; above nought.
    pub hours: Hours,
}

/// Takes lent room back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseBacking {
    /// The unit that is backed.
    pub unit: Ref<Unit>,
    /// How much; what is in use follows as the unit delivers.
    pub hours: Hours,
}
