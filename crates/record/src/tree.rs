use crate::hash::{Hash, node_hash, sha256};
use crate::tile::TILE_WIDTH;

/// The Merkle tree of a record (RFC 6962), kept whole in memory: 64 bytes an entry.
///
/// Whole, so that a proof, a tile or the root of any earlier size is a few look-ups, and so that
/// whatever is read from disk can be compared with what was signed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// `levels[k][i]` is the hash over the entries from `i·2ᵏ` up to `(i + 1)·2ᵏ`.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree of no entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries it is over.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Appends a leaf hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let Some(row) = self.levels.get_mut(level) else { return };
            let left = if row.len() % 2 == 1 { row.last().copied() } else { None };
            row.push(hash);
            match left {
                Some(left) => hash = node_hash(&left, &hash),
                None => return,
            }
        }
    }

    /// Takes the newest leaves away again, so that `size` are left.
    pub fn truncate(&mut self, size: u64) {
        for (level, row) in self.levels.iter_mut().enumerate() {
            row.truncate(index(size >> level));
        }
    }

    /// The leaf hash of an entry.
    pub fn leaf(&self, sequence: u64) -> Option<Hash> {
        self.hash(0, sequence)
    }

    /// The root over all entries.
    pub fn root(&self) -> Hash {
        self.range(0, self.size())
    }

    /// The root when there were `size` entries, or `None` if there are fewer.
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        (size <= self.size()).then(|| self.range(0, size))
    }

    /// Shows that an entry is among the first `size`: the hashes beside its way up, lowest first.
    pub fn inclusion(&self, sequence: u64, size: u64) -> Option<Vec<Hash>> {
        if sequence >= size || size > self.size() {
            return None;
        }
        let mut path = Vec::new();
        let (mut low, mut high) = (0, size);
        while high - low > 1 {
            let middle = low + split(high - low);
            if sequence < middle {
                path.push(self.range(middle, high));
                high = middle;
            } else {
                path.push(self.range(low, middle));
                low = middle;
            }
        }
        path.reverse();
        Some(path)
    }

    /// Shows that the first `from` entries of `to` are the tree of size `from`.
    pub fn consistency(&self, from: u64, to: u64) -> Option<Vec<Hash>> {
        if from > to || to > self.size() {
            return None;
        }
        let mut path = Vec::new();
        if from == 0 {
            return Some(path);
        }
        let (mut low, mut high) = (0, to);
        while from != high {
            let middle = low + split(high - low);
            if from <= middle {
                path.push(self.range(middle, high));
                high = middle;
            } else {
                path.push(self.range(low, middle));
                low = middle;
            }
        }
        // The left edge of the tree is the older root itself, which the reader has.
        if low != 0 {
            path.push(self.range(low, high));
        }
        path.reverse();
        Some(path)
    }

    /// The hashes of a tile of `width`, or `None` if the tree has fewer there.
    pub fn tile(&self, level: u8, number: u64, width: u64) -> Option<Vec<u8>> {
        let row = self.levels.get(usize::from(level).checked_mul(8)?)?;
        let first = number.checked_mul(TILE_WIDTH)?;
        let last = first.checked_add(width)?;
        let hashes = row.get(usize::try_from(first).ok()?..usize::try_from(last).ok()?)?;
        Some(hashes.as_flattened().to_vec())
    }

    fn hash(&self, level: usize, number: u64) -> Option<Hash> {
        self.levels.get(level)?.get(usize::try_from(number).ok()?).copied()
    }

    /// The hash over the entries from `low` up to `high`, a range that RFC 6962 splits off.
    // INVARIANT: callers have compared `high` with the size.
    fn range(&self, low: u64, high: u64) -> Hash {
        let count = high - low;
        if count == 0 {
            return sha256(&[]);
        }
        if count.is_power_of_two() {
            let level = count.trailing_zeros();
            return self.hash(level as usize, low >> level).unwrap_or_default();
        }
        let middle = low + split(count);
        node_hash(&self.range(low, middle), &self.range(middle, high))
    }
}

/// The largest power of two below `count`, which is at least two.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// A place in memory; a place beyond it is beyond every row.
fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
