//! The checker: believes nothing that a solver says.
//!
//! It shares no code with the solver. It reads the problem out of the [`Round`] by itself (`lines`),
//! sees that the flow is feasible, and derives which stages the round has and what each wants
//! (`agenda`, `floor`). Then, stage by stage, it sees that no arc could change to make the plan
//! better: an arc on which a second costs more elsewhere than it gains here carries its least, one
//! on which it costs less its most (`narrow`). That narrows the bounds of the arcs for the stages
//! after. In the end nothing may be left that could change at all (`point`).

mod agenda;
mod flaw;
mod floor;
mod line;
mod lines;
mod narrow;
mod nodes;
mod places;
mod point;
mod sharing;
mod stages;
mod ties;
mod ways;

use crate::plan::Plan;
use crate::round::Round;
use crate::stage::StageName;
use lines::Lines;
use stages::Checking;

pub use flaw::{Fault, Flaw, Place};
pub use sharing::{Portion, Sharing, portions, sharing};

/// What the checker found of a plan that is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The seconds of needs met and obligations cleared.
    pub matched_seconds: i128,
    /// The stages that it took to leave a single plan, in their order.
    pub stages: Vec<Passed>,
}

/// A stage that a plan was proved to be the best in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// Which stage.
    pub name: StageName,
    /// The level of a floor, in seconds for each counted member; none in other stages.
    pub level: Option<i64>,
    /// What the plan comes to by what the stage wants, in seconds times its weights; none where a
    /// draw or the order of the arcs decides. No plan that is the best in the stages before comes
    /// to more.
    pub value: Option<i128>,
}

/// How many stages draw weights before the order of the arcs decides.
const DRAWS: u8 = 8;

/// Whether a plan is feasible, the best in every stage, and the only one that is.
///
/// Takes one pass over the arcs per stage. Says the first [`Flaw`] otherwise.
pub fn check(round: &Round, plan: &Plan) -> Result<Checked, Flaw> {
    check_with(round, plan, DRAWS)
}

/// As [`check()`], for a plan of so many stages that draw weights.
pub(crate) fn check_with(round: &Round, plan: &Plan, draws: u8) -> Result<Checked, Flaw> {
    let lines = Lines::read(round, &plan.flows)?;
    let mut checking = Checking { lines, proofs: &plan.stages, passed: Vec::new() };
    for class in checking.lines.classes() {
        checking.class(class)?;
    }
    checking.preferences()?;
    checking.ties(draws)?;
    let met = checking.lines.arcs.iter().filter(|line| line.meets().is_some());
    let matched_seconds = met.map(|line| i128::from(line.flow)).sum();
    Ok(Checked { matched_seconds, stages: checking.passed })
}
