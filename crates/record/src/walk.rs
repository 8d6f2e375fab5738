use std::ops::Range;
use std::thread;

use circuits::Plan;
use federation::{AnnexId, Federation, invariants};

use crate::Root;
use crate::checked::{CheckedEntry, annex_named};
use crate::cores::on_all_cores;
use crate::hash::sha256;
use crate::head::CHUNK;
use crate::store::Snapshot;
use crate::tree::Tree;
use crate::verify::{NotVerified, Source};

/// A record being read from its first entry on.
pub(crate) struct Walk {
    pub(crate) state: Federation,
    pub(crate) tree: Tree,
    snapshots: Vec<Snapshot>,
    pub(crate) seen_otherwise: Vec<u64>,
    /// After how many entries the invariants were last found to hold.
    checked: u64,
    /// From which entry on they are checked after every act.
    pub(crate) check_each_from: u64,
}

/// Why a walk ended early.
pub(crate) enum Stopped {
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
    pub(crate) fn new(snapshots: Vec<Snapshot>) -> Self {
        Self {
            state: Federation::new(),
            tree: Tree::new(),
            snapshots,
            seen_otherwise: Vec::new(),
            checked: 0,
            check_each_from: u64::MAX,
        }
    }

    /// Reads and applies the entries up to `size`.
    pub(crate) fn to(
        &mut self,
        source: &mut impl Source,
        size: u64,
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<(), Stopped> {
        let chunk = |first: u64| first..size.min(first + CHUNK);
        let mut ahead = read(source, chunk(0)).map(|entries| check(0, entries));
        while self.tree.size() < size {
            let checked = ahead?;
            let after = self.tree.size() + checked.len() as u64;
            let next = read(source, chunk(after));
            // While these entries are applied, the next ones are checked.
            let (taken, next) = thread::scope(|scope| {
                let checking = scope.spawn(|| next.map(|entries| check(after, entries)));
                let taken = checked.into_iter().try_for_each(|entry| self.take(source, entry));
                (taken, checking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            });
            taken?;
            ahead = next;
            self.check_invariants_when_due(size)?;
            progress(self.tree.size(), size);
        }
        Ok(())
    }

    fn take(
        &mut self,
        source: &mut impl Source,
        checked: Result<CheckedEntry, String>,
    ) -> Result<(), Stopped> {
        let sequence = self.tree.size();
        let wrong = |why| Stopped::NotVerified(NotVerified::Entry { sequence, why });
        let mut checked = checked.map_err(wrong)?;
        let statement = &checked.entry.statement;
        if let Some(seen) = statement.seen
            && (seen.size > sequence || self.tree.root_at(seen.size) != Some(seen.root.0))
        {
            self.seen_otherwise.push(sequence);
        }
        checked.entry.root_before = self.tree.root_at(sequence).map(Root);
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
    if range.is_empty() {
        return Ok(Vec::new());
    }
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

/// What can be checked of entries by themselves, on all cores.
fn check(first: u64, entries: Vec<Vec<u8>>) -> Vec<Result<CheckedEntry, String>> {
    let numbered = (first..).zip(entries).collect();
    on_all_cores(numbered, |(sequence, bytes): (u64, Vec<u8>)| CheckedEntry::of(sequence, &bytes))
}

fn plan(source: &mut impl Source, id: AnnexId) -> Result<Plan, String> {
    let bytes = source.annex(id).map_err(|fault| fault.to_string())?;
    let bytes = bytes.ok_or_else(|| format!("its annex `{id}` is missing"))?;
    if sha256(&bytes) != id.0 {
        return Err(format!("its annex `{id}` does not have the hash it is named by"));
    }
    Plan::from_bytes(&bytes).map_err(|why| format!("its annex `{id}` is no plan: {why}"))
}
