//! Stage after stage, each on the optimal face of the one before.
//!
//! After a stage, complementary slackness narrows the bounds of the arcs to those plans that were the
//! best in it. What is left is a circulation again: changes of flow along the arcs that are still
//! free.

use std::fmt;

use crate::face::{Face, Gains};
use crate::first;
use crate::floor::Levels;
use crate::maps::{Arc, ArcMap, Map};
use crate::network::Network;
use crate::parts::Parts;
use crate::plan::{Plan, Proof};
use crate::round::Round;
use crate::stage::{DRAWS, Stage, StageName};

/// Why a round was not solved, though every round has a plan: a limit of the solver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsolved {
    /// A potential of the proof does not fit 63 bits. No round of fewer than a million units and
    /// lots comes near.
    PotentialTooLarge,
}

impl fmt::Display for Unsolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PotentialTooLarge => {
                write!(f, "a potential is beyond 2⁶³; split the round into smaller ones")
            }
        }
    }
}

impl std::error::Error for Unsolved {}

/// The one best plan of a round, with its proof.
///
/// The same round gives the same plan on every machine, whatever order its input came in.
pub fn solve(round: &Round) -> Result<Plan, Unsolved> {
    let mut solving = Solving::new(round);
    while solving.next_stage()?.is_some() {}
    Ok(solving.plan())
}

/// A round while it is being solved, for callers who want to see each stage.
pub struct Solving<'a> {
    face: Face<'a>,
    stages: Vec<Proof>,
    /// The position of the next stage in the agenda, and then among the stages of the tie-break.
    next: usize,
    /// The floor whose levels are being found, if one is.
    levels: Option<Levels>,
    /// How many stages draw weights before arcs are decided one by one.
    draws: u8,
}

impl<'a> Solving<'a> {
    /// Begins with the plan that does nothing.
    pub fn new(round: &'a Round) -> Self {
        Self::with_draws(round, DRAWS)
    }

    pub(crate) fn with_draws(round: &'a Round, draws: u8) -> Self {
        let face = Face::new(Network::new(round));
        Self { face, stages: Vec::new(), next: 0, levels: None, draws }
    }

    /// Goes through one more stage and says which; none if none is left, because the plan is the
    /// only best one.
    pub fn next_stage(&mut self) -> Result<Option<StageName>, Unsolved> {
        let Some(stage) = self.upcoming() else { return Ok(None) };
        self.go_through(stage)?;
        Ok(Some(stage.name(self.face.network.round)))
    }

    /// Goes through all floors, which come first.
    pub(crate) fn pass_floors(&mut self) -> Result<(), Unsolved> {
        while let Some(floor @ Stage::Floor(_)) = self.upcoming() {
            self.go_through(floor)?;
        }
        Ok(())
    }

    /// Takes a plan that is the best in several stages at once, with their proofs, and hands out the
    /// face to be narrowed accordingly.
    pub(crate) fn pass(&mut self, flows: ArcMap<i64>, proofs: Vec<Proof>) -> &mut Face<'a> {
        self.next += proofs.len();
        self.stages.extend(proofs);
        self.face.flows = flows;
        &mut self.face
    }

    /// The plan in hand, with the proof of the stages so far.
    pub fn plan(self) -> Plan {
        Plan { flows: self.face.into_flows(), stages: self.stages }
    }

    /// The next stage: another level of a floor, what the agenda says, or the tie-break until no
    /// flow can change.
    pub(crate) fn upcoming(&mut self) -> Option<Stage> {
        if let Some(levels) = &mut self.levels
            && !levels.go_on(&mut self.face)
        {
            self.face.let_go();
            self.levels = None;
            self.next += 1;
        }
        let agenda = &self.face.network.round.agenda;
        let Some(&stage) = agenda.get(self.next) else {
            let draw = u8::try_from(self.next - agenda.len()).unwrap_or(u8::MAX);
            let tie = if draw < self.draws { Stage::Draw(draw) } else { Stage::First };
            return (!self.face.parts().is_point()).then_some(tie);
        };
        if let Stage::Floor(version) = stage
            && self.levels.is_none()
        {
            self.levels = Some(Levels::new(&self.face, version));
        }
        Some(stage)
    }

    /// Goes to the best plans of the stage that comes next, with their proof.
    fn go_through(&mut self, stage: Stage) -> Result<(), Unsolved> {
        let proof = match &mut self.levels {
            Some(levels) => levels.find(&mut self.face),
            None => self.optimise(stage),
        };
        self.stages.push(proof.ok_or(Unsolved::PotentialTooLarge)?);
        self.leave();
        Ok(())
    }

    /// Goes on from a stage; a floor's stays the next as long as it has levels.
    fn leave(&mut self) {
        self.next += usize::from(self.levels.is_none());
    }

    fn optimise(&mut self, stage: Stage) -> Option<Proof> {
        let parts = self.face.parts();
        let gains = self.gains(&parts, stage);
        let potentials = self.face.optimise(&parts, &gains)?;
        self.face.narrow(&parts, &gains, &potentials);
        let potentials = parts.spread(&potentials, self.face.network.node_count);
        Some(Proof { level: None, potentials })
    }

    /// Lays a plan along the stages, to go through them by its proofs: its flow on every arc.
    pub(crate) fn along(round: &'a Round, flows: &ArcMap<i64>) -> Self {
        let mut solving = Self::new(round);
        solving.face.flows = flows.clone();
        solving
    }

    /// The plans that are the best so far.
    pub(crate) const fn face(&self) -> &Face<'a> {
        &self.face
    }

    /// The arcs that are still free by their bounds, but have one flow in all of the best plans so
    /// far: no cycle of what can change goes through them.
    pub(crate) fn still(&mut self) -> Vec<Arc> {
        let parts = self.face.parts();
        let trees = (0..parts.len()).filter(|&component| parts.is_tree(component));
        let still = trees.flat_map(|component| parts.inside(component)).chain(&parts.between);
        still.map(|&slot| self.face.free[slot]).collect()
    }

    /// Goes through the stage that comes next by a proof of it.
    pub(crate) fn follow(&mut self, stage: Stage, proof: &Proof) {
        if let Some(levels) = &mut self.levels {
            levels.follow(&mut self.face, proof);
        } else {
            let parts = self.face.parts();
            let gains = self.gains(&parts, stage);
            self.face.narrow(&parts, &gains, &parts.gathered(&proof.potentials));
        }
        self.leave();
    }

    fn gains(&self, parts: &Parts, stage: Stage) -> Gains {
        if stage == Stage::First {
            return first::gains(&self.face, parts);
        }
        let Face { network, free, .. } = &self.face;
        let gains: Vec<_> = free.values().iter().map(|&arc| network.gain(arc, stage)).collect();
        Map::from(gains)
    }
}

