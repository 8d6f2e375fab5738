//! By whose hands a unit does something.

use federation::rows::{Person, Unit};
use federation::{Act, Effect, Id, PublicKey, Refusal};

use super::{Member, Scene};

impl Scene {
    /// A unit does something, signed by as many of its members as its rule asks for. Panics if a
    /// rule says no.
    pub fn does(&mut self, unit: Id<Unit>, act: Act) -> Effect {
        let what = act.name();
        self.tries(unit, act).unwrap_or_else(|refusal| panic!("{what}: {refusal}"))
    }

    /// As [`Scene::does`], with the rule that says no. Panics if none does.
    pub fn refused(&mut self, unit: Id<Unit>, act: Act) -> Refusal {
        let what = act.name();
        match self.tries(unit, act) {
            Ok(effect) => panic!("{what} is not refused, it brings about {effect:?}"),
            Err(refusal) => refusal,
        }
    }

    /// A unit does something, or a rule says no.
    pub fn tries(&mut self, unit: Id<Unit>, act: Act) -> Result<Effect, Refusal> {
        let needed = self.federation.signatures_needed(unit, &act)?;
        let hands = self.hands(unit);
        let (last, before) = match hands.get(..needed).map(<[_]>::concat).as_deref() {
            Some([before @ .., last]) => (*last, before.to_vec()),
            _ => (self.signer(unit), Vec::new()),
        };
        for signer in before {
            self.try_act(signer, act.clone())?;
        }
        Ok(self.try_act(last, act)?.effect)
    }

    /// By whose hand each member of a unit signs: their own, those who have a key first; else that
    /// of two co-members, where there are two with a key.
    pub fn hands(&self, unit: Id<Unit>) -> Vec<Vec<Member>> {
        let signers = self.signers(unit);
        let mut hands: Vec<Vec<Member>> = signers.iter().map(|&signer| vec![signer]).collect();
        let ([first, second, ..], Ok(row)) = (signers.as_slice(), self.federation.unit(unit))
        else {
            return hands;
        };
        let without = row.members.iter().filter(|&&member| !self.federation.has_key(member));
        hands.extend(without.filter_map(|&member| {
            let person = self.federation.person(member).ok()?.id;
            Some([first, second].map(|by| Member { person, key: by.key }).to_vec())
        }));
        hands
    }

    /// The members of a unit who can sign, with a key each.
    pub fn signers(&self, unit: Id<Unit>) -> Vec<Member> {
        let members = self.federation.unit(unit).map(|row| row.members.clone());
        let members = members.unwrap_or_default();
        members.into_iter().filter_map(|id| self.with_key(id)).collect()
    }

    /// A person with a key of theirs that is in use.
    pub fn with_key(&self, id: Id<Person>) -> Option<Member> {
        let row = self.federation.person(id).ok()?;
        let in_use =
            |key: &&PublicKey| self.federation.key(**key).is_some_and(|row| row.revoked.is_none());
        Some(Member { person: row.id, key: *row.keys.iter().find(in_use)? })
    }

    /// The first member of a unit who can sign. Panics if there is none.
    pub fn signer(&self, unit: Id<Unit>) -> Member {
        let first = self.signers(unit).into_iter().next();
        first.unwrap_or_else(|| panic!("nobody in unit {unit} has a key"))
    }
}
