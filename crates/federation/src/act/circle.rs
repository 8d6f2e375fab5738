use serde::{Deserialize, Serialize};

use crate::rows::Circle;
use crate::{BodyId, Name, Prose, Ref};

/// Forms a circle; the signer is its first member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormCircle {
    /// What it is called, unlike any other circle of the federation.
    pub name: Name,
    /// What it is for.
    pub about: Prose,
}

/// Joins a circle; nobody has to agree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinCircle {
    /// The circle.
    pub circle: Ref<Circle>,
}

/// Leaves a circle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveCircle {
    /// The circle.
    pub circle: Ref<Circle>,
}

/// Writes on a circle's bulletin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostAct {
    /// The circle.
    pub circle: Ref<Circle>,
    /// The words, in a body that their author can erase.
    pub words: BodyId,
}
