use federation::{BodyId, FederationId, PersonId, PublicKey, Time};
use serde::{Deserialize, Serialize};

use crate::key::{SigningKey, is_signed_by};
use crate::statement::{Signed, read_form, sign_form};
use crate::{NotDone, Record, Refused};

/// A person asks that a body by or about them be erased. It is no act: the record keeps the name
/// of the body and verifies as before.
///
/// Shape: a JSON object with exactly these fields, signed as a statement is. It can be sent again;
/// what is erased stays so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The version of this form: 1.
    pub form: u8,
    /// The federation in whose record the body is named.
    pub federation: FederationId,
    /// Who asks.
    pub person: PersonId,
    /// The key that signs.
    pub key: PublicKey,
    /// When they ask.
    pub time: Time,
    /// The body.
    pub erase: BodyId,
}

/// Signs an erasure.
pub fn sign_erasure(key: &SigningKey, erasure: &Erasure) -> Signed {
    sign_form(key, erasure)
}

impl Record {
    /// Erases a body, as its author or the person it is about asks. When it returns, the bytes are
    /// gone from the database and from its journal.
    pub fn erase(&self, now: Time, request: &Signed) -> Result<Erasure, NotDone> {
        let erasure: Erasure = read_form(&request.bytes)?;
        let Erasure { person, key, erase: body, .. } = erasure;
        if !is_signed_by(key, &request.bytes, &request.signature) {
            return Err(Refused::SignatureWrong { key }.into());
        }
        self.check_signer(&erasure)?;
        let bodies = self.bodies();
        let kept = bodies.get(body)?.ok_or(Refused::BodyUnknown { body })?;
        if person != kept.author && person != kept.about {
            return Err(Refused::NotTheirs { person, body }.into());
        }
        bodies.erase(body, now)?;
        Ok(erasure)
    }

    /// Whether the key of an erasure is a key in use of the person's.
    fn check_signer(&self, erasure: &Erasure) -> Result<(), NotDone> {
        use federation::Refusal::{FormUnknown, KeyRevoked, KeyUnknown, OtherFederation};
        let Erasure { form, federation, person, key, .. } = *erasure;
        let refuse = |refusal| Err(NotDone::Refused(Refused::Rule(refusal)));
        if form != 1 {
            return refuse(FormUnknown { found: form });
        }
        if federation != self.federation() {
            return refuse(OtherFederation { found: federation });
        }
        let state = self.state()?;
        let owner = state.person_by_id(person);
        match state.key(key).filter(|key| Some(key.person) == owner) {
            None => refuse(KeyUnknown { key }),
            Some(federation::rows::Key { revoked: Some(at), .. }) => {
                refuse(KeyRevoked { key, at: *at })
            }
            Some(_) => Ok(()),
        }
    }
}
