use std::collections::BTreeSet;

use crate::act::{NameHelpers, RecoverKey, VetoRecovery};
use crate::rows::{Due, Helpers, Person, Recovery, Waiting};
use crate::{Days, Effect, Federation, Id, PersonId, Refusal, Time};

use super::Author;
use super::apply::unknown_person;

/// How many helpers somebody names.
const HELPERS_MIN: usize = 3;
const HELPERS_MAX: usize = 9;

/// A unit of fewer members names helpers elsewhere.
const MEMBERS_MIN: usize = 4;

/// How long an old key has to say no.
const WAIT: Days = crate::fixed::KEY_WAIT;

/// How long a recovery waits to which an old key has said no, and former helpers keep their place.
const DELAY: Days = crate::fixed::KEY_DELAY;

impl Federation {
    /// Whoever has no helpers yet names them at once; others take over after seven days, in which
    /// those named before can still help.
    pub(crate) fn name_helpers(
        &mut self,
        author: Author,
        act: &NameHelpers,
    ) -> Result<Effect, Refusal> {
        let helpers = self.check_helpers(author.person, act)?;
        let row = self.person(author.person)?;
        let from = self.begins(author.at).plus_days(DELAY);
        let last = row.next_helpers.as_ref().map(|(_, next)| next).or(row.helpers.as_ref());
        if last == Some(&helpers) {
            return Err(Refusal::NothingChanges {});
        }
        let row = self.persons.row_mut(author.person)?;
        if row.helpers.is_none() {
            row.helpers = Some(helpers);
            return Ok(Effect::Done);
        }
        let before = row.next_helpers.replace((from, helpers));
        if let Some((at, _)) = before {
            self.calendar.remove(&(at, Due::HelpersChange(author.person)));
        }
        self.calendar.insert((from, Due::HelpersChange(author.person)));
        Ok(Effect::Done)
    }

    fn check_helpers(&self, person: Id<Person>, act: &NameHelpers) -> Result<Helpers, Refusal> {
        let mut persons = BTreeSet::new();
        for &named in &act.helpers {
            persons.insert(self.check_helper(person, named)?);
        }
        let count = persons.len();
        if count != act.helpers.len() || !(HELPERS_MIN..=HELPERS_MAX).contains(&count) {
            return Err(Refusal::HelpersOutOfBounds { found: count, named: act.helpers.len() });
        }
        if act.needed < 2 || usize::from(act.needed) > count {
            return Err(Refusal::NeededOutOfBounds { found: act.needed, helpers: count });
        }
        Ok(Helpers { persons, needed: act.needed })
    }

    /// A helper is somebody else with a key, and a co-member where there are enough of them.
    fn check_helper(&self, person: Id<Person>, named: PersonId) -> Result<Id<Person>, Refusal> {
        let helper = self.person_by_id(named).ok_or_else(|| unknown_person(named.to_string()))?;
        let (own, theirs) = (self.person(person)?.unit, self.person(helper)?.unit);
        let is_in = theirs.is_some_and(|id| self.check_in(id).is_ok());
        if helper == person || !is_in || !self.has_key(helper) {
            return Err(Refusal::CannotHelp { person: named });
        }
        let members = own.map_or(Ok(0), |id| self.unit(id).map(|row| row.members.len()))?;
        match members >= MEMBERS_MIN && own != theirs {
            true => Err(Refusal::HelperElsewhere { person: named, members }),
            false => Ok(helper),
        }
    }

    /// A helper signs: the first opens the recovery, the last one needed starts the two days.
    pub(crate) fn recover_key(
        &mut self,
        author: Author,
        act: &RecoverKey,
    ) -> Result<Effect, Refusal> {
        let named = act.person;
        let person = self.person_by_id(named).ok_or_else(|| unknown_person(named.to_string()))?;
        let open =
            self.recoveries.iter().find(|(_, row)| row.person == person && row.key == act.key);
        let Some((&since, row)) = open else {
            self.check_key_is_new(act.key.key)?;
            return self.open_recovery(author, person, act);
        };
        if !row.helpers.persons.contains(&author.person) {
            return Err(Refusal::NotHelper { person: named });
        }
        let mut row = row.clone();
        let (signed, needed) = match &mut row.waiting {
            Waiting::SecondPetition { again, .. } => {
                (again.insert(author.person), (again.len(), row.helpers.needed_again()))
            }
            Waiting::Signatures | Waiting::Veto { .. } => {
                let is_new = row.signed.insert(author.person);
                (is_new, (row.signed.len(), usize::from(row.helpers.needed)))
            }
        };
        let effect = gathered(needed);
        if !signed {
            let (signed, needed) = (count(needed.0), count(needed.1));
            return Err(Refusal::SignedAlready { signed, needed });
        }
        if row.waiting == Waiting::Signatures && effect == Effect::Done {
            row.waiting = match self.vetoed(person) {
                true => self.wait_again(author.at, since),
                false => self.wait_for_veto(author.at, since),
            };
        }
        self.take_signature_back(author.person, person, since);
        self.recoveries.insert(since, row);
        Ok(effect)
    }

