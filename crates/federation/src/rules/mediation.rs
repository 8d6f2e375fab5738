use std::collections::{BTreeMap, BTreeSet};

use tally::{Consent, Objections};

use super::Author;
use crate::act::{WeighOptions, WriteOption};
use crate::rows::{Conflict, Mediator, Settled, Stage, Unit, Way, WayOut, Weighed};
use crate::{Effect, Federation, Id, Line, Refusal};

/// How many mediators are drawn, of different units.
const MEDIATORS: usize = 3;

/// The most options that one mediator writes, so that none crowds out the others.
const OPTIONS_EACH: usize = 4;

/// What the support of each party's members is counted in, so that parties weigh alike.
const MILLION: u64 = 1_000_000;

impl Federation {
    /// Draws mediators from enrolled units that have exchanged nothing with the parties for 180
    /// days; where there are none, from other enrolled units, and says so.
    pub(crate) fn draw_mediators(&mut self, id: Id<Conflict>) {
        let Ok(row) = self.conflict(id) else { return };
        let close = self.partners_of(&row.parties);
        let others: Vec<Id<Unit>> = self
            .units()
            .filter(|(unit, other)| other.is_enrolled() && !row.parties.contains(unit))
            .map(|(unit, _)| unit)
            .collect();
        let far: Vec<Id<Unit>> =
            others.iter().copied().filter(|unit| !close.contains(unit)).collect();
        let unconnected = !far.is_empty();
        let from = if unconnected { far } else { others };
        let names: Vec<Vec<u8>> = from.iter().map(|&unit| self.ticket(unit, id.number())).collect();
        let drawn = self.quick_lot().order(names.iter().map(Vec::as_slice)).into_iter();
        let units = drawn.filter_map(|at| from.get(at).copied());
        let mediator = |unit| {
            let person = self.member_by_lot(unit, &[])?;
            Some(Mediator { person, unit, unconnected })
        };
        let mediators: Vec<Mediator> = units.filter_map(mediator).take(MEDIATORS).collect();
        if let Ok(row) = self.conflicts.row_mut(id) {
            row.mediators = mediators;
        }
    }

    /// Mediators write options, and can do nothing else.
    pub(crate) fn write_option(
        &mut self,
        author: Author,
        act: &WriteOption,
    ) -> Result<Effect, Refusal> {
        let id = self.find_conflict(act.conflict)?;
        let conflict = id.number();
        let row = self.conflict(id)?;
        let unit = self.person(author.person)?.unit;
        let is_author = |m: &Mediator| m.person == author.person && Some(m.unit) == unit;
        if !row.mediators.iter().any(is_author) {
            return Err(Refusal::NotMediator { conflict });
        }
        let Stage::Mediation { .. } = row.stage else {
            return Err(Refusal::OtherStage { conflict, wanted: "mediators write options" });
        };
        let own = row.options.iter().filter(|option| option.by == Some(author.person)).count();
        if own >= OPTIONS_EACH {
            return Err(Refusal::TooManyOptions { most: OPTIONS_EACH });
        }
        if act.text.as_str().is_empty() {
            return Err(Refusal::WordsMissing {});
        }
        self.check_turns(id, act.turns.as_ref())?;
        let (text, turns) = (act.text.clone(), act.turns.clone());
        let option = WayOut { way: Way::Written, by: Some(author.person), text, turns };
        self.conflicts.row_mut(id)?.options.push(option);
        Ok(Effect::Done)
    }

