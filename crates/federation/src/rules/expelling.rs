use measure::Quantity;

use crate::act::Failure;
use crate::rows::{Contract, Progress, Specification, Unit, Valuation};
use crate::{Days, Federation, Id, Refusal, Time};

/// How many failures an expulsion cites.
const FAILURES: usize = 3;

/// How far apart the first and the last of them are at least.
const OVER: Days = crate::fixed::EXPULSION_OVER;

/// What a cited failure comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failing {
    /// The failure.
    pub failure: Failure,
    /// Whom the unit has failed.
    pub receiver: Id<Unit>,
    /// When: at the rejection, or when it was due.
    pub at: Time,
    /// Against which specification, for a rejection.
    pub against: Option<Id<Specification>>,
}

impl Federation {
    /// The failures of a unit that an expulsion could cite, oldest first.
    pub fn failings(&self, id: Id<Unit>) -> Vec<Failing> {
        let contracts = self.contracts_of(id).filter_map(|contract| {
            let row = self.contract(contract).ok()?;
            (row.parties.giver == id).then_some((contract, row))
        });
        let mut found = Vec::new();
        for (contract, row) in contracts {
            let overdue = self.contract_ref(contract).map(|contract| Failure::Overdue { contract });
            let rejected = row.deliveries.iter().filter_map(|&delivery| {
                Some(Failure::Rejected { delivery: self.delivery_ref(delivery)? })
            });
            let cited = rejected.chain(overdue);
            found.extend(cited.filter_map(|failure| self.failing(id, failure).ok()));
        }
        found.sort_unstable_by_key(|failing| (failing.at, failing.failure));
        found
    }

    /// An expulsion cites three failures over at least 60 days, with three units of which none
    /// backs another: rejections against one agreed specification that stand, or agreed deliveries
    /// that are overdue and neither made nor ended.
    pub(crate) fn check_expulsion(
        &self,
        unit: Id<Unit>,
        failures: &[Failure],
    ) -> Result<(), Refusal> {
        self.check_in(unit)?;
        if failures.len() != FAILURES {
            return Err(Refusal::FailuresOutOfBounds { found: failures.len() });
        }
        let cited = failures.iter().map(|&failure| self.failing(unit, failure));
        self.check_cited(&cited.collect::<Result<Vec<_>, _>>()?)
    }

    /// Three failures of a unit count together only over so many days, with units that stand apart,
    /// and by one measure.
    fn check_cited(&self, cited: &[Failing]) -> Result<(), Refusal> {
        self.check_unconnected(cited)?;
        let mut against = cited.iter().filter_map(|failing| failing.against);
        let first = against.next();
        if against.any(|other| Some(other) != first) {
            return Err(Refusal::SeveralSpecifications {});
        }
        let times = || cited.iter().map(|failing| failing.at);
        let (from, until) = (times().min().unwrap_or_default(), times().max().unwrap_or_default());
        match from.plus_days(OVER) <= until {
            true => Ok(()),
            false => Err(Refusal::FailuresTooClose { from, until }),
        }
    }

    /// Three failures of a unit that an expulsion could cite together, the oldest that go together;
    /// none if there are no such three among its newest 40.
    pub fn expellable(&self, id: Id<Unit>) -> Option<[Failing; FAILURES]> {
        self.check_in(id).ok()?;
        let failings = self.failings(id);
        let newest = failings.get(failings.len().saturating_sub(40)..).unwrap_or_default();
        let pairs = newest.iter().enumerate().flat_map(|(place, &one)| {
            newest.iter().enumerate().skip(place + 1).map(move |(next, &two)| (next, one, two))
        });
        let mut threes = pairs.flat_map(|(place, one, two)| {
            newest.iter().skip(place + 1).map(move |&three| [one, two, three])
        });
        threes.find(|three| self.check_cited(three).is_ok())
    }

