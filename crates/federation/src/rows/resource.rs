use std::collections::BTreeSet;

use measure::Hours;
use serde::{Deserialize, Serialize};

use crate::rows::{Conflict, Person, Unit, Version};
use crate::{Id, Line, Name, Prose, Time};

/// A means of production. It belongs to nobody here; units claim its use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// What it is called.
    pub name: Name,
    /// Where it is.
    pub place: Line,
    /// What it is.
    pub about: Prose,
    /// The unit that registered it; it has no other right to it than any.
    pub by: Id<Unit>,
    /// When.
    pub since: Time,
    /// The claims to it, first made first.
    pub claims: Vec<Id<Claim>>,
    /// How it was used, first reported first.
    pub uses: Vec<Id<Usage>>,
    /// The conflicts over it, first begun first; the last may be running.
    pub conflicts: Vec<Id<Conflict>>,
}

/// A unit's wish to use a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Which resource.
    pub resource: Id<Resource>,
    /// Which unit.
    pub unit: Id<Unit>,
    /// What for.
    pub purpose: Line,
    /// How many hours of its use.
    pub hours: Hours,
    /// From then on.
    pub from: Time,
    /// Until then.
    pub until: Time,
    /// The members who will work with it.
    pub workers: BTreeSet<Id<Person>>,
    /// The units that depend on it, as the claimant says.
    pub dependents: BTreeSet<Id<Unit>>,
    /// When it was made.
    pub since: Time,
    /// When it was given up, if it was.
    pub released: Option<Time>,
}

/// Hours in which a unit has used a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Which resource.
    pub resource: Id<Resource>,
    /// Which unit.
    pub unit: Id<Unit>,
    /// How many hours.
    pub hours: Hours,
    /// From then on.
    pub from: Time,
    /// Until then.
    pub until: Time,
    /// What was made with it.
    pub made: Vec<Id<Version>>,
    /// When it was reported.
    pub since: Time,
    /// What was said with it.
    pub note: Line,
}

impl Claim {
    /// Whether it stands at a moment: neither given up nor over.
    pub fn stands(&self, at: Time) -> bool {
        self.released.is_none() && at < self.until
    }

    /// Whether two units want the same resource at the same time.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.resource == other.resource
            && self.unit != other.unit
            && self.from < other.until
            && other.from < self.until
    }
}
