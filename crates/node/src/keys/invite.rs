use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use federation::{FederationId, PersonId, PublicKey};
use record::{SigningKey, random};

use super::{KeptKey, Keys};
use crate::Failed;

/// An invite that nobody has used yet, kept so that whoever made it can show its link again.
#[derive(Clone)]
pub struct OpenInvite {
    /// Whom it makes a member, and with which key.
    pub key: KeptKey,
    /// Whom its maker means by it; on no record.
    pub label: String,
}

impl OpenInvite {
    /// A new invite for somebody new to the record.
    pub fn make(label: &str) -> Result<Self, Failed> {
        Ok(Self { key: KeptKey::make(PersonId(random()?))?, label: label.to_owned() })
    }

    /// What the link carries: the private half of the invite's key.
    pub fn code(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.signing.to_seed())
    }

    /// The private half of an invite's key from what the link carries, or `None` if it is none.
    pub fn read_code(code: &str) -> Option<SigningKey> {
        let seed: [u8; 32] = URL_SAFE_NO_PAD.decode(code).ok()?.try_into().ok()?;
        Some(SigningKey::from_seed(seed))
    }
}

impl Keys {
    /// Keeps an invite until it is used.
    pub fn keep_invite(
        &self,
        federation: FederationId,
        by: PersonId,
        invite: &OpenInvite,
    ) -> Result<(), Failed> {
        self.lock().execute(
            "INSERT INTO invites (federation, public, by_person, person, seed, label)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (
                federation.0,
                invite.key.public().0,
                by.0,
                invite.key.person.0,
                invite.key.signing.to_seed(),
                &invite.label,
            ),
        )?;
        Ok(())
    }

    /// The open invites that somebody made.
    pub fn invites_by(
        &self,
        federation: FederationId,
        by: PersonId,
    ) -> Result<Vec<OpenInvite>, Failed> {
        let connection = self.lock();
        let mut rows = connection.prepare_cached(
            "SELECT person, seed, label FROM invites WHERE federation = ?1 AND by_person = ?2
             ORDER BY rowid",
        )?;
        let invites = rows.query_map((federation.0, by.0), |row| {
            let person = PersonId(row.get(0)?);
            let signing = SigningKey::from_seed(row.get(1)?);
            Ok(OpenInvite { key: KeptKey { person, signing }, label: row.get(2)? })
        })?;
        Ok(invites.collect::<Result<_, _>>()?)
    }

    /// Forgets an invite that was used or taken back.
    pub fn forget_invite(&self, federation: FederationId, key: PublicKey) -> Result<(), Failed> {
        self.lock().execute(
            "DELETE FROM invites WHERE federation = ?1 AND public = ?2",
            (federation.0, key.0),
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invite_is_read_back_from_its_link_and_forgotten_once_used() {
        let keys = Keys::in_memory().unwrap();
        let (federation, by) = (FederationId([1; 32]), PersonId([2; 16]));
        let invite = OpenInvite::make("Olga, the potter").unwrap();
        keys.keep_invite(federation, by, &invite).unwrap();
        let shown = keys.invites_by(federation, by).unwrap();
        assert_eq!(shown[0].label, "Olga, the potter");
        let read = OpenInvite::read_code(&shown[0].code()).unwrap();
        assert_eq!(read.public(), invite.key.public());
        keys.forget_invite(federation, invite.key.public()).unwrap();
        assert!(keys.invites_by(federation, by).unwrap().is_empty());
        assert!(OpenInvite::read_code("no code").is_none());
    }
}
