use std::collections::BTreeSet;

use tally::Draw;

use crate::rows::{Asked, Contribution, Due, Person, Unit};
use crate::{Days, Federation, Id, Time};

/// How long whoever was drawn has to answer.
const ANSWER_DAYS: Days = crate::fixed::DRAWN_ANSWER;

/// How many are drawn, of different units.
const DRAWN: usize = 2;

/// The tickets of all units together: as many as four for each, but no fewer and no more than this.
const TICKETS: (usize, usize) = (100, 4000);

impl Federation {
    /// The lot drawn from the record's root before the last entry, which nobody knew when that what
    /// is drawn for was signed.
    pub(crate) fn quick_lot(&self) -> Draw {
        Draw::new(self.root.map_or([0; 32], |root| root.0))
    }

    /// Draws who accepts or rejects a contribution: two members of different units that carry some
    /// of it. Whoever was drawn and has not answered in three days makes room for another.
    ///
    /// A unit's chance is its share, so that whoever invents units has no more of it. Units tied to
    /// the giver by backing are drawn only where there are no others.
    pub(crate) fn draw_for_contribution(&mut self, id: Id<Contribution>) {
        let Ok(row) = self.contribution(id) else { return };
        if !row.is_open() {
            return;
        }
        let stays = |asked: &Asked| asked.accepted && self.is_member(asked.person, asked.unit);
        let (answered, late): (Vec<Asked>, Vec<Asked>) = row.asked.iter().partition(|a| stays(a));
        let mut silent = row.silent.clone();
        silent.extend(late.iter().map(|asked| asked.person));
        let mut asked = answered;
        for unit in self.carriers_by_lot(id) {
            if asked.len() == DRAWN {
                break;
            }
            if asked.iter().any(|one| one.unit == unit) {
                continue;
            }
            if let Some(person) = self.member_by_lot(unit, &silent) {
                asked.push(Asked { person, unit, accepted: false });
            }
        }
        let again = self.testified.plus_days(ANSWER_DAYS);
        if let Ok(row) = self.contributions.row_mut(id) {
            (row.asked, row.silent) = (asked, silent);
            self.calendar.insert((again, Due::Draw(id)));
        }
    }

    /// The units that carry some of a contribution and do not give it, in the order drawn.
    fn carriers_by_lot(&self, id: Id<Contribution>) -> Vec<Id<Unit>> {
        let Ok(row) = self.contribution(id) else { return Vec::new() };
        let others = || row.shares.iter().filter(|share| share.unit != row.giver);
        let sum: i128 = others().map(|share| i128::from(share.hours.seconds())).sum();
        let wanted = (row.shares.len() * 4).clamp(TICKETS.0, TICKETS.1);
        let mut tickets: Vec<(Id<Unit>, Vec<u8>)> = Vec::new();
        for share in others() {
            let part = i128::from(share.hours.seconds()) * i128::try_from(wanted).unwrap_or(0);
            // A share too small for a ticket still has one, behind all others' first.
            let count = u32::try_from(part / sum.max(1)).unwrap_or(0);
            tickets.extend((0..count).map(|ticket| (share.unit, self.ticket(share.unit, ticket))));
        }
        let names = tickets.iter().map(|(_, name)| name.as_slice());
        let drawn = self.quick_lot().order(names).into_iter();
        let drawn = drawn.filter_map(|at| tickets.get(at).map(|&(unit, _)| unit));
        let mut order: Vec<Id<Unit>> = Vec::new();
        for unit in drawn.chain(others().map(|share| share.unit)) {
            if !order.contains(&unit) {
                order.push(unit);
            }
        }
        order.sort_by_key(|&unit| self.tied(unit, row.giver));
        order
    }

    /// Whether one of two units backs the other.
    pub(crate) fn tied(&self, one: Id<Unit>, other: Id<Unit>) -> bool {
        self.backings.contains_key(&(one, other)) || self.backings.contains_key(&(other, one))
    }

    /// A member of a unit by lot, whoever was silent before after all others.
    pub(crate) fn member_by_lot(
        &self,
        unit: Id<Unit>,
        silent: &[Id<Person>],
    ) -> Option<Id<Person>> {
        let members: Vec<Id<Person>> = self.unit(unit).ok()?.members.iter().copied().collect();
        let names: Vec<Vec<u8>> =
            members.iter().map(|&one| self.ticket(unit, one.number())).collect();
        let drawn = self.quick_lot().order(names.iter().map(Vec::as_slice));
        let drawn: Vec<Id<Person>> =
            drawn.into_iter().filter_map(|at| members.get(at).copied()).collect();
        let silent: BTreeSet<&Id<Person>> = silent.iter().collect();
        let fresh = drawn.iter().find(|person| !silent.contains(person));
        fresh.or(drawn.first()).copied()
    }

    /// The so-many-th name of a unit in a lot: how statements name it, and a number.
    pub(crate) fn ticket(&self, unit: Id<Unit>, number: u32) -> Vec<u8> {
        let named = self.unit_ref(unit);
        let mut name = named.map_or_else(Vec::new, |named| named.made_by.0.to_vec());
        name.extend(named.map_or(0, |named| named.row).to_be_bytes());
        name.extend(number.to_be_bytes());
        name
    }

    fn is_member(&self, person: Id<Person>, unit: Id<Unit>) -> bool {
        self.person(person).is_ok_and(|row| row.unit == Some(unit))
    }

    /// Until when whoever was drawn for a contribution can answer before others are drawn.
    pub fn drawn_until(&self, id: Id<Contribution>) -> Option<Time> {
        self.calendar().find(|&(_, due)| due == Due::Draw(id)).map(|(at, _)| at)
    }
}
