use std::fmt;

use crate::maps::{UnitIndex, VersionIndex};

/// Where in a round something is wrong. Positions are those of the lists the round was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What a unit offers in a lot.
    Offer(UnitIndex, VersionIndex),
    /// What a unit needs from a lot.
    Need(UnitIndex, VersionIndex),
    /// What one unit owes another.
    Obligation(UnitIndex, UnitIndex),
    /// What a unit gives beyond what it gets, or the reverse.
    Room(UnitIndex),
    /// What goes into a lot and comes out of it.
    Lot(VersionIndex),
}

/// What is wrong with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The plan has flows for another number of offers, needs and obligations.
    Flows {
        /// How many it has.
        found: usize,
        /// How many the round has.
        expected: usize,
    },
    /// A stage has potentials for another number of nodes.
    Potentials {
        /// The stage, from nought.
        stage: usize,
        /// How many it has.
        found: usize,
        /// How many nodes the round has.
        expected: usize,
    },
    /// A flow is below nought or above what was offered, needed, owed or left as room.
    OutOfBounds {
        /// Where.
        place: Place,
        /// The seconds found.
        seconds: i128,
        /// The least that is allowed.
        least: i64,
        /// The most that is allowed.
        most: i64,
    },
    /// A lot gives out more or less than goes in.
    Unbalanced {
        /// Where.
        place: Place,
        /// What goes in beyond what comes out, in seconds.
        seconds: i128,
    },
    /// By the potentials of a stage, changing this flow would make the plan better.
    NotBest {
        /// The stage, from nought.
        stage: usize,
        /// Where.
        place: Place,
    },
    /// Other plans are as good in every stage given: stages are missing.
    NotUnique,
    /// There is a stage after the plan was already the only one.
    StageTooMany,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offer(unit, lot) => write!(f, "the offer of unit {} in lot {}", unit.0, lot.0),
            Self::Need(unit, lot) => write!(f, "the need of unit {} in lot {}", unit.0, lot.0),
            Self::Obligation(giver, receiver) => {
                write!(f, "what unit {} owes unit {}", giver.0, receiver.0)
            }
            Self::Room(unit) => write!(f, "the room of unit {}", unit.0),
            Self::Lot(lot) => write!(f, "lot {}", lot.0),
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flows { found, expected } => {
                write!(f, "the plan has {found} flows; expected {expected}")
            }
            Self::Potentials { stage, found, expected } => {
                write!(f, "stage {stage} has {found} potentials; expected {expected}")
            }
            Self::OutOfBounds { place, seconds, least, most } => {
                write!(f, "{place} carries `{seconds}` seconds; expected {least} to {most}")
            }
            Self::Unbalanced { place, seconds } => {
                write!(
                    f,
                    "{place} takes in `{seconds}` seconds more than it gives; expected as much"
                )
            }
            Self::NotBest { stage, place } => {
                write!(
                    f,
                    "the plan is not the best in stage {stage}: changing {place} would better it"
                )
            }
            Self::NotUnique => {
                write!(f, "other plans are as good: stages of the proof are missing")
            }
            Self::StageTooMany => write!(f, "the proof has stages after the plan was the only one"),
        }
    }
}

impl std::error::Error for Flaw {}
