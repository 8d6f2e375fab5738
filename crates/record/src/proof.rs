//! Checking proofs with nothing but hashes at hand (RFC 9162, 2.1.3.2 and 2.1.4.2).

use crate::hash::{Hash, node_hash};

/// Whether the proof shows that the leaf is entry `sequence` of the `size` entries under `root`.
pub fn proves_inclusion(
    leaf: Hash,
    sequence: u64,
    (size, root): (u64, Hash),
    proof: &[Hash],
) -> bool {
    if sequence >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (sequence, size - 1, leaf);
    for beside in proof {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            hash = node_hash(beside, &hash);
            skip_levels_without_sibling(&mut place, &mut last);
        } else {
            hash = node_hash(&hash, beside);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && hash == root
}

/// Whether the proof shows that the tree `older` is the beginning of the tree `newer`.
pub fn proves_consistency(older: (u64, Hash), newer: (u64, Hash), proof: &[Hash]) -> bool {
    let ((older_size, older_root), (newer_size, newer_root)) = (older, newer);
    if older_size == 0 || older_size >= newer_size {
        return proof.is_empty() && (older_size == 0 || older == newer);
    }
    let begin_with_root = older_size.is_power_of_two().then_some(older_root);
    let mut hashes = begin_with_root.iter().chain(proof);
    let Some(&first) = hashes.next() else { return false };
    let (mut place, mut last) = (older_size - 1, newer_size - 1);
    while place % 2 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (first, first);
    for beside in hashes {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            old = node_hash(beside, &old);
            new = node_hash(beside, &new);
            skip_levels_without_sibling(&mut place, &mut last);
        } else {
            new = node_hash(&new, beside);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && old == older_root && new == newer_root
}

/// At the right edge a node without a sibling rises unchanged.
fn skip_levels_without_sibling(place: &mut u64, last: &mut u64) {
    while place.is_multiple_of(2) && *place != 0 {
        *place >>= 1;
        *last >>= 1;
    }
}
