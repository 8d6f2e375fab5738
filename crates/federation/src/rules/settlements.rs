use std::collections::BTreeSet;

use super::Author;
use crate::act::{Dispute, Disputed, Settle, Turn, Turns};
use crate::rows::{
    About, Agreed, Conflict, Contract, Contribution, Delivery, Mandate, Progress, Settled, Unit,
    Way,
};
use crate::{Days, Effect, Federation, Id, Refusal};

/// How long after its end a mandate can be disputed.
const DISPUTED_FOR: Days = crate::fixed::DISPUTED;

impl Federation {
    /// A party takes something other than a resource the same way: talks, mediators, the units
    /// affected.
    pub(crate) fn dispute(&mut self, author: Author, act: &Dispute) -> Result<Effect, Refusal> {
        let own = self.acting_unit(author.person)?;
        if act.why.as_str().is_empty() {
            return Err(Refusal::WordsMissing {});
        }
        let (about, parties) = match act.about {
            Disputed::Delivery { delivery } => {
                let id = self.find_delivery(delivery)?;
                (About::Delivery(id), self.sides_of_delivery(id, own)?)
            }
            Disputed::Contribution { contribution } => {
                let id = self.find_contribution(contribution)?;
                (About::Contribution(id), self.sides_of_contribution(id, own)?)
            }
            Disputed::Settlement { conflict } => {
                let id = self.find_conflict(conflict)?;
                (About::Settlement(id), self.sides_of_settlement(id, own)?)
            }
            Disputed::Mandate { mandate } => {
                let id = self.find_mandate(mandate)?;
                (About::Mandate(id), self.sides_of_mandate(id, own)?)
            }
        };
        let same = |row: &Conflict| match about {
            About::Settlement(_) => row.is_open(),
            // Each unit speaks for itself: whoever disputes first speaks for no other.
            About::Mandate(_) => row.parties.contains(&own),
            _ => true,
        };
        if let Some((id, _)) = self.conflicts_about(about).find(|(_, row)| same(row)) {
            return Err(Refusal::DisputedAlready { conflict: id.number() });
        }
        for &party in &parties {
            self.check_in(party)?;
        }
        Ok(Effect::Conflict(self.open_conflict((author, own), about, parties, act.why.clone())))
    }

    fn sides_of_delivery(
        &self,
        id: Id<Delivery>,
        own: Id<Unit>,
    ) -> Result<BTreeSet<Id<Unit>>, Refusal> {
        let row = self.delivery(id)?;
        let parties = self.contract(row.contract)?.parties;
        let sides = BTreeSet::from([parties.giver, parties.receiver]);
        check_rejected(&row.progress, sides.contains(&own))?;
        Ok(sides)
    }

    fn sides_of_contribution(
        &self,
        id: Id<Contribution>,
        own: Id<Unit>,
    ) -> Result<BTreeSet<Id<Unit>>, Refusal> {
        let row = self.contribution(id)?;
        let asked = row.asked.iter().map(|asked| asked.unit);
        let sides: BTreeSet<Id<Unit>> = asked.chain([row.giver]).collect();
        check_rejected(&row.progress, sides.contains(&own))?;
        Ok(sides)
    }

    fn sides_of_settlement(
        &self,
        id: Id<Conflict>,
        own: Id<Unit>,
    ) -> Result<BTreeSet<Id<Unit>>, Refusal> {
        let row = self.conflict(id)?;
        match row.settlement.is_some() && row.parties.contains(&own) && row.parties.len() > 1 {
            true => Ok(row.parties.clone()),
            false => Err(Refusal::NothingToDispute {}),
        }
    }

    /// The unit that gave a mandate, and another that says that it was exceeded.
    fn sides_of_mandate(
        &self,
        id: Id<Mandate>,
        own: Id<Unit>,
    ) -> Result<BTreeSet<Id<Unit>>, Refusal> {
        let row = self.mandate(id)?;
        match row.unit != own && row.end().plus_days(DISPUTED_FOR) >= self.testified {
            true => Ok(BTreeSet::from([row.unit, own])),
            false => Err(Refusal::NothingToDispute {}),
        }
    }

    /// Any text that all parties have signed settles a conflict, at any time.
    pub(crate) fn sign_settlement(
        &mut self,
        author: Author,
        act: &Settle,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_unit(author.person)?;
        let id = self.find_conflict(act.conflict)?;
        let row = self.conflict(id)?;
        if row.is_over() {
            return Err(Refusal::ConflictOver { conflict: id.number() });
        }
        if !row.parties.contains(&own) {
            return Err(Refusal::NotInConflict { conflict: id.number() });
        }
        if act.text.as_str().is_empty() {
            return Err(Refusal::WordsMissing {});
        }
        self.check_turns(id, act.turns.as_ref())?;
        let needed = u32::try_from(row.parties.len()).unwrap_or(u32::MAX);
        let agreed = Agreed { text: act.text.clone(), turns: act.turns.clone() };
        let texts = &mut self.conflicts.row_mut(id)?.texts;
        let place = texts.iter().position(|(text, _)| *text == agreed).unwrap_or_else(|| {
            texts.push((agreed, BTreeSet::new()));
            texts.len() - 1
        });
        let Some((_, signed)) = texts.get_mut(place) else { return Ok(Effect::Done) };
        let is_new = signed.insert(own);
        let signed = u32::try_from(signed.len()).unwrap_or(u32::MAX);
        if !is_new {
            return Err(Refusal::SignedAlready { signed, needed });
        }
        match self.settle_if_signed(id) {
            true => Ok(Effect::Conflict(id)),
            false => Ok(Effect::Gathering { signed, needed }),
        }
    }