    fn open_recovery(
        &mut self,
        author: Author,
        person: Id<Person>,
        act: &RecoverKey,
    ) -> Result<Effect, Refusal> {
        let not_helper = Refusal::NotHelper { person: act.person };
        let helpers = self.person(person)?.helpers.clone().ok_or(not_helper.clone())?;
        if !helpers.persons.contains(&author.person) {
            return Err(not_helper);
        }
        let since = self.size;
        self.take_signature_back(author.person, person, since);
        let effect = gathered((1, usize::from(helpers.needed)));
        let signed = BTreeSet::from([author.person]);
        let row = Recovery { person, key: act.key, helpers, signed, waiting: Waiting::Signatures };
        self.recoveries.insert(since, row);
        Ok(effect)
    }

    /// A helper signs one key at a time: another one takes their signature back from a recovery
    /// that still gathers them.
    fn take_signature_back(&mut self, helper: Id<Person>, person: Id<Person>, but: u64) {
        self.recoveries.retain(|&since, row| {
            let gathers = row.person == person && row.waiting == Waiting::Signatures;
            if gathers && since != but {
                row.signed.remove(&helper);
            }
            !row.signed.is_empty()
        });
    }

    fn wait_for_veto(&mut self, at: Time, since: u64) -> Waiting {
        let until = self.begins(at).plus_days(WAIT);
        self.calendar.insert((until, Due::RecoveryStands(since)));
        Waiting::Veto { until }
    }

    /// Whether an old key has said no to a recovery of this person's that still waits. Another key
    /// for them then takes as many helpers as that one, or a veto would have to be said for ever.
    fn vetoed(&self, person: Id<Person>) -> bool {
        let waits = |row: &Recovery| matches!(row.waiting, Waiting::SecondPetition { .. });
        self.recoveries.values().any(|row| row.person == person && waits(row))
    }

    fn wait_again(&mut self, at: Time, since: u64) -> Waiting {
        let until = self.begins(at).plus_days(DELAY);
        self.calendar.insert((until, Due::RecoveryStands(since)));
        Waiting::SecondPetition { until, again: BTreeSet::new() }
    }

    /// An old key says no, once: the recovery then waits for seven days, and stands only if two
    /// thirds of the helpers sign again.
    pub(crate) fn veto_recovery(
        &mut self,
        author: Author,
        act: &VetoRecovery,
    ) -> Result<Effect, Refusal> {
        let of_signer = |row: &Recovery| row.person == author.person && row.key.key == act.key;
        let open = self.recoveries.iter().find(|(_, row)| of_signer(row));
        let (&since, row) = open.ok_or(Refusal::NoRecovery { key: act.key })?;
        if let Waiting::SecondPetition { until, .. } = row.waiting {
            return Err(Refusal::VetoedAlready { until });
        }
        if let Some(until) = row.until() {
            self.calendar.remove(&(until, Due::RecoveryStands(since)));
        }
        let waiting = self.wait_again(author.at, since);
        if let Some(row) = self.recoveries.get_mut(&since) {
            row.waiting = waiting;
        }
        Ok(Effect::Done)
    }

    /// The wait is over: the key comes into use in place of all others, unless an old one has said
    /// no and fewer than two thirds of the helpers have signed again.
    pub(crate) fn end_recovery(&mut self, at: Time, since: u64) {
        let Some(row) = self.recoveries.remove(&since) else { return };
        if let Waiting::SecondPetition { again, .. } = &row.waiting
            && again.len() < row.helpers.needed_again()
        {
            return;
        }
        let others = self.recoveries.extract_if(.., |_, other| other.person == row.person);
        let others: Vec<_> = others.collect();
        for (since, other) in others {
            if let Some(until) = other.until() {
                self.calendar.remove(&(until, Due::RecoveryStands(since)));
            }
        }
        let old = self.person(row.person).map(|person| person.keys.clone()).unwrap_or_default();
        for key in old {
            if let Some(key) = self.keys.get_mut(&key) {
                key.revoked = key.revoked.or(Some(at));
            }
        }
        // INVARIANT: nobody could use a key that helpers have signed, and the person is there.
        self.put_key(row.person, row.key, at).unwrap_or_default();
    }

    /// Helpers named in place of others take over; what those began and have not all signed falls.
    pub(crate) fn change_helpers(&mut self, at: Time, person: Id<Person>) {
        let Ok(row) = self.persons.row_mut(person) else { return };
        let Some((_, helpers)) = row.next_helpers.take_if(|(from, _)| *from == at) else { return };
        row.helpers = Some(helpers);
        self.recoveries.retain(|_, row| row.person != person || row.waiting != Waiting::Signatures);
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn gathered((signed, needed): (usize, usize)) -> Effect {
    match signed >= needed {
        true => Effect::Done,
        false => Effect::Gathering { signed: count(signed), needed: count(needed) },
    }
}
