//! The checker: believes nothing that a solver says.
//!
//! It shares no code with the solver. It reads the problem out of the [`Round`] by itself, sees that
//! the flow is feasible, and then, stage by stage, that no arc could change to make the plan better:
//! by complementary slackness an arc of positive reduced cost carries its least and one of negative
//! reduced cost its most. Such arcs are fixed for the stages after. In the end nothing may be left
//! that could change at all.

mod arcs;
mod flaw;
mod point;

use crate::plan::{Plan, Stage};
use crate::round::Round;
use crate::tie::HASH_STAGES;
use arcs::{Line, Lines};

pub use flaw::{Flaw, Place};

/// What the checker found of a plan that is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// The seconds of needs met and obligations cleared; no plan meets more.
    pub matched_seconds: i128,
    /// How many stages it took to leave a single plan.
    pub stages: usize,
}

/// Whether a plan is feasible, the best in every stage, and the only one that is.
///
/// Takes one pass over the arcs per stage. Says the first [`Flaw`] otherwise.
pub fn check(round: &Round, plan: &Plan) -> Result<Checked, Flaw> {
    check_with(round, plan, HASH_STAGES)
}

/// As [`check()`], for a plan of so many stages that draw weights.
pub(crate) fn check_with(round: &Round, plan: &Plan, draws: usize) -> Result<Checked, Flaw> {
    let lines = Lines::read(round, &plan.flows)?;
    let mut free: Vec<Line> = lines.arcs.iter().filter(|line| line.can_change()).copied().collect();
    for (stage, proof) in plan.stages.iter().enumerate() {
        let potentials = &proof.potentials;
        if potentials.len() != lines.node_count {
            let (found, expected) = (potentials.len(), lines.node_count);
            return Err(Flaw::Potentials { stage, found, expected });
        }
        let gain = gain(&lines, &free, Stage::at(stage, draws))?;
        let mut still_free = Vec::with_capacity(free.len());
        for line in &free {
            if stands(line, gain(line), potentials, stage)? {
                still_free.push(*line);
            }
        }
        free = still_free;
    }
    if plan.stages.is_empty() || !point::is_single(lines.node_count, &free) {
        return Err(Flaw::NotUnique);
    }
    Ok(Checked { matched_seconds: plan.matched_seconds(round), stages: plan.stages.len() })
}

/// What a second of flow on an arc is worth.
type Gain<'a> = Box<dyn Fn(&Line) -> i64 + 'a>;

/// What a second of flow on each arc is worth in a stage. Refused if the stage is to decide the first
/// open arc and there is none.
fn gain<'a>(lines: &'a Lines<'_>, free: &[Line], stage: Stage) -> Result<Gain<'a>, Flaw> {
    Ok(match stage {
        Stage::Hours => Box::new(|line| i64::from(line.meets_need)),
        Stage::Draw(draw) => Box::new(move |line| lines.weight(line, draw)),
        Stage::First => {
            let first = point::first_open(lines.node_count, free).ok_or(Flaw::StageTooMany)?;
            Box::new(move |line| i64::from(line.number == first))
        }
    })
}

/// Whether an arc is still free after a stage; refused if it could change for the better.
fn stands(line: &Line, gain: i64, potentials: &[i64], stage: usize) -> Result<bool, Flaw> {
    let potential = |node: usize| potentials.get(node).copied().map_or(0, i128::from);
    let reduced = potential(line.tail) - potential(line.head) - i128::from(gain);
    let better = (reduced < 0 && line.flow < line.upper) || (reduced > 0 && line.flow > line.lower);
    if better {
        return Err(Flaw::NotBest { stage, place: line.place });
    }
    Ok(reduced == 0)
}
