use std::path::Path;

use federation::{Act, Federation, Outcome, StatementId, Time};

use crate::checked::{Checked, id_of};
use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::cores::on_all_cores;
use crate::files::Files;
use crate::head::{Head, place};
use crate::key::SigningKey;
use crate::note::verifier;
use crate::record::ToChange;
use crate::store::{Appended, Batch, Snapshot};
use crate::tile::TILE_WIDTH;
use crate::tree::Tree;
use crate::{Accepted, Fault, NotDone, Record, Refused, Root, SqliteStore, Store, Submission};

/// The one who puts a federation's acts in order: the single writer of its record.
///
/// A batch is judged, appended in one transaction, and only when that is durable is a checkpoint
/// signed and lies in its second file; then receipts are given. So what was acknowledged survives
/// a crash, and no two histories are ever signed.
pub struct Host {
    files: Files,
    key: SigningKey,
    record: Record,
    // Closed after the record's own reading, so that closing empties the journal.
    store: SqliteStore,
    /// After how many entries the last snapshot was taken.
    snapshot_size: u64,
}

/// A snapshot is taken when this many entries came after the last one; opening applies at most as
/// many again.
const SNAPSHOT_ENTRIES: u64 = 20_000;

/// How often a batch is judged anew because another process appended.
const CONFLICTS_MAX: usize = 16;

/// A submission, judged.
enum Judged {
    Placed { sequence: u64, entry: Vec<u8>, outcome: Outcome },
    There { sequence: u64 },
    Refused(Refused),
}

/// What comes of a submission, by the name of its statement.
pub(crate) type Submitted = (StatementId, Result<Checked, Refused>);

/// Checks of a submission what can be checked without the state.
pub(crate) fn submitted(submission: Submission) -> Submitted {
    (id_of(&submission), Checked::of(submission))
}

impl Host {
    /// Founds a record: makes its files, and records the founding act.
    pub fn found(
        database: &Path,
        key: SigningKey,
        now: Time,
        founding: Submission,
    ) -> Result<(Self, Accepted), NotDone> {
        let mut checked = Checked::of(founding.clone())?;
        let federation = checked.entry.statement.federation;
        place(&mut Federation::new(), &mut Tree::new(), &mut checked, now)?;
        let files = Files::of(database);
        let store = SqliteStore::create(database)?;
        if store.size()? > 0 {
            return Err(Fault::Exists { path: database.to_owned() }.into());
        }
        let head = Head::default();
        let empty = Checkpoint::new(federation, 0, Root(head.tree.root())).sign(&key);
        store.name_host(&verifier(&empty.checkpoint().origin, key.public()))?;
        files.write_checkpoint(&empty)?;
        let mut host = Self::with(files, key, store, head, empty)?;
        match host.submit(now, vec![founding])?.pop() {
            Some(accepted) => Ok((host, accepted?)),
            None => Err(NotDone::Stopped),
        }
    }

    /// Opens a record, after comparing what is on disk with what was last signed.
    ///
    /// Refused if the database is behind the last signed checkpoint, holds other entries than it,
    /// or is damaged where that shows; each fault says what to do.
    pub fn open(database: &Path, key: SigningKey) -> Result<Self, Fault> {
        let files = Files::of(database);
        let mut store = SqliteStore::open(database)?;
        let signed = last_checkpoint(&files, &mut store, &key)?;
        let head = Head::load(&store, signed.checkpoint(), database)?;
        let mut host = Self::with(files, key, store, head, signed)?;
        host.sign_what_is_durable()?;
        Ok(host)
    }

    fn with(
        files: Files,
        key: SigningKey,
        store: SqliteStore,
        head: Head,
        signed: SignedCheckpoint,
    ) -> Result<Self, Fault> {
        let path = files.checkpoint.clone();
        let wrong = Fault::CheckpointWrong { path, why: "names no federation" };
        let federation = signed.checkpoint().federation().ok_or(wrong)?;
        let newest = store.snapshot_sizes()?.first().copied().unwrap_or(0);
        let record = Record::new((federation, key.public()), head, signed, &files)?;
        Ok(Self { files, key, store, record, snapshot_size: newest })
    }

    /// The record, to read.
    pub fn record(&self) -> Record {
        self.record.clone()
    }

    /// Takes a batch, as of `now`. For each submission comes a receipt or the reason why not; a
    /// statement that is in the record already gets its receipt again.
    ///
    /// A fault means that nothing of the batch is acknowledged: send it again.
    pub fn submit(
        &mut self,
        now: Time,
        batch: Vec<Submission>,
    ) -> Result<Vec<Result<Accepted, Refused>>, Fault> {
        self.take(now, on_all_cores(batch, submitted))
    }

