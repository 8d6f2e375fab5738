//! A host that is killed at any moment has lost nothing that it acknowledged.
//!
//! This test starts itself again as the host, reads from its output what it acknowledges, kills it
//! without warning (`SIGKILL`), and looks into the record. `ARTEL_TEST_LONG=1` kills it ten times
//! as often.

mod sample;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};

use federation::StatementId;
use record::{Host, Intake, RecordFile, SigningKey, leaf_hash, statement_id, verify};
use sample::{Dice, Member, Place, founding, morning};

const HOST_IN: &str = "ARTEL_KILL_TEST_HOST_IN";

fn main() -> ExitCode {
    match std::env::var_os(HOST_IN) {
        Some(database) => host_acts(Path::new(&database)),
        None => what_was_acknowledged_is_there_after_every_kill(),
    }
    ExitCode::SUCCESS
}

// ---- the host that is killed

/// Opens or founds the record and takes acts from two members until it is killed, with several of
/// each member's waiting at any time. Each acknowledged act is one line on stdout.
fn host_acts(database: &Path) {
    let mut host = open_or_found(database);
    host.snapshot().unwrap();
    let record = host.record();
    let (intake, _thread) = Intake::start(host, morning).unwrap();
    let highest = |member: &Member| {
        let state = record.state().unwrap();
        state.key(member.key.public()).and_then(|key| key.serials.highest()).unwrap_or(0)
    };
    let members = [1, 2].map(|number| Member::from_serial(number, highest(&Member::new(number))));
    std::thread::scope(|scope| {
        for mut member in members {
            let intake = intake.clone();
            scope.spawn(move || {
                loop {
                    let (sender, receiver) = std::sync::mpsc::channel();
                    for _ in 0..8 {
                        let (submission, sender) = (member.attests(), sender.clone());
                        let id = statement_id(&submission.statement);
                        intake.submit(submission, move |answer| {
                            let sequence = answer.unwrap().receipt.sequence;
                            sender.send((sequence, id)).unwrap();
                        });
                    }
                    drop(sender);
                    for (sequence, id) in receiver {
                        writeln!(std::io::stdout().lock(), "{sequence} {id}").unwrap();
                    }
                }
            });
        }
    });
}

fn open_or_found(database: &Path) -> Host {
    let key = || SigningKey::from_seed([1; 32]);
    if RecordFile::open(database).is_ok_and(|mut file| record::Source::size(&mut file) != Ok(0)) {
        return Host::open(database, key()).unwrap();
    }
    Host::found(database, key(), morning(), founding().1).unwrap().0
}

// ---- the test

fn what_was_acknowledged_is_there_after_every_kill() {
    let kills = if std::env::var_os("ARTEL_TEST_LONG").is_some() { 500 } else { 50 };
    let place = Place::new("kill");
    let mut acknowledged: BTreeMap<u64, StatementId> = BTreeMap::new();
    let mut dice = Dice::new();
    for _ in 0..kills {
        acknowledged.extend(run_and_kill(&place.database(), &mut dice));
        check(&place, &acknowledged);
    }
    // A test in which nothing was ever acknowledged would show nothing.
    let count = acknowledged.len();
    assert!(count > 20 * kills, "only {count} acts were acknowledged");
    let verified = verify(&mut RecordFile::open(&place.database()).unwrap(), None, |_, _| {});
    println!("{kills} kills, {count} acknowledged acts, {} entries", verified.unwrap().size);
}

/// Starts the host, kills it at some moment, and gives what it acknowledged before.
fn run_and_kill(database: &Path, dice: &mut Dice) -> Vec<(u64, StatementId)> {
    let mut host: Child = Command::new(std::env::current_exe().unwrap())
        .env(HOST_IN, database)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(host.stdout.take().unwrap()).lines();
    // Every fourth time before the first act; else after some, and then somewhere on the way.
    let acts = if dice.below(4) == 0 { 0 } else { 1 + dice.below(200) };
    let mut acknowledged: Vec<_> = lines.by_ref().take(acts).map(|line| line.unwrap()).collect();
    for _ in 0..dice.below(8_000_000) {
        std::hint::spin_loop();
    }
    host.kill().unwrap();
    // Lines that came before the kill were acknowledged; one that was cut off was not.
    acknowledged.extend(lines.map_while(Result::ok));
    host.wait().unwrap();
    acknowledged.iter().filter_map(|line| read(line)).collect()
}

fn read(line: &str) -> Option<(u64, StatementId)> {
    let (sequence, id) = line.split_once(' ')?;
    Some((sequence.parse().unwrap(), id.parse().ok()?))
}

/// Opens the record as the host does, and looks up every act that was ever acknowledged.
fn check(place: &Place, acknowledged: &BTreeMap<u64, StatementId>) {
    let Some(last) = acknowledged.keys().next_back() else { return };
    let host = place.open().unwrap();
    let record = host.record();
    assert!(record.checkpoint().checkpoint().size > *last);
    let entries = record.entries(0..last + 1).unwrap();
    for (sequence, id) in acknowledged {
        let entry = &entries[usize::try_from(*sequence).unwrap()];
        assert_eq!(statement_id(&entry[81..]), *id, "act {sequence}");
    }
    let receipt = record.receipt(*last).unwrap().unwrap();
    assert_eq!(leaf_hash(&receipt.entry), leaf_hash(entries.last().unwrap()));
    receipt.verify(sample::FEDERATION, record.host()).unwrap();
}
