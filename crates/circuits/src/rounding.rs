//! What rounding to whole steps costs.

use crate::maps::{Map, UnitIndex};
use crate::plan::Plan;
use crate::round::Round;
use crate::whole::{Course, Hand, Whole, whole};

/// What becomes of the hours of a plan on the way to whole steps.
///
/// Seconds of deliveries and of obligations cleared. `rounded_seconds` can lie above
/// `planned_seconds` by part steps; never is `whole_seconds` below `rounded_seconds`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rounding {
    /// What the certified flow comes to.
    pub planned_seconds: i128,
    /// What was left in whole steps once every unit was within its room.
    pub rounded_seconds: i128,
    /// What the augmenting pass made of that: what the matches come to.
    pub whole_seconds: i128,
    /// The most by which any unit's entitlement ends above or below its plan.
    pub drift_seconds: i64,
}

/// What rounding a plan to whole steps costs.
pub fn rounding(round: &Round, plan: &Plan) -> Rounding {
    let (whole, course) = whole(round, plan);
    of_whole(round, plan, (&whole, &course))
}

/// What rounding cost a plan that is in whole steps already.
pub(crate) fn of_whole(round: &Round, plan: &Plan, (whole, course): (&Whole, &Course)) -> Rounding {
    let mut drift = whole.net.clone();
    for (_, side) in whole.sides.iter() {
        match side.hand {
            Hand::Gives => drift[side.unit] -= side.flow,
            Hand::Gets => drift[side.unit] += side.flow,
        }
    }
    let drift: Map<UnitIndex, i64> = drift;
    Rounding {
        planned_seconds: plan.matched_seconds(round),
        rounded_seconds: course.rounded,
        whole_seconds: course.augmented,
        drift_seconds: drift.values().iter().map(|drift| drift.abs()).max().unwrap_or(0),
    }
}
