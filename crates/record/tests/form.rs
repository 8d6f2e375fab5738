//! What bytes are a statement, and what signature is one.

mod sample;

use federation::Act;
use record::{Refused, Submission, is_signed_by, read_statement, statement_id};
use sample::{Member, Place, morning};
use serde_json::Value;

/// What the sample gives its first member for their second act, byte for byte.
const RECEIPT: &str = include_str!("receipt.tlog-proof");

fn text() -> String {
    String::from_utf8(Member::new(1).attests().statement).unwrap()
}

fn code(text: &str) -> &'static str {
    read_statement(text.as_bytes()).map_or_else(|refused| refused.code(), |_| "read")
}

#[test]
fn a_statement_is_read_however_its_json_is_laid_out() {
    assert_eq!(code(&text()), "read");
    let value: Value = serde_json::from_str(&text()).unwrap();
    assert_eq!(code(&serde_json::to_string_pretty(&value).unwrap()), "read");
    assert_eq!(code(&text().replace("attest", "\\u0061ttest")), "read");
}

#[test]
fn fields_that_are_unknown_missing_or_there_twice_are_refused() {
    let with = |more: &str| text().replacen('{', &format!("{{{more},"), 1);
    assert_eq!(code(&with("\"more\":1")), "statement-unreadable");
    assert_eq!(code(&with("\"form\":1")), "statement-unreadable");
    assert_eq!(code(&text().replace("\"form\":1,", "")), "statement-unreadable");
    assert_eq!(code(&text().replace("\"seen\":null,", "")), "written-otherwise");
    let in_the_act = text().replace("\"attest-time\":{}", "\"attest-time\":{\"more\":1}");
    assert!(["written-otherwise", "statement-unreadable"].contains(&code(&in_the_act)));
    let two_acts = text().replace("\"attest-time\":{}", "\"attest-time\":{},\"leave\":{}");
    assert_eq!(code(&two_acts), "statement-unreadable");
}

#[test]
fn a_list_in_place_of_an_object_is_refused_with_the_field() {
    let listed = text().replace("\"seen\":null", &format!("\"seen\":[1,\"{}\"]", "ab".repeat(32)));
    let refused = read_statement(listed.as_bytes()).unwrap_err();
    assert_eq!(refused, Refused::WrittenOtherwise { at: "seen".to_owned() });
    let value: Value = serde_json::from_str(&text()).unwrap();
    let names = ["form", "federation", "person", "key", "serial", "seen", "time", "act"];
    let list: Vec<_> = names.iter().map(|name| value[name].clone()).collect();
    assert_eq!(code(&serde_json::to_string(&list).unwrap()), "written-otherwise");
}

#[test]
fn numbers_that_json_does_not_carry_exactly_are_refused() {
    let serial = |number: &str| text().replace("\"serial\":1", &format!("\"serial\":{number}"));
    assert_eq!(code(&serial("9007199254740991")), "read");
    assert_eq!(code(&serial("9007199254740992")), "number-wrong");
    assert_eq!(code(&serial("18446744073709551615")), "number-wrong");
    for wrong in ["1.0", "1e0", "-0", "01", "+1", "\"1\"", "-1"] {
        assert_ne!(code(&serial(wrong)), "read", "{wrong}");
    }
}

#[test]
fn a_statement_has_at_most_60_kib_of_utf_8() {
    let padded = |length: usize| format!("{}{}", text(), " ".repeat(length - text().len()));
    assert_eq!(code(&padded(61_440)), "read");
    assert_eq!(code(&padded(61_441)), "statement-too-long");
    let mut bytes = text().into_bytes();
    bytes[3] = 0xff;
    assert_eq!(read_statement(&bytes), Err(Refused::StatementNotText { valid_up_to: 3 }));
    assert_eq!(code(""), "statement-unreadable");
    assert_eq!(code(&format!("{}{{}}", text())), "statement-unreadable");
    assert_eq!(code(&"[".repeat(60_000)), "statement-unreadable");
}

#[test]
fn a_signature_over_other_bytes_or_by_another_key_is_refused() {
    let place = Place::new("signature");
    let (mut host, mut founder) = place.found();
    let good = founder.attests();
    let mut refused = |submission: Submission| {
        host.submit(morning(), vec![submission]).unwrap().pop().unwrap().unwrap_err().code()
    };
    let mut spaced = good.clone();
    spaced.statement.push(b' ');
    assert_eq!(refused(spaced), "signature-wrong");
    let mut flipped = good.clone();
    flipped.signature[40] ^= 4;
    assert_eq!(refused(flipped), "signature-wrong");
    let mut by_other = good.clone();
    by_other.signature = Member::new(2).key.sign(&good.statement);
    assert_eq!(refused(by_other), "signature-wrong");
}

#[test]
fn a_key_of_small_order_signs_nothing() {
    // With this key a lax check accepts this signature over whatever is said.
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    assert!(!is_signed_by(federation::PublicKey(identity), b"anything", &signature));
}

#[test]
fn a_record_made_from_the_same_keys_has_the_same_bytes_for_ever() {
    let place = Place::new("vector");
    let (mut host, mut founder) = place.found();
    let accepted = host.submit(morning(), vec![founder.attests()]).unwrap().pop().unwrap();
    let receipt = accepted.unwrap().receipt.to_string();
    assert_eq!(receipt, RECEIPT);
}

#[test]
fn annexes_and_bodies_come_with_the_statement_that_names_them() {
    let place = Place::new("annex");
    let (mut host, mut founder) = place.found();
    let mut refused = |submission: Submission| {
        host.submit(morning(), vec![submission]).unwrap().pop().unwrap().unwrap_err()
    };
    let annex = record::sha256(b"no plan");
    let act = Act::Plan(federation::act::PlanAct {
        round: federation::Ref::new(statement_id(b""), 0),
        annex: federation::AnnexId(annex),
    });
    let plan = founder.signs(act);
    assert_eq!(refused(plan.clone()).code(), "annex-missing");
    let with = |annex: &[u8]| Submission { annex: Some(annex.to_vec()), ..plan.clone() };
    assert_eq!(refused(with(b"other")).code(), "annex-not-named");
    assert_eq!(refused(with(b"no plan")).code(), "annex-unreadable");
    assert_eq!(refused(with(&vec![0; record::ANNEX_BYTES_MAX + 1])).code(), "annex-too-large");
    let unnamed = Submission { annex: Some(b"x".to_vec()), ..founder.attests() };
    assert_eq!(refused(unnamed).code(), "annex-not-named");
    let body = record::Body::new(b"Ana, Mill Lane").unwrap();
    let without = Submission { bodies: Vec::new(), ..founder.introduces(&body) };
    assert_eq!(refused(without), Refused::BodyMissing { body: body.id() });
    let unnamed = Submission { bodies: vec![body.to_bytes()], ..founder.attests() };
    assert_eq!(refused(unnamed), Refused::BodyNotNamed { body: body.id() });
    let large = record::Body::new(&vec![0; record::Body::BYTES_MAX]).unwrap();
    assert_eq!(refused(founder.introduces(&large)).code(), "body-too-large");
}
