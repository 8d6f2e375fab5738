use std::collections::BTreeSet;

use crate::act::{BringThing, WithdrawThing, WouldTake};
use crate::rows::{Contract, Status, Thing};
use crate::{Effect, Federation, Id, Line, Ref, Refusal};

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
}
