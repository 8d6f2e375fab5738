use std::collections::{BTreeMap, BTreeSet};

use measure::{Measure, Quantity, Value};
use serde::{Deserialize, Serialize};

use crate::act::Nature;
use crate::rows::Unit;
use crate::{Id, Line, Name, Prose, Time};

/// What a good is, or what standard a service meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Specification {
    /// What it is called.
    pub name: Name,
    /// A good or a service.
    pub nature: Nature,
    /// How it is counted, in all its versions.
    pub measure: Measure,
    /// What else there is to say.
    pub about: Prose,
    /// The unit that proposed it.
    pub by: Id<Unit>,
    /// When.
    pub since: Time,
    /// Its versions, first made first.
    pub versions: Vec<Id<Version>>,
    /// How much of it is essential for each counted member, by the pact.
    pub essential: Option<Quantity>,
    /// When it was retired, if it was.
    pub retired: Option<Time>,
}

/// A version: clauses that never change, and at most one value that never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Of which specification.
    pub specification: Id<Specification>,
    /// Its number there, from 1: the 3 in `bread/3`.
    pub number: u32,
    /// What every instance meets.
    pub clauses: Vec<Line>,
    /// Why there is this version.
    pub about: Prose,
    /// The unit that made it, or whose signature agreed its value.
    pub by: Id<Unit>,
    /// When it was made.
    pub since: Time,
    /// What it is worth; none until somebody asks a value.
    pub valuation: Option<Valuation>,
    /// Since when the whole stands behind it, if it does.
    pub ratified: Option<Time>,
    /// What was said about its value, first said first.
    pub words: Vec<ValueWord>,
    /// Who has signed which value for it.
    pub signed: BTreeMap<Value, BTreeSet<Id<Unit>>>,
}

/// The hours one whole measure is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Valuation {
    /// Asked by a producer.
    Asked {
        /// The value.
        value: Value,
    },
    /// Agreed between producers and receivers.
    Agreed {
        /// The value.
        value: Value,
    },
}

/// One line of the talk about a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueWord {
    /// Who said it.
    pub by: Id<Unit>,
    /// When.
    pub at: Time,
    /// The value they name.
    pub value: Value,
    /// Why.
    pub reasons: Prose,
}

impl Valuation {
    /// The value, asked or agreed.
    pub const fn value(self) -> Value {
        match self {
            Self::Asked { value } | Self::Agreed { value } => value,
        }
    }
}
