//! Checking a whole record, from the first entry to the checkpoint, and believing nobody.

use std::fmt;
use std::ops::Range;

use circuits::Plan;
use federation::{Act, AnnexId, Federation, FederationId, PublicKey, Root, invariants};

use crate::Fault;
use crate::checked::{CheckedEntry, annex_named};
use crate::checkpoint::SignedCheckpoint;
use crate::cores::on_all_cores;
use crate::hash::{Hash, sha256};
use crate::head::CHUNK;
use crate::store::Snapshot;
use crate::tree::Tree;

/// Where a record is read from: a file, or an address.
pub trait Source {
    /// The last signed checkpoint.
    fn checkpoint(&mut self) -> Result<SignedCheckpoint, Fault>;

    /// How many entries there are.
    fn size(&mut self) -> Result<u64, Fault>;

    /// The entries in a range.
    fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, Fault>;

    /// An annex.
    fn annex(&mut self, id: AnnexId) -> Result<Option<Vec<u8>>, Fault>;

    /// The key that is said there to sign the checkpoints, if that is said.
    fn host_key(&mut self) -> Result<Option<PublicKey>, Fault> {
        Ok(None)
    }

    /// The leaf hashes that are kept beside the entries, if it keeps them.
    fn leaves(&mut self) -> Result<Option<Vec<Hash>>, Fault> {
        Ok(None)
    }

    /// The snapshots that it keeps.
    fn snapshots(&mut self) -> Result<Vec<Snapshot>, Fault> {
        Ok(Vec::new())
    }
}

/// A record that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whose record it is.
    pub federation: FederationId,
    /// What the federation is called.
    pub name: String,
    /// How many entries were checked.
    pub size: u64,
    /// The root over them.
    pub root: Root,
    /// How many of them the host has signed for.
    pub signed: u64,
    /// The key that signed for them.
    pub host: PublicKey,
    /// Who says that it is the host's.
    pub host_known_by: KnownBy,
    /// The entries whose author has seen another history than this one: evidence against the host.
    pub seen_otherwise: Vec<u64>,
}

/// Who says that a key is the host's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownBy {
    /// The record: it is a key of the person who hosts.
    Record,
    /// Whoever asked for the check.
    Asker,
    /// Only whoever gave out this copy. Compare it with the key on receipts, or on other copies.
    Copy,
}

/// A record that does not hold, and where that shows first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotVerified {
    /// An entry does not hold; all before it do.
    Entry {
        /// Which one, counted from nought.
        sequence: u64,
        /// Why.
        why: String,
    },
    /// Every entry holds, and the checkpoint does not.
    Checkpoint {
        /// Why.
        why: String,
    },
    /// Every entry holds, and what is kept beside them does not.
    Beside {
        /// Why.
        why: String,
    },
    /// The record cannot be read at all.
    Unreadable(Fault),
}

impl From<Fault> for NotVerified {
    fn from(fault: Fault) -> Self {
        Self::Unreadable(fault)
    }
}

