use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use federation::{AnnexId, PublicKey, StatementId};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior, params};

use crate::Fault;
use crate::hash::{Hash, sha256};
use crate::leaf::Leaf;
use crate::note::read_verifier;
use crate::statement::statement_id;
use crate::store::{Appended, Batch, Snapshot, Store};
use crate::tile::TILE_WIDTH;

/// A record in one SQLite file (`WAL`, `synchronous=FULL`).
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
}

/// `Artl`, so that other programs can tell what the file is.
const APPLICATION: i32 = 0x4172_746c;

/// The version of the tables.
const VERSION: i32 = 1;

const TABLES: &str = "
    CREATE TABLE entries (
        sequence INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, entry BLOB NOT NULL
    ) STRICT;
    CREATE TABLE tiles (number INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
    CREATE TABLE annexes (id BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    CREATE TABLE snapshots (
        size INTEGER PRIMARY KEY, root BLOB NOT NULL, hash BLOB NOT NULL, state BLOB NOT NULL
    ) STRICT;
    CREATE TABLE host (only INTEGER PRIMARY KEY CHECK (only = 1), verifier TEXT NOT NULL) STRICT;
    CREATE TABLE checkpoint (
        only INTEGER PRIMARY KEY CHECK (only = 1), note TEXT NOT NULL
    ) STRICT;";

impl SqliteStore {
    /// Makes the file, or opens one that has no entries yet.
    pub fn create(path: &Path) -> Result<Self, Fault> {
        let connection = Connection::open(path)?;
        prepare(&connection)?;
        let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version == 0 {
            connection.execute_batch(&format!(
                "BEGIN IMMEDIATE; {TABLES}
                 PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
            ))?;
        }
        Self { connection }.checked()
    }

    /// Opens the file for reading and writing.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::open_with(path, flags)
    }

    /// Opens the file for reading only.
    pub fn open_to_read(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::open_with(path, flags)
    }

    fn open_with(path: &Path, flags: OpenFlags) -> Result<Self, Fault> {
        if !path.exists() {
            return Err(Fault::Missing { path: path.to_owned() });
        }
        let connection = Connection::open_with_flags(path, flags)?;
        if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
            prepare(&connection)?;
        } else {
            connection.busy_timeout(Duration::from_secs(5))?;
        }
        Self { connection }.checked()
    }

    fn checked(self) -> Result<Self, Fault> {
        let number =
            |name| self.connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let (application, version) = (number("application_id")?, number("user_version")?);
        if application != APPLICATION {
            return Err(Fault::damaged("the file is no record of Artel"));
        }
        if version != VERSION {
            let what =
                format!("its tables are of version {version} and this program knows {VERSION}");
            return Err(Fault::damaged(what));
        }
        Ok(self)
    }

    /// Notes which key signs the checkpoints, as a line that checks notes.
    pub(crate) fn name_host(&self, verifier: &str) -> Result<(), Fault> {
        self.connection.execute("INSERT OR REPLACE INTO host VALUES (1, ?)", [verifier])?;
        Ok(())
    }

    /// The key that is said to sign the checkpoints.
    pub(crate) fn host(&self) -> Result<Option<PublicKey>, Fault> {
        let line = self.connection.query_row("SELECT verifier FROM host", [], |row| row.get(0));
        let line: Option<String> = line.optional()?;
        Ok(line.and_then(|line| read_verifier(&line)).map(|(_, key)| key))
    }

    /// The checkpoint that an exported copy carries.
    pub fn exported_checkpoint(&self) -> Result<Option<String>, Fault> {
        let note = self.connection.query_row("SELECT note FROM checkpoint", [], |row| row.get(0));
        Ok(note.optional()?)
    }

    /// Takes the exported copy's checkpoint out, once it lies in a file of its own.
    pub(crate) fn forget_exported_checkpoint(&mut self) -> Result<(), Fault> {
        self.connection.execute("DELETE FROM checkpoint", [])?;
        Ok(())
    }

    /// Writes a copy of everything into a new file, with the checkpoint in it.
    pub(crate) fn export(&self, to: &Path, checkpoint: &str) -> Result<(), Fault> {
        let path = to.to_str().ok_or_else(|| Fault::File {
            path: to.to_owned(),
            why: "its name is not UTF-8".to_owned(),
        })?;
        self.connection.execute("VACUUM INTO ?", [path])?;
        let copy = Connection::open(to)?;
        copy.execute("INSERT OR REPLACE INTO checkpoint VALUES (1, ?)", [checkpoint])?;
        Ok(())
    }
}

fn prepare(connection: &Connection) -> Result<(), Fault> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cell_size_check", "ON")?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(())
}

impl Store for SqliteStore {
    fn size(&self) -> Result<u64, Fault> {
        let mut newest =
            self.connection.prepare_cached("SELECT coalesce(max(sequence) + 1, 0) FROM entries")?;
        Ok(newest.query_row([], |row| row.get(0))?)
    }

