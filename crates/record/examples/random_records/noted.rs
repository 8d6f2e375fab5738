use std::collections::BTreeMap;

use federation::rows::{Progress, Unit};
use federation::{Federation, Id};
use serde::Serialize;

/// What the end of a record does not tell any more.
#[derive(Default)]
pub(crate) struct Noted {
    /// Which units are enrolled, and after how many entries that changed.
    pub(crate) enrolled: Vec<(u64, Vec<u32>)>,
    /// What was delivered to commons.
    pub(crate) carried: BTreeMap<String, Carried>,
    /// After how many entries there was each proposal.
    pub(crate) put_after: BTreeMap<String, u64>,
}

/// Who carries a contribution with how many seconds, and after how many entries it was accepted.
#[derive(Serialize)]
pub(crate) struct Carried {
    shares: Vec<(u32, i64)>,
    accepted_after: Option<u64>,
}

impl Noted {
    /// Notes what an entry has changed.
    pub(crate) fn note(&mut self, federation: &Federation) {
        let now = federation.units().filter(|(_, unit)| unit.is_enrolled());
        let now: Vec<u32> = now.map(|(id, _)| place(id)).collect();
        if self.enrolled.last().is_none_or(|(_, last)| *last != now) {
            self.enrolled.push((federation.size(), now));
        }
        for (id, _) in federation.proposals().skip(self.put_after.len()) {
            let Some(named) = federation.proposal_ref(id) else { continue };
            self.put_after.insert(named.to_string(), federation.size());
        }
        for (id, row) in federation.contributions() {
            let Some(named) = federation.contribution_ref(id) else { continue };
            let shares = row.shares.iter().map(|one| (place(one.unit), one.hours.seconds()));
            let carried = self
                .carried
                .entry(named.to_string())
                .or_insert_with(|| Carried { shares: shares.collect(), accepted_after: None });
            if let (None, Progress::Accepted { .. }) = (carried.accepted_after, &row.progress) {
                carried.accepted_after = Some(federation.size());
            }
        }
    }
}

/// Where a unit stands among all, from nought, as the other program lists them.
pub(crate) fn place(unit: Id<Unit>) -> u32 {
    unit.number().saturating_sub(1)
}
