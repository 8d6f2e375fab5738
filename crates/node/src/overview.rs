use std::cmp::Reverse;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use federation::rows::{Contract, Pass, Planned, Round, Unit};
use federation::{AnnexId, Federation, Id};
use measure::Hours;

use crate::rings::Web;
use crate::{Between, Failed, Hosted, OpenNeed, Ring, RingStep, open_needs};

/// What a plan comes to, as a page shows it: it stays as it was when the plan was recorded.
#[derive(Debug)]
pub struct Overview {
    /// The hours of all its contracts.
    pub hours: Hours,
    /// The hours between units.
    pub between: Between,
    /// What stayed open of that which it was asked to meet.
    pub open: Vec<OpenNeed>,
    web: Web,
}

/// How many rings and how many open needs it has at most.
const RINGS_MOST: usize = 24;
const OPEN_MOST: usize = 200;

/// How many overviews are kept, those that were asked for last.
const KEPT: usize = 4;

/// The overviews that were asked for last.
#[derive(Debug, Default)]
pub(crate) struct Overviews(Mutex<VecDeque<(AnnexId, Arc<Place>)>>);

/// Where an overview is put once it is made; whoever makes it holds this.
type Place = Mutex<Option<Arc<Overview>>>;

impl Overviews {
    fn place(&self, of: AnnexId) -> Arc<Place> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, place)) = kept.iter().find(|(annex, _)| *annex == of) {
            return place.clone();
        }
        let place = Arc::<Place>::default();
        kept.push_front((of, place.clone()));
        kept.truncate(KEPT);
        place
    }
}

impl Hosted {
    /// The overview of one of a round's plans; none if the round has no such plan. Slow for a large
    /// plan the first time, and then made once for all who wait.
    pub fn overview(&self, round: Id<Round>, pass: Pass) -> Result<Option<Arc<Overview>>, Failed> {
        let annex = self.read(|state| {
            state.round(round).map(|round| round.plan(pass).map(|plan| plan.annex))
        })??;
        let Some(annex) = annex else { return Ok(None) };
        let place = self.overviews.place(annex);
        let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = &*place {
            return Ok(Some(made.clone()));
        }
        let copied =
            self.read(|state| Some(Copied::of(state, state.round(round).ok()?.plan(pass)?)))?;
        Ok(copied.map(|copied| place.insert(Arc::new(copied.overview())).clone()))
    }
}

impl Overview {
    /// The contracts of a unit.
    pub fn of_unit(&self, unit: Id<Unit>) -> Vec<Id<Contract>> {
        self.web.of_unit(unit).collect()
    }

    /// Rings of its contracts: a unit's own first, and of those the ones with most steps.
    pub fn rings(&self, ours: Option<Id<Unit>>) -> Vec<Ring> {
        let is_ours = |step: &RingStep| ours == Some(step.giver) || ours == Some(step.receiver);
        let mut rings = self.web.rings(ours, RINGS_MOST);
        rings.sort_by_key(|ring| (!ring.steps.iter().any(is_ours), Reverse(ring.steps.len())));
        rings
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

    fn overview(self) -> Overview {
        let web = Web::new(self.steps);
        let flows = web.edges().iter().map(|(step, hours)| (step.giver, step.receiver, *hours));
        let add = |sum: Hours, (_, hours): &(RingStep, Hours)| sum.plus(*hours).unwrap_or(sum);
        Overview {
            hours: web.edges().iter().fold(Hours::ZERO, add),
            between: Between::new(flows),
            open: self.open,
            web,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Node;

    #[test]
    fn an_overview_is_made_once_for_all_who_look() {
        let directory = std::env::temp_dir().join(format!("artel-overview-{}", std::process::id()));
        let node = Node::open_demo(&directory).unwrap();
        let hosted = node.host_sample().unwrap();
        let overview = || hosted.overview(Id::new(1), Pass::First).unwrap().unwrap();
        let overviews = std::thread::scope(|scope| {
            let readers = [(); 4].map(|()| scope.spawn(overview));
            readers.map(|reader| reader.join().unwrap())
        });
        assert!(overviews.iter().all(|one| Arc::ptr_eq(one, &overviews[0])));
        assert!(overviews[0].hours.is_positive());
        std::fs::remove_dir_all(directory).unwrap();
    }
}