    /// A calendar names parties, and nobody has it while another does.
    pub(crate) fn check_turns(
        &self,
        id: Id<Conflict>,
        turns: Option<&Turns>,
    ) -> Result<(), Refusal> {
        let Some(turns) = turns else { return Ok(()) };
        let row = self.conflict(id)?;
        let hours = u32::from(turns.every_days) * 24;
        let mut slots: Vec<&Turn> = turns.slots.iter().collect();
        slots.sort_unstable_by_key(|slot| slot.from_hour);
        let mut free_from = 0;
        let mut fits = (1..=366).contains(&turns.every_days) && (1..=64).contains(&slots.len());
        for slot in slots {
            let unit = self.find_unit(slot.unit)?;
            let ends = slot.from_hour.saturating_add(slot.hours);
            fits &= slot.hours > 0 && slot.from_hour >= free_from && ends <= hours;
            fits &= row.parties.contains(&unit);
            free_from = ends;
        }
        match fits {
            true => Ok(()),
            false => Err(Refusal::TurnsOverlap { hours }),
        }
    }

    /// What an option comes to: as a mediator wrote it, or with the calendar that always goes with
    /// it, in which the parties follow each other in the order of their claims.
    pub(crate) fn comes_to(&self, id: Id<Conflict>, option: u8) -> Agreed {
        let nothing = Agreed { text: Default::default(), turns: None };
        let Ok(row) = self.conflict(id) else { return nothing };
        let Some(found) = row.options.get(usize::from(option)) else { return nothing };
        let turns = match (found.way, row.about) {
            (Way::ShareByCalendar, About::Resource(_)) => self.one_after_the_other(id, 1),
            (Way::TakeTurns, About::Resource(_)) => self.one_after_the_other(id, 28),
            _ => found.turns.clone(),
        };
        Agreed { text: found.text.clone(), turns }
    }

    /// A calendar in which each party has so many days, or fewer if a year is not enough.
    fn one_after_the_other(&self, id: Id<Conflict>, days: u16) -> Option<Turns> {
        let row = self.conflict(id).ok()?;
        let About::Resource(resource) = row.about else { return None };
        let order = self.contestants(resource).into_iter().filter(|u| row.parties.contains(u));
        let order: Vec<_> = order.filter_map(|unit| self.unit_ref(unit)).take(64).collect();
        let count = u16::try_from(order.len()).ok().filter(|&count| count > 0)?;
        let days = days.min(366 / count);
        let hours = u32::from(days) * 24;
        let slots = order.into_iter().zip(0..);
        let slots = slots.map(|(unit, nth): (_, u32)| Turn { unit, from_hour: nth * hours, hours });
        Some(Turns { every_days: days * count, slots: slots.collect() })
    }

    /// The conflicts about something, first begun first.
    pub fn conflicts_about(&self, about: About) -> impl Iterator<Item = (Id<Conflict>, &Conflict)> {
        let (first, last) = (Id::new(0), Id::new(u32::MAX));
        let all = self.conflicts_about.range((about, first)..=(about, last));
        all.filter_map(|&(_, id)| Some((id, self.conflict(id).ok()?)))
    }

    /// Whether the rejection of a delivery stands: nobody disputed it, or it was upheld, or whoever
    /// gave left while it was disputed. It does not while the dispute goes on, nor where it ended
    /// otherwise: whoever rejects and leaves, or lets everything be as it is, has not been proved
    /// right.
    pub fn rejection_stands(&self, id: Id<Delivery>) -> bool {
        let Ok(delivery) = self.delivery(id) else { return false };
        if !matches!(delivery.progress, Progress::Rejected { .. }) {
            return false;
        }
        let Some((_, row)) = self.conflicts_about(About::Delivery(id)).next() else {
            return true;
        };
        let option = match row.settlement.as_ref().map(|settlement| settlement.how) {
            Some(Settled::Consent { option } | Settled::Voted { option, .. }) => option,
            Some(Settled::Signed | Settled::AsItIs) => return false,
            None => return row.is_over() && self.giver_has_left(row, delivery.contract),
        };
        let way = row.options.get(usize::from(option)).map(|option| option.way);
        way == Some(Way::Uphold)
    }

    /// Whether it was the giver who left the dispute over a delivery.
    fn giver_has_left(&self, row: &Conflict, contract: Id<Contract>) -> bool {
        let giver = self.contract(contract).map(|contract| contract.parties.giver);
        giver.is_ok_and(|giver| !row.parties.contains(&giver))
    }
}

/// Only what was rejected is disputed, and only by those between whom it was.
fn check_rejected(progress: &Progress, is_party: bool) -> Result<(), Refusal> {
    match is_party && matches!(progress, Progress::Rejected { .. }) {
        true => Ok(()),
        false => Err(Refusal::NothingToDispute {}),
    }
}
