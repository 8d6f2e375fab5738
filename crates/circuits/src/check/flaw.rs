use std::fmt;

use crate::maps::{UnitIndex, VersionIndex};
use crate::stage::StageName;

/// Where in a round something is wrong. Positions are those of the lists the round was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What a unit offers of a version.
    Offer(UnitIndex, VersionIndex),
    /// What a unit needs of a version.
    Need(UnitIndex, VersionIndex),
    /// What one unit owes another.
    Obligation(UnitIndex, UnitIndex),
    /// What a unit gives beyond what it gets, or the reverse.
    Room(UnitIndex),
    /// What goes into a version's lots and comes out of them.
    Version(VersionIndex),
    /// All that a unit gets of one class.
    Intake(UnitIndex),
}

/// What is wrong with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The plan has flows for another number of arcs.
    Flows {
        /// How many it has.
        found: usize,
        /// How many the round has.
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
    /// A place gives out more or less than goes in.
    Unbalanced {
        /// Where.
        place: Place,
        /// What goes in beyond what comes out, in seconds.
        seconds: i128,
    },
    /// The proof of a stage proves nothing.
    Stage {
        /// The stage's position, from nought.
        stage: usize,
        /// Which stage the round has there.
        name: StageName,
        /// What is wrong.
        fault: Fault,
    },
    /// There is a stage after the plan was already the only one.
    StageTooMany {
        /// The stage's position, from nought.
        stage: usize,
    },
}

/// What is wrong with the proof of one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The plan ends before the stage, though other plans are as good so far.
    Missing,
    /// There are potentials for another number of nodes.
    Potentials {
        /// How many there are.
        found: usize,
        /// How many nodes the round has.
        expected: usize,
    },
    /// By the potentials, changing this flow would make the plan better.
    NotBest {
        /// Where.
        place: Place,
    },
    /// A floor's stage has no level.
    NoLevel,
    /// A stage that is no floor has a level.
    Level {
        /// The level found.
        level: i64,
    },
    /// A level is below nought or above what is essential.
    LevelOutside {
        /// The level found, in seconds for each counted member.
        level: i64,
        /// The seconds of what is essential for each counted member.
        most: i64,
    },
    /// A unit that could still rise gets less than the level.
    LevelTooHigh {
        /// The level found, in seconds for each counted member.
        level: i64,
        /// Where.
        place: Place,
    },
    /// Everybody who could still rise gets a second a member more than the level.
    LevelTooLow {
        /// The level found, in seconds for each counted member.
        level: i64,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offer(unit, version) => {
                write!(f, "the offer of unit {} of version {}", unit.0, version.0)
            }
            Self::Need(unit, version) => {
                write!(f, "the need of unit {} of version {}", unit.0, version.0)
            }
            Self::Obligation(giver, receiver) => {
                write!(f, "what unit {} owes unit {}", giver.0, receiver.0)
            }
            Self::Room(unit) => write!(f, "the room of unit {}", unit.0),
            Self::Version(version) => write!(f, "a lot of version {}", version.0),
            Self::Intake(unit) => write!(f, "what unit {} gets of one class", unit.0),
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flows { found, expected } => {
                write!(f, "the plan has {found} flows; expected {expected}")
            }
            Self::OutOfBounds { place, seconds, least, most } => {
                write!(f, "{place} carries `{seconds}` seconds; expected {least} to {most}")
            }
            Self::Unbalanced { place, seconds } => write!(
                f,
                "{place} takes in `{seconds}` seconds more than it gives; expected as much"
            ),
            Self::Stage { stage, name, fault } => write!(f, "stage {stage}, {name}: {fault}"),
            Self::StageTooMany { stage } => write!(
                f,
                "stage {stage} comes after the plan was the only one; expected no more stages"
            ),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "other plans are as good so far, and no proof is there"),
            Self::Potentials { found, expected } => {
                write!(f, "{found} potentials; expected {expected}")
            }
            Self::NotBest { place } => {
                write!(f, "the plan is not the best: changing {place} would better it")
            }
            Self::NoLevel => write!(f, "no level; expected one of a floor"),
            Self::Level { level } => write!(f, "level `{level}`; expected none but of a floor"),
            Self::LevelOutside { level, most } => {
                write!(f, "level `{level}`; expected 0 to {most} seconds a member")
            }
            Self::LevelTooHigh { level, place } => {
                write!(f, "{place} carries less than level `{level}` asks for")
            }
            Self::LevelTooLow { level } => write!(
                f,
                "everybody has more than level `{level}`; expected the highest there can be"
            ),
        }
    }
}

impl std::error::Error for Flaw {}
