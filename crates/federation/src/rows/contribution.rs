use measure::{Hours, Quantity};
use serde::{Deserialize, Serialize};

use crate::rows::{Common, Person, Progress, Unit};
use crate::{Id, Line, Time};

/// A delivery to a common: one delivery to all its subscribers, in their shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// To which common.
    pub common: Id<Common>,
    /// Who gives.
    pub giver: Id<Unit>,
    /// How much; after a correction, how much it really was.
    pub quantity: Quantity,
    /// Who carries how much of it, whoever subscribed first before others. Together it is exactly
    /// what the quantity is worth.
    pub shares: Vec<Carried>,
    /// When the giver said that it is there.
    pub since: Time,
    /// What the giver said with it.
    pub note: Line,
    /// How far it is.
    pub progress: Progress,
    /// Who was drawn to accept or reject it: two of different units, one where there is only one.
    pub asked: Vec<Asked>,
    /// Who was drawn before and did not answer.
    pub silent: Vec<Id<Person>>,
    /// A correction that one side has signed: who, and to how much.
    pub correction: Option<(Id<Unit>, Quantity)>,
}

/// What one unit carries of a contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Which unit.
    pub unit: Id<Unit>,
    /// How much.
    pub hours: Hours,
}

/// Somebody drawn to accept or reject a contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Who.
    pub person: Id<Person>,
    /// Of which unit.
    pub unit: Id<Unit>,
    /// Whether they have accepted it.
    pub accepted: bool,
}

impl Contribution {
    /// What all of it is worth.
    pub fn hours(&self) -> Hours {
        let add = |sum: Hours, share: &Carried| sum.plus(share.hours).unwrap_or(sum);
        self.shares.iter().fold(Hours::ZERO, add)
    }

    /// Whether it was neither accepted nor rejected.
    pub const fn is_open(&self) -> bool {
        matches!(self.progress, Progress::HandedOver | Progress::Receipted { .. })
    }

    /// Whether a unit carries some of it, or gives it.
    pub fn is_party(&self, unit: Id<Unit>) -> bool {
        self.giver == unit || self.share_of(unit).is_positive()
    }

    /// What a unit carries of it.
    pub fn share_of(&self, unit: Id<Unit>) -> Hours {
        let own = self.shares.iter().find(|share| share.unit == unit);
        own.map_or(Hours::ZERO, |share| share.hours)
    }
}
