use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tally::Draw;

use crate::rows::{Person, Proposal, Unit};
use crate::{Id, Line, LotNumber, NumberHash, Time};

/// A public lot: units bind themselves to numbers, then tell them, and all numbers together are the
/// seed from which everybody draws the same.
///
/// As long as one of the units keeps its number to itself until all are bound, nobody can know or
/// choose the seed. Whoever withholds a number is left out, and all others begin anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// What is drawn.
    pub drawing: Drawing,
    /// Since when it is asked for.
    pub since: Time,
    /// How far it is.
    pub stage: LotStage,
    /// The units that withheld a number; they give none for this lot any more.
    pub withheld: BTreeSet<Id<Unit>>,
    /// Every hash given for it, also in a draw that was broken off: no number is given twice.
    pub hashes: BTreeSet<NumberHash>,
}

/// What a lot draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// Names, for whoever asked.
    Names {
        /// Who asked.
        by: Id<Person>,
        /// What for.
        about: Line,
        /// The names.
        names: Vec<Line>,
        /// How many of them.
        draw: u16,
    },
    /// Who is elected where votes and turns are equal.
    Election(Id<Proposal>),
}

/// Whom a name that a lot draws from stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LotName {
    /// A person: the name is their id.
    Person(Id<Person>),
    /// A unit: the name is how statements name it.
    Unit(Id<Unit>),
    /// Nobody whom the record knows.
    Other,
}

/// How far a lot is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LotStage {
    /// Units bind themselves to numbers.
    Committing {
        /// Until then; and on, as long as too few have.
        until: Time,
        /// To what each is bound.
        bound: BTreeMap<Id<Unit>, NumberHash>,
    },
    /// They tell their numbers.
    Opening {
        /// Until then.
        until: Time,
        /// To what each is bound.
        bound: BTreeMap<Id<Unit>, NumberHash>,
        /// What was told.
        told: BTreeMap<Id<Unit>, LotNumber>,
    },
    /// It is drawn.
    Drawn {
        /// When.
        at: Time,
        /// The numbers.
        told: BTreeMap<Id<Unit>, LotNumber>,
    },
    /// For four weeks not even two units came, or all withheld their numbers: nothing is drawn.
    Over {
        /// Since when.
        at: Time,
    },
}

impl LotNumber {
    /// To what a unit is bound that will tell this number: the SHA-256 of its bytes.
    pub fn hash(&self) -> NumberHash {
        NumberHash(Sha256::digest(self.0).into())
    }
}

impl Lot {
    /// How many units it takes, or all that can, if they are fewer.
    pub const UNITS: usize = 5;

    /// What it draws from, once it is drawn: the SHA-256 of all numbers, the smallest first.
    pub fn seed(&self) -> Option<Draw> {
        let LotStage::Drawn { told, .. } = &self.stage else { return None };
        let numbers: BTreeSet<&LotNumber> = told.values().collect();
        let mut seed = Sha256::new();
        for number in numbers {
            seed.update(number.0);
        }
        Some(Draw::new(seed.finalize().into()))
    }

    /// Whether it is neither drawn nor over.
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, LotStage::Committing { .. } | LotStage::Opening { .. })
    }

    /// Which of its names are drawn, by position, the first drawn first; none as long as it is not,
    /// and for a lot that draws something else.
    pub fn names_drawn(&self) -> Vec<usize> {
        let (Some(seed), Drawing::Names { names, draw, .. }) = (self.seed(), &self.drawing) else {
            return Vec::new();
        };
        let names = names.iter().map(|name| name.as_str().as_bytes());
        seed.some(names, usize::from(*draw))
    }
}
