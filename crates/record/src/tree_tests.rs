//! Published vectors of the certificate transparency project, and all proofs of small trees.

use super::*;
use crate::hash::leaf_hash;
use crate::proof::{proves_consistency, proves_inclusion};

fn hex(bytes: &[u8]) -> String {
    federation::Root(bytes.try_into().unwrap()).to_string()
}

fn tree_of(size: u64) -> Tree {
    let mut tree = Tree::new();
    (0..size).for_each(|n| tree.push(leaf_hash(&n.to_be_bytes())));
    tree
}

#[test]
fn the_roots_are_those_that_other_programs_compute() {
    let entries: [&[u8]; 8] = [
        &[],
        &[0x00],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        &[
            0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d,
            0x6e, 0x6f,
        ],
    ];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut tree = Tree::new();
    for (size, root) in roots.iter().enumerate() {
        assert_eq!(hex(&tree.root()), *root, "{size}");
        if let Some(entry) = entries.get(size) {
            tree.push(leaf_hash(entry));
        }
    }
    assert_eq!(hex(&tree.root_at(5).unwrap()), roots[5]);
    let path: Vec<_> = tree.inclusion(5, 8).unwrap().iter().map(|hash| hex(hash)).collect();
    assert_eq!(
        path,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
    );
    let steps: Vec<_> = tree.consistency(6, 8).unwrap().iter().map(|hash| hex(hash)).collect();
    assert_eq!(
        steps,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
    );
}

#[test]
fn every_inclusion_proof_of_a_small_tree_holds_and_no_other_does() {
    let tree = tree_of(40);
    for size in 1..=40 {
        let head = (size, tree.root_at(size).unwrap());
        for sequence in 0..size {
            let (leaf, proof) =
                (tree.leaf(sequence).unwrap(), tree.inclusion(sequence, size).unwrap());
            assert!(proves_inclusion(leaf, sequence, head, &proof));
            assert!(!proves_inclusion(leaf, sequence + 1, head, &proof));
            assert!(!proves_inclusion(leaf_hash(b"other"), sequence, head, &proof));
            let longer = [proof.clone(), vec![[0; 32]]].concat();
            assert!(!proves_inclusion(leaf, sequence, head, &longer));
            for place in 0..proof.len() {
                let mut changed = proof.clone();
                changed[place][7] ^= 1;
                assert!(!proves_inclusion(leaf, sequence, head, &changed));
            }
        }
    }
    assert_eq!(tree.inclusion(3, 41), None);
    assert_eq!(tree.inclusion(3, 3), None);
}

#[test]
fn every_consistency_proof_of_a_small_tree_holds_and_no_other_does() {
    let tree = tree_of(40);
    let head = |size| (size, tree.root_at(size).unwrap());
    for newer in 0..=40 {
        for older in 0..=newer {
            let proof = tree.consistency(older, newer).unwrap();
            assert!(proves_consistency(head(older), head(newer), &proof), "{older} {newer}");
            if older == 0 || older == newer {
                assert!(proof.is_empty());
                continue;
            }
            assert!(!proves_consistency((older, [1; 32]), head(newer), &proof));
            assert!(!proves_consistency(head(older), (newer, [1; 32]), &proof));
            assert!(!proves_consistency(head(older), head(newer), &proof[1..]));
        }
    }
    assert_eq!(tree.consistency(5, 4), None);
}

#[test]
fn a_tree_cut_back_and_grown_again_is_the_same_tree() {
    let whole = tree_of(300);
    for size in [0, 1, 7, 255, 256, 257, 299] {
        let mut cut = whole.clone();
        cut.truncate(size);
        assert_eq!(cut.root(), whole.root_at(size).unwrap());
        (size..300).for_each(|n| cut.push(leaf_hash(&n.to_be_bytes())));
        assert_eq!(cut, whole);
    }
}

#[test]
fn a_tile_of_the_second_level_holds_the_roots_of_full_tiles_of_the_first() {
    let tree = tree_of(600);
    let second = tree.tile(1, 0, 2).unwrap();
    let mut full = Tree::new();
    (256..512).for_each(|n: u64| full.push(leaf_hash(&n.to_be_bytes())));
    assert_eq!(second[32..], full.root());
    assert_eq!(tree.tile(0, 2, 88).unwrap().len(), 88 * 32);
    assert_eq!(tree.tile(0, 2, 89), None);
    assert_eq!(tree.tile(1, 0, 3), None);
    assert_eq!(tree.tile(2, 0, 1), None);
}
