use measure::{Hours, Quantity};
use serde::{Deserialize, Serialize};

use super::CeilingWarning;
use crate::rows::{Common, Contribution, Version};
use crate::{Line, Name, Prose, Ref};

/// Opens a common: something for everybody, carried by whoever subscribes to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenCommon {
    /// What it is called.
    pub name: Name,
    /// What is delivered to it; a version with a value.
    pub version: Ref<Version>,
    /// What it is for.
    pub about: Prose,
}

/// Carries a common with hours of the signer's unit, in place of what it carried of it before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscribe {
    /// The common.
    pub common: Ref<Common>,
    /// Up to so many hours; each time, if it repeats. Above nought.
    pub hours: Hours,
    /// Stands anew every so many days, 1 to 366.
    pub every_days: Option<u16>,
}

/// Carries a common no longer, for what is not yet delivered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsubscribe {
    /// The common.
    pub common: Ref<Common>,
}

/// Delivers to a common: one delivery to all its subscribers, in their shares.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contribute {
    /// The common.
    pub common: Ref<Common>,
    /// How much; above nought.
    pub quantity: Quantity,
    /// What the giver knows of its ceiling.
    pub ceiling: CeilingWarning,
    /// What else there is to say.
    pub note: Line,
}

/// Signs that a contribution is there. It does not say that it is good.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptContribution {
    /// The contribution.
    pub contribution: Ref<Contribution>,
}

/// Accepts a contribution. Those drawn by lot can; the giver after seven days with a receipt and
/// without an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptContribution {
    /// The contribution.
    pub contribution: Ref<Contribution>,
}

/// Rejects a contribution by a clause, and offers it back; by one of those drawn by lot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectContribution {
    /// The contribution.
    pub contribution: Ref<Contribution>,
    /// The clause that it does not meet, counted from 1.
    pub clause: u16,
    /// In what way.
    pub reason: Prose,
}

/// Corrects an accepted contribution downwards; it holds when the giver and a unit that carries a
/// share of it have signed the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectContribution {
    /// The contribution.
    pub contribution: Ref<Contribution>,
    /// How much it really was; less than is in the books, also nothing.
    pub quantity: Quantity,
    /// Why.
    pub reason: Line,
}
