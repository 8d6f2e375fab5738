use std::ops::Range;
use std::path::Path;

use federation::{AnnexId, PublicKey};

use crate::checkpoint::SignedCheckpoint;
use crate::files::Files;
use crate::hash::Hash;
use crate::store::{Snapshot, Store};
use crate::verify::Source;
use crate::{Fault, SqliteStore};

/// A record in a file, to be verified: a host's database with its checkpoint beside it, or an
/// exported copy with its checkpoint inside.
#[derive(Debug)]
pub struct RecordFile {
    store: SqliteStore,
    checkpoint: SignedCheckpoint,
}

impl RecordFile {
    /// Opens a file. Refused if it is no record, or if no checkpoint is there.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let store = SqliteStore::open_to_read(path)?;
        let files = Files::of(path);
        let beside = files.read_checkpoint()?;
        let inside = || -> Result<_, Fault> {
            let Some(note) = store.exported_checkpoint()? else { return Ok(None) };
            let wrong = Fault::CheckpointWrong { path: path.to_owned(), why: "is not readable" };
            SignedCheckpoint::parse(&note).map(Some).map_err(|_| wrong)
        };
        let found = match beside {
            Some(found) => Some(found),
            None => inside()?,
        };
        let missing = Fault::CheckpointMissing { path: files.checkpoint };
        Ok(Self { checkpoint: found.ok_or(missing)?, store })
    }
}

impl Source for RecordFile {
    fn checkpoint(&mut self) -> Result<SignedCheckpoint, Fault> {
        Ok(self.checkpoint.clone())
    }

    fn size(&mut self) -> Result<u64, Fault> {
        self.store.size()
    }

    fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, Fault> {
        self.store.entries(range)
    }

    fn annex(&mut self, id: AnnexId) -> Result<Option<Vec<u8>>, Fault> {
        self.store.annex(id)
    }

    fn host_key(&mut self) -> Result<Option<PublicKey>, Fault> {
        self.store.host()
    }

    fn leaves(&mut self) -> Result<Option<Vec<Hash>>, Fault> {
        self.store.leaves().map(Some)
    }

    fn snapshots(&mut self) -> Result<Vec<Snapshot>, Fault> {
        let sizes = self.store.snapshot_sizes()?;
        sizes.into_iter().filter_map(|size| self.store.snapshot(size).transpose()).collect()
    }
}
