use std::path::Path;

use federation::{BodyId, PersonId, Time};
use rusqlite::{Connection, OptionalExtension, params};

use crate::Fault;
use crate::hash::sha256;

/// The bodies of one federation, in a database of their own.
///
/// Deleted content is overwritten (`secure_delete`), and an erasure is acknowledged only after the
/// journal was emptied too. That a body was erased is remembered, so that it does not come back.
#[derive(Debug)]
pub(crate) struct Bodies {
    connection: Connection,
}

/// A body as it is kept.
pub(crate) struct KeptBody {
    pub(crate) author: PersonId,
    pub(crate) about: PersonId,
    /// The bytes, or when they were erased.
    pub(crate) bytes: Result<Vec<u8>, Time>,
}

/// A body that comes in.
#[derive(Debug)]
pub(crate) struct NewBody {
    pub(crate) id: BodyId,
    pub(crate) author: PersonId,
    pub(crate) about: PersonId,
    pub(crate) bytes: Vec<u8>,
}

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS bodies (
        id BLOB PRIMARY KEY, author BLOB NOT NULL, about BLOB NOT NULL, bytes BLOB, erased INTEGER,
        CHECK ((bytes IS NULL) = (erased IS NOT NULL))
    ) STRICT;
    CREATE INDEX IF NOT EXISTS bodies_by_about ON bodies (about);";

impl Bodies {
    pub(crate) fn open(path: &Path) -> Result<Self, Fault> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.pragma_update_and_check(None, "secure_delete", "ON", |_| Ok(()))?;
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(TABLES)?;
        Ok(Self { connection })
    }

    /// Keeps bodies; those that are there already stay as they are.
    pub(crate) fn keep(&mut self, bodies: &[&NewBody]) -> Result<(), Fault> {
        let transaction = self.connection.transaction()?;
        for body in bodies {
            transaction.execute(
                "INSERT INTO bodies (id, author, about, bytes) VALUES (?, ?, ?, ?)
                 ON CONFLICT (id) DO NOTHING",
                params![body.id.0, body.author.0, body.about.0, body.bytes],
            )?;
        }
        Ok(transaction.commit()?)
    }

    pub(crate) fn get(&self, id: BodyId) -> Result<Option<KeptBody>, Fault> {
        let found = self
            .connection
            .query_row(
                "SELECT author, about, bytes, erased FROM bodies WHERE id = ?",
                [id.0],
                |row| {
                    let erased = Time::from_seconds(row.get::<_, Option<i64>>(3)?.unwrap_or(0));
                    let bytes: Option<Vec<u8>> = row.get(2)?;
                    Ok(KeptBody {
                        author: PersonId(row.get(0)?),
                        about: PersonId(row.get(1)?),
                        bytes: bytes.ok_or(erased.unwrap_or_default()),
                    })
                },
            )
            .optional()?;
        match &found {
            Some(KeptBody { bytes: Ok(bytes), .. }) if sha256(bytes) != id.0 => Err(
                Fault::damaged(format!("the body `{id}` does not have the hash it is named by")),
            ),
            _ => Ok(found),
        }
    }

    /// The bodies about a person, their own words among them, with when each was erased, if it was;
    /// first kept first.
    pub(crate) fn of(&self, person: PersonId) -> Result<Vec<(BodyId, Option<Time>)>, Fault> {
        let mut rows = self
            .connection
            .prepare_cached("SELECT id, erased FROM bodies WHERE about = ?1 ORDER BY rowid")?;
        let found = rows.query_map([person.0], |row| {
            let erased: Option<i64> = row.get(1)?;
            Ok((BodyId(row.get(0)?), erased.and_then(Time::from_seconds)))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Erases a body from the database and from its journal.
    pub(crate) fn erase(&self, id: BodyId, at: Time) -> Result<(), Fault> {
        self.connection.execute(
            "UPDATE bodies SET bytes = NULL, erased = ? WHERE id = ? AND erased IS NULL",
            params![at.seconds(), id.0],
        )?;
        let busy: i64 =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 { Ok(()) } else { Err(Fault::ErasureWaits) }
    }
}
