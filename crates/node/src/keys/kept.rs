use federation::{FederationId, PersonId, PublicKey};
use record::SigningKey;

use super::Keys;
use crate::Failed;

/// A private key that the node keeps for a person.
#[derive(Clone)]
pub struct KeptKey {
    /// Whose it is.
    pub person: PersonId,
    /// The private half.
    pub signing: SigningKey,
}

impl KeptKey {
    /// A new key for a person.
    pub fn make(person: PersonId) -> Result<Self, Failed> {
        Ok(Self { person, signing: SigningKey::generate()? })
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        self.signing.public()
    }
}

impl Keys {
    /// Keeps a key from now on.
    pub fn keep(&self, federation: FederationId, key: &KeptKey) -> Result<(), Failed> {
        self.lock().execute(
            "INSERT OR REPLACE INTO kept (federation, public, person, seed) VALUES (?1, ?2, ?3, ?4)",
            (federation.0, key.public().0, key.person.0, key.signing.to_seed()),
        )?;
        Ok(())
    }

    /// Forgets a key.
    pub fn forget(&self, federation: FederationId, key: PublicKey) -> Result<(), Failed> {
        self.lock().execute(
            "DELETE FROM kept WHERE federation = ?1 AND public = ?2",
            (federation.0, key.0),
        )?;
        Ok(())
    }

    /// The keys kept for a person in a federation.
    pub fn kept_for(
        &self,
        federation: FederationId,
        person: PersonId,
    ) -> Result<Vec<KeptKey>, Failed> {
        let connection = self.lock();
        let mut rows = connection.prepare_cached(
            "SELECT seed FROM kept WHERE federation = ?1 AND person = ?2 ORDER BY rowid",
        )?;
        let seeds = rows.query_map((federation.0, person.0), |row| row.get::<_, [u8; 32]>(0))?;
        let key = |seed: [u8; 32]| KeptKey { person, signing: SigningKey::from_seed(seed) };
        Ok(seeds.map(|seed| seed.map(key)).collect::<Result<_, _>>()?)
    }

    /// The keys of everybody in a federation who lets the node take the steps that are due.
    pub fn tending(&self, federation: FederationId) -> Result<Vec<KeptKey>, Failed> {
        let connection = self.lock();
        let mut rows = connection.prepare_cached(
            "SELECT kept.person, kept.seed FROM kept
             JOIN seats USING (federation, person) JOIN readers USING (reader)
             WHERE kept.federation = ?1 AND readers.tends = 1 ORDER BY kept.rowid",
        )?;
        let keys = rows.query_map([federation.0], |row| {
            Ok(KeptKey {
                person: PersonId(row.get(0)?),
                signing: SigningKey::from_seed(row.get(1)?),
            })
        })?;
        Ok(keys.collect::<Result<_, _>>()?)
    }
}
