use std::cmp::Reverse;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use federation::rows::{Contract, Pass, Planned, Round, Unit};
use federation::{AnnexId, Federation, Id};
use measure::Hours;

use crate::rings::rings;
use crate::{Between, Failed, Hosted, OpenNeed, Ring, RingStep, open_needs};

/// What a plan comes to, as a page shows it: it stays as it was when the plan was recorded.
#[derive(Debug)]
pub struct Overview {
    /// The hours of all its contracts.
    pub hours: Hours,
    /// The contracts of the unit that it was made for.
    pub ours: Vec<Id<Contract>>,
    /// Rings of its contracts: that unit's own first, and of those the ones with most steps.
    pub rings: Vec<Ring>,
    /// The hours between units.
    pub between: Between,
    /// What stayed open of that which it was asked to meet.
    pub open: Vec<OpenNeed>,
}

/// How many rings and how many open needs it has at most.
const RINGS_MOST: usize = 60;
const OPEN_MOST: usize = 200;

/// How many overviews are kept, those that were asked for last.
const KEPT: usize = 16;

/// The overviews that were asked for last.
#[derive(Debug, Default)]
pub(crate) struct Overviews(Mutex<VecDeque<(Of, Arc<Overview>)>>);

/// A plan, and the unit that an overview of it was made for.
type Of = (AnnexId, Option<Id<Unit>>);

impl Overviews {
    fn find(&self, of: Of) -> Option<Arc<Overview>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(key, _)| *key == of).map(|(_, overview)| overview.clone())
    }

    fn keep(&self, of: Of, overview: Arc<Overview>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((of, overview));
        kept.truncate(KEPT);
    }
}

impl Hosted {
    /// The overview of one of a round's plans for a unit, or for nobody in particular; none if the
    /// round has no such plan. Slow for a large plan the first time.
    pub fn overview(
        &self,
        round: Id<Round>,
        pass: Pass,
        ours: Option<Id<Unit>>,
    ) -> Result<Option<Arc<Overview>>, Failed> {
        let annex = self.read(|state| {
            state.round(round).map(|round| round.plan(pass).map(|plan| plan.annex))
        })??;
        let Some(annex) = annex else { return Ok(None) };
        if let Some(kept) = self.overviews.find((annex, ours)) {
            return Ok(Some(kept));
        }
        let copied =
            self.read(|state| Some(Copied::of(state, state.round(round).ok()?.plan(pass)?)))?;
        let Some(copied) = copied else { return Ok(None) };
        let overview = Arc::new(copied.overview(ours));
        self.overviews.keep((annex, ours), overview.clone());
        Ok(Some(overview))
    }
}

/// What of the state an overview is made from, so that the state is looked at no longer than it
/// takes to copy it.
struct Copied {
    steps: Vec<(RingStep, Hours)>,
    open: Vec<OpenNeed>,
}

impl Copied {
    fn of(state: &Federation, plan: &Planned) -> Self {
        let contracts =
            || plan.contracts.iter().filter_map(|&id| Some((id, state.contract(id).ok()?)));
        let steps = contracts().map(|(contract, row)| {
            let (giver, receiver) = (row.parties.giver, row.parties.receiver);
            (RingStep { contract, giver, receiver }, row.hours())
        });
        let gets = contracts().map(|(_, row)| (row.parties.receiver, row.version, row.quantity));
        Self { steps: steps.collect(), open: open_needs(state, &plan.inputs, gets, OPEN_MOST) }
    }

    fn overview(self, ours: Option<Id<Unit>>) -> Overview {
        let is_ours = |step: &RingStep| ours == Some(step.giver) || ours == Some(step.receiver);
        let add = |sum: Hours, (_, hours): &(RingStep, Hours)| sum.plus(*hours).unwrap_or(sum);
        let own = self.steps.iter().filter(|(step, _)| is_ours(step));
        let flows = self.steps.iter().map(|(step, hours)| (step.giver, step.receiver, *hours));
        let mut rings = rings(&self.steps, ours, RINGS_MOST);
        rings.sort_by_key(|ring| (!ring.steps.iter().any(is_ours), Reverse(ring.steps.len())));
        Overview {
            hours: self.steps.iter().fold(Hours::ZERO, add),
            ours: own.map(|(step, _)| step.contract).collect(),
            between: Between::new(flows),
            open: self.open,
            rings,
        }
    }
}
