use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use federation::rows::{Inputs, Pass, Round, Unit, Wish};
use federation::{Federation, Id, Matched, Refusal, Time};
use measure::Hours;

use crate::answers::Solved;
use crate::left_out::{LeftOut, needed_any};
use crate::{Between, Failed, Hosted, OpenNeed, Told, open_needs};

/// How many open needs it has at most.
const OPEN_MOST: usize = 200;

/// What an open round would come to if nothing more were said before it closes.
///
/// It is worked out from the record alone, as the round's plan will be, so every reader who works
/// it out finds the same. It is recorded nowhere and binds nobody.
#[derive(Debug)]
pub struct Outlook {
    /// Which round.
    pub round: Id<Round>,
    /// How many entries of the record it takes in.
    pub entries: u64,
    /// When the round closes at the earliest.
    pub closes: Time,
    /// Who would give what to whom.
    pub deliveries: Vec<Matched>,
    /// The hours of that.
    pub hours: Hours,
    /// How many units would give or get something.
    pub units: usize,
    /// The hours between units.
    pub between: Between,
    /// What would stay open of that which it is asked to meet.
    pub open: Vec<OpenNeed>,
    /// What the round would be solved for.
    pub inputs: Inputs,
    solved: Solved,
    /// Offers and needs from this one on came later.
    next_wish: Id<Wish>,
    /// What it means for units that were asked about.
    told: Mutex<BTreeMap<Id<Unit>, Arc<Told>>>,
}

impl Outlook {
    /// The outlook that a plan is, of what was foreseen before the next offer or need came.
    pub(crate) fn new(
        round: Id<Round>,
        (inputs, closes): (Inputs, Time),
        (hosted, solved): (&Hosted, Solved),
        next_wish: Id<Wish>,
    ) -> Result<Self, Failed> {
        let deliveries = solved.problem.matched(&solved.plan);
        let gets = deliveries.iter().map(|one| (one.parties.receiver, one.version, one.quantity));
        let open = hosted.read(|state| open_needs(state, &inputs, gets, OPEN_MOST))?;
        let flows =
            deliveries.iter().map(|one| (one.parties.giver, one.parties.receiver, one.hours));
        let parties = deliveries.iter().flat_map(|one| [one.parties.giver, one.parties.receiver]);
        Ok(Self {
            round,
            entries: inputs.size,
            closes,
            hours: sum(&deliveries),
            units: parties.collect::<BTreeSet<_>>().len(),
            between: Between::new(flows),
            open,
            deliveries,
            inputs,
            solved,
            next_wish,
            told: Mutex::default(),
        })
    }

    /// What a unit would give.
    pub fn gives(&self, unit: Id<Unit>) -> impl Iterator<Item = &Matched> + Clone {
        self.deliveries.iter().filter(move |one| one.parties.giver == unit)
    }

    /// What a unit would get.
    pub fn gets(&self, unit: Id<Unit>) -> impl Iterator<Item = &Matched> + Clone {
        self.deliveries.iter().filter(move |one| one.parties.receiver == unit)
    }

    /// Whether a unit takes part in rounds.
    pub(crate) fn has(&self, unit: Id<Unit>) -> bool {
        self.solved.problem.units.binary_search(&unit).is_ok()
    }

    /// What it means for a unit, if that was asked before.
    pub(crate) fn told_before(&self, unit: Id<Unit>) -> Option<Arc<Told>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).get(&unit).cloned()
    }

    /// What it means for a unit, beyond what it gives and gets; none if the unit takes no part in
    /// rounds. Slow for a large round, the first time.
    pub(crate) fn tell(
        &self,
        hosted: &Hosted,
        unit: Id<Unit>,
    ) -> Result<Option<Arc<Told>>, Failed> {
        if let Some(told) = self.told_before(unit) {
            return Ok(Some(told));
        }
        let asked = |state: &Federation| self.asked(state, unit);
        let Some(told) = hosted.told_of(&self.solved, unit, asked)? else { return Ok(None) };
        let told = Arc::new(told);
        self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(unit, told.clone());
        Ok(Some(told))
    }

    /// Whether a unit needs anything that the round is asked to meet, and what it is not.
    fn asked(&self, state: &Federation, unit: Id<Unit>) -> Result<(bool, Vec<LeftOut>), Refusal> {
        let round = state.round(self.round)?;
        let mut left_out = LeftOut::all(state, (round, Pass::First), &self.inputs, unit);
        left_out.retain(|one| one.need() < self.next_wish);
        Ok((needed_any(state, &self.inputs, unit), left_out))
    }
}

/// The hours of deliveries together.
pub fn sum<'a>(deliveries: impl IntoIterator<Item = &'a Matched>) -> Hours {
    deliveries.into_iter().fold(Hours::ZERO, |sum, one| sum.plus(one.hours).unwrap_or(sum))
}
