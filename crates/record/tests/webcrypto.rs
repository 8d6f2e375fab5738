//! Statements that WebCrypto signed, as browsers do, verify here and are recorded byte for byte.

use federation::Time;
use record::{Host, Leaf, Refused, SigningKey, Submission};
use serde_json::Value;

const VECTORS: &str = include_str!("../../../tests/web/vectors.json");

fn vectors() -> Vec<Submission> {
    let read: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    read.iter().map(submission).collect()
}

fn submission(vector: &Value) -> Submission {
    let text = |field: &str| vector[field].as_str().unwrap();
    let digits = text("signature").as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    Submission {
        statement: text("statement").as_bytes().to_vec(),
        signature: digits.map(byte).collect::<Vec<u8>>().try_into().unwrap(),
        annex: None,
        bodies: Vec::new(),
    }
}

fn new_year() -> Time {
    Time::from_seconds(1_767_225_600).unwrap()
}

/// A host of the record that the first vector founds, in a folder of its own.
fn found(name: &str) -> (Host, std::path::PathBuf) {
    let folder = std::env::temp_dir().join(format!("artel-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let key = SigningKey::from_seed([3; 32]);
    let founding = vectors().swap_remove(0);
    let (host, _) = Host::found(&folder.join("signed.artel"), key, new_year(), founding).unwrap();
    (host, folder)
}

#[test]
fn statements_signed_in_a_browser_are_recorded_as_they_were_written() {
    let (mut host, folder) = found("webcrypto");
    for accepted in host.submit(new_year(), vectors()).unwrap() {
        accepted.unwrap();
    }
    for (sequence, vector) in (0..).zip(vectors()) {
        let leaf: Leaf = host.record().entry(sequence).unwrap().unwrap();
        assert_eq!(leaf.statement, vector.statement);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_statement_changed_after_signing_is_refused_wherever_it_was_changed() {
    let (mut host, folder) = found("webcrypto-changed");
    let signed = vectors().swap_remove(1);
    for at in 0..signed.statement.len() {
        let mut changed = signed.clone();
        changed.statement[at] ^= 1;
        let answer = host.submit(new_year(), vec![changed]).unwrap().pop().unwrap();
        assert!(answer.is_err(), "byte {at}");
    }
    let mut changed = signed;
    changed.signature[0] ^= 1;
    let answer = host.submit(new_year(), vec![changed]).unwrap().pop().unwrap();
    assert!(matches!(answer, Err(Refused::SignatureWrong { .. })), "{answer:?}");
    std::fs::remove_dir_all(folder).unwrap();
}
