use std::ops::{Deref, Range};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use federation::{
    AnnexId, BodyId, Federation, FederationId, Outcome, PersonId, PublicKey, StatementId, Time,
};

use crate::bodies::Bodies;
use crate::body::Body;
use crate::checked::Checked;
use crate::checkpoint::SignedCheckpoint;
use crate::files::Files;
use crate::hash::{Hash, leaf_hash};
use crate::head::{Head, settle};
use crate::leaf::Leaf;
use crate::tree::Tree;
use crate::{Fault, NotDone, Receipt, Refused, SqliteStore, Store, Submission};

/// One federation's record, to read. Cheap to clone; every thread may have one.
///
/// Whatever it gives was compared with the tree that the host has signed for, so damage on disk is
/// a [`Fault`] and never a wrong answer.
#[derive(Clone)]
pub struct Record {
    shared: Arc<Shared>,
}

struct Shared {
    database: PathBuf,
    federation: FederationId,
    host: PublicKey,
    state: RwLock<Federation>,
    tree: RwLock<Tree>,
    /// Set while what is in memory is not what is on disk; nothing is served then.
    fault: Mutex<Option<Fault>>,
    checkpoint: RwLock<Arc<SignedCheckpoint>>,
    store: Mutex<SqliteStore>,
    bodies: Mutex<Bodies>,
}

/// The state of a federation while it is being read. Nothing is recorded meanwhile, so it is held
/// for as long as an answer takes and no longer. Everything else may be asked of the record while
/// it is held; the state itself may not, since whoever waits to record goes first.
pub struct State<'a> {
    state: RwLockReadGuard<'a, Federation>,
}

/// State and tree, to be changed together.
pub(crate) struct ToChange<'a> {
    pub(crate) state: RwLockWriteGuard<'a, Federation>,
    pub(crate) tree: RwLockWriteGuard<'a, Tree>,
}

impl Deref for State<'_> {
    type Target = Federation;

    fn deref(&self) -> &Federation {
        &self.state
    }
}

impl std::fmt::Debug for State<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "State(after {} entries)", self.size())
    }
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Record({})", self.shared.federation)
    }
}

/// A body that a statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundBody {
    /// It is here.
    Kept(Body),
    /// Its author has erased it.
    Erased {
        /// When.
        at: Time,
    },
}

impl Record {
    pub(crate) fn new(
        (federation, host): (FederationId, PublicKey),
        head: Head,
        checkpoint: SignedCheckpoint,
        files: &Files,
    ) -> Result<Self, Fault> {
        let shared = Shared {
            database: files.database.clone(),
            federation,
            host,
            state: RwLock::new(head.state),
            tree: RwLock::new(head.tree),
            fault: Mutex::default(),
            checkpoint: RwLock::new(Arc::new(checkpoint)),
            store: Mutex::new(SqliteStore::open_to_read(&files.database)?),
            bodies: Mutex::new(Bodies::open(&files.bodies)?),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Whose record it is.
    pub fn federation(&self) -> FederationId {
        self.shared.federation
    }

    /// The key that signs its checkpoints.
    pub fn host(&self) -> PublicKey {
        self.shared.host
    }

    /// The state after all entries that are durable.
    pub fn state(&self) -> Result<State<'_>, Fault> {
        let state = self.shared.state.read().unwrap_or_else(PoisonError::into_inner);
        self.check_fault()?;
        Ok(State { state })
    }

    /// The last signed checkpoint.
    pub fn checkpoint(&self) -> Arc<SignedCheckpoint> {
        self.shared.checkpoint.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// An entry, or `None` beyond the last one.
    pub fn entry(&self, sequence: u64) -> Result<Option<Leaf>, Fault> {
        let Some(end) = sequence.checked_add(1) else { return Ok(None) };
        let entries = self.entries(sequence..end)?;
        Ok(entries.first().and_then(|bytes| Leaf::from_bytes(bytes)))
    }

    /// The bytes of the entries in a range, as far as there are any.
    pub fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, Fault> {
        let leaves: Vec<_> = {
            let tree = self.tree()?;
            let end = range.end.min(tree.size());
            (range.start..end).filter_map(|sequence| tree.leaf(sequence)).collect()
        };
        let end = range.start.saturating_add(leaves.len() as u64);
        let entries = self.store().entries(range.start..end)?;
        if entries.len() != leaves.len() {
            let what = format!("some of the entries from {} up to {end} are missing", range.start);
            return Err(Fault::damaged(what));
        }
        for (sequence, (entry, leaf)) in (range.start..).zip(entries.iter().zip(&leaves)) {
            if leaf_hash(entry) != *leaf {
                let why = "it does not have the hash it was signed for with".to_owned();
                return Err(Fault::EntryWrong { sequence, why });
            }
        }
        Ok(entries)
    }

    /// Where a statement stands, if it is in the record.
    pub fn place_of(&self, id: StatementId) -> Result<Option<u64>, Fault> {
        self.store().place_of(id)
    }

    /// The proof that an entry is in the record, under the last signed checkpoint.
    pub fn receipt(&self, sequence: u64) -> Result<Option<Receipt>, Fault> {
        if sequence >= self.checkpoint().checkpoint().size {
            return Ok(None);
        }
        match self.entries(sequence..sequence + 1)?.pop() {
            Some(entry) => self.receipt_for(sequence, entry),
            None => Ok(None),
        }
    }

    /// As [`Record::receipt`], for an entry whose bytes are at hand.
    pub(crate) fn receipt_for(
        &self,
        sequence: u64,
        entry: Vec<u8>,
    ) -> Result<Option<Receipt>, Fault> {
        let checkpoint = self.checkpoint().as_ref().clone();
        let proof = self.tree()?.inclusion(sequence, checkpoint.checkpoint().size);
        Ok(proof.map(|proof| Receipt { sequence, entry, proof, checkpoint }))
    }

    /// The proof that the first `from` entries of `to` are the record as it was at `from`.
    pub fn consistency(&self, from: u64, to: u64) -> Result<Option<Vec<Hash>>, Fault> {
        Ok(self.tree()?.consistency(from, to))
    }

    /// The hashes of a tile; see [`crate::Tile`].
    pub(crate) fn hashes(
        &self,
        level: u8,
        number: u64,
        width: u64,
    ) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.tree()?.tile(level, number, width))
    }

