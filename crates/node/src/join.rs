use federation::act::{AddKey, HeldBy, Introduce, NewKey, RevokeKey, SignPact};
use federation::rows::{Person, Standing, Unit};
use federation::{Act, Federation, Id, Line, Name, PersonId};
use record::{SigningKey, random};

use crate::{About, Failed, Hosted, KeptKey, Keys, OpenInvite, Reader, Recorded, Saying, Seat};

/// An invite that somebody opened, and whom it is for.
#[derive(Debug, Clone)]
pub struct Joining {
    invite: SigningKey,
    /// The person whom it makes a member.
    pub person: Id<Person>,
    /// The person's id.
    pub id: PersonId,
    /// The unit they come into.
    pub unit: Id<Unit>,
}

impl Hosted {
    /// What an invite's code stands for. Refused if it was used, or was never one of this record.
    pub fn open_invite(&self, code: &str) -> Result<Joining, Failed> {
        let used = || {
            Failed::refused(
                "invite-used",
                "this invite was used or taken back, waits for another member's signature, or is for \
                 another federation; ask whoever gave it to you",
            )
        };
        let invite = OpenInvite::read_code(code).ok_or_else(used)?;
        let joining = self.read(|state| invited(state, &invite))?;
        let (person, id, unit) = joining.ok_or_else(used)?;
        Ok(Joining { invite, person, id, unit })
    }

    /// Joins with an invite: a key of the person's own takes the place of the invite's, and they
    /// say who they are. Where their unit is on the founding list, it signs the pact.
    pub async fn join(
        &self,
        keys: &Keys,
        reader: Reader,
        joining: &Joining,
        about: &About,
    ) -> Result<Recorded, Failed> {
        let own = KeptKey::make(joining.id)?;
        let invite = KeptKey { person: joining.id, signing: joining.invite.clone() };
        let add = NewKey { key: own.public(), held_by: HeldBy::Node };
        keys.keep(self.id(), &own)?;
        let added = self.say_with(&invite, Act::AddKey(AddKey { key: add }).into()).await;
        if let Err(failed) = added {
            keys.forget(self.id(), own.public())?;
            return Err(failed);
        }
        keys.seat(reader, Seat { federation: self.id(), person: joining.id })?;
        keys.forget_invite(self.id(), invite.public())?;
        self.say_with(&own, Act::RevokeKey(RevokeKey { key: invite.public() }).into()).await?;
        let body = about.to_body()?;
        let introduce = Act::Introduce(Introduce { about: body.id() });
        let mut last = self.say_with(&own, Saying::with(introduce, vec![body])).await?;
        let listed = self.read(|state| {
            let unit = state.unit(joining.unit).ok()?;
            let named = state.unit_ref(joining.unit)?;
            (unit.standing == Standing::Listed).then_some(named)
        })?;
        if let Some(unit) = listed {
            last = self.say_with(&own, Act::SignPact(SignPact::Founding { unit }).into()).await?;
        }
        Ok(last)
    }

    /// Joins as a new unit with somebody new to the record, for whom the node keeps a key.
    pub async fn join_as_unit(
        &self,
        keys: &Keys,
        reader: Reader,
        (name, place): (Name, Line),
        about: &About,
    ) -> Result<Recorded, Failed> {
        let own = KeptKey::make(PersonId(random()?))?;
        let body = about.to_body()?;
        let held_by = HeldBy::Node;
        let act = SignPact::Newcomer { name, place, held_by, about: Some(body.id()) };
        keys.keep(self.id(), &own)?;
        let said = self.say_with(&own, Saying::with(Act::SignPact(act), vec![body])).await;
        match said {
            Ok(recorded) => {
                keys.seat(reader, Seat { federation: self.id(), person: own.person })?;
                Ok(recorded)
            }
            Err(failed) => {
                keys.forget(self.id(), own.public())?;
                Err(failed)
            }
        }
    }

    async fn say_with(&self, key: &KeptKey, saying: Saying) -> Result<Recorded, Failed> {
        self.submit(self.sign(&key.signing, key.person, saying)?).await
    }
}

fn invited(state: &Federation, invite: &SigningKey) -> Option<(Id<Person>, PersonId, Id<Unit>)> {
    let key = state.key(invite.public())?;
    if key.held_by != HeldBy::Invite || key.revoked.is_some() {
        return None;
    }
    let person = state.person(key.person).ok()?;
    Some((key.person, person.id, person.unit?))
}
