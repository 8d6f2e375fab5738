use crate::round::Round;

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

impl Plan {
    /// The seconds of needs met and obligations cleared.
    pub fn matched_seconds(&self, round: &Round) -> i128 {
        let flows = self.flows.get(round.need_flows()).unwrap_or_default();
        flows.iter().map(|&flow| i128::from(flow)).sum()
    }
}
