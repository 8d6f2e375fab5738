use std::collections::BTreeMap;

use circuits::ThingIndex;

use crate::act::Terms;
use crate::rows::{Answered, Contract, Origin, Parties, Round, Status, Thing, Unit};
use crate::{Effect, Federation, Id, Line, Refusal, Time};

use super::Author;

impl Federation {
    /// The contracts of the ring that a contract belongs to, each with the thing given under it:
    /// whoever receives under one gives under the one after it, and after the last comes the first.
    /// Empty for a contract of no swap.
    pub fn ring_of(&self, contract: &Contract) -> Vec<(Id<Contract>, Id<Thing>)> {
        let Origin::Swap { round, ring, .. } = contract.origin else { return Vec::new() };
        self.ring(round, ring)
    }

    fn ring(&self, round: Id<Round>, ring: u32) -> Vec<(Id<Contract>, Id<Thing>)> {
        let row = self.round(round).ok();
        let ring = row.and_then(|row| row.swaps.get(usize::try_from(ring).ok()?));
        let things = ring.into_iter().flatten().filter_map(|&id| {
            let Origin::Swap { thing, .. } = self.contract(id).ok()?.origin else { return None };
            Some((id, thing))
        });
        things.collect()
    }

    /// Finds the swaps among all things that stand when a round's offers and needs are closed. Each
    /// ring becomes proposed contracts at value nought, one for each thing in it.
    ///
    /// Top trading cycles have one outcome, whoever computes it, so nobody submits a plan for it.
    pub(crate) fn swap_things(&mut self, author: Author, round: Id<Round>) -> Result<(), Refusal> {
        self.lapse_swaps()?;
        let at = self.begins(author.at);
        let answer_by = at.plus_hours(self.round(round)?.answer_hours);
        let mut row = 0;
        for (ring, things) in (0..).zip(self.rings_of_things()) {
            let mut contracts = Vec::new();
            for (&given, &for_it) in things.iter().zip(things.iter().cycle().skip(1)) {
                let origin = Origin::Swap { round, ring, thing: given };
                let how = (origin, answer_by);
                contracts.push(self.propose_swap((author, row), (given, for_it), how)?);
                row += 1;
            }
            self.rounds.row_mut(round)?.swaps.push(contracts);
        }
        Ok(())
    }

    /// The rings that top trading cycles find, in the order of giving: the owner of the thing after
    /// each gets it, and the owner of the first gets the last.
    fn rings_of_things(&self) -> Vec<Vec<Id<Thing>>> {
        let things = self.things_to_swap();
        let places: BTreeMap<Id<Thing>, ThingIndex> =
            things.iter().copied().zip((0..).map(ThingIndex)).collect();
        let listed = |&id: &Id<Thing>| {
            let Ok(row) = self.thing(id) else { return Vec::new() };
            let would_take = row.would_take.iter().filter(|&&wanted| {
                self.thing(wanted).is_ok_and(|other| !self.refuse_each_other(row.unit, other.unit))
            });
            would_take.filter_map(|wanted| places.get(wanted).copied()).collect()
        };
        let lists: Vec<Vec<ThingIndex>> = things.iter().map(listed).collect();
        // INVARIANT: a list names different things, none of them its own; see `would_take`.
        let swaps = circuits::swaps(&lists).unwrap_or_default();
        let thing = |place: &ThingIndex| things.get(usize::try_from(place.0).ok()?).copied();
        let ring = |swap: circuits::Swap| {
            let mut ring: Vec<_> = swap.things.iter().filter_map(thing).collect();
            // There, the owner of the thing before gets each; so giving goes the other way round.
            ring.reverse();
            ring.rotate_right(1);
            ring
        };
        swaps.into_iter().map(ring).collect()
    }

    /// What is in the swap and in no ring that waits, under no retired specification.
    fn things_to_swap(&self) -> Vec<Id<Thing>> {
        let takes_part = |id: &Id<Thing>| {
            self.thing(*id).is_ok_and(|thing| {
                let specification = self.version(thing.version).map(|row| row.specification);
                specification.is_ok_and(|id| self.check_not_retired(id).is_ok())
                    && !self.waits_in_ring(thing)
            })
        };
        self.standing_things().filter(takes_part).collect()
    }

