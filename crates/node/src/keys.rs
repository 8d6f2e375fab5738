//! The private keys that the node keeps, and who may use them.
//!
//! One SQLite file of its own, readable by its owner only: the host's key, the readers who sign in
//! here, who each of them is in which federation, the keys kept for them, open invites, and numbers for
//! public lots that are not told yet.

mod invite;
mod kept;
mod number;
mod reader;
mod recovering;
mod session;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use record::{SigningKey, random};
use rusqlite::{Connection, OptionalExtension};

use crate::Failed;

pub use invite::OpenInvite;
pub use kept::KeptKey;
pub use number::make_number;
pub use reader::{Reader, Seat};
pub use session::Session;

/// The file of keys.
#[derive(Debug)]
pub struct Keys {
    connection: Mutex<Connection>,
}

const TABLES: &str = "
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS host (one INTEGER PRIMARY KEY CHECK (one = 1), seed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS readers (
    reader INTEGER PRIMARY KEY,
    sign_in TEXT UNIQUE COLLATE NOCASE,
    passphrase TEXT,
    tends INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS seats (
    reader INTEGER NOT NULL,
    federation BLOB NOT NULL,
    person BLOB NOT NULL,
    PRIMARY KEY (reader, federation)
);
CREATE UNIQUE INDEX IF NOT EXISTS seat_of_person ON seats (federation, person);
CREATE TABLE IF NOT EXISTS kept (
    federation BLOB NOT NULL,
    public BLOB NOT NULL,
    person BLOB NOT NULL,
    seed BLOB NOT NULL,
    PRIMARY KEY (federation, public)
);
CREATE TABLE IF NOT EXISTS invites (
    federation BLOB NOT NULL,
    public BLOB NOT NULL,
    by_person BLOB NOT NULL,
    person BLOB NOT NULL,
    seed BLOB NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (federation, public)
);
CREATE TABLE IF NOT EXISTS numbers (
    federation BLOB NOT NULL,
    hash BLOB NOT NULL,
    number BLOB NOT NULL,
    PRIMARY KEY (federation, hash)
);
CREATE TABLE IF NOT EXISTS recovering (
    federation BLOB NOT NULL,
    public BLOB NOT NULL,
    seed BLOB NOT NULL,
    reader INTEGER NOT NULL,
    PRIMARY KEY (federation, public)
);
CREATE TABLE IF NOT EXISTS sessions (
    token BLOB PRIMARY KEY,
    reader INTEGER NOT NULL,
    until INTEGER NOT NULL
);
";

impl Keys {
    /// Opens the file, or makes it.
    pub fn open(path: &Path) -> Result<Self, Failed> {
        let connection = Connection::open(path)?;
        keep_to_owner(path)?;
        Self::with(connection)
    }

    /// Keys that go when the program ends.
    pub fn in_memory() -> Result<Self, Failed> {
        Self::with(Connection::open_in_memory()?)
    }

    fn with(connection: Connection) -> Result<Self, Failed> {
        connection.execute_batch(TABLES)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A poisoned lock means that a thread died between two statements; each is whole in itself.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key that signs this node's checkpoints; made when first asked for.
    pub fn host_key(&self) -> Result<SigningKey, Failed> {
        let connection = self.lock();
        let kept: Option<[u8; 32]> =
            connection.query_row("SELECT seed FROM host", [], |row| row.get(0)).optional()?;
        if let Some(seed) = kept {
            return Ok(SigningKey::from_seed(seed));
        }
        let seed = random()?;
        connection.execute("INSERT INTO host (one, seed) VALUES (1, ?1)", [seed])?;
        Ok(SigningKey::from_seed(seed))
    }
}

/// Nobody but the file's owner reads private keys.
#[cfg(unix)]
fn keep_to_owner(path: &Path) -> Result<(), Failed> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?)
}

#[cfg(not(unix))]
fn keep_to_owner(_path: &Path) -> Result<(), Failed> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_key_is_made_once() {
        let keys = Keys::in_memory().unwrap();
        assert_eq!(keys.host_key().unwrap().public(), keys.host_key().unwrap().public());
    }
}
