use std::io::Read as _;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use federation::{AnnexId, PublicKey};
use record::{
    ANNEX_BYTES_MAX, Fault, SignedCheckpoint, Source, TILE_WIDTH, Tile, bundles, from_bundle,
    read_verifier,
};

/// A record that is read over HTTP, by the paths of C2SP `tlog-tiles`.
///
/// Nothing that comes from there is believed, so plain HTTP is no danger to the result.
pub(crate) struct Address {
    prefix: String,
    agent: ureq::Agent,
    checkpoint: Option<SignedCheckpoint>,
}

/// The most bytes of a bundle: 256 entries of the largest size.
const BUNDLE_BYTES_MAX: u64 = 256 * (2 + 65_535);

impl Address {
    /// Refused unless it begins with `http://`.
    pub(crate) fn parse(url: &str) -> Result<Self, Fault> {
        if !url.starts_with("http://") {
            let why = "only http:// is read; for another address, export the record there and \
                       verify the file";
            return Err(Fault::File { path: PathBuf::from(url), why: why.to_owned() });
        }
        let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_mins(1)));
        let prefix = url.trim_end_matches('/').to_owned();
        Ok(Self { prefix, agent: config.build().into(), checkpoint: None })
    }

    /// What lies under a path, or `None` if nothing does.
    fn get(&self, path: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, Fault> {
        let url = format!("{}/{path}", self.prefix);
        let fault = |why: String| Fault::File { path: PathBuf::from(&url), why };
        let mut response = match self.agent.get(&url).call() {
            Err(ureq::Error::StatusCode(404)) => return Ok(None),
            answer => answer.map_err(|why| fault(why.to_string()))?,
        };
        let mut bytes = Vec::new();
        let mut body = response.body_mut().as_reader().take(bytes_max + 1);
        body.read_to_end(&mut bytes).map_err(|why| fault(why.to_string()))?;
        if bytes.len() as u64 > bytes_max {
            return Err(fault(format!("more than {bytes_max} bytes come from there")));
        }
        Ok(Some(bytes))
    }

    fn bundle(&self, tile: Tile) -> Result<Vec<Vec<u8>>, Fault> {
        let path = tile.to_string();
        let wrong = |why: &str| Fault::File {
            path: PathBuf::from(format!("{}/{path}", self.prefix)),
            why: why.to_owned(),
        };
        let bytes = self.get(&path, BUNDLE_BYTES_MAX)?.ok_or_else(|| wrong("nothing is there"))?;
        let entries = from_bundle(&bytes).ok_or_else(|| wrong("it is no bundle of entries"))?;
        if entries.len() as u64 == tile.width { Ok(entries) } else { Err(wrong("it is not whole")) }
    }
}

impl Source for Address {
    fn checkpoint(&mut self) -> Result<SignedCheckpoint, Fault> {
        if let Some(checkpoint) = &self.checkpoint {
            return Ok(checkpoint.clone());
        }
        let path = PathBuf::from(format!("{}/checkpoint", self.prefix));
        let Some(bytes) = self.get("checkpoint", 1 << 20)? else {
            return Err(Fault::Missing { path });
        };
        let wrong = Fault::CheckpointWrong { path, why: "is no signed checkpoint" };
        let text = String::from_utf8(bytes).map_err(|_| wrong.clone())?;
        let checkpoint = SignedCheckpoint::parse(&text).map_err(|_| wrong)?;
        self.checkpoint = Some(checkpoint.clone());
        Ok(checkpoint)
    }

    fn size(&mut self) -> Result<u64, Fault> {
        Ok(self.checkpoint()?.checkpoint().size)
    }

    fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, Fault> {
        let size = self.size()?;
        let end = range.end.min(size);
        let mut entries = Vec::new();
        for tile in bundles(range.start, size) {
            let first = tile.number * TILE_WIDTH;
            if first >= end {
                break;
            }
            let wanted = (first..).zip(self.bundle(tile)?);
            entries.extend(wanted.filter(|(n, _)| range.start <= *n && *n < end).map(|(_, e)| e));
        }
        Ok(entries)
    }

    fn host_key(&mut self) -> Result<Option<PublicKey>, Fault> {
        let line = self.get("host-key", 4096)?.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(line.and_then(|line| read_verifier(line.trim_end())).map(|(_, key)| key))
    }

    fn annex(&mut self, id: AnnexId) -> Result<Option<Vec<u8>>, Fault> {
        self.get(&format!("annex/{id}"), ANNEX_BYTES_MAX as u64)
    }
}
