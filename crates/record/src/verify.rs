//! Checking a whole record, from the first entry to the checkpoint, and believing nobody.

use std::fmt;
use std::ops::Range;

use federation::{AnnexId, FederationId, PublicKey, Root};

use crate::Fault;
use crate::checkpoint::SignedCheckpoint;
use crate::hash::Hash;
use crate::store::Snapshot;
use crate::tree::Tree;
use crate::walk::{Stopped, Walk};

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
/// key given as `host`, or else with the one that the copy itself names. `progress` hears how many
/// entries are done, and of how many.
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