    fn check_unconnected(&self, cited: &[Failing]) -> Result<(), Refusal> {
        for (place, one) in cited.iter().enumerate() {
            for other in cited.iter().skip(place + 1) {
                let same = one.receiver == other.receiver;
                if same || self.apart_since(one.receiver, other.receiver).is_none() {
                    let name = |id| self.unit(id).map(|unit: &Unit| unit.name.clone());
                    let (one, other) = (name(one.receiver)?, name(other.receiver)?);
                    return Err(Refusal::FailuresConnected { one, other });
                }
            }
        }
        Ok(())
    }

    /// What a failure comes to. Refused for anything that is none of this unit's.
    fn failing(&self, unit: Id<Unit>, failure: Failure) -> Result<Failing, Refusal> {
        let none = |cited: String| Refusal::NoFailure { cited };
        match failure {
            Failure::Rejected { delivery } => {
                let id = self.find_delivery(delivery)?;
                let row = self.delivery(id)?;
                let contract = self.contract(row.contract)?;
                let version = self.version(contract.version)?;
                let agreed = matches!(version.valuation, Some(Valuation::Agreed { .. }));
                match row.progress {
                    Progress::Rejected { at, .. }
                        if agreed
                            && contract.parties.giver == unit
                            && self.rejection_stands(id) =>
                    {
                        let receiver = contract.parties.receiver;
                        let against = Some(version.specification);
                        Ok(Failing { failure, receiver, at, against })
                    }
                    _ => Err(none(format!("delivery {id}"))),
                }
            }
            Failure::Overdue { contract } => {
                let id = self.find_contract(contract)?;
                let row = self.contract(id)?;
                match self.overdue_since(row) {
                    Some(at) if row.parties.giver == unit => {
                        Ok(Failing { failure, receiver: row.parties.receiver, at, against: None })
                    }
                    _ => Err(none(format!("contract {id}"))),
                }
            }
        }
    }

    /// When what is left of an agreed contract was due, if that is past: by what both sides have
    /// arranged, else at the end of the week in which the round let them meet.
    fn overdue_since(&self, row: &Contract) -> Option<Time> {
        let arranged = row.arrangement.as_ref().filter(|row| row.agreed).map(|row| row.when);
        let due = arranged.or_else(|| Some(Time::of_week(row.meeting.week?.checked_add(1)?)))?;
        let open = row.is_agreed() && self.not_made(row) > Quantity::ZERO;
        (open && due < self.testified).then_some(due)
    }

    /// What a giver has not yet brought under a contract. What it says that it handed over counts as
    /// brought until a rejection of it stands: whoever signs nothing, or rejects what the giver
    /// disputes, makes nobody late.
    fn not_made(&self, row: &Contract) -> Quantity {
        let unanswered = row.deliveries.iter().filter_map(|&id| {
            let delivery = self.delivery(id).ok()?;
            let made = match delivery.progress {
                Progress::HandedOver => true,
                Progress::Rejected { .. } => !self.rejection_stands(id),
                // Counted with the contract: as not answered yet, or as accepted.
                Progress::Receipted { .. }
                | Progress::Accepted { .. }
                | Progress::Lapsed { .. } => false,
            };
            made.then_some(delivery.quantity)
        });
        let mut left = row.left();
        for quantity in unanswered {
            left = left.minus(quantity).unwrap_or_default();
        }
        left
    }

    /// An expulsion has passed: the unit is out, as if it had left; nothing else changes, and it
    /// may come back as any newcomer. What was made good while the poll ran is no failure any more.
    pub(crate) fn carry_expulsion(&mut self, unit: Id<Unit>, failures: &[Failure], at: Time) {
        let stand = failures.iter().all(|&failure| self.failing(unit, failure).is_ok());
        if stand && self.check_in(unit).is_ok() {
            // INVARIANT: a unit that is in can always leave.
            self.depart(unit, at).unwrap_or_default();
        }
    }
}
