//! What a host takes, keeps and gives back.

mod sample;

use federation::Prose;
use federation::act::DescribeUnit;
use federation::{Act, Line, Refusal, Seen};
use record::{Fault, Files, Leaf, NotDone, Receipt, ReceiptWrong, Refused, SigningKey, Submission};
use rusqlite::Connection;
use sample::{FEDERATION, Member, Place, morning};

fn refused(host: &mut record::Host, submission: Submission) -> Refused {
    host.submit(morning(), vec![submission]).unwrap().pop().unwrap().unwrap_err()
}

#[test]
fn a_receipt_proves_its_entry_to_anybody_who_has_the_hosts_key() {
    let place = Place::new("receipt");
    let (mut host, mut founder) = place.found();
    let batch = (0..5).map(|_| founder.attests()).collect();
    let accepted = host.submit(morning(), batch).unwrap();
    for (sequence, accepted) in (1..).zip(accepted) {
        let receipt = accepted.unwrap().receipt;
        let sent = receipt.to_string();
        let read = Receipt::parse(&sent).unwrap();
        assert_eq!(read, receipt);
        let leaf = read.verify(FEDERATION, host.record().host()).unwrap();
        assert_eq!((leaf.sequence, leaf.time), (sequence, morning()));
        let other = SigningKey::from_seed([2; 32]).public();
        assert_eq!(read.verify(FEDERATION, other), Err(ReceiptWrong::Signature));
        let moved = Receipt { sequence: sequence + 1, ..read.clone() };
        assert_eq!(moved.verify(FEDERATION, host.record().host()), Err(ReceiptWrong::Entry));
        let mut entry = read.entry.clone();
        *entry.last_mut().unwrap() ^= 1;
        let changed = Receipt { entry, ..read };
        assert_eq!(changed.verify(FEDERATION, host.record().host()), Err(ReceiptWrong::Proof));
    }
}

#[test]
fn a_statement_sent_again_gets_its_receipt_again_and_is_recorded_once() {
    let place = Place::new("again");
    let (mut host, mut founder) = place.found();
    let one = founder.attests();
    let both = host.submit(morning(), vec![one.clone(), one.clone()]).unwrap();
    let sequences: Vec<_> = both.into_iter().map(|a| a.unwrap().receipt.sequence).collect();
    assert_eq!(sequences, [1, 1]);
    let later = host.submit(morning(), vec![one]).unwrap().pop().unwrap().unwrap();
    assert_eq!((later.receipt.sequence, later.outcome), (1, None));
    assert_eq!(host.record().checkpoint().checkpoint().size, 2);
}

#[test]
fn a_damaged_index_gives_no_receipt_for_another_act() {
    let place = Place::new("index");
    let (mut host, mut founder) = place.found();
    let (one, other) = (founder.attests(), founder.attests());
    host.submit(morning(), vec![one.clone(), other]).unwrap();
    let disk = Connection::open(place.database()).unwrap();
    disk.execute_batch("UPDATE entries SET id = x'00' WHERE sequence = 1").unwrap();
    let lost = host.submit(morning(), vec![one.clone()]).unwrap().pop().unwrap();
    assert_eq!(lost.unwrap_err().code(), "serial-used");
    let id = record::statement_id(&one.statement).0;
    disk.execute("UPDATE entries SET id = ? WHERE sequence = 2", [id]).unwrap();
    assert!(matches!(host.submit(morning(), vec![one]), Err(Fault::Damaged { .. })));
}

#[test]
fn what_the_rules_refuse_leaves_no_trace() {
    let place = Place::new("rules");
    let (mut host, founder) = place.found();
    let before = (host.record().checkpoint(), host.record().state().unwrap().to_bytes());
    let mut stranger = Member::new(9);
    let no = refused(&mut host, stranger.attests());
    assert_eq!(no, Refused::Rule(Refusal::KeyUnknown { key: stranger.key.public() }));
    let mut again = Member::from_serial(1, 0);
    let act = Act::DescribeUnit(DescribeUnit {
        place: Line::parse("Mill Lane").unwrap(),
        area: None,
        description: Prose::parse("").unwrap(),
    });
    assert_eq!(refused(&mut host, again.signs(act)).code(), "serial-used");
    drop(founder);
    assert_eq!(before, (host.record().checkpoint(), host.record().state().unwrap().to_bytes()));
}

