use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::rows::Person;
use crate::{BodyId, Id, Name, Prose, Time};

/// A free association of persons across units: a page and a bulletin, and no power.
///
/// Nobody licenses, ranks, hides or closes it. What counts votes, or changes what a unit may draw,
/// reads no circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// What it is called.
    pub name: Name,
    /// What it is for.
    pub about: Prose,
    /// Who is in it.
    pub members: BTreeSet<Id<Person>>,
    /// Its bulletin, oldest first.
    pub posts: Vec<Id<Post>>,
    /// Since when it is there.
    pub since: Time,
}

/// Words on a circle's bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// On whose bulletin.
    pub circle: Id<Circle>,
    /// Who wrote them.
    pub by: Id<Person>,
    /// The words, in a body that their author can erase.
    pub words: BodyId,
    /// When.
    pub at: Time,
}
