use serde::{Deserialize, Serialize};

use crate::rows::{Conflict, Contribution, Delivery, Mandate, Unit};
use crate::{Line, Prose, Ref};

/// Takes something to talks, mediators and the units affected, as a conflict over a resource goes
/// by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// What about.
    pub about: Disputed,
    /// What the signer's unit says to it.
    pub why: Prose,
}

/// What can be disputed beside the use of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disputed {
    /// A delivery that was rejected, by either side of its contract.
    Delivery {
        /// Which one.
        delivery: Ref<Delivery>,
    },
    /// A contribution that was rejected, by its giver or a unit that rejected it.
    Contribution {
        /// Which one.
        contribution: Ref<Contribution>,
    },
    /// A settlement that was broken, by one of its parties.
    Settlement {
        /// Of which conflict.
        conflict: Ref<Conflict>,
    },
    /// A mandate that was exceeded, by a unit other than the one that gave it: that one recalls.
    Mandate {
        /// Which one; one that holds, or has ended in the last 180 days.
        mandate: Ref<Mandate>,
    },
}

/// Signs a text for the signer's unit; when all parties have signed the same, it settles the
/// conflict.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// The conflict.
    pub conflict: Ref<Conflict>,
    /// What is agreed, in words.
    pub text: Prose,
    /// What is agreed as a calendar, if it is.
    pub turns: Option<Turns>,
}

/// Who uses a resource when, again and again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turns {
    /// It begins anew every so many days, 1 to 366, counted from a Monday at midnight.
    pub every_days: u16,
    /// Who has it when; 1 to 64 that do not overlap.
    pub slots: Vec<Turn>,
}

/// One unit's time in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Which unit; a party.
    pub unit: Ref<Unit>,
    /// The hour in which it begins, counted from the beginning of the calendar.
    pub from_hour: u32,
    /// How many hours it lasts; above nought.
    pub hours: u32,
}

/// Writes an option down, as a mediator.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteOption {
    /// The conflict.
    pub conflict: Ref<Conflict>,
    /// What it comes to, in words.
    pub text: Prose,
    /// And as a calendar, if it is one.
    pub turns: Option<Turns>,
}

/// Says what a member of a party thinks of a conflict's options, in place of what they said before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeighOptions {
    /// The conflict.
    pub conflict: Ref<Conflict>,
    /// The options that they support, counted from 1.
    pub supports: Vec<u8>,
    /// Those that they object to, with the reason.
    pub objects: Vec<Objection>,
}

/// A reasoned objection to an option.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// The option, counted from 1.
    pub option: u8,
    /// Why; without a reason it is no objection.
    pub reason: Line,
}
