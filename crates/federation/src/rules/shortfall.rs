use std::collections::BTreeMap;

use crate::rows::{Contract, Round, Status, Unit};
use crate::{Federation, Id, Refusal};

/// What a unit needed in a round, and what came of it, in seconds.
#[derive(Default)]
struct Needed {
    asked: i64,
    met: i64,
}

impl Needed {
    /// The sixteenths that stayed open, rounded down: 0 to 16.
    fn short(&self) -> u8 {
        let open = self.asked.saturating_sub(self.met).max(0);
        let sixteenths = i128::from(open) * 16 / i128::from(self.asked.max(1));
        u8::try_from(sixteenths).unwrap_or(16)
    }
}

impl Federation {
    /// Remembers how short each unit that needed something went in a round that ends, so that the
    /// next one can make up for it. What a unit itself refused or left unanswered counts as met:
    /// nobody is owed for saying no.
    pub(crate) fn remember_short(&mut self, id: Id<Round>) -> Result<(), Refusal> {
        for (unit, needed) in self.needed_in(id)? {
            self.units.row_mut(unit)?.short = needed.short();
        }
        Ok(())
    }

    fn needed_in(&self, id: Id<Round>) -> Result<BTreeMap<Id<Unit>, Needed>, Refusal> {
        let round = self.round(id)?;
        let mut needed: BTreeMap<Id<Unit>, Needed> = BTreeMap::new();
        for drawn in round.plans.first().into_iter().flat_map(|plan| &plan.inputs.needs) {
            let row = needed.entry(self.wish(drawn.wish)?.unit).or_default();
            let asked = self.hours_of(drawn.version, drawn.quantity).seconds();
            row.asked = row.asked.saturating_add(asked);
        }
        for &contract in round.plans.iter().flat_map(|plan| &plan.contracts) {
            let contract = self.contract(contract)?;
            if let Some(row) = needed.get_mut(&contract.parties.receiver)
                && self.counts_as_met(round, contract)
            {
                row.met = row.met.saturating_add(contract.hours().seconds());
            }
        }
        Ok(needed)
    }

    fn counts_as_met(&self, round: &Round, contract: &Contract) -> bool {
        let receiver = contract.parties.receiver;
        match &contract.status {
            Status::Declined { by, .. } => *by == receiver,
            Status::Lapsed => self
                .version(contract.version)
                .is_ok_and(|version| round.out.contains(&(receiver, version.specification))),
            Status::Proposed { .. } => false,
            Status::Agreed | Status::Fulfilled | Status::Ended { .. } => true,
        }
    }
}
