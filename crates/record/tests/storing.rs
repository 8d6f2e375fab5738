//! What every store does: compare-and-append, snapshots, annexes under their hash.

mod sample;

use federation::{AnnexId, StatementId};
use record::{Appended, Batch, Fault, Snapshot, SqliteStore, Store, sha256};
use rusqlite::Connection;
use sample::Place;

fn batch(text: &str) -> Batch {
    let entry = text.as_bytes().to_vec();
    let id = StatementId(sha256(&entry));
    Batch { entries: vec![(id, entry)], ..Batch::default() }
}

#[test]
fn nothing_is_appended_where_the_size_is_another_than_expected() {
    let place = Place::new("append");
    let mut store = SqliteStore::create(&place.database()).unwrap();
    assert_eq!(store.append(0, &batch("one")), Ok(Appended::Appended));
    assert_eq!(store.append(0, &batch("other")), Ok(Appended::Conflict));
    assert_eq!(store.append(2, &batch("other")), Ok(Appended::Conflict));
    assert_eq!(store.append(1, &batch("two")), Ok(Appended::Appended));
    assert_eq!(store.entries(0..9).unwrap(), [b"one".to_vec(), b"two".to_vec()]);
    assert_eq!(store.size(), Ok(2));
}

#[test]
fn of_two_writers_at_once_one_appends() {
    let place = Place::new("writers");
    let path = place.database();
    drop(SqliteStore::create(&path).unwrap());
    let wins: usize = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|writer: usize| {
                let path = &path;
                scope.spawn(move || {
                    let mut store = SqliteStore::open(path).unwrap();
                    let mut append = |size: u64| {
                        let text = format!("{writer} at {size}");
                        store.append(size, &batch(&text)) == Ok(Appended::Appended)
                    };
                    (0..25).filter(|&size| append(size)).count()
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    let store = SqliteStore::open_to_read(&path).unwrap();
    assert_eq!(store.size().unwrap(), wins as u64);
    assert!(wins >= 1, "{wins}");
}

#[test]
fn a_batch_is_there_whole_or_not_at_all() {
    let place = Place::new("whole");
    let mut store = SqliteStore::create(&place.database()).unwrap();
    let mut twice = batch("one");
    twice.entries.push(twice.entries[0].clone());
    assert!(matches!(store.append(0, &twice), Err(Fault::Database { .. })));
    assert_eq!((store.size(), store.entries(0..9)), (Ok(0), Ok(Vec::new())));
}

#[test]
fn an_annex_that_is_not_what_its_name_says_is_a_fault() {
    let place = Place::new("annexes");
    let mut store = SqliteStore::create(&place.database()).unwrap();
    let (bytes, other) = (vec![5; 100_000], AnnexId([1; 32]));
    let id = AnnexId(sha256(&bytes));
    let with_annex = Batch { annexes: vec![(id, bytes.clone())], ..batch("plan") };
    store.append(0, &with_annex).unwrap();
    assert_eq!(store.annex(id), Ok(Some(bytes)));
    assert_eq!(store.annex(other), Ok(None));
    let disk = Connection::open(place.database()).unwrap();
    disk.execute("UPDATE annexes SET bytes = ?", [vec![6; 100_000]]).unwrap();
    assert!(matches!(store.annex(id), Err(Fault::Damaged { .. })));
}

#[test]
fn the_two_newest_snapshots_are_kept_and_a_damaged_one_is_passed_over() {
    let place = Place::new("snapshots");
    let mut store = SqliteStore::create(&place.database()).unwrap();
    let snapshot = |size: u64| Snapshot { size, root: [7; 32], state: vec![1; 500] };
    for size in [10, 20, 30] {
        store.keep_snapshot(&snapshot(size)).unwrap();
    }
    assert_eq!(store.snapshot_sizes(), Ok(vec![30, 20]));
    assert_eq!(store.snapshot(30), Ok(Some(snapshot(30))));
    let disk = Connection::open(place.database()).unwrap();
    disk.execute("UPDATE snapshots SET state = x'00' WHERE size = 30", []).unwrap();
    assert_eq!(store.snapshot(30), Ok(None));
    assert_eq!(store.snapshot(20), Ok(Some(snapshot(20))));
    assert_eq!(store.snapshot(10), Ok(None));
}