    /// As [`Host::submit`], with what was checked before.
    pub(crate) fn take(
        &mut self,
        now: Time,
        mut submitted: Vec<Submitted>,
    ) -> Result<Vec<Result<Accepted, Refused>>, Fault> {
        self.snapshot_when_due()?;
        for _ in 0..CONFLICTS_MAX {
            if self.record.check_fault().is_err() {
                self.reload()?;
            }
            if let Some(judged) = self.append(now, &mut submitted)? {
                self.sign_what_is_durable()?;
                return judged.into_iter().map(|judged| self.acknowledge(judged)).collect();
            }
            self.reload()?;
        }
        Err(Fault::Contended { path: self.files.database.clone() })
    }

    /// Judges a batch and appends what is accepted; `None` if another process appended first.
    fn append(
        &mut self,
        now: Time,
        submitted: &mut [Submitted],
    ) -> Result<Option<Vec<Judged>>, Fault> {
        let record = self.record.clone();
        if submitted.iter().any(takes_long) {
            return self.append_aside(&record, now, submitted);
        }
        // Readers wait until it is durable, so that nobody sees what might still be lost.
        let mut head = record.to_change();
        let ToChange { state, tree } = &mut head;
        let written = self.write(state, tree, now, submitted);
        self.settle(written)
    }

    /// As [`Host::append`], on a copy that takes the place of the state once it is durable. So
    /// readers go on reading while a plan of many contracts is checked and recorded.
    fn append_aside(
        &mut self,
        record: &Record,
        now: Time,
        submitted: &mut [Submitted],
    ) -> Result<Option<Vec<Judged>>, Fault> {
        let mut state = Federation::clone(&*record.state()?);
        let mut tree = Tree::clone(&*record.tree()?);
        let written = self.write(&mut state, &mut tree, now, submitted);
        if let Ok((_, Appended::Appended)) = written {
            let mut head = record.to_change();
            std::mem::swap(&mut *head.state, &mut state);
            std::mem::swap(&mut *head.tree, &mut tree);
        }
        self.settle(written)
    }

    /// Judges a batch on a state, and writes what is accepted to the store.
    fn write(
        &mut self,
        state: &mut Federation,
        tree: &mut Tree,
        now: Time,
        submitted: &mut [Submitted],
    ) -> Result<(Vec<Judged>, Appended), Fault> {
        let expected = tree.size();
        let (judged, mut batch) =
            judge_all(&self.record, &self.store, (state, tree), now, submitted)?;
        if batch.entries.is_empty() {
            return Ok((judged, Appended::Appended));
        }
        batch.tiles = changed_tiles(tree, expected);
        let accepted = || placed(&judged, submitted);
        batch.annexes = accepted().filter_map(|checked| checked.annex.clone()).collect();
        let bodies: Vec<_> = accepted().flat_map(|checked| &checked.bodies).collect();
        if !bodies.is_empty() {
            self.record.bodies().keep(&bodies)?;
        }
        Ok((judged, self.store.append(expected, &batch)?))
    }

    /// What was judged, if it is durable. What is not on disk is not served.
    fn settle(
        &self,
        written: Result<(Vec<Judged>, Appended), Fault>,
    ) -> Result<Option<Vec<Judged>>, Fault> {
        match written {
            Ok((judged, Appended::Appended)) => Ok(Some(judged)),
            Ok((_, Appended::Conflict)) => {
                let path = self.files.database.clone();
                self.record.set_fault(Some(Fault::Contended { path }));
                Ok(None)
            }
            Err(fault) => {
                self.record.set_fault(Some(fault.clone()));
                Err(fault)
            }
        }
    }

    /// Takes the state from the store again: after a fault, or when another process appended.
    fn reload(&mut self) -> Result<(), Fault> {
        let mut place = self.record.to_change();
        let signed = self.record.checkpoint();
        match Head::load(&self.store, signed.checkpoint(), &self.files.database) {
            Ok(head) => {
                (*place.state, *place.tree) = (head.state, head.tree);
                self.record.set_fault(None);
                Ok(())
            }
            Err(fault) => {
                self.record.set_fault(Some(fault.clone()));
                Err(fault)
            }
        }
    }

    /// Signs a checkpoint over all durable entries, and puts it in its file before anybody sees it.
    fn sign_what_is_durable(&mut self) -> Result<(), Fault> {
        let (size, root) = {
            let tree = self.record.tree()?;
            (tree.size(), Root(tree.root()))
        };
        if self.record.checkpoint().checkpoint().size == size {
            return Ok(());
        }
        let signed = Checkpoint::new(self.record.federation(), size, root).sign(&self.key);
        self.files.write_checkpoint(&signed)?;
        self.record.publish(signed);
        Ok(())
    }