impl fmt::Display for NotVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry { sequence, why } => {
                write!(f, "entry {sequence} does not hold: {why}; all before it do")
            }
            Self::Checkpoint { why } => {
                write!(f, "every entry holds, and the checkpoint does not: {why}")
            }
            Self::Beside { why } => {
                write!(f, "every entry holds, and what is kept beside them does not: {why}")
            }
            Self::Unreadable(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for NotVerified {}

/// Checks every signature, hash, act and invariant of a record, and its checkpoint.
///
/// The checkpoint must be signed with a key of the person whom the record names as host, with the
/// key given as `host`, or else with the one that the copy itself names. `progress` hears how many entries are done, and of how many.
pub fn verify(
    source: &mut impl Source,
    host: Option<PublicKey>,
    mut progress: impl FnMut(u64, u64),
) -> Result<Verified, NotVerified> {
    let signed = source.checkpoint()?;
    let size = source.size()?;
    let mut walk = Walk::new(source.snapshots()?);
    match walk.to(source, size, &mut progress) {
        Err(Stopped::Broken { checked }) => {
            // Somewhere after the last check; from there on each act is checked alone.
            let mut again = Walk::new(Vec::new());
            again.check_each_from = checked;
            again.to(source, size, &mut progress)?;
            let why = "an invariant breaks in one reading and not in another".to_owned();
            return Err(NotVerified::Beside { why });
        }
        walked => walked?,
    }
    let federation = check_checkpoint(&walk, &signed)?;
    let (host, host_known_by) = check_signature(&walk, &signed, host, source.host_key()?)?;
    check_leaves(source, &walk.tree)?;
    Ok(Verified {
        federation,
        name: walk.state.name().map(ToString::to_string).unwrap_or_default(),
        size: walk.tree.size(),
        root: Root(walk.tree.root()),
        signed: signed.checkpoint().size,
        host,
        host_known_by,
        seen_otherwise: walk.seen_otherwise,
    })
}

/// A record being read from its first entry on.
struct Walk {
    state: Federation,
    tree: Tree,
    snapshots: Vec<Snapshot>,
    seen_otherwise: Vec<u64>,
    /// After how many entries the invariants were last found to hold.
    checked: u64,
    /// From which entry on they are checked after every act.
    check_each_from: u64,
}

/// Why a walk ended early.
enum Stopped {
    /// An invariant does not hold, and did after so many entries.
    Broken { checked: u64 },
    /// Something else, which is what the reader is told.
    NotVerified(NotVerified),
}

impl From<NotVerified> for Stopped {
    fn from(why: NotVerified) -> Self {
        Self::NotVerified(why)
    }
}

impl From<Stopped> for NotVerified {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::NotVerified(why) => why,
            Stopped::Broken { checked } => {
                let why = "an invariant does not hold after it".to_owned();
                Self::Entry { sequence: checked, why }
            }
        }
    }
}

impl Walk {
    fn new(snapshots: Vec<Snapshot>) -> Self {
        Self {
            state: Federation::new(),
            tree: Tree::new(),
            snapshots,
            seen_otherwise: Vec::new(),
            checked: 0,
            check_each_from: u64::MAX,
        }
    }

