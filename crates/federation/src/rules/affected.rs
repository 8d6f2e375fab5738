use std::collections::{BTreeMap, BTreeSet};

use measure::Hours;

use crate::rows::{
    About, Conflict, Contract, Contribution, Mandate, Progress, Resource, Sealed, Unit, Version,
    Voting,
};
use crate::{Days, Federation, Id, Time};

/// For how long an exchange ties units to each other.
const EXCHANGE_DAYS: Days = crate::fixed::EXCHANGED;

/// What a unit has received at least of what it lives from.
const LIVES_FROM: Hours = Hours::whole(1);

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

    /// The units that a conflict affects: its parties, and those that the record shows living from
    /// what it is about.
    pub fn affected(&self, id: Id<Conflict>) -> BTreeSet<Id<Unit>> {
        let Ok(row) = self.conflict(id) else { return BTreeSet::new() };
        let mut affected = row.between().clone();
        match row.about {
            About::Resource(resource) => affected.extend(self.live_from_resource(resource, row)),
            About::Delivery(delivery) => {
                let contract = self.delivery(delivery).and_then(|row| self.contract(row.contract));
                if let Ok(contract) = contract {
                    let made = BTreeSet::from([(contract.parties.giver, contract.version)]);
                    affected.extend(self.live_from(&made, row.since));
                }
            }
            About::Contribution(contribution) => {
                let shares = self.contribution(contribution).map(|row| row.shares.as_slice());
                affected.extend(shares.unwrap_or_default().iter().map(|share| share.unit));
            }
            About::Settlement(of) => {
                if let Ok(About::Resource(resource)) = self.conflict(of).map(|row| row.about) {
                    affected.extend(self.live_from_resource(resource, row));
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

    /// The units that live from what others made with a resource, as was reported before the talks
    /// about it: what is reported while they go on makes no voters.
    fn live_from_resource(&self, id: Id<Resource>, conflict: &Conflict) -> BTreeSet<Id<Unit>> {
        let again = conflict.settlement.as_ref().map(|settlement| settlement.until);
        let began = again.unwrap_or(conflict.since);
        let uses = self.resource(id).map(|row| row.uses.as_slice()).unwrap_or_default();
        let made: BTreeSet<(Id<Unit>, Id<Version>)> = uses
            .iter()
            .filter_map(|&usage| self.usage(usage).ok())
            .filter(|usage| self.of_late(usage.until) && usage.since <= began)
            .flat_map(|usage| usage.made.iter().map(|&version| (usage.unit, version)))
            .collect();
        self.live_from(&made, began)
    }

    /// The units that have received at least an hour's worth of these in the last 180 days, and
    /// before something began: a crumb to each of many units makes no voters, nor does what is given
    /// away while they talk. What has no value counts for nothing; a gift counts as what it is worth.
    fn live_from(
        &self,
        made: &BTreeSet<(Id<Unit>, Id<Version>)>,
        began: Time,
    ) -> BTreeSet<Id<Unit>> {
        let counts = |progress: &Progress| match progress {
            Progress::Accepted { at, .. } => *at <= began && self.of_late(*at),
            _ => false,
        };
        let mut received: BTreeMap<Id<Unit>, i64> = BTreeMap::new();
        let mut add = |to: Id<Unit>, hours: Hours| {
            let sum = received.entry(to).or_default();
            *sum = sum.saturating_add(hours.seconds());
        };
        for &(giver, version) in made {
            let given = self.contracts_under(version).filter(|row| row.parties.giver == giver);
            for contract in given {
                let delivered = contract.deliveries.iter().filter_map(|&id| self.delivery(id).ok());
                for row in delivered.filter(|row| counts(&row.progress)) {
                    add(contract.parties.receiver, self.hours_of(version, row.quantity));
                }
            }
            let commons = self.commons().filter(|(_, common)| common.version == version);
            let given = commons.flat_map(|(_, common)| &common.contributions);
            let given = given.filter_map(|&id| self.contribution(id).ok());
            for row in given.filter(|row| row.giver == giver && counts(&row.progress)) {
                row.shares.iter().for_each(|share| add(share.unit, share.hours));
            }
        }
        let enough = |seconds: &i64| *seconds >= LIVES_FROM.seconds();
        received.into_iter().filter(|(_, sum)| enough(sum)).map(|(unit, _)| unit).collect()
    }
}