#[test]
fn an_opened_record_is_the_record_that_was_closed() {
    let place = Place::new("reopen");
    let (mut host, mut founder) = place.found();
    host.submit(morning(), (0..600).map(|_| founder.attests()).collect()).unwrap();
    let state = |host: &record::Host| host.record().state().unwrap().to_bytes();
    let (before, checkpoint) = (state(&host), host.record().checkpoint());
    drop(host);
    let mut host = place.open().unwrap();
    assert_eq!((state(&host), host.record().checkpoint()), (before.clone(), checkpoint.clone()));
    host.snapshot().unwrap();
    drop(host);
    let mut host = place.open().unwrap();
    assert_eq!((state(&host), host.record().checkpoint()), (before, checkpoint));
    host.submit(morning(), vec![founder.attests()]).unwrap().pop().unwrap().unwrap();
    drop(host);
    assert_eq!(place.open().unwrap().record().checkpoint().checkpoint().size, 602);
}

#[test]
fn a_commit_that_fails_acknowledges_nothing_and_leaves_the_state_as_it_was() {
    let place = Place::new("commit");
    let (mut host, mut founder) = place.found();
    let record = host.record();
    let before = record.state().unwrap().to_bytes();
    let disk = Connection::open(place.database()).unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON tiles BEGIN SELECT RAISE(ABORT, 'full'); END";
    disk.execute_batch(full).unwrap();
    let batch: Vec<_> = (0..3).map(|_| founder.attests()).collect();
    assert!(matches!(host.submit(morning(), batch.clone()), Err(Fault::Database { .. })));
    assert_eq!(record.checkpoint().checkpoint().size, 1);
    disk.execute_batch("DROP TRIGGER full").unwrap();
    assert!(host.submit(morning(), batch.clone()).unwrap().iter().all(Result::is_ok));
    assert_eq!(record.state().unwrap().size(), 4);
    assert_ne!(record.state().unwrap().to_bytes(), before);
    assert_eq!(record.entries(1..4).unwrap().len(), batch.len());
}

#[test]
fn without_its_second_file_a_host_acknowledges_nothing() {
    let place = Place::new("second");
    let (mut host, mut founder) = place.found();
    let mut new = Files::of(&place.database()).checkpoint.into_os_string();
    new.push(".new");
    std::fs::create_dir(&new).unwrap();
    let one = founder.attests();
    assert!(matches!(host.submit(morning(), vec![one.clone()]), Err(Fault::File { .. })));
    assert_eq!(host.record().checkpoint().checkpoint().size, 1);
    std::fs::remove_dir(&new).unwrap();
    let accepted = host.submit(morning(), vec![one]).unwrap().pop().unwrap().unwrap();
    assert_eq!((accepted.receipt.sequence, accepted.outcome), (1, None));
    accepted.receipt.verify(FEDERATION, host.record().host()).unwrap();
}

#[test]
fn two_hosts_on_one_database_make_one_history() {
    let place = Place::new("two");
    let (mut one, mut founder) = place.found();
    let mut other = place.open().unwrap();
    for _ in 0..5 {
        for host in [&mut one, &mut other] {
            host.submit(morning(), vec![founder.attests()]).unwrap().pop().unwrap().unwrap();
        }
    }
    let heads = [one.record().checkpoint(), other.record().checkpoint()];
    assert_eq!(heads.map(|head| head.checkpoint().size), [10, 11]);
    let proof = other.record().consistency(10, 11).unwrap().unwrap();
    let head = |host: &record::Host| {
        let signed = host.record().checkpoint();
        (signed.checkpoint().size, signed.checkpoint().root.0)
    };
    assert!(record::proves_consistency(head(&one), head(&other), &proof));
}

#[test]
fn a_database_behind_its_signed_checkpoint_is_refused() {
    let place = Place::new("behind");
    let (host, mut founder) = place.found();
    drop(host);
    let files = Files::of(&place.database());
    let older = std::fs::read(&files.database).unwrap();
    let mut host = place.open().unwrap();
    host.submit(morning(), vec![founder.attests()]).unwrap().pop().unwrap().unwrap();
    drop(host);
    std::fs::write(&files.database, older).unwrap();
    let fault = place.open().unwrap_err();
    assert!(matches!(fault, Fault::Behind { size: 1, signed: 2, .. }), "{fault}");
    std::fs::remove_file(&files.checkpoint).unwrap();
    assert!(matches!(place.open().unwrap_err(), Fault::CheckpointMissing { .. }));
}

