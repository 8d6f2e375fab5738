use std::collections::{BTreeMap, BTreeSet};

use measure::{Hours, Quantity};
use serde::{Deserialize, Serialize};

use crate::rows::{Contract, Parties, Specification, Unit, Version, Wish};
use crate::{AnnexId, Area, Id, Preference, Root, Time};

/// A window in which offers and needs are matched into circuits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// When the calendar said that it was due.
    pub due: Time,
    /// The record's root when it was opened: what breaks ties, known to nobody before.
    pub seed: Root,
    /// How many hours units have to answer what it proposes, as the pact said when it was opened.
    pub answer_hours: u32,
    /// How far it is.
    pub phase: Phase,
    /// What the plan in the making is for, frozen when the window before it was closed.
    pub inputs: Option<Inputs>,
    /// Its plans so far: the first, and the re-solve.
    pub plans: Vec<Planned>,
    /// The swaps found when its offers were closed: the contracts of each ring, in which whoever
    /// receives under one gives under the next.
    pub swaps: Vec<Vec<Id<Contract>>>,
    /// Who takes no further part, and for which specification.
    pub out: BTreeSet<(Id<Unit>, Id<Specification>)>,
}

impl Round {
    /// Its plan of a pass, once there is one.
    pub fn plan(&self, pass: Pass) -> Option<&Planned> {
        self.plans.get(match pass {
            Pass::First => 0,
            Pass::Again => 1,
        })
    }
}

/// Which of a round's two solves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pass {
    /// The first.
    First,
    /// The re-solve after the answers.
    Again,
}

/// How far a round is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Takes offers and needs.
    Open {
        /// Until then.
        until: Time,
    },
    /// Waits for a certified plan.
    Solving {
        /// For which solve.
        pass: Pass,
    },
    /// Waits for the units' answers.
    Answering {
        /// To which plan.
        pass: Pass,
        /// Until then.
        until: Time,
    },
    /// Over.
    Finished,
}

/// What a plan is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// How many entries the record had when they were frozen.
    pub size: u64,
    /// The moment they were frozen, for what stands at it.
    pub at: Time,
    /// What each unit may use and earn.
    pub rooms: Vec<RoomLeft>,
    /// What stands of the offers.
    pub offers: Vec<Drawn>,
    /// What stands of the needs.
    pub needs: Vec<Drawn>,
    /// Contracts of the first plan that stay, with the hours still to come under each.
    pub accepted: Vec<(Parties, Hours)>,
    /// What the first plan had matched and somebody refused or left unanswered.
    pub let_down: Vec<(Parties, Id<Version>, Hours)>,
    /// Where units are at home, of those that say.
    pub homes: BTreeMap<Id<Unit>, Area>,
    /// What is essential, and how much for each counted member.
    pub essentials: BTreeMap<Id<Version>, Quantity>,
    /// Which plans are preferred, the weightiest first.
    pub order: Vec<Preference>,
    /// Which units will not be joined with which.
    pub refused: Vec<(Id<Unit>, Id<Unit>)>,
}

/// What a solve draws on of an offer or a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The offer or need.
    pub wish: Id<Wish>,
    /// The version; of a need, the one that it draws on in this solve.
    pub version: Id<Version>,
    /// What stands of it.
    pub quantity: Quantity,
}

/// What a unit may use and earn in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomLeft {
    /// Which unit.
    pub unit: Id<Unit>,
    /// How much more than it gives it may receive.
    pub down: Hours,
    /// How much more than it receives it may give.
    pub up: Hours,
    /// How many members count when something is shared out.
    pub members: u32,
    /// How many sixteenths of its needs stayed open in its last round.
    pub short: u8,
}

/// A plan that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The annex with the plan and its certificate.
    pub annex: AnnexId,
    /// When it was recorded.
    pub at: Time,
    /// The contracts that it proposed.
    pub contracts: Vec<Id<Contract>>,
    /// What it was for.
    pub inputs: Inputs,
}
