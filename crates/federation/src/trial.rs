use std::collections::BTreeMap;

use measure::Hours;

use crate::act::{Found, Propose, Question};
use crate::rows::{Proposal, Round};
use crate::{Act, Entry, Federation, Pact, ParameterRefused, Ref, Refusal};

/// A record replayed under other parameters of its pact, beside itself as it was.
///
/// What people would have done otherwise nobody knows: each act is tried as it was signed. A plan
/// that does not hold any more is left out, and so is what was done under it.
#[derive(Debug)]
pub struct Trial {
    changes: Vec<(String, String)>,
    was: Federation,
    then: Federation,
    refused: Vec<(u64, Refusal)>,
    rounds: BTreeMap<Ref<Round>, (Hours, Option<Hours>)>,
}

/// What a [`Trial`] has found.
#[derive(Debug)]
pub struct Tried {
    /// The federation as it is.
    pub was: Federation,
    /// The federation as it would be.
    pub then: Federation,
    /// Entries that would be refused, by their place in the record, and why.
    pub refused: Vec<(u64, Refusal)>,
    /// Proposals that came out otherwise: whether they passed, and whether they would.
    pub decisions: Vec<(Ref<Proposal>, bool, bool)>,
    /// Rounds whose plans would match other hours: as it was, and as it would be; none if it could
    /// not be worked out, or would not be due.
    pub rounds: Vec<(Ref<Round>, Hours, Option<Hours>)>,
}

impl Trial {
    /// A trial of a pact with these parameters, by name and as they are written. Refused if one is
    /// unknown or no value; whether the values are within bounds shows at the founding.
    pub fn of(changes: Vec<(String, String)>) -> Result<Self, ParameterRefused> {
        changed(&Pact::default(), &changes)?;
        let (was, then) = (Federation::new(), Federation::new());
        Ok(Self { changes, was, then, refused: Vec::new(), rounds: BTreeMap::new() })
    }

    /// Replays the next entry of the record; whether it would be taken. Refused if the pact would be out of its bounds, and
    /// for an entry that the record itself could not have taken.
    pub fn replay(&mut self, entry: &Entry) -> Result<bool, Refusal> {
        let mut other = entry.clone();
        match &mut other.statement.act {
            Act::Found(found) => self.change(found),
            Act::Propose(propose) => self.change_proposed(propose),
            _ => {}
        }
        if let Act::Plan(plan) = &entry.statement.act {
            self.compare_round(plan.round);
        }
        self.was.apply(entry)?;
        match self.then.apply(&other) {
            Ok(_) => Ok(true),
            Err(refusal) if matches!(other.statement.act, Act::Found(_)) => Err(refusal),
            Err(refusal) => {
                self.refused.push((entry.sequence, refusal));
                Ok(false)
            }
        }
    }

    fn change(&self, found: &mut Found) {
        if let Ok(pact) = changed(&found.pact, &self.changes) {
            found.pact = pact;
        }
    }

    fn change_proposed(&self, propose: &mut Propose) {
        if let Question::Pact(pact) = &mut propose.question
            && let Ok(other) = changed(pact, &self.changes)
        {
            **pact = other;
        }
    }

    /// The hours that the plan for a round matches as it was, and as it would be.
    fn compare_round(&mut self, round: Ref<Round>) {
        let hours = |federation: &Federation| {
            let id = federation.find_round(round).ok()?;
            let problem = federation.problem(id).ok()?;
            let plan = circuits::solve(&problem).ok()?;
            let matches = circuits::matches(&problem, &plan);
            matches.iter().try_fold(Hours::ZERO, |sum, found| sum.plus(found.hours))
        };
        let was = hours(&self.was).unwrap_or_default();
        let then = hours(&self.then);
        let before = self.rounds.entry(round).or_insert((Hours::ZERO, Some(Hours::ZERO)));
        before.0 = before.0.plus(was).unwrap_or(before.0);
        before.1 = before.1.zip(then).and_then(|(sum, more)| sum.plus(more));
    }

    /// What came out differently.
    pub fn finish(self) -> Tried {
        let passed = |federation: &Federation, named| {
            let id = federation.find_proposal(named).ok()?;
            Some(federation.proposal(id).ok()?.has_passed())
        };
        let all = self.was.proposals().filter_map(|(id, _)| self.was.proposal_ref(id));
        let decisions = all.filter_map(|named| {
            let was = passed(&self.was, named)?;
            let then = passed(&self.then, named).unwrap_or(false);
            (was != then).then_some((named, was, then))
        });
        let decisions = decisions.collect();
        let differs = |&(_, (was, then)): &(Ref<Round>, (Hours, Option<Hours>))| then != Some(was);
        let rounds = self.rounds.into_iter().filter(differs);
        let rounds = rounds.map(|(named, (was, then))| (named, was, then)).collect();
        Tried { was: self.was, then: self.then, refused: self.refused, decisions, rounds }
    }
}

fn changed(pact: &Pact, changes: &[(String, String)]) -> Result<Pact, ParameterRefused> {
    changes.iter().try_fold(pact.clone(), |pact, (name, text)| pact.with(name, text))
}
