use std::ops::Range;

use federation::{AnnexId, StatementId};

use crate::Fault;
use crate::hash::Hash;

/// Where the entries of one federation are kept.
///
/// One primitive carries everything: compare-and-append. Whoever appends says how many entries it
/// knows; if there are more, nothing is appended, so two writers never make two histories.
pub trait Store {
    /// How many entries there are.
    fn size(&self) -> Result<u64, Fault>;

    /// Appends entries if there are exactly `expected_size` before them. Durable when it returns.
    fn append(&mut self, expected_size: u64, batch: &Batch) -> Result<Appended, Fault>;

    /// The entries in a range, as far as there are any.
    fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, Fault>;

    /// The leaf hashes of all entries, as they were when appended.
    fn leaves(&self) -> Result<Vec<Hash>, Fault>;

    /// Where a statement stands, if it is there.
    fn place_of(&self, id: StatementId) -> Result<Option<u64>, Fault>;

    /// An annex, with the hash that it is named by.
    fn annex(&self, id: AnnexId) -> Result<Option<Vec<u8>>, Fault>;

    /// Keeps a snapshot, and forgets all but the two newest.
    fn keep_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), Fault>;

    /// After how many entries there are snapshots, newest first.
    fn snapshot_sizes(&self) -> Result<Vec<u64>, Fault>;

    /// The snapshot after so many entries, if there is one and it is whole.
    fn snapshot(&self, size: u64) -> Result<Option<Snapshot>, Fault>;
}

/// What is appended together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// The entries, each with the name of its statement.
    pub entries: Vec<(StatementId, Vec<u8>)>,
    /// The tiles of leaf hashes that these entries change, by number, as they are afterwards.
    pub tiles: Vec<(u64, Vec<u8>)>,
    /// The annexes that the entries name.
    pub annexes: Vec<(AnnexId, Vec<u8>)>,
}

/// Whether a batch was appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It was, and is durable.
    Appended,
    /// It was not: there is another number of entries than expected.
    Conflict,
}

/// The state after some entries, so that opening need not begin at the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// After how many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// The state's canonical encoding.
    pub state: Vec<u8>,
}
