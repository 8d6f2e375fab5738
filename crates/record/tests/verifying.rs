//! A whole record is checked, and the first entry that does not hold is named.

mod sample;

use std::path::{Path, PathBuf};

use federation::Seen;
use record::{
    Checkpoint, Files, Host, KnownBy, Leaf, NotVerified, RecordFile, Root, SigningKey, Verified,
    leaf_hash, verify,
};
use rusqlite::{Connection, params};
use sample::{Place, morning};

/// A record of 700 entries, exported into one file.
fn exported(place: &Place) -> PathBuf {
    let (mut host, mut founder) = place.found();
    let batch = (1..700).map(|_| founder.attests()).collect();
    host.submit(morning(), batch).unwrap();
    host.snapshot().unwrap();
    let copy = place.directory.join("copy.artel");
    host.record().export(&copy).unwrap();
    copy
}

fn check(path: &Path) -> Result<Verified, NotVerified> {
    verify(&mut RecordFile::open(path)?, None, |_, _| {})
}

fn change_entry(path: &Path, sequence: u64, change: impl FnOnce(&mut Leaf)) {
    let file = Connection::open(path).unwrap();
    let select = "SELECT entry FROM entries WHERE sequence = ?";
    let bytes: Vec<u8> = file.query_row(select, [sequence], |row| row.get(0)).unwrap();
    let mut leaf = Leaf::from_bytes(&bytes).unwrap();
    change(&mut leaf);
    let update = "UPDATE entries SET entry = ? WHERE sequence = ?";
    file.execute(update, params![leaf.to_bytes(), sequence]).unwrap();
}

