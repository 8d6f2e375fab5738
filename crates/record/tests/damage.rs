//! Damaged files: what is served equals what was written, or it is refused with what to do.
//!
//! `ARTEL_TEST_LONG=1` damages twenty times as often.

mod sample;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use federation::BodyId;
use record::{Body, Fault, Files, FoundBody, Record, RecordFile, Verified, bundles, verify};
use rusqlite::Connection;
use sample::{Dice, Place, morning, open};

/// Everything that readers can ask for, as it was before the damage.
struct Original {
    resources: BTreeMap<String, Vec<u8>>,
    entries: Vec<Vec<u8>>,
    state: Vec<u8>,
    body: Body,
    verified: Verified,
}

/// What became of one damaged copy.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    NotOpened,
    SomeRefused,
    AllServed,
}

#[test]
fn what_a_damaged_record_serves_is_what_was_written() {
    let trials = if std::env::var_os("ARTEL_TEST_LONG").is_some() { 2000 } else { 100 };
    let place = Place::new("damage");
    let (original, pristine) = original(&place);
    let mut dice = Dice::new();
    let mut fates: BTreeMap<Fate, usize> = BTreeMap::new();
    for trial in 0..trials {
        let copy = place.directory.join(format!("copy-{trial}"));
        fs::create_dir(&copy).unwrap();
        let variant = &pristine[dice.below(pristine.len())];
        let damage = put_damaged(variant, &copy, &mut dice);
        let fate = look(&copy.join("valley.artel"), &original, &damage);
        *fates.entry(fate).or_default() += 1;
        fs::remove_dir_all(&copy).unwrap();
    }
    println!("{fates:?}");
    // Trials that all go one way would show little.
    assert!(fates.len() == 3, "{fates:?}");
}

/// A record of 600 entries with a snapshot and a body; and its files as they lie while the host
/// runs (much of it in the journal) and after it has closed.
fn original(place: &Place) -> (Original, [BTreeMap<String, Vec<u8>>; 2]) {
    let (mut host, mut founder) = place.found();
    let batch = (0..500).map(|_| founder.attests()).collect();
    host.submit(morning(), batch).unwrap();
    host.snapshot().unwrap();
    let body = Body::new(b"Ana, Mill Lane").unwrap();
    let mut batch: Vec<_> = (0..98).map(|_| founder.attests()).collect();
    batch.push(founder.introduces(&body));
    assert!(host.submit(morning(), batch).unwrap().iter().all(Result::is_ok));
    let record = host.record();
    let size = record.checkpoint().checkpoint().size;
    let hashes = ["tile/0/000", "tile/0/001", "tile/1/000.p/2"].map(str::to_owned);
    let bundles = bundles(0, size).map(|tile| tile.to_string());
    let paths = bundles.chain(hashes).chain(["checkpoint".to_owned()]);
    let verified = verify(&mut RecordFile::open(&place.database()).unwrap(), None, |_, _| {});
    let original = Original {
        resources: paths.map(|path| (path.clone(), served(&record, &path).unwrap())).collect(),
        entries: record.entries(0..size).unwrap(),
        state: record.state().unwrap().to_bytes(),
        body,
        verified: verified.unwrap(),
    };
    let running = files(place);
    drop((host, record));
    (original, [running, files(place)])
}

fn served(record: &Record, path: &str) -> Result<Vec<u8>, Fault> {
    Ok(record.resource(path)?.expect("a resource that was there is there").bytes)
}

fn files(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let read = fs::read_dir(&place.directory).unwrap().map(|file| file.unwrap());
    read.filter(|file| !file.file_name().to_str().unwrap().ends_with("-shm"))
        .map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap()))
        .collect()
}

