use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use federation::Time;
use record::random;
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

use super::{Keys, Reader};
use crate::Failed;

/// A reader who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who it is.
    pub reader: Reader,
    /// What the browser or program shows to be known again.
    pub token: String,
}

impl Session {
    /// How long one lasts, in seconds: 90 days from the last sign-in.
    pub const SECONDS: i64 = 90 * 86_400;

    /// What each form carries, so that another site cannot send one in the reader's name.
    pub fn form_token(&self) -> String {
        let hash = Sha256::new().chain_update(b"artel form\n").chain_update(&self.token).finalize();
        URL_SAFE_NO_PAD.encode(hash)
    }
}

/// Only the hash is kept, so that a copied file of keys opens no session.
fn kept_form(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Keys {
    /// Begins a session.
    pub fn begin_session(&self, reader: Reader, now: Time) -> Result<Session, Failed> {
        let token = URL_SAFE_NO_PAD.encode(random::<32>()?);
        let connection = self.lock();
        connection.execute("DELETE FROM sessions WHERE until < ?1", [now.seconds()])?;
        connection.execute(
            "INSERT INTO sessions (token, reader, until) VALUES (?1, ?2, ?3)",
            (kept_form(&token), reader.0, now.seconds() + Session::SECONDS),
        )?;
        Ok(Session { reader, token })
    }

    /// The session that a token belongs to, unless it is over.
    pub fn session(&self, token: &str, now: Time) -> Result<Option<Session>, Failed> {
        let connection = self.lock();
        let mut rows = connection
            .prepare_cached("SELECT reader FROM sessions WHERE token = ?1 AND until > ?2")?;
        let found =
            rows.query_row((kept_form(token), now.seconds()), |row| row.get(0)).optional()?;
        Ok(found.map(|reader| Session { reader: Reader(reader), token: token.to_owned() }))
    }

    /// Ends a session.
    pub fn end_session(&self, token: &str) -> Result<(), Failed> {
        self.lock().execute("DELETE FROM sessions WHERE token = ?1", [kept_form(token)])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_lasts_until_it_is_ended_or_ninety_days_have_passed() {
        let keys = Keys::in_memory().unwrap();
        let reader = keys.add_reader_without_name().unwrap();
        let now = Time::from_seconds(1_000_000).unwrap();
        let session = keys.begin_session(reader, now).unwrap();
        assert_eq!(keys.session(&session.token, now).unwrap().map(|s| s.reader), Some(reader));
        let over = now.plus_seconds(Session::SECONDS);
        assert!(keys.session(&session.token, over).unwrap().is_none());
        keys.end_session(&session.token).unwrap();
        assert!(keys.session(&session.token, now).unwrap().is_none());
    }
}
