//! Bodies can be erased by those they belong to, and the record still verifies.

mod sample;

use federation::{BodyId, FederationId};
use record::{
    Body, Erasure, Fault, Files, FoundBody, NotDone, Record, RecordFile, Refused, sign_erasure,
    verify,
};
use rusqlite::Connection;
use sample::{FEDERATION, Member, Place, morning};

const SECRET: &[u8] = b"Ana Petrovic, Mill Lane 4, two knocks";

fn erasure(member: &Member, erase: BodyId) -> Erasure {
    let (person, key) = (member.person, member.key.public());
    Erasure { form: 1, federation: FEDERATION, person, key, time: morning(), erase }
}

fn ask(record: &Record, member: &Member, erasure: &Erasure) -> Result<(), &'static str> {
    match record.erase(morning(), &sign_erasure(&member.key, erasure)) {
        Ok(_) => Ok(()),
        Err(NotDone::Refused(refused)) => Err(refused.code()),
        Err(other) => panic!("{other}"),
    }
}

fn on_disk(files: &Files, words: &[u8]) -> bool {
    let directory = files.bodies.parent().unwrap();
    std::fs::read_dir(directory).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(words.len()).any(|window| window == words)
    })
}

#[test]
fn an_erased_body_is_on_no_disk_and_the_record_still_verifies() {
    let place = Place::new("erase");
    let (mut host, mut founder) = place.found();
    let (record, files) = (host.record(), Files::of(&place.database()));
    let body = Body::new(SECRET).unwrap();
    let introduced = founder.introduces(&body);
    host.submit(morning(), vec![introduced.clone()]).unwrap().pop().unwrap().unwrap();
    assert_eq!(record.body(body.id()).unwrap(), Some(FoundBody::Kept(body.clone())));
    assert!(on_disk(&files, SECRET));

    ask(&record, &founder, &erasure(&founder, body.id())).unwrap();
    assert_eq!(record.body(body.id()).unwrap(), Some(FoundBody::Erased { at: morning() }));
    assert!(!on_disk(&files, SECRET));
    assert!(!on_disk(&files, &body.to_bytes()[..32]));

    ask(&record, &founder, &erasure(&founder, body.id())).unwrap();
    let again = host.submit(morning(), vec![introduced]).unwrap().pop().unwrap().unwrap();
    assert_eq!(again.receipt.sequence, 1);
    let anew = host.submit(morning(), vec![founder.introduces(&body)]).unwrap().pop().unwrap();
    assert_eq!(anew.unwrap_err(), Refused::BodyErased { body: body.id(), at: morning() });
    let verified = verify(&mut RecordFile::open(&files.database).unwrap(), None, |_, _| {});
    assert_eq!(verified.unwrap().size, 2);
}

#[test]
fn an_erasure_is_not_acknowledged_while_the_journal_still_holds_the_words() {
    let place = Place::new("journal");
    let (mut host, mut founder) = place.found();
    let (record, files) = (host.record(), Files::of(&place.database()));
    let body = Body::new(SECRET).unwrap();
    host.submit(morning(), vec![founder.introduces(&body)]).unwrap().pop().unwrap().unwrap();
    let request = sign_erasure(&founder.key, &erasure(&founder, body.id()));
    let reader = Connection::open(&files.bodies).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM bodies").unwrap();
    let waits = record.erase(morning(), &request);
    assert_eq!(waits, Err(NotDone::Fault(Fault::ErasureWaits)));
    assert!(on_disk(&files, SECRET));
    reader.execute_batch("COMMIT").unwrap();
    record.erase(morning(), &request).unwrap();
    assert!(!on_disk(&files, SECRET));
}

#[test]
fn nobody_erases_what_is_neither_by_them_nor_about_them() {
    let place = Place::new("theirs");
    let (mut host, mut founder) = place.found();
    let record = host.record();
    let body = Body::new(SECRET).unwrap();
    host.submit(morning(), vec![founder.introduces(&body)]).unwrap().pop().unwrap().unwrap();
    let (other, stranger) = (Member::new(2), Member::new(9));
    let id = body.id();
    assert_eq!(ask(&record, &other, &erasure(&other, id)), Err("not-theirs"));
    assert_eq!(ask(&record, &stranger, &erasure(&stranger, id)), Err("key-unknown"));
    assert_eq!(ask(&record, &other, &erasure(&founder, id)), Err("signature-wrong"));
    let mixed = Erasure { key: other.key.public(), ..erasure(&founder, id) };
    assert_eq!(ask(&record, &other, &mixed), Err("key-unknown"));
    let elsewhere = Erasure { federation: FederationId([8; 32]), ..erasure(&founder, id) };
    assert_eq!(ask(&record, &founder, &elsewhere), Err("other-federation"));
    let unknown = erasure(&founder, BodyId([1; 32]));
    assert_eq!(ask(&record, &founder, &unknown), Err("body-unknown"));
    let newer = Erasure { form: 2, ..erasure(&founder, id) };
    assert_eq!(ask(&record, &founder, &newer), Err("form-unknown"));
    assert_eq!(record.body(id).unwrap(), Some(FoundBody::Kept(body)));
}

#[test]
fn two_bodies_of_the_same_words_have_different_names() {
    let (one, other) = (Body::new(b"yes").unwrap(), Body::new(b"yes").unwrap());
    assert_eq!(one.content(), other.content());
    assert_ne!(one.id(), other.id());
}