    fn append(&mut self, expected_size: u64, batch: &Batch) -> Result<Appended, Fault> {
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = match begun {
            // Another writer holds the file for longer than we wait.
            Err(why) if why.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                return Ok(Appended::Conflict);
            }
            begun => begun?,
        };
        let size: u64 = transaction.query_row(
            "SELECT coalesce(max(sequence) + 1, 0) FROM entries",
            [],
            |row| row.get(0),
        )?;
        if size != expected_size {
            return Ok(Appended::Conflict);
        }
        {
            let mut insert = transaction
                .prepare_cached("INSERT INTO entries (sequence, id, entry) VALUES (?, ?, ?)")?;
            for (sequence, (id, entry)) in (expected_size..).zip(&batch.entries) {
                insert.execute(params![sequence, id.0, entry])?;
            }
            let mut put = transaction.prepare_cached(
                "INSERT INTO tiles (number, hashes) VALUES (?, ?)
                 ON CONFLICT (number) DO UPDATE SET hashes = excluded.hashes",
            )?;
            for (number, hashes) in &batch.tiles {
                put.execute(params![number, hashes])?;
            }
            let mut keep = transaction.prepare_cached(
                "INSERT INTO annexes (id, bytes) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
            )?;
            for (id, bytes) in &batch.annexes {
                keep.execute(params![id.0, bytes])?;
            }
        }
        transaction.commit()?;
        Ok(Appended::Appended)
    }

    fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, Fault> {
        let mut select = self.connection.prepare_cached(
            "SELECT entry FROM entries WHERE sequence >= ? AND sequence < ? ORDER BY sequence",
        )?;
        let rows = select.query_map(params![range.start, range.end], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn leaves(&self) -> Result<Vec<Hash>, Fault> {
        let mut select =
            self.connection.prepare_cached("SELECT number, hashes FROM tiles ORDER BY number")?;
        let mut rows = select.query([])?;
        let mut leaves: Vec<Hash> = Vec::new();
        while let Some(row) = rows.next()? {
            let (number, hashes): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let (hashes, rest) = hashes.as_chunks();
            if number.checked_mul(TILE_WIDTH) != Some(leaves.len() as u64) || !rest.is_empty() {
                return Err(Fault::damaged(format!("the tile of hashes {number} is not whole")));
            }
            leaves.extend_from_slice(hashes);
        }
        Ok(leaves)
    }

    fn place_of(&self, id: StatementId) -> Result<Option<u64>, Fault> {
        let mut select =
            self.connection.prepare_cached("SELECT sequence, entry FROM entries WHERE id = ?")?;
        let found: Option<(u64, Vec<u8>)> =
            select.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((sequence, entry)) = found else { return Ok(None) };
        match Leaf::from_bytes(&entry) {
            Some(leaf) if leaf.sequence == sequence && statement_id(&leaf.statement) == id => {
                Ok(Some(sequence))
            }
            _ => Err(Fault::damaged(format!("the index leads from `{id}` to entry {sequence}"))),
        }
    }

    fn annex(&self, id: AnnexId) -> Result<Option<Vec<u8>>, Fault> {
        let mut select =
            self.connection.prepare_cached("SELECT bytes FROM annexes WHERE id = ?")?;
        let found: Option<Vec<u8>> = select.query_row([id.0], |row| row.get(0)).optional()?;
        if found.as_ref().is_some_and(|bytes| sha256(bytes) != id.0) {
            let what = format!("the annex `{id}` does not have the hash it is named by");
            return Err(Fault::damaged(what));
        }
        Ok(found)
    }

    fn keep_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), Fault> {
        let transaction = self.connection.transaction()?;
        let Snapshot { size, root, state } = snapshot;
        transaction.execute(
            "INSERT OR REPLACE INTO snapshots (size, root, hash, state) VALUES (?, ?, ?, ?)",
            params![size, root, sha256(state), state],
        )?;
        transaction.execute(
            "DELETE FROM snapshots WHERE size NOT IN
             (SELECT size FROM snapshots ORDER BY size DESC LIMIT 2)",
            [],
        )?;
        Ok(transaction.commit()?)
    }

    fn snapshot_sizes(&self) -> Result<Vec<u64>, Fault> {
        let mut select =
            self.connection.prepare("SELECT size FROM snapshots ORDER BY size DESC")?;
        let sizes = select.query_map([], |row| row.get(0))?;
        Ok(sizes.collect::<Result<_, _>>()?)
    }

    fn snapshot(&self, size: u64) -> Result<Option<Snapshot>, Fault> {
        let mut select =
            self.connection.prepare("SELECT root, hash, state FROM snapshots WHERE size = ?")?;
        let found: Option<(Vec<u8>, Vec<u8>, Vec<u8>)> = select
            .query_row([size], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        // One that is not whole is passed over: an older one, or the entries, give the state.
        Ok(found.and_then(|(root, hash, state)| {
            let root = Hash::try_from(root).ok()?;
            (hash == sha256(&state)).then_some(Snapshot { size, root, state })
        }))
    }
}
