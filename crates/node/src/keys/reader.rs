use federation::{FederationId, PersonId};
use rusqlite::OptionalExtension;

use super::Keys;
use crate::{Failed, passphrase};

/// Somebody who reads this node's pages, in whichever federations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reader(pub(super) i64);

/// Who a reader is in one federation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// The federation.
    pub federation: FederationId,
    /// The person.
    pub person: PersonId,
}

/// The most bytes in a name to sign in with.
const SIGN_IN_MAX: usize = 80;

impl Keys {
    /// A new reader, who signs in with a name and a passphrase.
    pub fn add_reader(&self, sign_in: &str, words: &str) -> Result<Reader, Failed> {
        let sign_in = sign_in.trim();
        if sign_in.is_empty() || sign_in.len() > SIGN_IN_MAX {
            let found = sign_in.len();
            return Err(Failed::refused(
                "sign-in-name",
                format!("a name to sign in with has 1 to {SIGN_IN_MAX} bytes, found {found}"),
            ));
        }
        let hash = passphrase::hash(words)?;
        let connection = self.lock();
        let added = connection.execute(
            "INSERT OR IGNORE INTO readers (sign_in, passphrase) VALUES (?1, ?2)",
            (sign_in, hash),
        )?;
        if added == 0 {
            return Err(Failed::refused(
                "sign-in-taken",
                format!("somebody signs in here as `{sign_in}` already; add a letter or a number"),
            ));
        }
        Ok(Reader(connection.last_insert_rowid()))
    }

    /// A new reader who has no name to sign in with: a device signs for them, or a demonstration
    /// lets anybody act as them.
    pub fn add_reader_without_name(&self) -> Result<Reader, Failed> {
        let connection = self.lock();
        connection.execute("INSERT INTO readers DEFAULT VALUES", [])?;
        Ok(Reader(connection.last_insert_rowid()))
    }

    /// The reader with this name and passphrase. Refused alike for a wrong name and a wrong
    /// passphrase, so that nobody learns who signs in here.
    pub fn sign_in(&self, sign_in: &str, words: &str) -> Result<Reader, Failed> {
        let found: Option<(i64, Option<String>)> = self
            .lock()
            .query_row(
                "SELECT reader, passphrase FROM readers WHERE sign_in = ?1",
                [sign_in.trim()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let wrong = || {
            Failed::refused(
                "sign-in-wrong",
                "the name and the passphrase do not belong together; look at both again",
            )
        };
        let (reader, kept) = found.ok_or_else(wrong)?;
        if !passphrase::holds(words, kept.as_deref().unwrap_or_default()) {
            return Err(wrong());
        }
        Ok(Reader(reader))
    }

    /// The name a reader signs in with, if they have one.
    pub fn sign_in_name(&self, reader: Reader) -> Result<Option<String>, Failed> {
        let query = "SELECT sign_in FROM readers WHERE reader = ?1";
        let found = self.lock().query_row(query, [reader.0], |row| row.get(0)).optional()?;
        Ok(found.flatten())
    }

    /// Says who a reader is in a federation.
    pub fn seat(&self, reader: Reader, seat: Seat) -> Result<(), Failed> {
        self.lock().execute(
            "INSERT OR REPLACE INTO seats (reader, federation, person) VALUES (?1, ?2, ?3)",
            (reader.0, seat.federation.0, seat.person.0),
        )?;
        Ok(())
    }

    /// Who a reader is in a federation, if anybody.
    pub fn seat_in(
        &self,
        reader: Reader,
        federation: FederationId,
    ) -> Result<Option<PersonId>, Failed> {
        let query = "SELECT person FROM seats WHERE reader = ?1 AND federation = ?2";
        let found = self.lock().query_row(query, (reader.0, federation.0), |row| row.get(0));
        Ok(found.optional()?.map(PersonId))
    }

    /// The reader who is this person, if one reads here.
    pub fn reader_of(&self, seat: Seat) -> Result<Option<Reader>, Failed> {
        let query = "SELECT reader FROM seats WHERE federation = ?1 AND person = ?2";
        let found =
            self.lock().query_row(query, (seat.federation.0, seat.person.0), |row| row.get(0));
        Ok(found.optional()?.map(Reader))
    }

    /// Where a reader has a seat.
    pub fn seats_of(&self, reader: Reader) -> Result<Vec<Seat>, Failed> {
        let connection = self.lock();
        let mut rows = connection.prepare_cached(
            "SELECT federation, person FROM seats WHERE reader = ?1 ORDER BY rowid",
        )?;
        let seats = rows.query_map([reader.0], |row| {
            Ok(Seat { federation: FederationId(row.get(0)?), person: PersonId(row.get(1)?) })
        })?;
        Ok(seats.collect::<Result<_, _>>()?)
    }

    /// Whether the node takes due steps with this reader's kept keys.
    pub fn tends(&self, reader: Reader) -> Result<bool, Failed> {
        let query = "SELECT tends FROM readers WHERE reader = ?1";
        Ok(self.lock().query_row(query, [reader.0], |row| row.get(0))?)
    }

    /// Says whether the node takes due steps with this reader's kept keys.
    pub fn set_tends(&self, reader: Reader, tends: bool) -> Result<(), Failed> {
        let query = "UPDATE readers SET tends = ?2 WHERE reader = ?1";
        self.lock().execute(query, (reader.0, tends))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_signs_in_with_their_own_passphrase_only() {
        let keys = Keys::in_memory().unwrap();
        let rosa = keys.add_reader("Rosa", "bread and roses").unwrap();
        assert_eq!(keys.sign_in("rosa ", "bread and roses").unwrap(), rosa);
        let wrong = keys.sign_in("rosa", "bread and butter").unwrap_err();
        assert_eq!(wrong, keys.sign_in("nobody", "bread and butter").unwrap_err());
        assert_eq!(keys.add_reader("ROSA", "other words").unwrap_err().code(), "sign-in-taken");
    }

    #[test]
    fn a_reader_has_one_seat_in_each_federation() {
        let keys = Keys::in_memory().unwrap();
        let rosa = keys.add_reader("rosa", "bread and roses").unwrap();
        let seat = Seat { federation: FederationId([1; 32]), person: PersonId([2; 16]) };
        keys.seat(rosa, seat).unwrap();
        assert_eq!(keys.seat_in(rosa, seat.federation).unwrap(), Some(seat.person));
        assert_eq!(keys.seat_in(rosa, FederationId([3; 32])).unwrap(), None);
        assert_eq!(keys.seats_of(rosa).unwrap(), [seat]);
    }
}
