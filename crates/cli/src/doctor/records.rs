use std::path::{Path, PathBuf};

use federation::{PublicKey, Time};
use record::{Fault, Leaf, RecordFile, Source, Tree, leaf_hash};

use super::findings::{Finding, Findings};

/// Looks at every record in a directory; gives the newest entry's time.
pub(crate) fn look(directory: &Path, host: PublicKey, found: &mut Findings) -> Option<Time> {
    let files = match std::fs::read_dir(directory) {
        Ok(files) => files,
        Err(error) => {
            let says = format!("`{}`: {error}; look at its rights", directory.display());
            found.add(Finding::wrong("records", says));
            return None;
        }
    };
    let paths = files.filter_map(Result::ok).map(|file| file.path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "sqlite")).collect();
    paths.sort();
    if paths.is_empty() {
        found.add(Finding::well("records", "none yet; found a federation in the browser"));
    }
    let mut newest = None;
    for path in paths {
        let about = format!("record {}", path.file_stem().unwrap_or_default().to_string_lossy());
        match look_at(&path, host) {
            Err(says) => found.add(Finding::wrong(about, says)),
            Ok((says, time)) => {
                found.add(Finding::well(about, says));
                newest = newest.max(Some(time));
            }
        }
    }
    newest
}

/// Compares what is in the database with what the host has signed for.
fn look_at(path: &Path, host: PublicKey) -> Result<(String, Time), String> {
    let words = |fault: Fault| fault.to_string();
    let mut record = RecordFile::open(path).map_err(words)?;
    let signed = record.checkpoint().map_err(words)?;
    let checkpoint = signed.checkpoint();
    let size = record.size().map_err(words)?;
    if size < checkpoint.size {
        let (path, signed) = (path.to_owned(), checkpoint.size);
        return Err(Fault::Behind { path, size, signed }.to_string());
    }
    if !signed.is_signed_by(host) {
        let says = "the last checkpoint is signed with another key than this node's";
        return Err(format!("{says}; put back the key file that belongs to it"));
    }
    let leaves = record.leaves().map_err(words)?.unwrap_or_default();
    let mut tree = Tree::new();
    let count = usize::try_from(checkpoint.size).unwrap_or(usize::MAX);
    leaves.iter().take(count).for_each(|leaf| tree.push(*leaf));
    if tree.root() != checkpoint.root.0 {
        let (path, signed) = (path.to_owned(), checkpoint.size);
        return Err(Fault::OtherHistory { path, signed }.to_string());
    }
    let last = record.entries(size.saturating_sub(1)..size).map_err(words)?;
    let entry = last.first().filter(|entry| leaves.last() == Some(&leaf_hash(entry)));
    let leaf = entry.and_then(|entry| Leaf::from_bytes(entry)).ok_or_else(|| {
        let why = "it does not have the hash that is kept for it".to_owned();
        Fault::EntryWrong { sequence: size.saturating_sub(1), why }.to_string()
    })?;
    let says = format!(
        "{size} entries, {} signed for; `artel record verify {}` checks each",
        checkpoint.size,
        path.display()
    );
    Ok((says, leaf.time))
}
