use measure::Hours;
use serde::{Deserialize, Serialize};

use crate::rows::{Claim, Resource, Unit, Version};
use crate::{Line, Name, PersonId, Prose, Ref, Time};

/// Registers a resource: a workshop, a field, a machine. That gives nobody more of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// What it is called.
    pub name: Name,
    /// Where it is.
    pub place: Line,
    /// What it is.
    pub about: Prose,
}

/// Claims a resource for the signer's unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimResource {
    /// The resource.
    pub resource: Ref<Resource>,
    /// What for.
    pub purpose: Line,
    /// How many hours of its use; above nought.
    pub hours: Hours,
    /// From then on.
    pub from: Time,
    /// Until then, at most 366 days later.
    pub until: Time,
    /// The members who will work with it, 1 to 100.
    pub workers: Vec<PersonId>,
    /// The units that depend on it, up to 32.
    pub dependents: Vec<Ref<Unit>>,
}

/// Gives a claim up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The claim.
    pub claim: Ref<Claim>,
}

/// Reports that the signer's unit has used a resource, with a claim or without one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportUse {
    /// The resource.
    pub resource: Ref<Resource>,
    /// How many hours; above nought, and no more than lie between the two times.
    pub hours: Hours,
    /// From then on.
    pub from: Time,
    /// Until then; past.
    pub until: Time,
    /// What was made with it, up to 8 versions: whoever receives it is affected by its use.
    pub made: Vec<Ref<Version>>,
    /// What else there is to say.
    pub note: Line,
}

/// What a unit is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Makeup {
    /// Working members: an enterprise. So it is unless it says otherwise.
    #[default]
    Workers,
    /// Other units, or their delegates: a council, a commune, a federation. It claims no resource.
    Units,
}

/// Says what the signer's unit is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclareMakeup {
    /// From now on.
    pub makeup: Makeup,
}
