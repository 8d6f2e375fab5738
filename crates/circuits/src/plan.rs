use crate::round::Round;
use crate::stage::{Class, StageName};

/// What a solver found: the flow, and for each stage the proof that it is the best.
///
/// Shape: the seconds along each arc but rooms, in the canonical order of the round; and for each
/// stage a proof. Nothing here is to be believed before [`crate::check()`] has seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Seconds along each arc.
    pub flows: Vec<i64>,
    /// What proves each stage, the first stage first.
    pub stages: Vec<Proof>,
}

/// What proves that a plan is the best in one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The level of a floor, in seconds for each counted member; none in other stages.
    pub level: Option<i64>,
    /// A whole potential for each node.
    pub potentials: Vec<i64>,
}

/// Which plans are better, stage after stage; each counts only among the best of those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The most hours of needs met.
    Hours,
    /// The largest sum of flow times weight, with the weights of so-many-th draw.
    Draw(usize),
    /// The most flow on the first arc, in canonical order, that is still open.
    First,
}

impl Stage {
    /// The stage at a position: hours, then the draws, then arc by arc.
    pub(crate) fn at(position: usize, draws: usize) -> Self {
        match position.checked_sub(1) {
            None => Self::Hours,
            Some(draw) if draw < draws => Self::Draw(draw),
            Some(_) => Self::First,
        }
    }

    pub(crate) fn name(self) -> StageName {
        match self {
            Self::Hours => StageName::Hours(Class::Other),
            Self::Draw(draw) => StageName::Draw(u8::try_from(draw).unwrap_or(u8::MAX)),
            Self::First => StageName::First,
        }
    }
}

impl Plan {
    /// The seconds of needs met and obligations cleared.
    pub fn matched_seconds(&self, round: &Round) -> i128 {
        self.flows.iter().skip(round.gives.len()).map(|&flow| i128::from(flow)).sum()
    }
}
