use std::collections::BTreeSet;

use measure::Hours;

use crate::act::{Found, FoundingRow};
use crate::rows::{Due, Enrolled, Enrolment, Listing, PactVersion, Person, Standing, Unit};
use crate::state::Founding;
use crate::{Days, Effect, Entry, Federation, Id, Line, Name, Pact, Prose, Refusal, Time};

use super::specifications::check_clauses;

/// The most units on a founding list, and named members in one row of it.
pub(crate) const ROWS_MAX: usize = 200;

/// The most members that count in one row.
pub(crate) const COUNTED_MAX: u32 = 100_000;

/// The highest base per counted member, and the farthest from nought that an opening entitlement
/// may be for each. So no sum of hours in a federation comes near the end of the range.
pub(crate) const HOURS_PER_MEMBER_MAX: Hours = Hours::whole(1000);

impl Federation {
    /// Founds the federation. The founder's own row is signed by it.
    pub(crate) fn found(&mut self, entry: &Entry, found: &Found) -> Result<Effect, Refusal> {
        check_list(entry, found)?;
        let at = entry.time;
        for (row, listed) in (0..).zip(&found.rows) {
            let unit = self.units.add(entry.id, row, listed_unit(listed, at));
            self.unit_names.insert(listed.name.folded());
            for member in &listed.members {
                let person = Person {
                    id: member.person,
                    unit: Some(unit),
                    moves: vec![(self.size, Some(unit))],
                    left_with: Vec::new(),
                    about: member.about,
                    keys: Vec::new(),
                    helpers: None,
                    next_helpers: None,
                    since: at,
                };
                // Rows of persons and of units are counted apart, each from nought.
                let number = u32::try_from(self.persons().len()).unwrap_or(u32::MAX);
                let id = self.persons.add(entry.id, number, person);
                self.persons_by_id.insert(member.person, id);
                self.units.row_mut(unit)?.members.insert(id);
                if let Some(key) = member.key {
                    self.put_key(id, key, at)?;
                }
            }
        }
        let listed = |person| self.person_by_id(person).ok_or(Refusal::NotListed { person });
        let (host, founder) = (listed(found.host)?, listed(entry.statement.person)?);
        self.founding = Some(Founding {
            id: entry.statement.federation,
            name: found.name.clone(),
            host,
            at,
            opened: false,
        });
        self.order.clone_from(&found.pact.order);
        self.pacts.push(PactVersion { pact: found.pact.clone(), proposal: None, since: at });
        if let Some(own) = self.person(founder)?.unit {
            self.write_essentials(entry, own, &found.pact)?;
            self.sign_row(own, at)?;
        }
        self.calendar.insert((at.plus_days(Days(1)), Due::Enrolment));
        Ok(Effect::Done)
    }

    /// What the pact names as essential is written down as specifications, by the founder's unit.
    fn write_essentials(
        &mut self,
        entry: &Entry,
        by: Id<Unit>,
        pact: &Pact,
    ) -> Result<(), Refusal> {
        for (row, essential) in (0..).zip(&pact.essentials) {
            let written = (entry.id, row, entry.time);
            let id = self.write_specification(written, by, &essential.specification)?;
            self.specifications.row_mut(id)?.essential = Some(essential.per_member);
        }
        Ok(())
    }

    /// A listed unit signs: its base comes into force, and with the last of them the opening
    /// entitlements.
    pub(crate) fn sign_row(&mut self, id: Id<Unit>, at: Time) -> Result<(), Refusal> {
        let joined = Some((self.begins(at), self.size));
        let newest = self.newest_pact();
        let unit = self.units.row_mut(id)?;
        unit.joined = joined;
        unit.pact = newest;
        unit.standing = Standing::Signed;
        unit.base = unit.listing.map_or(Hours::ZERO, |listing| listing.base);
        self.count_fewer(id)?;
        self.open_entitlements()?;
        self.find_witnesses();
        Ok(())
    }

    /// Opening entitlements sum to zero, so they come into force together: when every row that
    /// has one is signed.
    fn open_entitlements(&mut self) -> Result<(), Refusal> {
        let opens =
            |unit: &Unit| unit.listing.is_some_and(|listing| listing.opening != Hours::ZERO);
        let waits = |unit: &Unit| opens(unit) && unit.standing == Standing::Listed;
        let Some(founding) = self.founding.as_ref().filter(|founding| !founding.opened) else {
            return Ok(());
        };
        if self.units().any(|(_, unit)| waits(unit)) {
            return Ok(());
        }
        let founding = Founding { opened: true, ..founding.clone() };
        self.founding = Some(founding);
        let listed: Vec<_> =
            self.units().filter(|(_, unit)| opens(unit)).map(|(id, _)| id).collect();
        for id in listed {
            let unit = self.units.row_mut(id)?;
            if let Some(listing) = &mut unit.listing {
                listing.opened = true;
                unit.entitlement =
                    unit.entitlement.plus(listing.opening).ok_or(Refusal::TooLarge {})?;
            }
            self.cover_shortfall(id)?;
            self.run_off(id)?;
        }
        Ok(())
    }
}

