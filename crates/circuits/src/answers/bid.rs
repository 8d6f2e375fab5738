//! An offer or a need, whether it reaches anything or not.

use crate::round::{Lone, Merged, Reach};

/// Where and when somebody wants or offers something.
#[derive(Debug, Clone)]
pub(super) struct Bid {
    pub(super) unit: u32,
    pub(super) version: u32,
    pub(super) area: Option<u32>,
    pub(super) seconds: i64,
    /// None if it reaches nothing.
    pub(super) reach: Option<Reach>,
}

impl Bid {
    pub(super) fn of(one: &Merged) -> Self {
        let &Merged { unit, version, area, seconds, reach, .. } = one;
        Self { unit, version, area, seconds, reach: Some(reach) }
    }

    pub(super) fn alone(one: &Lone) -> Self {
        let &Lone { unit, version, area, seconds, .. } = one;
        Self { unit, version, area, seconds, reach: None }
    }
}