    /// An annex that a statement names.
    pub fn annex(&self, id: AnnexId) -> Result<Option<Vec<u8>>, Fault> {
        self.store().annex(id)
    }

    /// A body that a statement names, if it ever came here.
    pub fn body(&self, id: BodyId) -> Result<Option<FoundBody>, Fault> {
        let kept = self.bodies().get(id)?;
        Ok(kept.and_then(|kept| match kept.bytes {
            Ok(bytes) => Body::from_bytes(bytes).map(FoundBody::Kept),
            Err(at) => Some(FoundBody::Erased { at }),
        }))
    }

    /// The bodies about a person, their own words among them, with when each was erased, if it was;
    /// first kept first.
    pub fn bodies_of(&self, person: PersonId) -> Result<Vec<(BodyId, Option<Time>)>, Fault> {
        self.bodies().of(person)
    }

    /// Whether a submission would be accepted now, and what would come of it. It works on a copy
    /// of the state and changes nothing.
    pub fn judge(&self, now: Time, submission: Submission) -> Result<Outcome, NotDone> {
        let mut checked = Checked::of(submission)?;
        self.check_bodies(&checked)??;
        let state = self.state()?;
        settle(&state, &*self.tree()?, &mut checked.entry, now);
        state.try_apply(&checked.entry).map_err(|refusal| Refused::Rule(refusal).into())
    }

    /// Writes the whole record into one new file, which can be verified by itself and hosted again.
    /// Bodies are not in it.
    pub fn export(&self, to: &Path) -> Result<(), Fault> {
        if to.exists() {
            return Err(Fault::Exists { path: to.to_owned() });
        }
        let checkpoint = self.checkpoint();
        // It takes a while; a connection of its own keeps nobody waiting.
        let store = SqliteStore::open_to_read(&self.shared.database)?;
        store.export(to, &checkpoint.to_string())
    }

    /// Whether the bodies that a statement names can be kept; refused if one is missing or erased.
    pub(crate) fn check_bodies(&self, checked: &Checked) -> Result<Result<(), Refused>, Fault> {
        if checked.bodies.is_empty() && checked.bodies_missing.is_empty() {
            return Ok(Ok(()));
        }
        let bodies = self.bodies();
        let sent = checked.bodies.iter().map(|body| (body.id, true));
        let missing = checked.bodies_missing.iter().map(|&id| (id, false));
        for (body, is_sent) in sent.chain(missing) {
            match bodies.get(body)?.map(|kept| kept.bytes) {
                Some(Err(at)) => return Ok(Err(Refused::BodyErased { body, at })),
                None if !is_sent => return Ok(Err(Refused::BodyMissing { body })),
                _ => {}
            }
        }
        Ok(Ok(()))
    }

    pub(crate) fn tree(&self) -> Result<RwLockReadGuard<'_, Tree>, Fault> {
        let tree = self.shared.tree.read().unwrap_or_else(PoisonError::into_inner);
        self.check_fault()?;
        Ok(tree)
    }

    /// Waits until nobody reads. The state is locked before the tree, here and by every reader who
    /// needs both, so that nobody waits in a circle.
    pub(crate) fn to_change(&self) -> ToChange<'_> {
        ToChange {
            state: self.shared.state.write().unwrap_or_else(PoisonError::into_inner),
            tree: self.shared.tree.write().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Refused while what is in memory is not what is on disk.
    pub(crate) fn check_fault(&self) -> Result<(), Fault> {
        let fault = self.shared.fault.lock().unwrap_or_else(PoisonError::into_inner);
        fault.clone().map_or(Ok(()), Err)
    }

    /// Called with everything locked, so that no reader misses it.
    pub(crate) fn set_fault(&self, fault: Option<Fault>) {
        *self.shared.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    pub(crate) fn publish(&self, checkpoint: SignedCheckpoint) {
        let mut place = self.shared.checkpoint.write().unwrap_or_else(PoisonError::into_inner);
        *place = Arc::new(checkpoint);
    }

    pub(crate) fn bodies(&self) -> MutexGuard<'_, Bodies> {
        self.shared.bodies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn store(&self) -> MutexGuard<'_, SqliteStore> {
        self.shared.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
