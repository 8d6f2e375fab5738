use measure::Hours;
use serde::{Deserialize, Serialize};

use crate::act::NewKey;
use crate::rows::{Contract, Delivery, Unit};
use crate::{PersonId, PublicKey, Ref};

/// How a unit decides: by consent first, if it says so, and by a count of ballots.
///
/// The count also decides where consent was tried in vain as often as the unit lets it. Without a
/// rule of its own a unit counts, and more than half of those who say yes or no decide.
/// (Design: Persons and units.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// How often consent is tried, 0 to 3; nought for a unit that counts at once.
    pub consent_tries: u8,
    /// How ballots are counted.
    pub count: Count,
}

/// How the ballots of a unit's members are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Count {
    /// One option each; it passes with this part of the ballots that choose it or another.
    YesNo {
        /// The part it takes.
        share: Threshold,
    },
    /// Everything each would accept; most approvals win.
    Approval {},
    /// −2 to +2 for each option; the highest sum wins.
    Score {},
    /// Options in order; the one that beats the others pair by pair wins.
    Schulze {},
}

/// The part of the ballots that a decision takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threshold {
    /// More than half.
    MoreThanHalf,
    /// Two thirds or more.
    TwoThirds,
    /// Three quarters or more.
    ThreeQuarters,
    /// All of them.
    All,
}

/// Changes the method by which the signer's unit decides; more than half of its members sign.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetMethod {
    /// The method from now on.
    pub method: Method,
}

impl Method {
    /// The most often that consent is tried.
    pub const CONSENT_TRIES_MAX: u8 = 3;
}

/// A count at once, more than half of those who say yes or no.
impl Default for Method {
    fn default() -> Self {
        Self { consent_tries: 0, count: Count::YesNo { share: Threshold::MoreThanHalf } }
    }
}

impl Threshold {
    /// Its place among them, from 1 for the smallest part.
    pub const fn rank(self) -> i64 {
        match self {
            Self::MoreThanHalf => 1,
            Self::TwoThirds => 2,
            Self::ThreeQuarters => 3,
            Self::All => 4,
        }
    }

    /// As the counts of ballots take it.
    pub const fn share(self) -> tally::Share {
        match self {
            Self::MoreThanHalf => tally::Share::HALF,
            Self::TwoThirds => tally::Share::TWO_THIRDS,
            Self::ThreeQuarters => tally::Share::AtLeast(3, 4),
            Self::All => tally::Share::AtLeast(1, 1),
        }
    }
}

/// Names who can help the signer to a new key, should all keys be lost. Whoever has named helpers
/// before keeps them for seven days more, so that a thief with a key cannot name others and be
/// alone with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameHelpers {
    /// The helpers, 3 to 9 different persons with a key: co-members, or anybody in a unit for
    /// members of a unit of fewer than four.
    pub helpers: Vec<PersonId>,
    /// How many of them it takes, 2 to all.
    pub needed: u8,
}

/// A helper signs a new key for somebody who has lost theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoverKey {
    /// For whom.
    pub person: PersonId,
    /// The key that is to replace all theirs.
    pub key: NewKey,
}

/// The signer, with a key of theirs, says no to a key that their helpers have signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VetoRecovery {
    /// The key that is to replace the signer's.
    pub key: PublicKey,
}

/// What a list says of a unit. A list only adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListRow {
    /// The unit, which is in.
    pub unit: Ref<Unit>,
    /// How many of its members count from then on; no fewer than before.
    pub counted_members: u32,
    /// Its base from then on: 0 to 1,000 hours per counted member, no less than before.
    pub base: Hours,
    /// Whether it is enrolled with the list; one that is stays so.
    pub enrolled: bool,
}

/// A failure to do what a unit had agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// A delivery that was rejected.
    Rejected {
        /// The delivery.
        delivery: Ref<Delivery>,
    },
    /// What was due under an agreed contract, and was neither delivered nor the contract ended.
    Overdue {
        /// The contract.
        contract: Ref<Contract>,
    },
}