    /// The thing `given` goes to the unit that brought `for_it`.
    fn propose_swap(
        &mut self,
        (author, row): (Author, u32),
        (given, for_it): (Id<Thing>, Id<Thing>),
        (origin, answer_by): (Origin, Time),
    ) -> Result<Id<Contract>, Refusal> {
        let thing = self.thing(given)?;
        let parties = Parties { giver: thing.unit, receiver: self.thing(for_it)?.unit };
        let (giver, receiver) = (Answered::No, Answered::No);
        let contract = Contract {
            origin,
            status: Status::Proposed { giver, receiver, answer_by },
            since: author.at,
            note: thing.what.clone(),
            ..self.contract_of(parties, thing.version, thing.quantity, Terms::Gift)?
        };
        let id = self.put_contract((author.made_by, row), contract)?;
        self.things.row_mut(given)?.contract = Some(id);
        Ok(id)
    }

    /// A unit says yes to a ring as a whole: to what it gives in it and to what it gets. The last
    /// yes makes all its contracts at once.
    pub(crate) fn accept_swap(
        &mut self,
        id: Id<Contract>,
        own: Id<Unit>,
    ) -> Result<Effect, Refusal> {
        let ring = self.ring_of(self.contract(id)?);
        for &(contract, _) in &ring {
            let Parties { giver: gives, receiver: receives } = self.contract(contract)?.parties;
            self.change_contract(contract, |row| {
                if let Status::Proposed { giver, receiver, .. } = &mut row.status {
                    *giver = if gives == own { Answered::Yes } else { *giver };
                    *receiver = if receives == own { Answered::Yes } else { *receiver };
                }
            })?;
        }
        let giver_said_yes = |contract| match self.contract(contract).map(|row| &row.status) {
            Ok(Status::Proposed { giver, .. }) => giver.is_yes(),
            _ => false,
        };
        let signed = ring.iter().filter(|&&(contract, _)| giver_said_yes(contract)).count();
        if signed < ring.len() {
            let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
            return Ok(Effect::Gathering { signed: count(signed), needed: count(ring.len()) });
        }
        for (contract, thing) in ring {
            self.change_contract(contract, |row| row.status = Status::Agreed)?;
            self.standing_things.remove(&thing);
        }
        Ok(Effect::Contract(id))
    }

    /// A no to one contract of a ring is a no to the ring: all its contracts are declined. What was
    /// declined is off the list of who would have got it, so that the same ring is not found again.
    pub(crate) fn decline_swap(
        &mut self,
        id: Id<Contract>,
        by: Id<Unit>,
        reason: &Line,
    ) -> Result<(), Refusal> {
        let ring = self.ring_of(self.contract(id)?);
        self.take_off_list(&ring, id)?;
        for &(contract, _) in &ring {
            let reason = reason.clone();
            self.change_contract(contract, |row| {
                if row.is_proposed() {
                    row.status = Status::Declined { by, reason };
                }
            })?;
        }
        Ok(())
    }

    /// A ring that was not answered in time lapses; what somebody was silent about is off the list.
    fn lapse_swaps(&mut self) -> Result<(), Refusal> {
        let overdue: Vec<Id<Contract>> = self
            .standing_things()
            .filter_map(|id| self.thing(id).ok()?.contract)
            .filter(|&id| {
                self.contract(id).is_ok_and(|row| row.is_proposed() && !self.waits_for_answer(row))
            })
            .collect();
        for &id in &overdue {
            let row = self.contract(id)?;
            let all_said_yes = matches!(row.status, Status::Proposed { giver, receiver, .. }
                if giver.is_yes() && receiver.is_yes());
            if !all_said_yes {
                self.take_off_list(&self.ring_of(row), id)?;
            }
        }
        for id in overdue {
            self.change_contract(id, |row| row.status = Status::Lapsed)?;
        }
        Ok(())
    }

    /// Takes the thing given under a contract of a ring off the list of the thing given for it.
    fn take_off_list(
        &mut self,
        ring: &[(Id<Contract>, Id<Thing>)],
        id: Id<Contract>,
    ) -> Result<(), Refusal> {
        let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
        let pair = pairs.map(|(&(contract, given), &(_, for_it))| (contract, given, for_it));
        let Some((_, given, for_it)) = pair.into_iter().find(|&(contract, ..)| contract == id)
        else {
            return Ok(());
        };
        self.things.row_mut(for_it)?.would_take.retain(|&wanted| wanted != given);
        Ok(())
    }
}
