use federation::AnnexId;

use crate::checkpoint::origin;
use crate::note::verifier;
use crate::tile::{Tile, TileOf, to_bundle};
use crate::{Fault, Record};

/// What is served under a path: the checkpoint, a tile, a bundle of entries, an annex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What they are, for `Content-Type`.
    pub content_type: &'static str,
    /// How long a copy stays good.
    pub lasts: Lasts,
}

/// How long a copy of a resource stays good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasts {
    /// For ever: it never changes.
    Forever,
    /// A few seconds: the next entry changes it.
    Seconds,
}

impl Record {
    /// What a path such as `checkpoint`, `tile/0/000`, `tile/entries/000.p/7` or `annex/9f…`
    /// stands for, counted from the record's own prefix (C2SP `tlog-tiles`). `None` if there is no
    /// such thing. Two paths are Artel's own: `annex/`, and `host-key`, the line that checks the
    /// checkpoint's signature.
    pub fn resource(&self, path: &str) -> Result<Option<Resource>, Fault> {
        if path == "checkpoint" {
            let bytes = self.checkpoint().to_string().into_bytes();
            let content_type = "text/plain; charset=utf-8";
            return Ok(Some(Resource { bytes, content_type, lasts: Lasts::Seconds }));
        }
        if path == "host-key" {
            let line = verifier(&origin(self.federation()), self.host());
            let bytes = format!("{line}\n").into_bytes();
            let content_type = "text/plain; charset=utf-8";
            return Ok(Some(Resource { bytes, content_type, lasts: Lasts::Seconds }));
        }
        let bytes = match path.strip_prefix("annex/").map(str::parse::<AnnexId>) {
            Some(Ok(id)) => self.annex(id)?,
            Some(Err(_)) => None,
            None => match Tile::parse(path) {
                Some(tile) => self.tile(tile)?,
                None => None,
            },
        };
        let content_type = "application/octet-stream";
        Ok(bytes.map(|bytes| Resource { bytes, content_type, lasts: Lasts::Forever }))
    }

    fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Fault> {
        match tile.of {
            TileOf::Hashes { level } => self.hashes(level, tile.number, tile.width),
            TileOf::Entries => {
                let Some(range) = tile.entries() else { return Ok(None) };
                let entries = self.entries(range)?;
                let whole = entries.len() as u64 == tile.width;
                Ok(whole.then(|| to_bundle(entries.iter().map(Vec::as_slice))).flatten())
            }
        }
    }
}
