use std::collections::BTreeSet;

use crate::rows::{
    About, Conflict, Contract, Contribution, Mandate, Progress, Resource, Sealed, Unit, Version,
    Voting,
};
use crate::{Days, Federation, Id, Time};

/// For how long an exchange ties units to each other.
const EXCHANGE_DAYS: Days = Days(180);

impl Federation {
    /// Whether a moment lies within the last 180 days.
    fn of_late(&self, at: Time) -> bool {
        at.plus_days(EXCHANGE_DAYS) >= self.testified
    }

    /// Whether something was accepted under a contract of late.
    fn exchanged(&self, contract: &Contract) -> bool {
        contract.deliveries.iter().any(|&id| {
            self.delivery(id).is_ok_and(|row| match row.progress {
                Progress::Accepted { at, .. } => self.of_late(at),
                _ => false,
            })
        })
    }

    fn contributed(&self, row: &Contribution) -> bool {
        matches!(row.progress, Progress::Accepted { at, .. } if self.of_late(at))
    }

    /// The units that have given one of these something, or received it, in the last 180 days.
    pub(crate) fn partners_of(&self, parties: &BTreeSet<Id<Unit>>) -> BTreeSet<Id<Unit>> {
        let mut partners = BTreeSet::new();
        for &party in parties {
            let contracts = self.contracts_of(party).filter_map(|id| self.contract(id).ok());
            for contract in contracts.filter(|contract| self.exchanged(contract)) {
                partners.extend([contract.parties.giver, contract.parties.receiver]);
            }
        }
        for (_, row) in self.contributions().filter(|(_, row)| self.contributed(row)) {
            let carriers = row.shares.iter().map(|share| share.unit);
            let all: BTreeSet<Id<Unit>> = carriers.chain([row.giver]).collect();
            if !all.is_disjoint(parties) {
                partners.extend(all);
            }
        }
        partners
    }

    /// The units that a conflict affects: its parties, and those that the record shows receiving
    /// from what it is about in the last 180 days.
    pub fn affected(&self, id: Id<Conflict>) -> BTreeSet<Id<Unit>> {
        let Ok(row) = self.conflict(id) else { return BTreeSet::new() };
        let mut affected = row.parties.clone();
        match row.about {
            About::Resource(resource) => affected.extend(self.live_from(resource, row)),
            About::Delivery(delivery) => {
                let contract = self.delivery(delivery).and_then(|row| self.contract(row.contract));
                if let Ok(contract) = contract {
                    let giver = contract.parties.giver;
                    affected.extend(self.received_from(giver, contract.version));
                }
            }
            About::Contribution(contribution) => {
                let shares = self.contribution(contribution).map(|row| row.shares.as_slice());
                affected.extend(shares.unwrap_or_default().iter().map(|share| share.unit));
            }
            About::Settlement(of) => {
                if let Ok(About::Resource(resource)) = self.conflict(of).map(|row| row.about) {
                    affected.extend(self.live_from(resource, row));
                }
            }
            About::Mandate(mandate) => affected.extend(self.spoken_to(mandate)),
        }
        affected
    }

    /// The units that voted in polls in which a mandate said its unit's yes.
    fn spoken_to(&self, id: Id<Mandate>) -> BTreeSet<Id<Unit>> {
        let said = |voting: &Voting| voting.seal.is_some_and(|s| s.how == Sealed::Mandate(id));
        let polls = self.proposals().filter(|(_, row)| row.electorate.values().any(said));
        polls.flat_map(|(_, row)| row.electorate.keys().copied()).collect()
    }

    /// The units that have received in the last 180 days what others made with a resource, as was
    /// reported before the talks about it: what is reported while they go on makes no voters.
    fn live_from(&self, id: Id<Resource>, conflict: &Conflict) -> BTreeSet<Id<Unit>> {
        let again = conflict.settlement.as_ref().map(|settlement| settlement.until);
        let began = again.unwrap_or(conflict.since);
        let uses = self.resource(id).map(|row| row.uses.as_slice()).unwrap_or_default();
        let made: BTreeSet<(Id<Unit>, Id<Version>)> = uses
            .iter()
            .filter_map(|&usage| self.usage(usage).ok())
            .filter(|usage| self.of_late(usage.until) && usage.since <= began)
            .flat_map(|usage| usage.made.iter().map(|&version| (usage.unit, version)))
            .collect();
        made.into_iter().flat_map(|(giver, version)| self.received_from(giver, version)).collect()
    }

    /// The units that have received something under a version from a unit in the last 180 days.
    fn received_from(&self, giver: Id<Unit>, version: Id<Version>) -> BTreeSet<Id<Unit>> {
        let direct = self
            .contracts_under(version)
            .filter(|contract| contract.parties.giver == giver && self.exchanged(contract))
            .map(|contract| contract.parties.receiver);
        let commons = self.contributions().map(|(_, row)| row).filter(|row| {
            let of_version = self.common(row.common).is_ok_and(|row| row.version == version);
            row.giver == giver && of_version && self.contributed(row)
        });
        let carriers = commons.flat_map(|row| row.shares.iter().map(|share| share.unit));
        direct.chain(carriers).collect()
    }
}