fn listed_unit(row: &FoundingRow, at: Time) -> Unit {
    let listing = Listing { base: row.base, opening: row.opening, opened: false };
    Unit {
        standing: Standing::Listed,
        listing: Some(listing),
        enrolled: Some(Enrolment { at, how: Enrolled::Founding }),
        counted_members: row.counted_members,
        counted_in_record: row.counted_members.min(u32::try_from(row.members.len()).unwrap_or(1)),
        ..new_unit(row.name.clone(), row.place.clone(), at)
    }
}

/// A unit that has done nothing yet, signed and with one counted member.
pub(crate) fn new_unit(name: Name, place: Line, at: Time) -> Unit {
    Unit {
        name,
        place,
        area: None,
        makeup: Default::default(),
        refuses: BTreeSet::new(),
        short: 0,
        description: Prose::default(),
        standing: Standing::Signed,
        listing: None,
        since: at,
        joined: None,
        enrolled: None,
        waits_since: None,
        acted: Time::default(),
        missed_since: None,
        asleep_since: None,
        members: BTreeSet::new(),
        members_at_leaving: BTreeSet::new(),
        counted_members: 1,
        counted_in_record: 1,
        signing: Default::default(),
        method: Default::default(),
        pact: 0,
        entitlement: Hours::ZERO,
        base: Hours::ZERO,
        run_off: Hours::ZERO,
        backing_given: Hours::ZERO,
        backing_received: Hours::ZERO,
        unanswered: Hours::ZERO,
        direct: Hours::ZERO,
        planned: Default::default(),
        dated: None,
        said: None,
        acts_on_day: (0, 0),
    }
}

fn check_list(entry: &Entry, found: &Found) -> Result<(), Refusal> {
    found.pact.check()?;
    for essential in &found.pact.essentials {
        check_clauses(&essential.specification.clauses)?;
    }
    if found.rows.is_empty() || found.rows.len() > ROWS_MAX {
        return Err(Refusal::RowsOutOfBounds { found: found.rows.len() });
    }
    let (mut names, mut persons, mut keys) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut sum = Hours::ZERO;
    for row in &found.rows {
        check_row(row)?;
        if !names.insert(row.name.folded()) {
            return Err(Refusal::NameTaken { name: row.name.clone() });
        }
        sum = sum.plus(row.opening).ok_or(Refusal::TooLarge {})?;
        for member in &row.members {
            if !persons.insert(member.person) {
                return Err(Refusal::PersonKnown { person: member.person });
            }
            if let Some(key) = member.key.filter(|key| !keys.insert(key.key)) {
                return Err(Refusal::KeyTaken { key: key.key });
            }
        }
    }
    if sum != Hours::ZERO {
        return Err(Refusal::OpeningNotZero { sum });
    }
    let (founder, key) = (entry.statement.person, entry.statement.key);
    if let Some(&person) = [found.host, founder].iter().find(|person| !persons.contains(person)) {
        return Err(Refusal::NotListed { person });
    }
    let members = found.rows.iter().flat_map(|row| &row.members);
    let owns = |held: crate::act::NewKey| held.key == key;
    match members.into_iter().any(|m| m.person == founder && m.key.is_some_and(owns)) {
        true => Ok(()),
        false => Err(Refusal::KeyUnknown { key }),
    }
}

fn check_row(row: &FoundingRow) -> Result<(), Refusal> {
    let most = HOURS_PER_MEMBER_MAX.times(row.counted_members).unwrap_or_default();
    let bounds = row.counted_members >= 1
        && row.counted_members <= COUNTED_MAX
        && !row.base.is_negative()
        && row.base <= most
        && row.opening <= most
        && row.opening >= most.negated()
        && row.members.len() <= ROWS_MAX;
    if !bounds {
        let (counted, named) = (row.counted_members, row.members.len());
        let found = format!(
            "{counted} counted, {named} named, a base of {} hours, an opening of {}",
            row.base, row.opening
        );
        return Err(Refusal::RowOutOfBounds { unit: row.name.clone(), found });
    }
    match row.members.iter().any(|member| member.key.is_some()) {
        true => Ok(()),
        false => Err(Refusal::RowWithoutKey { unit: row.name.clone() }),
    }
}
