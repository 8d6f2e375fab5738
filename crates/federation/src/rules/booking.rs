use std::collections::BTreeMap;

use measure::Hours;

use crate::rows::{Backing, Carried, Contract, Origin, Parties, Status, Unit};
use crate::{Federation, Id, Refusal};

impl Federation {
    /// Moves the hours of an accepted delivery: giver + h, receiver − h. The only place, with
    /// [`Federation::move_back`] and [`Federation::move_shares`], where entitlements change after
    /// the founding.
    pub(crate) fn move_hours(&mut self, id: Id<Contract>, hours: Hours) -> Result<(), Refusal> {
        let parties = self.contract(id)?.parties;
        let given = self.unit(parties.giver)?.entitlement.plus(hours);
        let received = self.unit(parties.receiver)?.entitlement.minus(hours);
        let (given, received) =
            (given.ok_or(Refusal::TooLarge {})?, received.ok_or(Refusal::TooLarge {})?);
        self.units.row_mut(parties.giver)?.entitlement = given;
        self.units.row_mut(parties.receiver)?.entitlement = received;
        Ok(())
    }

    /// Moves back the hours that a correction takes off a delivery.
    pub(crate) fn move_back(&mut self, id: Id<Contract>, hours: Hours) -> Result<(), Refusal> {
        self.move_hours(id, hours.negated())
    }

    /// Moves the hours of a contribution: its giver gets what those who carry it give, or for a
    /// correction the other way round. A giver can carry a share of its own.
    pub(crate) fn move_shares(
        &mut self,
        giver: Id<Unit>,
        shares: &[Carried],
        gets: impl Fn(Hours, Hours) -> Option<Hours>,
    ) -> Result<(), Refusal> {
        let mut changed: BTreeMap<Id<Unit>, Hours> = BTreeMap::new();
        for share in shares {
            for (unit, hours) in [(giver, share.hours), (share.unit, share.hours.negated())] {
                let before = match changed.get(&unit) {
                    Some(&before) => before,
                    None => self.unit(unit)?.entitlement,
                };
                changed.insert(unit, gets(before, hours).ok_or(Refusal::TooLarge {})?);
            }
        }
        for (unit, entitlement) in changed {
            self.units.row_mut(unit)?.entitlement = entitlement;
        }
        Ok(())
    }

    /// Changes a contract, and with it what it holds of its sides' rooms. The caller has checked
    /// that the contract is there; rooms that come free run off at once.
    pub(crate) fn change_contract(
        &mut self,
        id: Id<Contract>,
        change: impl FnOnce(&mut Contract),
    ) -> Result<(), Refusal> {
        self.book(id, Hours::minus)?;
        change(self.contracts.row_mut(id)?);
        self.book(id, Hours::plus)
    }

    /// Adds what a contract holds of its sides' rooms, or takes it off.
    pub(crate) fn book(
        &mut self,
        id: Id<Contract>,
        add: impl Fn(Hours, Hours) -> Option<Hours>,
    ) -> Result<(), Refusal> {
        let contract = self.contract(id)?;
        let (parties, origin) = (contract.parties, contract.origin);
        let holds = match (&contract.status, origin) {
            (Status::Agreed, _) | (Status::Proposed { .. }, Origin::Round { .. }) => {
                contract.hours_left()
            }
            _ => Hours::ZERO,
        };
        let unanswered = contract.hours_unanswered();
        let set = |hours: &mut Hours, by| *hours = add(*hours, by).unwrap_or(*hours);
        let receiver = self.units.row_mut(parties.receiver)?;
        set(&mut receiver.unanswered, unanswered);
        match origin {
            Origin::Round { round, .. } => {
                set(&mut receiver.planned.entry(round).or_default().receiving, holds);
                receiver.planned.retain(|_, open| *open != Default::default());
                let giver = self.units.row_mut(parties.giver)?;
                set(&mut giver.planned.entry(round).or_default().giving, holds);
                giver.planned.retain(|_, open| *open != Default::default());
            }
            Origin::Swap { .. } | Origin::Direct | Origin::AlreadyDone { .. } => {
                set(&mut receiver.direct, holds);
            }
        }
        Ok(())
    }

    /// Lets run off what is no longer in use of a unit: first the backing that was asked back, so
    /// that those who trusted are free first, then what is left of a former allowance. What goes
    /// back to a backer may let run off something there in turn.
    pub(crate) fn run_off(&mut self, id: Id<Unit>) -> Result<(), Refusal> {
        let mut freed = vec![id];
        while let Some(id) = freed.pop() {
            let unit = self.unit(id)?;
            if unit.run_off == Hours::ZERO && unit.backing_received == Hours::ZERO {
                continue;
            }
            let mut unused = unit.unused();
            for (backer, Backing { releasing, .. }) in self.backers(id) {
                let goes_back = releasing.min(unused);
                if goes_back.is_positive() {
                    unused = unused.minus(goes_back).unwrap_or_default();
                    self.take_backing(backer, id, goes_back)?;
                    freed.push(backer);
                }
            }
            let unit = self.units.row_mut(id)?;
            unit.run_off = unit.run_off.minus(unit.run_off.min(unused)).unwrap_or_default();
        }
        Ok(())
    }

    /// As [`Federation::run_off`], for the sides of contracts that changed together: what one of
    /// them frees another may hold, so all are booked first.
    pub(crate) fn run_off_of(&mut self, changed: &[Parties]) -> Result<(), Refusal> {
        for parties in changed {
            self.run_off(parties.receiver)?;
            self.run_off(parties.giver)?;
        }
        Ok(())
    }

    /// Who lends a unit how much, whoever lent first before others.
    pub(crate) fn backers(&self, id: Id<Unit>) -> Vec<(Id<Unit>, Backing)> {
        let links = self.backings.range((id, Id::new(0))..=(id, Id::new(u32::MAX)));
        let mut links: Vec<_> = links.map(|(&(_, backer), &backing)| (backer, backing)).collect();
        links.sort_unstable_by_key(|(_, backing)| backing.since);
        links
    }

    /// Ends so much of a backing, of what was asked back first.
    pub(crate) fn take_backing(
        &mut self,
        backer: Id<Unit>,
        backed: Id<Unit>,
        hours: Hours,
    ) -> Result<(), Refusal> {
        let Some(backing) = self.backings.get_mut(&(backed, backer)) else { return Ok(()) };
        let less = |from: Hours| from.minus(hours.min(from)).unwrap_or_default();
        *backing =
            Backing { hours: less(backing.hours), releasing: less(backing.releasing), ..*backing };
        if backing.hours == Hours::ZERO {
            self.backings.remove(&(backed, backer));
            self.backed_until.insert((backed, backer), self.testified);
        }
        let row = self.units.row_mut(backer)?;
        row.backing_given = less(row.backing_given);
        let row = self.units.row_mut(backed)?;
        row.backing_received = less(row.backing_received);
        Ok(())
    }

    /// Widens a unit's run-off to what it has drawn beyond its allowance, where an opening
    /// entitlement lies below it.
    pub(crate) fn cover_shortfall(&mut self, id: Id<Unit>) -> Result<(), Refusal> {
        let unit = self.units.row_mut(id)?;
        let shortfall = unit.drawn().minus(unit.allowance()).unwrap_or_default().at_least_zero();
        unit.run_off = unit.run_off.plus(shortfall).ok_or(Refusal::TooLarge {})?;
        Ok(())
    }
}
