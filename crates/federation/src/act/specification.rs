use measure::{Measure, Value};
use serde::{Deserialize, Serialize};

use crate::rows::{Specification, Version};
use crate::{Line, Name, Prose, Ref};

/// Whether a specification is of a good or of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// A thing.
    Good,
    /// Work done for somebody.
    Service,
}

/// Writes down a specification. Its first version has no value yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposeSpecification {
    /// What it is called.
    pub name: Name,
    /// A good or a service.
    pub nature: Nature,
    /// How it is counted.
    pub measure: Measure,
    /// What every instance meets, 1 to 30 clauses that can be checked one by one.
    pub clauses: Vec<Line>,
    /// What else there is to say.
    pub about: Prose,
}

/// Makes a new version with other clauses. It has no value yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviseSpecification {
    /// Of which specification.
    pub specification: Ref<Specification>,
    /// The clauses, 1 to 30.
    pub clauses: Vec<Line>,
    /// Why.
    pub about: Prose,
}

/// Retires a specification; by the unit that proposed it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetireSpecification {
    /// Which one.
    pub specification: Ref<Specification>,
}

/// Asks a value for a version's clauses; makes a version that has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskValue {
    /// The version whose clauses it is for.
    pub version: Ref<Version>,
    /// Seconds per whole measure.
    pub value: Value,
    /// Hours of own work, inputs.
    pub reasons: Prose,
}

/// Answers a version's value with another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CounterValue {
    /// The version.
    pub version: Ref<Version>,
    /// Seconds per whole measure.
    pub value: Value,
    /// Why.
    pub reasons: Prose,
}

/// Signs a value for a version's clauses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreeValue {
    /// The version.
    pub version: Ref<Version>,
    /// Seconds per whole measure.
    pub value: Value,
}