/// Writes the files with one of them damaged, and says what was done to it.
fn put_damaged(files: &BTreeMap<String, Vec<u8>>, to: &Path, dice: &mut Dice) -> String {
    let whole: Vec<_> = files.iter().filter(|(_, bytes)| !bytes.is_empty()).collect();
    let (name, bytes) = whole[dice.below(whole.len())];
    let mut bytes = bytes.clone();
    let at = dice.below(bytes.len());
    let done = match dice.below(4) {
        0 => {
            bytes[at] ^= 1 << dice.below(8);
            "flipped a bit"
        }
        1 => {
            for _ in 0..20 {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            "flipped twenty bits"
        }
        2 => {
            bytes.truncate(at);
            "cut off"
        }
        _ => {
            let end = bytes.len().min(at + 4096);
            bytes[at..end].fill(0);
            "wrote a page of noughts"
        }
    };
    for (other, whole) in files {
        fs::write(to.join(other), if other == name { &bytes } else { whole }).unwrap();
    }
    format!("{name}: {done} at {at} of {}", files[name].len())
}

/// Opens the copy and asks it for everything.
fn look(database: &Path, original: &Original, damage: &str) -> Fate {
    let verified = RecordFile::open(database)
        .map_err(Into::into)
        .and_then(|mut file| verify(&mut file, None, |_, _| {}));
    if let Ok(verified) = verified {
        assert_eq!(verified, original.verified, "{damage}");
    }
    let host = match open(database) {
        Ok(host) => host,
        Err(fault) => {
            says_what_to_do(&fault);
            return Fate::NotOpened;
        }
    };
    let record = host.record();
    let mut refused = 0;
    let mut compare = |served: Result<Vec<u8>, Fault>, written: &[u8]| match served {
        Ok(served) => assert!(served == written, "{damage}: served other bytes"),
        Err(fault) => {
            says_what_to_do(&fault);
            refused += 1;
        }
    };
    for (path, written) in &original.resources {
        compare(served(&record, path), written);
    }
    for (sequence, written) in (0..).zip(&original.entries) {
        let one = record.entries(sequence..sequence + 1);
        compare(one.map(|mut entries| entries.pop().expect("the entry is there")), written);
    }
    compare(record.state().map(|state| state.to_bytes()), &original.state);
    compare(body(&record, original.body.id()), &original.body.to_bytes());
    if refused == 0 { Fate::AllServed } else { Fate::SomeRefused }
}

fn body(record: &Record, id: BodyId) -> Result<Vec<u8>, Fault> {
    match record.body(id)? {
        Some(FoundBody::Kept(body)) => Ok(body.to_bytes()),
        // A body that is gone is missed, not replaced by another.
        Some(FoundBody::Erased { .. }) | None => Err(Fault::ErasureWaits),
    }
}

fn says_what_to_do(fault: &Fault) {
    let message = fault.to_string();
    assert!(message.contains(';'), "no advice in: {message}");
}

#[test]
fn an_entry_or_a_hash_that_was_changed_is_not_served() {
    let place = Place::new("changed");
    let (mut host, mut founder) = place.found();
    let batch = (0..5).map(|_| founder.attests()).collect();
    host.submit(morning(), batch).unwrap();
    let (record, disk) = (host.record(), Connection::open(place.database()).unwrap());
    disk.execute("UPDATE entries SET entry = CAST(entry || x'20' AS BLOB) WHERE sequence = 3", [])
        .unwrap();
    assert!(matches!(record.entries(0..6), Err(Fault::EntryWrong { sequence: 3, .. })));
    assert!(matches!(record.resource("tile/entries/000.p/6"), Err(Fault::EntryWrong { .. })));
    assert!(matches!(record.receipt(3), Err(Fault::EntryWrong { .. })));
    assert_eq!(record.entries(0..3).unwrap().len(), 3);
    disk.execute("DELETE FROM entries WHERE sequence = 3", []).unwrap();
    assert!(matches!(record.entries(0..6), Err(Fault::Damaged { .. })));
    let change = "UPDATE tiles SET hashes = zeroblob(32 * 6)";
    disk.execute(change, []).unwrap();
    drop((host, record));
    assert!(matches!(place.open(), Err(Fault::Damaged { .. } | Fault::OtherHistory { .. })));
}

#[test]
fn a_file_that_is_gone_is_missed() {
    let place = Place::new("gone");
    drop(place.found());
    let files = Files::of(&place.database());
    let checkpoint = fs::read(&files.checkpoint).unwrap();
    fs::remove_file(&files.checkpoint).unwrap();
    assert!(matches!(place.open(), Err(Fault::CheckpointMissing { .. })));
    fs::write(&files.checkpoint, checkpoint).unwrap();
    place.open().unwrap();
    fs::remove_file(&files.database).unwrap();
    assert!(matches!(place.open(), Err(Fault::Missing { .. })));
}