    fn to(
        &mut self,
        source: &mut impl Source,
        size: u64,
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<(), Stopped> {
        while self.tree.size() < size {
            let first = self.tree.size();
            let entries = read(source, first..size.min(first + CHUNK))?;
            let numbered = (first..).zip(entries).collect();
            let checked = on_all_cores(numbered, |(sequence, bytes): (u64, Vec<u8>)| {
                CheckedEntry::of(sequence, &bytes)
            });
            for (sequence, checked) in (first..).zip(checked) {
                let wrong = |why| NotVerified::Entry { sequence, why };
                self.take(source, checked.map_err(wrong)?)?;
            }
            self.check_invariants_when_due(size)?;
            progress(self.tree.size(), size);
        }
        Ok(())
    }

    fn take(&mut self, source: &mut impl Source, mut checked: CheckedEntry) -> Result<(), Stopped> {
        let sequence = self.tree.size();
        let wrong = |why| Stopped::NotVerified(NotVerified::Entry { sequence, why });
        let statement = &checked.entry.statement;
        if let Some(seen) = statement.seen
            && (seen.size > sequence || self.tree.root_at(seen.size) != Some(seen.root.0))
        {
            self.seen_otherwise.push(sequence);
        }
        checked.entry.root_before =
            matches!(statement.act, Act::OpenRound {}).then(|| Root(self.tree.root()));
        checked.entry.plan = match annex_named(statement) {
            Some(id) => Some(plan(source, id).map_err(wrong)?),
            None => None,
        };
        self.state.apply(&checked.entry).map_err(|refusal| wrong(refusal.to_string()))?;
        self.tree.push(checked.hash);
        self.compare_snapshot()?;
        if sequence >= self.check_each_from {
            invariants::check(&self.state).map_err(|broken| wrong(broken.to_string()))?;
        }
        Ok(())
    }

    /// Replaying gives the same bytes as those that were kept.
    fn compare_snapshot(&mut self) -> Result<(), NotVerified> {
        let size = self.tree.size();
        let Some(snapshot) = self.snapshots.iter().find(|snapshot| snapshot.size == size) else {
            return Ok(());
        };
        if snapshot.root != self.tree.root() || snapshot.state != self.state.to_bytes() {
            let why = format!("the snapshot after {size} entries is not what they come to");
            return Err(NotVerified::Beside { why });
        }
        Ok(())
    }

    /// The invariants look at the whole state. To check it after every act would cost the square of
    /// the record's length; so they are checked each time it has grown by an eighth, and where one
    /// is broken the part since is read again, act by act.
    fn check_invariants_when_due(&mut self, size: u64) -> Result<(), Stopped> {
        let now = self.tree.size();
        if now < size && now < self.checked + self.checked / 8 {
            return Ok(());
        }
        invariants::check(&self.state).map_err(|_| Stopped::Broken { checked: self.checked })?;
        self.checked = now;
        Ok(())
    }
}

/// Reads a chunk; where that fails, one entry after the other, to say which is the first.
fn read(source: &mut impl Source, range: Range<u64>) -> Result<Vec<Vec<u8>>, NotVerified> {
    if let Ok(entries) = source.entries(range.clone())
        && entries.len() as u64 == range.end - range.start
    {
        return Ok(entries);
    }
    let mut entries = Vec::new();
    for sequence in range {
        let wrong = |why| NotVerified::Entry { sequence, why };
        let mut one =
            source.entries(sequence..sequence + 1).map_err(|fault| wrong(fault.to_string()))?;
        entries.push(one.pop().ok_or_else(|| wrong("it is missing".to_owned()))?);
    }
    Ok(entries)
}

fn plan(source: &mut impl Source, id: AnnexId) -> Result<Plan, String> {
    let bytes = source.annex(id).map_err(|fault| fault.to_string())?;
    let bytes = bytes.ok_or_else(|| format!("its annex `{id}` is missing"))?;
    if sha256(&bytes) != id.0 {
        return Err(format!("its annex `{id}` does not have the hash it is named by"));
    }
    Plan::from_bytes(&bytes).map_err(|why| format!("its annex `{id}` is no plan: {why}"))
}

fn check_checkpoint(walk: &Walk, signed: &SignedCheckpoint) -> Result<FederationId, NotVerified> {
    let wrong = |why: String| NotVerified::Checkpoint { why };
    let head = signed.checkpoint();
    let found = walk.tree.size();
    let Some(root) = walk.tree.root_at(head.size) else {
        return Err(wrong(format!("it is over {} entries, and there are {found}", head.size)));
    };
    if root != head.root.0 {
        return Err(wrong(format!("its root is not that of the first {} entries", head.size)));
    }
    let federation = walk.state.id().filter(|id| head.federation() == Some(*id));
    federation.ok_or_else(|| wrong(format!("it is of `{}`, another record", head.origin)))
}

/// Finds the key that signed the checkpoint, among those of whom the reader trusts most first.
fn check_signature(
    walk: &Walk,
    signed: &SignedCheckpoint,
    given: Option<PublicKey>,
    said: Option<PublicKey>,
) -> Result<(PublicKey, KnownBy), NotVerified> {
    let host = walk.state.host().and_then(|host| walk.state.person(host).ok());
    let named = host.map(|host| host.keys.clone()).unwrap_or_default();
    let named = named.into_iter().map(|key| (key, KnownBy::Record));
    // Whoever brings a key of their own does not want to hear what the copy says of itself.
    let said = said.filter(|_| given.is_none()).map(|key| (key, KnownBy::Copy));
    let given = given.map(|key| (key, KnownBy::Asker));
    let why = "it is signed with no key that is known as the host's; say which key it should be";
    named
        .chain(given)
        .chain(said)
        .find(|(key, _)| signed.is_signed_by(*key))
        .ok_or_else(|| NotVerified::Checkpoint { why: why.to_owned() })
}

fn check_leaves(source: &mut impl Source, tree: &Tree) -> Result<(), NotVerified> {
    let Some(leaves) = source.leaves()? else { return Ok(()) };
    let differs = |n: u64, leaf: &Hash| tree.leaf(n) != Some(*leaf);
    let count = leaves.len() as u64;
    let wrong = (0..).zip(&leaves).find(|(n, leaf)| differs(*n, leaf)).map(|(n, _)| n);
    match wrong.or((count < tree.size()).then_some(count)) {
        None => Ok(()),
        Some(n) => {
            Err(NotVerified::Beside { why: format!("the kept hash of entry {n} is not its hash") })
        }
    }
}