#[test]
fn entries_that_were_durable_but_not_signed_for_are_signed_for_on_opening() {
    let place = Place::new("unsigned");
    let (mut host, mut founder) = place.found();
    let files = Files::of(&place.database());
    let older = std::fs::read(&files.checkpoint).unwrap();
    host.submit(morning(), vec![founder.attests()]).unwrap().pop().unwrap().unwrap();
    drop(host);
    std::fs::write(&files.checkpoint, older).unwrap();
    let host = place.open().unwrap();
    assert_eq!(host.record().checkpoint().checkpoint().size, 2);
    assert_eq!(files.read_checkpoint().unwrap().unwrap(), *host.record().checkpoint());
}

#[test]
fn another_key_does_not_open_a_record() {
    let place = Place::new("key");
    drop(place.found());
    let other = record::Host::open(&place.database(), SigningKey::from_seed([2; 32]));
    assert!(matches!(other, Err(Fault::CheckpointWrong { .. })));
}

#[test]
fn an_exported_copy_can_be_hosted_again() {
    let place = Place::new("export");
    let (mut host, mut founder) = place.found();
    host.submit(morning(), (0..300).map(|_| founder.attests()).collect()).unwrap();
    let copy = place.directory.join("copy.artel");
    host.record().export(&copy).unwrap();
    assert!(matches!(host.record().export(&copy), Err(Fault::Exists { .. })));
    let mut again = sample::open(&copy).unwrap();
    assert_eq!(again.record().checkpoint(), host.record().checkpoint());
    let accepted = again.submit(morning(), vec![founder.attests()]).unwrap().pop().unwrap();
    assert_eq!(accepted.unwrap().receipt.sequence, 301);
    std::fs::remove_file(Files::of(&copy).checkpoint).unwrap();
    drop(again);
    assert!(matches!(sample::open(&copy), Err(Fault::CheckpointMissing { .. })));
}

#[test]
fn a_record_is_not_founded_over_another() {
    let place = Place::new("over");
    drop(place.found());
    let (_, founding) = sample::founding();
    let key = SigningKey::from_seed([1; 32]);
    let again = record::Host::found(&place.database(), key, morning(), founding);
    assert!(matches!(again, Err(NotDone::Fault(Fault::Exists { .. }))));
}

#[test]
fn a_founding_cut_short_can_be_repeated() {
    let place = Place::new("short");
    drop(place.found());
    let disk = Connection::open(place.database()).unwrap();
    disk.execute_batch("DELETE FROM entries; DELETE FROM tiles").unwrap();
    let (host, _) = place.found();
    assert_eq!(host.record().checkpoint().checkpoint().size, 1);
}

#[test]
fn a_checkpoint_that_somebody_has_seen_elsewhere_is_no_ground_to_refuse() {
    let place = Place::new("seen");
    let (mut host, mut founder) = place.found();
    let elsewhere = Seen { size: 1, root: record::Root([3; 32]) };
    let accepted = host.submit(morning(), vec![founder.has_seen(elsewhere)]).unwrap();
    assert!(accepted[0].is_ok());
}

#[test]
fn the_hosts_time_never_goes_back_and_stays_near_the_authors() {
    let place = Place::new("time");
    let (mut host, mut founder) = place.found();
    let mut time_at = |now| {
        let accepted = host.submit(now, vec![founder.attests()]).unwrap().pop().unwrap().unwrap();
        Leaf::from_bytes(&accepted.receipt.entry).unwrap().time
    };
    assert_eq!(time_at(morning().plus_seconds(60)), morning().plus_seconds(60));
    assert_eq!(time_at(morning().plus_seconds(-9000)), morning().plus_seconds(60));
    assert_eq!(time_at(morning().plus_hours(9000)), morning().plus_seconds(600));
}

#[test]
fn a_dry_run_says_what_would_come_of_it_and_changes_nothing() {
    let place = Place::new("dry");
    let (host, mut founder) = place.found();
    let record = host.record();
    assert!(record.judge(morning(), founder.attests()).is_ok());
    let stranger = record.judge(morning(), Member::new(9).attests());
    assert!(matches!(stranger, Err(NotDone::Refused(Refused::Rule(_)))));
    assert_eq!(record.state().unwrap().size(), 1);
}