fn first_wrong(path: &Path) -> (u64, String) {
    match check(path) {
        Err(NotVerified::Entry { sequence, why }) => (sequence, why),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_record_holds_as_a_copy_and_in_its_place() {
    let place = Place::new("holds");
    let copy = exported(&place);
    let mut heard = Vec::new();
    let mut file = RecordFile::open(&copy).unwrap();
    let verified = verify(&mut file, None, |done, of| heard.push((done, of))).unwrap();
    assert_eq!((verified.size, verified.signed, verified.name.as_str()), (700, 700, "Valley"));
    assert_eq!(heard, [(700, 700)]);
    assert_eq!(verified.host_known_by, KnownBy::Record);
    assert_eq!(check(&place.database()).unwrap(), verified);
}

#[test]
fn a_key_that_only_the_copy_names_is_told_apart() {
    let place = Place::new("own-key");
    let key = SigningKey::from_seed([8; 32]);
    let founding = sample::founding().1;
    let (host, _) = Host::found(&place.database(), key.clone(), morning(), founding).unwrap();
    let verified = check(&place.database()).unwrap();
    assert_eq!((verified.host, verified.host_known_by), (key.public(), KnownBy::Copy));
    let record = host.record();
    let line = record.resource("host-key").unwrap().unwrap().bytes;
    let (origin, said) = record::read_verifier(std::str::from_utf8(&line).unwrap().trim()).unwrap();
    assert_eq!((origin, said), (record::origin(sample::FEDERATION), key.public()));
    let other = SigningKey::from_seed([9; 32]).public();
    let given = verify(&mut RecordFile::open(&place.database()).unwrap(), Some(other), |_, _| {});
    assert!(matches!(given, Err(NotVerified::Checkpoint { .. })));
}

#[test]
fn the_first_changed_entry_is_named_with_its_reason() {
    let place = Place::new("changed");
    let copy = exported(&place);
    change_entry(&copy, 650, |leaf| leaf.signature[0] ^= 1);
    assert_eq!(first_wrong(&copy).0, 650);
    change_entry(&copy, 400, |leaf| leaf.sequence = 401);
    assert_eq!(first_wrong(&copy), (400, "it says that it is entry 401".to_owned()));
    change_entry(&copy, 300, |leaf| leaf.time = leaf.time.plus_seconds(-1));
    let (sequence, why) = first_wrong(&copy);
    assert!(sequence == 300 && why.contains("never goes back"), "{why}");
    change_entry(&copy, 200, |leaf| leaf.statement[20] ^= 1);
    assert_eq!(first_wrong(&copy).0, 200);
}

#[test]
fn of_wrong_entries_far_apart_the_first_is_named() {
    let place = Place::new("far");
    let (mut host, mut founder) = place.found();
    let batch = (1..4300).map(|_| founder.attests()).collect();
    host.submit(morning(), batch).unwrap();
    let copy = place.directory.join("copy.artel");
    host.record().export(&copy).unwrap();
    let mut heard = Vec::new();
    let mut file = RecordFile::open(&copy).unwrap();
    assert!(verify(&mut file, None, |done, _| heard.push(done)).is_ok());
    assert_eq!(heard, [4096, 4300]);
    change_entry(&copy, 4290, |leaf| leaf.signature[0] ^= 1);
    assert_eq!(first_wrong(&copy).0, 4290);
    let disk = Connection::open(&copy).unwrap();
    disk.execute_batch("DELETE FROM entries WHERE sequence = 4200").unwrap();
    assert_eq!(first_wrong(&copy), (4200, "it is missing".to_owned()));
    change_entry(&copy, 4095, |leaf| leaf.time = leaf.time.plus_hours(1));
    assert_eq!(first_wrong(&copy).0, 4095);
}

#[test]
fn an_entry_left_out_or_told_twice_is_named() {
    let place = Place::new("order");
    let copy = exported(&place);
    let file = Connection::open(&copy).unwrap();
    let twice = "UPDATE entries SET entry = (SELECT entry FROM entries WHERE sequence = 10)
                 WHERE sequence = 500";
    file.execute_batch(twice).unwrap();
    assert_eq!(first_wrong(&copy).0, 500);
    change_entry(&copy, 500, |leaf| leaf.sequence = 500);
    assert!(first_wrong(&copy).1.contains("serial number"));
    file.execute_batch("DELETE FROM entries WHERE sequence = 44").unwrap();
    assert_eq!(first_wrong(&copy), (44, "it is missing".to_owned()));
}

#[test]
fn a_host_that_changes_its_own_time_afterwards_is_found_out_by_its_checkpoint() {
    let place = Place::new("later");
    let copy = exported(&place);
    change_entry(&copy, 699, |leaf| leaf.time = leaf.time.plus_seconds(1));
    assert!(matches!(
        check(&copy),
        Err(NotVerified::Beside { .. } | NotVerified::Checkpoint { .. })
    ));
}

#[test]
fn a_checkpoint_of_too_many_entries_another_root_or_another_key_does_not_hold() {
    let place = Place::new("checkpoint");
    let copy = exported(&place);
    let file = Connection::open(&copy).unwrap();
    let put = |checkpoint: Checkpoint, key: u8| {
        let note = checkpoint.sign(&SigningKey::from_seed([key; 32])).to_string();
        file.execute("UPDATE checkpoint SET note = ?", [note]).unwrap();
    };
    let verified = check(&copy).unwrap();
    let at = |size, root| Checkpoint::new(verified.federation, size, root);
    let why = || match check(&copy) {
        Err(NotVerified::Checkpoint { why }) => why,
        other => panic!("{other:?}"),
    };
    put(at(701, verified.root), 1);
    assert!(why().contains("701"));
    put(at(699, verified.root), 1);
    assert!(why().contains("root"));
    put(at(700, verified.root), 3);
    assert!(why().contains("no key that is known"));
    let other = SigningKey::from_seed([3; 32]).public();
    let given = |key| verify(&mut RecordFile::open(&copy).unwrap(), Some(key), |_, _| {});
    let held = given(other).unwrap();
    assert_eq!((held.host, held.host_known_by), (other, KnownBy::Asker));
    assert!(given(SigningKey::from_seed([4; 32]).public()).is_err());
    put(Checkpoint { origin: "artel/elsewhere".to_owned(), ..at(700, verified.root) }, 1);
    assert!(why().contains("another record"));
}

#[test]
fn what_is_kept_beside_the_entries_is_compared_with_them() {
    let place = Place::new("beside");
    let copy = exported(&place);
    let file = Connection::open(&copy).unwrap();
    let whole: Vec<u8> =
        file.query_row("SELECT hashes FROM tiles WHERE number = 1", [], |row| row.get(0)).unwrap();
    let mut hashes = whole.clone();
    hashes[32 * 3] ^= 1;
    file.execute("UPDATE tiles SET hashes = ? WHERE number = 1", [hashes]).unwrap();
    let beside = || match check(&copy) {
        Err(NotVerified::Beside { why }) => why,
        other => panic!("{other:?}"),
    };
    assert!(beside().contains("entry 259"));
    file.execute("UPDATE tiles SET hashes = ? WHERE number = 1", [whole]).unwrap();
    let state = b"another state".to_vec();
    file.execute(
        "UPDATE snapshots SET state = ?, hash = ?",
        params![state, record::sha256(&state)],
    )
    .unwrap();
    assert!(beside().contains("snapshot after 700 entries"));
}

#[test]
fn authors_who_had_seen_another_history_are_counted_as_evidence() {
    let place = Place::new("evidence");
    let (mut host, mut founder) = place.found();
    let honest = host.record().checkpoint().checkpoint().seen();
    let other = Seen { root: Root(leaf_hash(b"other")), ..honest };
    let ahead = Seen { size: 99, ..honest };
    let batch = [honest, other, ahead].map(|seen| founder.has_seen(seen)).to_vec();
    host.submit(morning(), batch).unwrap();
    assert_eq!(check(&place.database()).unwrap().seen_otherwise, [2, 3]);
}

#[test]
fn a_file_that_is_no_record_says_so() {
    let place = Place::new("none");
    let nothing = place.directory.join("nothing");
    assert!(matches!(check(&nothing), Err(NotVerified::Unreadable(_))));
    std::fs::write(&nothing, b"some text that is long enough to be read as a header").unwrap();
    assert!(matches!(check(&nothing), Err(NotVerified::Unreadable(_))));
    let copy = exported(&place);
    Connection::open(&copy).unwrap().execute_batch("DELETE FROM checkpoint").unwrap();
    let why = check(&copy).unwrap_err().to_string();
    assert!(why.contains(&Files::of(&copy).checkpoint.display().to_string()), "{why}");
}
