//! The read paths: what a client computes from tiles and bundles is what the host has signed.

mod sample;

use record::{Lasts, Record, Tile, TileOf, Tree, bundles, from_bundle, leaf_hash};
use sample::{Place, morning};

fn bytes(record: &Record, path: &str) -> Option<Vec<u8>> {
    record.resource(path).unwrap().map(|resource| resource.bytes)
}

fn grown(place: &Place, entries: u64) -> record::Host {
    let (mut host, mut founder) = place.found();
    let batch = (1..entries).map(|_| founder.attests()).collect();
    assert!(host.submit(morning(), batch).unwrap().iter().all(Result::is_ok));
    host
}

#[test]
fn the_bundles_hash_to_the_signed_root() {
    let place = Place::new("bundles");
    let record = grown(&place, 700).record();
    let checkpoint = record.checkpoint();
    let head = checkpoint.checkpoint();
    let mut tree = Tree::new();
    for tile in bundles(0, head.size) {
        let entries = from_bundle(&bytes(&record, &tile.to_string()).unwrap()).unwrap();
        assert_eq!(entries.len() as u64, tile.width);
        for entry in &entries {
            tree.push(leaf_hash(entry));
        }
        let hashes = Tile { of: TileOf::Hashes { level: 0 }, ..tile };
        assert_eq!(
            bytes(&record, &hashes.to_string()),
            tree.tile(0, tile.number, tile.width),
            "{hashes}"
        );
    }
    assert_eq!((tree.size(), tree.root()), (head.size, head.root.0));
    assert_eq!(bytes(&record, "tile/1/000.p/2"), tree.tile(1, 0, 2));
    let note = bytes(&record, "checkpoint").unwrap();
    assert_eq!(note, checkpoint.to_string().into_bytes());
}

#[test]
fn what_is_not_there_is_not_served() {
    let place = Place::new("absent");
    let record = grown(&place, 300).record();
    for path in [
        "tile/0/001",
        "tile/0/001.p/45",
        "tile/entries/001",
        "tile/entries/002.p/1",
        "tile/1/000",
        "tile/9/000.p/1",
        "annex/00",
        "annex/../checkpoint",
        "",
        "checkpoint/",
        "tile/entries/000.p/0",
        &format!("annex/{}", "ab".repeat(32)),
    ] {
        assert_eq!(bytes(&record, path), None, "{path}");
    }
    assert!(bytes(&record, "tile/0/001.p/44").is_some());
    assert!(bytes(&record, "tile/0/000.p/7").is_some());
}

#[test]
fn tiles_last_for_ever_and_the_checkpoint_does_not() {
    let place = Place::new("lasts");
    let record = grown(&place, 3).record();
    let lasts = |path| record.resource(path).unwrap().unwrap().lasts;
    assert_eq!(lasts("checkpoint"), Lasts::Seconds);
    assert_eq!(lasts("tile/entries/000.p/3"), Lasts::Forever);
}

#[test]
fn entries_beyond_the_end_are_none_and_those_within_are_whole() {
    let place = Place::new("range");
    let record = grown(&place, 20).record();
    assert_eq!(record.entries(15..99).unwrap().len(), 5);
    assert_eq!(record.entries(20..99).unwrap().len(), 0);
    assert_eq!(record.entry(20).unwrap(), None);
    assert_eq!(record.entry(u64::MAX).unwrap(), None);
    assert_eq!(record.entry(19).unwrap().unwrap().sequence, 19);
    assert_eq!(record.receipt(20).unwrap(), None);
}
