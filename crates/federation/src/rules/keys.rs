use crate::act::{AddKey, NewKey, RevokeKey};
use crate::rows::{Key, Person, Serials};
use crate::{Effect, Federation, Id, PublicKey, Refusal, Time};

use super::Author;

impl Federation {
    /// Whose key it is. Refused for a key that is unknown or out of use, and for a serial number
    /// that was used or comes too late.
    pub(crate) fn key_owner(&self, key: PublicKey, serial: u64) -> Result<Id<Person>, Refusal> {
        let row = self.keys.get(&key).ok_or(Refusal::KeyUnknown { key })?;
        if let Some(at) = row.revoked {
            return Err(Refusal::KeyRevoked { key, at });
        }
        if row.serials.is_used(serial) {
            return Err(Refusal::SerialUsed { serial });
        }
        let least = row.serials.least();
        if serial < least {
            return Err(Refusal::SerialTooOld { serial, least });
        }
        Ok(row.person)
    }

    /// Whether a person has a key in use.
    pub fn has_key(&self, person: Id<Person>) -> bool {
        let keys = self.person(person).map(|row| row.keys.as_slice()).unwrap_or_default();
        keys.iter().any(|key| self.keys.get(key).is_some_and(|row| row.revoked.is_none()))
    }

    /// Co-members act only for somebody of their unit who has no device.
    pub(crate) fn check_co_member(
        &self,
        by: Id<Person>,
        person: Id<Person>,
    ) -> Result<(), Refusal> {
        let (actor, acted_for) = (self.person(by)?, self.person(person)?);
        if acted_for.unit.is_none() || actor.unit != acted_for.unit {
            return Err(Refusal::NotCoMember { person: acted_for.id });
        }
        if self.has_key(person) {
            return Err(Refusal::HasDevice { person: acted_for.id });
        }
        Ok(())
    }

    /// Refused for a key that anybody has used before, or that helpers have signed for somebody.
    pub(crate) fn check_key_is_new(&self, key: PublicKey) -> Result<(), Refusal> {
        let on_its_way = || self.recoveries.values().any(|row| row.key.key == key);
        match self.keys.contains_key(&key) || on_its_way() {
            true => Err(Refusal::KeyTaken { key }),
            false => Ok(()),
        }
    }

    /// Puts a key into use; the caller has asked [`Federation::check_key_is_new`].
    pub(crate) fn put_key(
        &mut self,
        person: Id<Person>,
        key: NewKey,
        at: Time,
    ) -> Result<(), Refusal> {
        self.persons.row_mut(person)?.keys.push(key.key);
        let serials = Serials::default();
        let row = Key { person, held_by: key.held_by, since: at, revoked: None, serials };
        self.keys.insert(key.key, row);
        Ok(())
    }

    pub(crate) fn add_key(&mut self, author: Author, act: &AddKey) -> Result<Effect, Refusal> {
        self.check_key_is_new(act.key.key)?;
        self.put_key(author.person, act.key, author.at)?;
        Ok(Effect::Done)
    }

    pub(crate) fn revoke_key(
        &mut self,
        author: Author,
        act: &RevokeKey,
    ) -> Result<Effect, Refusal> {
        let not_yours = Refusal::KeyNotYours { key: act.key };
        match self.keys.get_mut(&act.key) {
            Some(row) if row.person == author.person && row.revoked.is_none() => {
                row.revoked = Some(author.at);
                Ok(Effect::Done)
            }
            _ => Err(not_yours),
        }
    }
}
