use circuits::Plan;
use federation::{Entry, Federation, Outcome, Time};

use crate::Fault;
use crate::checked::{Checked, CheckedEntry, annex_named};
use crate::checkpoint::Checkpoint;
use crate::cores::on_all_cores;
use crate::hash::leaf_hash;
use crate::store::{Snapshot, Store};
use crate::tree::Tree;
use crate::{Refused, Root};

/// What a record comes to: the state, and the tree over the entries that made it.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) state: Federation,
    pub(crate) tree: Tree,
}

/// How many entries are checked at a time.
pub(crate) const CHUNK: u64 = 4096;

impl Head {
    /// Reads a record from its store, and compares it with what was signed for.
    ///
    /// The tree is computed from the stored leaf hashes and must give the signed root; the state
    /// comes from the newest whole snapshot and the entries after it, each checked anew.
    pub(crate) fn load(
        store: &impl Store,
        signed: &Checkpoint,
        path: &std::path::Path,
    ) -> Result<Self, Fault> {
        let size = store.size()?;
        let path = path.to_owned();
        if size < signed.size {
            return Err(Fault::Behind { path, size, signed: signed.size });
        }
        let mut tree = Tree::new();
        store.leaves()?.into_iter().for_each(|leaf| tree.push(leaf));
        if tree.size() != size {
            let what = format!("it has {size} entries and the hashes of {}", tree.size());
            return Err(Fault::damaged(what));
        }
        if tree.root_at(signed.size) != Some(signed.root.0) {
            return Err(Fault::OtherHistory { path, signed: signed.size });
        }
        let state = newest_snapshot(store, &tree)?;
        let mut head = Self { state, tree };
        head.replay(store, size)?;
        Ok(head)
    }

    /// Applies the entries that the tree knows and the state does not.
    fn replay(&mut self, store: &impl Store, size: u64) -> Result<(), Fault> {
        while self.state.size() < size {
            let first = self.state.size();
            let last = size.min(first + CHUNK);
            let entries = store.entries(first..last)?;
            if entries.len() as u64 != last - first {
                return Err(Fault::damaged(format!("entries from {first} on are missing")));
            }
            let numbered = (first..).zip(entries).collect();
            let checked =
                on_all_cores(numbered, |(n, bytes): (u64, Vec<u8>)| CheckedEntry::of(n, &bytes));
            for (sequence, checked) in (first..).zip(checked) {
                let wrong = |why| Fault::EntryWrong { sequence, why };
                let mut checked = checked.map_err(wrong)?;
                if self.tree.leaf(sequence) != Some(checked.hash) {
                    return Err(wrong("it does not have the hash it was appended with".to_owned()));
                }
                checked.entry.root_before = self.tree.root_at(sequence).map(Root);
                checked.entry.plan = stored_plan(store, &checked)?;
                self.state.apply(&checked.entry).map_err(|no| wrong(no.to_string()))?;
            }
        }
        Ok(())
    }
}

/// Judges a statement, and on yes applies it. Gives the entry's bytes and what came of it.
pub(crate) fn place(
    state: &mut Federation,
    tree: &mut Tree,
    checked: &mut Checked,
    now: Time,
) -> Result<(Vec<u8>, Outcome), Refused> {
    settle(state, tree, &mut checked.entry, now);
    let outcome = state.apply(&checked.entry)?;
    let leaf = checked.to_leaf();
    tree.push(leaf_hash(&leaf));
    Ok((leaf, outcome))
}

/// Gives an entry the next place in the record, and the host's time.
pub(crate) fn settle(state: &Federation, tree: &Tree, entry: &mut Entry, now: Time) {
    entry.sequence = tree.size();
    entry.time = state.host_time(now, entry.statement.time);
    entry.root_before = Some(Root(tree.root()));
}

/// The state of the newest snapshot that belongs to this tree; the empty state if there is none.
fn newest_snapshot(store: &impl Store, tree: &Tree) -> Result<Federation, Fault> {
    let state = |Snapshot { size, root, state }: Snapshot| {
        let belongs = tree.root_at(size) == Some(root);
        let state = belongs.then(|| Federation::from_bytes(&state)).flatten()?;
        (state.size() == size).then_some(state)
    };
    for size in store.snapshot_sizes()? {
        if let Some(state) = store.snapshot(size)?.and_then(state) {
            return Ok(state);
        }
    }
    Ok(Federation::new())
}

fn stored_plan(store: &impl Store, checked: &CheckedEntry) -> Result<Option<Plan>, Fault> {
    let Some(annex) = annex_named(&checked.entry.statement) else { return Ok(None) };
    let wrong = |why| Fault::EntryWrong { sequence: checked.entry.sequence, why };
    let bytes = store.annex(annex)?.ok_or_else(|| wrong(format!("its annex `{annex}` is gone")))?;
    Plan::from_bytes(&bytes).map(Some).map_err(|why| wrong(why.to_string()))
}