    /// The members of the parties say which options they support, and to which they object.
    pub(crate) fn weigh_options(
        &mut self,
        author: Author,
        act: &WeighOptions,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_conflict(act.conflict)?;
        let conflict = id.number();
        let row = self.conflict(id)?;
        if !row.parties.contains(&unit) {
            return Err(Refusal::NotInConflict { conflict });
        }
        let Stage::Weighing { .. } = row.stage else {
            return Err(Refusal::OtherStage { conflict, wanted: "members weigh its options" });
        };
        let count = row.options.len();
        let place = |number: u8| {
            let place = number.checked_sub(1).filter(|&place| usize::from(place) < count);
            place.ok_or(Refusal::OptionUnknown { found: number, count })
        };
        let supports = act.supports.iter().map(|&option| place(option));
        let supports: BTreeSet<u8> = supports.collect::<Result<_, _>>()?;
        let objects = act.objects.iter().map(|o| Ok((place(o.option)?, o.reason.clone())));
        let objects: BTreeMap<u8, Line> = objects.collect::<Result<_, Refusal>>()?;
        if objects.values().any(|reason| reason.as_str().is_empty()) {
            return Err(Refusal::ObjectionWithoutReason {});
        }
        let weighed = Weighed { unit, supports, objects };
        self.conflicts.row_mut(id)?.weighed.insert(author.person, weighed);
        Ok(Effect::Done)
    }

    /// What members of parties have said, of those who still are.
    fn counted_weighings<'a>(&'a self, row: &'a Conflict) -> impl Iterator<Item = &'a Weighed> {
        let stays = |person, said: &Weighed| {
            let unit = self.person(person).ok().and_then(|person| person.unit);
            unit == Some(said.unit) && row.parties.contains(&said.unit)
        };
        row.weighed.iter().filter(move |&(&person, said)| stays(person, said)).map(|(_, said)| said)
    }

    /// How well an option is supported: for each party the part of its members who have said
    /// anything, in millionths, added up. Nought if nobody supports it.
    pub fn support(&self, row: &Conflict, option: u8) -> u64 {
        let of = |party: &Id<Unit>| {
            let said: Vec<&Weighed> =
                self.counted_weighings(row).filter(|said| said.unit == *party).collect();
            let supporters = said.iter().filter(|said| said.supports.contains(&option)).count();
            let part = u64::try_from(supporters).unwrap_or(0) * MILLION;
            part / u64::try_from(said.len().max(1)).unwrap_or(1)
        };
        row.parties.iter().map(of).sum()
    }

    /// Consent: nobody in any party objects, and in each somebody supports it.
    pub fn is_consented(&self, row: &Conflict, option: u8) -> bool {
        let open = self.counted_weighings(row).filter(|said| said.objects.contains_key(&option));
        let open = u64::try_from(open.count()).unwrap_or(u64::MAX);
        let supported = |party: &Id<Unit>| {
            self.counted_weighings(row)
                .any(|said| said.unit == *party && said.supports.contains(&option))
        };
        Objections { open, tries: 1 }.consent() == Consent::Given
            && row.parties.iter().all(supported)
    }

    /// The options that somebody supports, best supported first, earlier ones before later.
    fn best_supported(&self, row: &Conflict) -> Vec<u8> {
        let count = u8::try_from(row.options.len()).unwrap_or(u8::MAX);
        let mut order: Vec<(u64, u8)> =
            (0..count).map(|option| (self.support(row, option), option)).collect();
        order.retain(|&(support, _)| support > 0);
        order.sort_by_key(|&(support, option)| (std::cmp::Reverse(support), option));
        order.into_iter().map(|(_, option)| option).collect()
    }

    /// The best supported option to which all consent settles it; else those that change something
    /// go to the units affected, one by one.
    pub(crate) fn end_weighing(&mut self, id: Id<Conflict>) {
        let Ok(row) = self.conflict(id) else { return };
        let order = self.best_supported(row);
        if let Some(&option) = order.iter().find(|&&option| self.is_consented(row, option)) {
            let agreed = self.comes_to(id, option);
            return self.settle_conflict(id, agreed, Settled::Consent { option });
        }
        let way = |option: &u8| row.options.get(usize::from(*option)).map(|option| option.way);
        let to_vote = order.into_iter().filter(|o| way(o) != Some(Way::LeaveAsItIs)).collect();
        self.put_next_to_the_vote(id, to_vote);
    }
}
