//! Entries verified a second: every signature, hash, act and invariant, from a file.

use std::error::Error;
use std::path::Path;

use federation::{Federation, Time};
use record::{Host, RecordFile, SigningKey, Submission, verify};

use crate::figures::{per_second, row, timed};
use crate::village::{FOUNDERS, Said, Village};

/// How many exchanges each pair of units makes: about a hundred thousand entries.
const EXCHANGES: usize = 200;

pub(crate) fn measure(folder: &Path) -> Result<(), Box<dyn Error>> {
    let now = Time::from_seconds(1_767_225_600).ok_or("a moment")?;
    let mut village = Village::found(now)?;
    for _ in 0..EXCHANGES {
        for giver in (0..FOUNDERS).step_by(2) {
            village.exchange(giver, giver + 1)?;
        }
    }
    let file = folder.join("measured.artel");
    write(&file, host_key(), now, village.said)?;
    let mut source = RecordFile::open(&file)?;
    let (verified, took) = timed(|| verify(&mut source, None, |_, _| {}));
    let entries = usize::try_from(verified?.size)?;
    row("entries verified a second", &per_second(entries, took), "at least 25 000");
    snapshot_size(&file)
}

/// Records what the village said, in batches as a busy host takes them.
pub(crate) fn write(
    file: &Path,
    key: SigningKey,
    now: Time,
    said: Vec<Said>,
) -> Result<(), Box<dyn Error>> {
    let mut said = said.into_iter().map(|said| Submission::from(said.signed));
    let founding = said.next().ok_or("nothing was said")?;
    let (mut host, _) = Host::found(file, key, now, founding)?;
    loop {
        let batch: Vec<Submission> = said.by_ref().take(1024).collect();
        if batch.is_empty() {
            return Ok(host.snapshot()?);
        }
        for accepted in host.submit(now, batch)? {
            accepted?;
        }
    }
}

/// How long it takes to open the record as its host, from the snapshot.
fn snapshot_size(file: &Path) -> Result<(), Box<dyn Error>> {
    let (host, took) = timed(|| Host::open(file, host_key()));
    let record = host?.record();
    let bytes = record.state()?.to_bytes();
    Federation::from_bytes(&bytes).ok_or("the state is written as it is read")?;
    row("100 000 entries opened from a snapshot, ms", &took.as_millis().to_string(), "");
    Ok(())
}

/// The first founder hosts.
fn host_key() -> SigningKey {
    SigningKey::from_seed(crate::village::seed(0))
}
