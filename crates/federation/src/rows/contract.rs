use measure::{Hours, Quantity, Value};
use serde::{Deserialize, Serialize};

use crate::act::{Side, Terms};
use crate::rows::{Delivery, Pass, Round, Said, Thing, Unit, Version};
use crate::{Area, Id, Line, Time};

/// The two sides of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties {
    /// Who gives.
    pub giver: Id<Unit>,
    /// Who receives.
    pub receiver: Id<Unit>,
}

impl Parties {
    /// Whoever has offered, or needs, what is contracted.
    pub const fn on(self, side: Side) -> Id<Unit> {
        match side {
            Side::Offer => self.giver,
            Side::Need => self.receiver,
        }
    }
}

/// A commitment of a giver and a receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Who gives and who receives.
    pub parties: Parties,
    /// Under which version.
    pub version: Id<Version>,
    /// How much.
    pub quantity: Quantity,
    /// At its value, or as a gift.
    pub terms: Terms,
    /// Seconds per whole measure: the version's, or nought.
    pub value: Value,
    /// The decimals of its measure.
    pub decimals: u8,
    /// How it came about.
    pub origin: Origin,
    /// How it stands.
    pub status: Status,
    /// When it was proposed.
    pub since: Time,
    /// What was said with it.
    pub note: Line,
    /// How much was delivered and accepted.
    pub accepted: Quantity,
    /// What its accepted deliveries count, as corrected.
    pub counted: Hours,
    /// How much the receiver holds with a receipt and has not answered.
    pub unanswered: Quantity,
    /// Its deliveries, first made first.
    pub deliveries: Vec<Id<Delivery>>,
    /// Where and when the round that planned it lets its sides meet.
    pub meeting: Meeting,
    /// When and where.
    pub arrangement: Option<Arrangement>,
    /// The talk about it: who, when, and the body with the words.
    pub thread: Vec<Said>,
}

/// Where and when the two sides of a match can meet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// In which area, if a side named one.
    pub area: Option<Area>,
    /// From which week on, counted from that of 1970-01-01, if a side named a time.
    pub week: Option<u32>,
}

/// How a contract came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// By a round's plan.
    Round {
        /// The round.
        round: Id<Round>,
        /// By its first plan or by the re-solve.
        pass: Pass,
    },
    /// By a swap, when a round's offers were closed.
    Swap {
        /// The round.
        round: Id<Round>,
        /// Which of its rings.
        ring: u32,
        /// The thing that is given.
        thing: Id<Thing>,
    },
    /// Between two units.
    Direct,
    /// Entered after it had happened.
    AlreadyDone {
        /// When it had.
        happened: Time,
    },
}

/// How a contract stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Waits for an answer.
    Proposed {
        /// The giver said yes.
        giver: Answered,
        /// The receiver said yes.
        receiver: Answered,
        /// Declined if this passes.
        answer_by: Time,
    },
    /// Both said yes.
    Agreed,
    /// All of it was delivered and accepted.
    Fulfilled,
    /// One side said no.
    Declined {
        /// Which one.
        by: Id<Unit>,
        /// Why, if it said.
        reason: Line,
    },
    /// Nobody answered in time.
    Lapsed,
    /// One side ended it.
    Ended {
        /// Which one.
        by: Id<Unit>,
        /// Why, if it said.
        reason: Line,
    },
}

/// Whether a side has said yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answered {
    /// Not yet.
    No,
    /// By a member.
    Yes,
    /// By standing consent.
    Standing,
}

/// When and where a contract is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// When.
    pub when: Time,
    /// Where.
    pub place: Line,
    /// Who suggested it.
    pub by: Id<Unit>,
    /// Whether the other side has signed the same.
    pub agreed: bool,
}

impl Contract {
    /// The hours that so much of it is worth.
    pub(crate) fn worth(&self, quantity: Quantity) -> Hours {
        // The whole quantity was checked when the contract was made, and less is worth less.
        self.value.worth(quantity, self.decimals).unwrap_or_default()
    }

    /// The hours that all of it is worth.
    pub fn hours(&self) -> Hours {
        self.worth(self.quantity)
    }

    /// How much can still be delivered.
    pub fn left(&self) -> Quantity {
        let taken = self.accepted.plus(self.unanswered).unwrap_or(self.quantity);
        self.quantity.minus(taken).unwrap_or_default()
    }

    /// The hours of what is held with a receipt and not answered.
    pub fn hours_unanswered(&self) -> Hours {
        self.worth_with(self.unanswered)
    }

    /// The hours that so much adds, on top of what was accepted: what all of it is worth together,
    /// less what counts already. So cutting a delivery up gains nothing.
    pub(crate) fn worth_with(&self, more: Quantity) -> Hours {
        let together = self.accepted.plus(more).unwrap_or(self.quantity);
        self.worth(together).minus(self.counted).unwrap_or_default().at_least_zero()
    }

    /// The hours still to be delivered, beyond what is held with a receipt.
    pub fn hours_left(&self) -> Hours {
        let all = self.hours().minus(self.counted).unwrap_or_default();
        all.minus(self.hours_unanswered()).unwrap_or_default().at_least_zero()
    }

    /// Whether a unit is one of its two sides.
    pub fn is_party(&self, unit: Id<Unit>) -> bool {
        self.parties.giver == unit || self.parties.receiver == unit
    }

    /// Whether deliveries are due under it.
    pub const fn is_agreed(&self) -> bool {
        matches!(self.status, Status::Agreed)
    }

    /// Whether it waits for an answer.
    pub const fn is_proposed(&self) -> bool {
        matches!(self.status, Status::Proposed { .. })
    }
}
