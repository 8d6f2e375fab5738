use federation::{FederationId, PublicKey};
use record::SigningKey;
use rusqlite::OptionalExtension;

use super::{Keys, Reader};
use crate::Failed;

impl Keys {
    /// Keeps a new key for a reader who has lost theirs. Whose it is shows once helpers have signed
    /// it; until then nothing is signed with it.
    pub fn keep_for_recovery(
        &self,
        federation: FederationId,
        key: &SigningKey,
        reader: Reader,
    ) -> Result<(), Failed> {
        self.lock().execute(
            "INSERT INTO recovering (federation, public, seed, reader) VALUES (?1, ?2, ?3, ?4)",
            (federation.0, key.public().0, key.to_seed(), reader.0),
        )?;
        Ok(())
    }

    /// A key that is kept for a reader and waits for helpers, and for whom.
    pub fn recovering(
        &self,
        federation: FederationId,
        key: PublicKey,
    ) -> Result<Option<(SigningKey, Reader)>, Failed> {
        let query = "SELECT seed, reader FROM recovering WHERE federation = ?1 AND public = ?2";
        let found = self.lock().query_row(query, (federation.0, key.0), |row| {
            Ok((SigningKey::from_seed(row.get(0)?), Reader(row.get(1)?)))
        });
        Ok(found.optional()?)
    }

    /// The keys that wait for helpers in a federation.
    pub fn all_recovering(&self, federation: FederationId) -> Result<Vec<PublicKey>, Failed> {
        let connection = self.lock();
        let mut rows =
            connection.prepare_cached("SELECT public FROM recovering WHERE federation = ?1")?;
        let keys = rows.query_map([federation.0], |row| row.get(0).map(PublicKey))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// Forgets that a key waits.
    pub fn end_recovering(&self, federation: FederationId, key: PublicKey) -> Result<(), Failed> {
        self.lock().execute(
            "DELETE FROM recovering WHERE federation = ?1 AND public = ?2",
            (federation.0, key.0),
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_waits_for_helpers_is_found_by_its_public_half_until_it_is_taken_up() {
        let keys = Keys::in_memory().unwrap();
        let reader = keys.add_reader_without_name().unwrap();
        let (here, there) = (FederationId([1; 32]), FederationId([2; 32]));
        let key = SigningKey::generate().unwrap();
        keys.keep_for_recovery(here, &key, reader).unwrap();
        let (found, of) = keys.recovering(here, key.public()).unwrap().unwrap();
        assert_eq!((found.public(), of), (key.public(), reader));
        assert!(keys.recovering(there, key.public()).unwrap().is_none());
        assert_eq!(keys.all_recovering(here).unwrap(), [key.public()]);
        keys.end_recovering(here, key.public()).unwrap();
        assert!(keys.recovering(here, key.public()).unwrap().is_none());
    }
}
