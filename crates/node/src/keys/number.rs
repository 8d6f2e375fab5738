use federation::{FederationId, LotNumber, NumberHash};
use record::random;
use rusqlite::OptionalExtension;

use super::Keys;
use crate::Failed;

/// A number for a public lot, made at random.
pub fn make_number() -> Result<LotNumber, Failed> {
    Ok(LotNumber(random()?))
}

impl Keys {
    /// Keeps a number for a public lot until it is told.
    pub fn keep_number(&self, federation: FederationId, number: LotNumber) -> Result<(), Failed> {
        self.lock().execute(
            "INSERT INTO numbers (federation, hash, number) VALUES (?1, ?2, ?3)",
            (federation.0, number.hash().0, number.0),
        )?;
        Ok(())
    }

    /// The number that was kept under a hash; none if another node or a device made it.
    pub fn number(
        &self,
        federation: FederationId,
        hash: NumberHash,
    ) -> Result<Option<LotNumber>, Failed> {
        let number = self.lock().query_row(
            "SELECT number FROM numbers WHERE federation = ?1 AND hash = ?2",
            (federation.0, hash.0),
            |row| row.get(0).map(LotNumber),
        );
        Ok(number.optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_again_by_what_the_unit_is_bound_to() {
        let keys = Keys::in_memory().unwrap();
        let (here, there) = (FederationId([1; 32]), FederationId([2; 32]));
        let number = make_number().unwrap();
        keys.keep_number(here, number).unwrap();
        assert_eq!(keys.number(here, number.hash()).unwrap(), Some(number));
        assert_eq!(keys.number(there, number.hash()).unwrap(), None);
    }
}