    fn acknowledge(&self, judged: Judged) -> Result<Result<Accepted, Refused>, Fault> {
        let (sequence, receipt, outcome) = match judged {
            Judged::Placed { sequence, entry, outcome } => {
                (sequence, self.record.receipt_for(sequence, entry)?, Some(outcome))
            }
            Judged::There { sequence } => (sequence, self.record.receipt(sequence)?, None),
            Judged::Refused(refused) => return Ok(Err(refused)),
        };
        let gone = || Fault::damaged(format!("entry {sequence} is missing"));
        Ok(Ok(Accepted { receipt: receipt.ok_or_else(gone)?, outcome }))
    }

    fn snapshot_when_due(&mut self) -> Result<(), Fault> {
        let size = self.record.checkpoint().checkpoint().size;
        if size < self.snapshot_size + SNAPSHOT_ENTRIES { Ok(()) } else { self.snapshot() }
    }

    /// Keeps a snapshot of the state, so that opening is quick.
    pub fn snapshot(&mut self) -> Result<(), Fault> {
        let snapshot = {
            let (state, tree) = (self.record.state()?, self.record.tree()?);
            Snapshot { size: tree.size(), root: tree.root(), state: state.to_bytes() }
        };
        if snapshot.size > self.snapshot_size {
            self.store.keep_snapshot(&snapshot)?;
            self.snapshot_size = snapshot.size;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Host({})", self.files.database.display())
    }
}

/// Whether an act can take longer than a reader should wait: what freezes, checks and closes a
/// round goes through all of it.
fn takes_long((_, checked): &Submitted) -> bool {
    let act = checked.as_ref().map(|checked| &checked.entry.statement.act);
    matches!(act, Ok(Act::Plan(_) | Act::CloseRound(_)))
}

/// Judges every submission on the state, one after the other.
fn judge_all(
    record: &Record,
    store: &SqliteStore,
    (state, tree): (&mut Federation, &mut Tree),
    now: Time,
    submitted: &mut [Submitted],
) -> Result<(Vec<Judged>, Batch), Fault> {
    let mut batch = Batch::default();
    let first = tree.size();
    let mut judged = Vec::with_capacity(submitted.len());
    for (id, checked) in submitted {
        let placed = match checked {
            Err(refused) => Err(refused.clone()),
            Ok(checked) => match record.check_bodies(checked)? {
                Err(refused) => Err(refused),
                Ok(()) => place(state, tree, checked, now),
            },
        };
        judged.push(match placed {
            Ok((entry, outcome)) => {
                batch.entries.push((*id, entry.clone()));
                Judged::Placed { sequence: tree.size() - 1, entry, outcome }
            }
            Err(refused) => {
                let here = (first..).zip(&batch.entries).find(|(_, (other, _))| other == id);
                match here.map(|(sequence, _)| sequence).or(store.place_of(*id)?) {
                    Some(sequence) => Judged::There { sequence },
                    None => Judged::Refused(refused),
                }
            }
        });
    }
    Ok((judged, batch))
}

/// The tiles of leaf hashes that the entries from `first` on lie in.
fn changed_tiles(tree: &Tree, first: u64) -> Vec<(u64, Vec<u8>)> {
    let size = tree.size();
    let width = |number: u64| TILE_WIDTH.min(size - number * TILE_WIDTH);
    (first / TILE_WIDTH..size.div_ceil(TILE_WIDTH))
        .filter_map(|number| Some((number, tree.tile(0, number, width(number))?)))
        .collect()
}

/// What came in with the submissions that were accepted.
fn placed<'a>(
    judged: &'a [Judged],
    submitted: &'a [Submitted],
) -> impl Iterator<Item = &'a Checked> {
    judged.iter().zip(submitted).filter_map(|(judged, (_, checked))| match judged {
        Judged::Placed { .. } => checked.as_ref().ok(),
        Judged::There { .. } | Judged::Refused(_) => None,
    })
}

/// The checkpoint that was signed last: from its file, or from within an exported copy that was put
/// in place of the database.
fn last_checkpoint(
    files: &Files,
    store: &mut SqliteStore,
    key: &SigningKey,
) -> Result<SignedCheckpoint, Fault> {
    let wrong = |why| Fault::CheckpointWrong { path: files.checkpoint.clone(), why };
    let exported = store.exported_checkpoint()?;
    let in_file = files.read_checkpoint()?;
    let is_in_file = in_file.is_some();
    let signed = match (in_file, &exported) {
        (Some(signed), _) => signed,
        (None, Some(note)) => SignedCheckpoint::parse(note)
            .map_err(|_| wrong("in the exported copy is not readable"))?,
        (None, None) => {
            return Err(Fault::CheckpointMissing { path: files.checkpoint.clone() });
        }
    };
    if !signed.is_signed_by(key.public()) {
        return Err(wrong("is not signed with this host's key"));
    }
    if !is_in_file {
        files.write_checkpoint(&signed)?;
    }
    if exported.is_some() {
        store.forget_exported_checkpoint()?;
    }
    Ok(signed)
}
