use federation::act::{Count, ListRow, Method, Question, SetMethod, Threshold};
use federation::rows::{Person, Unit};
use federation::{Act, Federation, Id, PersonId, PublicKey};

use super::Idea;
use crate::{Wild, digest, phrases};

const COUNTS: [Count; 8] = [
    Count::YesNo { share: Threshold::MoreThanHalf },
    Count::YesNo { share: Threshold::TwoThirds },
    Count::YesNo { share: Threshold::ThreeQuarters },
    Count::YesNo { share: Threshold::All },
    Count::Approval {},
    Count::Score {},
    Count::Schulze {},
    Count::Schulze {},
];

impl Wild {
    pub(super) fn sets_method(&mut self, federation: &Federation) -> Option<Idea> {
        let count = self.chance.pick(&COUNTS)?;
        let consent_tries = u8::try_from(self.chance.next() % 5).ok()?;
        let method = Method { consent_tries, count };
        Idea::of(self.unit(federation)?, Act::SetMethod(SetMethod { method }))
    }

    /// Co-members, or people anywhere, now and then oneself.
    pub(super) fn names_helpers(&mut self, federation: &Federation) -> Option<Idea> {
        let unit = self.unit(federation)?;
        let members = &federation.unit(unit).ok()?.members;
        let anywhere = members.len() < 4 || self.chance.percent(10);
        let careless = self.chance.percent(10);
        let can_help = |id| {
            let unit = federation.person(id).ok().and_then(|row| row.unit);
            let is_in = unit.is_some_and(|id| federation.unit(id).is_ok_and(Unit::is_in));
            careless || (is_in && federation.has_key(id))
        };
        let known = federation
            .persons()
            .filter(|(id, _)| can_help(*id) && (anywhere || members.contains(id)));
        let mut known: Vec<PersonId> = known.map(|(_, person)| person.id).collect();
        let mut helpers = Vec::new();
        for _ in 0..self.chance.within(2, 6) {
            if known.is_empty() {
                break;
            }
            helpers.push(known.swap_remove(self.chance.place(known.len())));
        }
        let needed = u8::try_from(self.chance.within(1, 3)).ok()?;
        Idea::of(unit, phrases::name_helpers(&helpers, needed))
    }

    /// Somebody with helpers, and a unit of one of those.
    fn helped(&mut self, federation: &Federation) -> Option<(PersonId, Id<Unit>)> {
        let helped = federation.persons().filter(|(_, person)| person.helpers.is_some());
        let helped: Vec<&Person> = helped.map(|(_, person)| person).collect();
        let person = self.chance.pick(&helped)?;
        let helpers: Vec<_> = person.helpers.as_ref()?.persons.iter().copied().collect();
        let unit = federation.person(self.chance.pick(&helpers)?).ok()?.unit?;
        Some((person.id, unit))
    }

    /// A helper signs what others have signed, or a key of their own choice.
    pub(super) fn recovers(&mut self, federation: &Federation) -> Option<Idea> {
        let open: Vec<_> = federation.recoveries().collect();
        if let Some(row) = self.chance.pick(&open)
            && self.chance.percent(85)
        {
            let helpers: Vec<_> = row.helpers.persons.iter().copied().collect();
            let unit = federation.person(self.chance.pick(&helpers)?).ok()?.unit?;
            let person = federation.person(row.person).ok()?.id;
            return Idea::of(unit, phrases::recover(person, row.key.key));
        }
        let (person, unit) = self.helped(federation)?;
        let key = PublicKey(digest(b'n', self.chance.next()));
        Idea::of(unit, phrases::recover(person, key))
    }

    /// Somebody, mostly whoever has lost their keys, says no.
    pub(super) fn vetoes(&mut self, federation: &Federation) -> Option<Idea> {
        let open: Vec<_> = federation.recoveries().collect();
        let row = self.chance.pick(&open)?;
        let unit = federation.person(row.person).ok()?.unit?;
        Idea::of(unit, phrases::veto(row.key.key))
    }

    /// Newcomers are helped along: backed by who can, or asked for something.
    pub(super) fn helps_a_newcomer(&mut self, federation: &Federation) -> Option<Idea> {
        let newcomers = federation.units().filter(|(_, u)| u.is_in() && u.enrolled.is_none());
        let newcomers: Vec<Id<Unit>> = newcomers.map(|(id, _)| id).collect();
        let newcomer = self.chance.pick(&newcomers)?;
        let enrolling = federation.enrolling(newcomer)?;
        let others = federation.units().filter(|(_, unit)| unit.is_enrolled());
        let others: Vec<Id<Unit>> = others.map(|(id, _)| id).collect();
        let named = federation.unit_ref(newcomer)?;
        if enrolling.backers.len() < 3 {
            return Idea::of(self.chance.pick(&others)?, phrases::back(named, 1));
        }
        let missing = others.iter().filter(|id| !enrolling.receivers.contains(id));
        let missing: Vec<Id<Unit>> = missing.copied().collect();
        let receiver = federation.unit_ref(self.chance.pick(&missing)?)?;
        let versions = federation.versions().filter(|(_, row)| row.valuation.is_some());
        let versions: Vec<_> = versions.map(|(id, _)| id).collect();
        let version = federation.version_ref(self.chance.pick(&versions)?)?;
        let happened = federation.testified();
        let given = phrases::given(receiver, version, self.chance.within(1, 9), happened);
        Idea::of(newcomer, Act::AlreadyDone(given))
    }

    /// The draft, with a row or two left out, or made too much.
    pub(super) fn list(&mut self, federation: &Federation) -> Vec<ListRow> {
        let mut rows = federation.draft_list();
        if self.chance.percent(30) {
            rows.truncate(2);
        }
        for row in &mut rows {
            row.enrolled |= self.chance.percent(50);
            if self.chance.percent(5) {
                row.base = row.base.negated();
            }
        }
        rows
    }

    /// A unit that others were let down by, or any.
    pub(super) fn expulsion(&mut self, federation: &Federation) -> Option<Question> {
        let units: Vec<Id<Unit>> = federation.units().map(|(id, _)| id).collect();
        let failing = units.iter().find(|&&id| federation.failings(id).len() > 1);
        let unit = match failing {
            Some(&unit) => unit,
            None => self.chance.pick(&units)?,
        };
        let failings = federation.failings(unit);
        let failures = failings.iter().take(3).map(|failing| failing.failure).collect();
        Some(Question::Expel { unit: federation.unit_ref(unit)?, failures })
    }
}
