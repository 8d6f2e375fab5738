use std::collections::{BTreeMap, BTreeSet};

use circuits::ThingIndex;

use crate::act::{BringThing, Terms, WithdrawThing, WouldTake};
use crate::rows::{Answered, Contract, Origin, Parties, Round, Status, Thing, Unit};
use crate::{Effect, Federation, Id, Line, Ref, Refusal, Time};

use super::Author;

/// The most things that would be taken for one.
const TAKES_MAX: usize = 64;

impl Federation {
    pub(crate) fn bring_thing(
        &mut self,
        author: Author,
        act: &BringThing,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let version = self.find_version(act.version)?;
        self.check_not_retired(self.version(version)?.specification)?;
        if act.quantity.is_zero() {
            return Err(Refusal::QuantityNought {});
        }
        let thing = Thing {
            unit,
            version,
            quantity: act.quantity,
            what: act.what.clone(),
            would_take: Vec::new(),
            since: author.at,
            withdrawn: false,
            contract: None,
        };
        let id = self.things.add(author.made_by, 0, thing);
        self.standing_things.insert(id);
        Ok(Effect::Thing(id))
    }

    /// The list is strict: different things, best first. One's own stands at its end by itself, and
    /// another of one's own is nothing to swap for.
    pub(crate) fn would_take(
        &mut self,
        author: Author,
        act: &WouldTake,
    ) -> Result<Effect, Refusal> {
        let id = self.own_thing(author, act.thing)?;
        let would_take: Vec<_> =
            act.instead.iter().map(|&named| self.find_thing(named)).collect::<Result<_, _>>()?;
        let different: BTreeSet<_> = would_take.iter().collect();
        if different.len() != would_take.len() || would_take.len() > TAKES_MAX {
            return Err(Refusal::TakesOutOfBounds { found: would_take.len() });
        }
        let unit = self.thing(id)?.unit;
        for &other in &would_take {
            if self.thing(other)?.unit == unit {
                return Err(Refusal::OwnThing { thing: other.number() });
            }
            self.check_in_swap(other)?;
        }
        if self.thing(id)?.would_take == would_take {
            return Err(Refusal::NothingChanges {});
        }
        self.things.row_mut(id)?.would_take = would_take;
        Ok(Effect::Done)
    }

    pub(crate) fn withdraw_thing(
        &mut self,
        author: Author,
        act: &WithdrawThing,
    ) -> Result<Effect, Refusal> {
        let id = self.own_thing(author, act.thing)?;
        let row = self.thing(id)?;
        let (unit, contract) = (row.unit, row.contract);
        self.take_thing_back(id)?;
        if let Some(contract) = contract
            && self.contract(contract)?.is_proposed()
        {
            self.decline(contract, unit, Line::default())?;
        }
        Ok(Effect::Done)
    }

    /// Takes a thing out of those in the swap.
    pub(crate) fn take_thing_back(&mut self, id: Id<Thing>) -> Result<(), Refusal> {
        self.things.row_mut(id)?.withdrawn = true;
        self.standing_things.remove(&id);
        Ok(())
    }

    /// A thing of the signer's own unit that is still in the swap.
    fn own_thing(&self, author: Author, named: Ref<Thing>) -> Result<Id<Thing>, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_thing(named)?;
        let thing = self.thing(id)?;
        if thing.unit != unit {
            let unit = self.unit(thing.unit)?.name.clone();
            return Err(Refusal::NotYours { kind: "thing", unit });
        }
        if thing.withdrawn {
            return Err(Refusal::Withdrawn { kind: "thing" });
        }
        self.check_in_swap(id)?;
        Ok(id)
    }

    fn check_in_swap(&self, id: Id<Thing>) -> Result<(), Refusal> {
        match self.standing_things.contains(&id) {
            true => Ok(()),
            false => Err(Refusal::ThingGone { thing: id.number() }),
        }
    }

    /// The things in the swap: not taken back, and under no contract that was agreed.
    pub fn standing_things(&self) -> impl DoubleEndedIterator<Item = Id<Thing>> {
        self.standing_things.iter().copied()
    }

    /// Whether a thing can still be swapped: it was not taken back, and no contract about it was
    /// agreed.
    pub fn is_in_swap(&self, thing: &Thing) -> bool {
        let contract = thing.contract.and_then(|id| self.contract(id).ok());
        let is_free = |row: &Contract| {
            matches!(row.status, Status::Proposed { .. } | Status::Declined { .. } | Status::Lapsed)
        };
        !thing.withdrawn && contract.is_none_or(is_free)
    }

    /// Whether a thing is in a ring that waits for answers.
    pub fn waits_in_ring(&self, thing: &Thing) -> bool {
        let contract = thing.contract.and_then(|id| self.contract(id).ok());
        contract.is_some_and(|row| self.waits_for_answer(row))
    }

    /// Whether a contract is proposed and can still be answered.
    pub fn waits_for_answer(&self, contract: &Contract) -> bool {
        match contract.status {
            Status::Proposed { answer_by, .. } => answer_by >= self.testified,
            _ => false,
        }
    }

    /// The contracts of the ring that a contract belongs to, each with the thing given under it:
    /// whoever receives under one gives under the one after it, and under the last under the first.
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
        let things = self.things_to_swap();
        let places: BTreeMap<Id<Thing>, ThingIndex> =
            things.iter().copied().zip((0..).map(ThingIndex)).collect();
        let listed = |&id: &Id<Thing>| {
            let would_take = self.thing(id).map(|row| row.would_take.as_slice());
            let would_take = would_take.unwrap_or_default().iter();
            would_take.filter_map(|wanted| places.get(wanted).copied()).collect()
        };
        let lists: Vec<Vec<ThingIndex>> = things.iter().map(listed).collect();
        // INVARIANT: a list names different things, none of them its own; see `would_take`.
        let swaps = circuits::swaps(&lists).unwrap_or_default();
        let thing = |place: &ThingIndex| things.get(usize::try_from(place.0).ok()?).copied();
        let at = self.begins(author.at);
        let answer_by = at.plus_hours(self.pact().map_or(0, |pact| pact.answer_hours));
        let mut row = 0;
        for (ring, swap) in (0..).zip(swaps) {
            let mut things: Vec<Id<Thing>> = swap.things.iter().filter_map(thing).collect();
            // Each thing goes to the owner of the one before it, so its way through the owners is
            // the other way round.
            things.reverse();
            things.rotate_right(1);
            let mut contracts = Vec::new();
            for (&given, &for_it) in things.iter().zip(things.iter().cycle().skip(1)) {
                let origin = Origin::Swap { round, ring, thing: given };
                contracts.push(self.propose_swap(
                    (author, row),
                    (given, for_it),
                    (origin, answer_by),
                )?);
                row += 1;
            }
            self.rounds.row_mut(round)?.swaps.push(contracts);
        }
        Ok(())
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
            .filter_map(|id| self.thing(id).ok())
            .filter(|thing| !self.waits_in_ring(thing))
            .filter_map(|thing| thing.contract)
            .filter(|&id| self.contract(id).is_ok_and(Contract::is_proposed))
            .collect();
        for &id in &overdue {
            let row = self.contract(id)?;
            let ring = self.ring_of(row);
            let silent = match row.status {
                Status::Proposed { giver, receiver, .. } => !giver.is_yes() || !receiver.is_yes(),
                _ => false,
            };
            if silent {
                self.take_off_list(&ring, id)?;
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
