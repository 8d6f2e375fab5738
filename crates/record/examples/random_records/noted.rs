use std::collections::BTreeMap;

use federation::act::Question;
use federation::rows::{Conflict, Contribution, Progress, Proposal, Stage, Unit};
use federation::{Federation, Id, Ref, Time};
use serde::Serialize;
use serde_json::{Value, json};

/// What the end of a record does not tell any more.
#[derive(Default)]
pub(crate) struct Noted {
    /// Which units are enrolled, and after how many entries that changed.
    pub(crate) enrolled: Vec<(u64, Vec<Ref<Unit>>)>,
    /// What was delivered to commons.
    pub(crate) carried: BTreeMap<String, Carried>,
    /// After how many entries a conflict put which option to the vote, which no statement does, and
    /// when that was due.
    pub(crate) put: Vec<(u64, Time, Ref<Proposal>, Value)>,
    proposals: usize,
    /// When each conflict goes on by itself.
    goes_on: BTreeMap<Ref<Conflict>, Time>,
}

/// Who carries a contribution with how many seconds, and after how many entries it was accepted.
#[derive(Serialize)]
pub(crate) struct Carried {
    shares: Vec<(Ref<Unit>, i64)>,
    accepted_after: Option<u64>,
}

impl Noted {
    /// Notes what an entry has changed.
    pub(crate) fn note(&mut self, federation: &Federation) {
        let now = federation.units().filter(|(_, unit)| unit.is_enrolled());
        let now: Vec<_> = now.filter_map(|(id, _)| federation.unit_ref(id)).collect();
        if self.enrolled.last().is_none_or(|(_, last)| *last != now) {
            self.enrolled.push((federation.size(), now));
        }
        for (id, row) in federation.proposals().skip(self.proposals) {
            self.proposals += 1;
            let (Question::Use { conflict, .. }, Some(named)) =
                (&row.question, federation.proposal_ref(id))
            else {
                continue;
            };
            let due = self.goes_on.get(conflict).filter(|due| **due < federation.testified());
            let put = json!({
                "unit": federation.unit_ref(row.unit),
                "question": row.question,
                "options": row.options,
                "text": row.text,
            });
            self.put.push((federation.size(), due.copied().unwrap_or_default(), named, put));
        }
        let open = federation.open_conflicts();
        self.goes_on = open.filter_map(|(id, row)| goes_on(federation, id, row)).collect();
        for (id, row) in federation.contributions() {
            let Some(named) = federation.contribution_ref(id) else { continue };
            let carried = self
                .carried
                .entry(named.to_string())
                .or_insert_with(|| Carried::new(federation, row));
            if let (None, Progress::Accepted { .. }) = (carried.accepted_after, &row.progress) {
                carried.accepted_after = Some(federation.size());
            }
        }
    }
}

/// When a conflict goes on by itself, if it does.
fn goes_on(
    federation: &Federation,
    id: Id<Conflict>,
    row: &Conflict,
) -> Option<(Ref<Conflict>, Time)> {
    let due = match row.stage {
        Stage::Talks { until }
        | Stage::Mediation { until }
        | Stage::Weighing { until }
        | Stage::Settled { until } => until,
        Stage::Voting { proposal, .. } => federation.proposal(proposal).ok()?.closes,
        Stage::Over { .. } => return None,
    };
    Some((federation.conflict_ref(id)?, due))
}

impl Carried {
    fn new(federation: &Federation, row: &Contribution) -> Self {
        let share = |unit, seconds| Some((federation.unit_ref(unit)?, seconds));
        let shares = row.shares.iter().filter_map(|one| share(one.unit, one.hours.seconds()));
        Self { shares: shares.collect(), accepted_after: None }
    }
}