#[cfg(test)]
mod tests {
    use measure::Hours;

    use super::*;
    use crate::check::{Fault, Flaw, check_with};
    use crate::{Label, Obligation, Request, Unit, UnitIndex};

    fn solve_with(round: &Round, draws: u8) -> Result<Plan, Unsolved> {
        let mut solving = Solving::with_draws(round, draws);
        while solving.next_stage()?.is_some() {}
        Ok(solving.plan())
    }

    /// Obligations among units 0 to 9, in whole hours.
    fn owed(list: &[(u32, u32, i32)]) -> Round {
        let label = |number: i32| Label::from(number.to_string().as_str());
        let unit = |number| Unit::new(label(number), Hours::ZERO, Hours::ZERO);
        let one = |&(giver, receiver, hours): &(u32, u32, i32)| Obligation {
            giver: UnitIndex(giver),
            receiver: UnitIndex(receiver),
            hours: Hours::whole(hours),
        };
        let (units, obligations) = ((0..10).map(unit).collect(), list.iter().map(one).collect());
        Round::try_new(Request { units, obligations, ..Request::default() }).unwrap()
    }

    #[test]
    fn without_draws_the_canonical_order_of_arcs_decides() {
        // From 0 to 3 and back there are two ways of equal hours, and a bridge open both ways.
        let round = owed(&[(0, 1, 5), (0, 2, 5), (1, 3, 5), (2, 3, 5), (3, 0, 4)]);
        let plan = solve_with(&round, 0).unwrap();
        assert_eq!(plan.flows, [4 * 3600, 0, 4 * 3600, 0, 4 * 3600]);
        assert!(plan.stages.len() > 1);
        assert!(check_with(&round, &plan, 0).is_ok());
    }

    #[test]
    fn a_bridge_between_two_open_rings_does_not_hold_up_the_order() {
        let ring = [(0, 1, 9), (1, 0, 4), (0, 2, 9), (2, 0, 9), (1, 3, 3), (3, 1, 3), (1, 2, 9)];
        let others = [(2, 4, 9), (4, 5, 9), (5, 2, 4), (4, 6, 9), (6, 5, 9), (5, 4, 1)];
        let round = owed(&[&ring[..], &others[..]].concat());
        let plan = solve_with(&round, 0).unwrap();
        assert!(check_with(&round, &plan, 0).is_ok());
    }

    #[test]
    fn a_plan_with_a_stage_too_few_or_too_many_is_refused() {
        let round = owed(&[(0, 1, 5), (0, 2, 5), (1, 3, 5), (2, 3, 5), (3, 0, 4)]);
        let mut plan = solve_with(&round, 0).unwrap();
        let last = plan.stages.pop().unwrap();
        let missing =
            Flaw::Stage { stage: plan.stages.len(), name: StageName::First, fault: Fault::Missing };
        assert_eq!(check_with(&round, &plan, 0), Err(missing));
        plan.stages.extend([last.clone(), last]);
        assert_eq!(
            check_with(&round, &plan, 0),
            Err(Flaw::StageTooMany { stage: plan.stages.len() - 1 })
        );
    }
}
