use crate::round::Round;

/// What a solver found: the flow, and for each stage the proof that it is the best.
///
/// Shape: the seconds of each offer, then of each need, then of each obligation, in the canonical
/// order of the round; and for each stage a whole potential per node (units, lots, pool). Nothing
/// here is to be believed before [`crate::check()`] has seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Seconds along each offer, need and obligation.
    pub flows: Vec<i64>,
    /// Node potentials for each stage, the first stage first.
    pub stages: Vec<Vec<i64>>,
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
}

impl Plan {
    /// The seconds of needs met and obligations cleared.
    pub fn matched_seconds(&self, round: &Round) -> i128 {
        self.flows.iter().skip(round.gives.len()).map(|&flow| i128::from(flow)).sum()
    }
}
