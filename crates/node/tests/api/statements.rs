use federation::act::HeldBy;
use federation::{Act, PersonId, Statement};
use record::{SigningKey, sign_statement};
use serde_json::{Value, json};

use crate::node_at::At;

/// A newcomer's statement that joins as a unit, signed on their own device.
fn joining(valley: &str, device: &SigningKey, name: &str) -> Value {
    let statement = Statement {
        form: 1,
        federation: valley.rsplit('/').next().unwrap().parse().unwrap(),
        person: PersonId([7; 16]),
        key: device.public(),
        serial: 0,
        seen: None,
        time: federation::Time::from_seconds(1_800_000_000).unwrap(),
        act: Act::SignPact(federation::act::SignPact::Newcomer {
            name: federation::Name::parse(name).unwrap(),
            place: federation::Line::default(),
            held_by: HeldBy::Device,
            about: None,
        }),
    };
    let signed = sign_statement(device, &statement);
    let signature = signed.signature.iter().fold(String::new(), |text, b| format!("{text}{b:02x}"));
    json!({ "statement": String::from_utf8(signed.bytes).unwrap(), "signature": signature })
}

#[tokio::test]
async fn a_statement_signed_on_a_device_is_recorded_byte_for_byte_and_once() {
    let at = At::new();
    let (valley, _) = at.founded(None).await;
    let device = SigningKey::from_seed([5; 32]);
    let body = joining(&valley, &device, "Pottery");
    let path = format!("{valley}/statements");
    let judged = at.post(&format!("{path}?dry_run=true"), None, &body).await.found();
    assert_eq!(judged["outcome"]["effect"], "unit");
    let recorded = at.post(&path, None, &body).await.made();
    assert_eq!((&recorded["entry"], &recorded["kept_key"]), (&json!(1), &json!(null)));
    let entry = at.get(&format!("{valley}/entries/1"), None).await.found();
    assert_eq!((&entry["text"], &entry["signature"]), (&body["statement"], &body["signature"]));
    assert_eq!(entry["receipt"], recorded["receipt"]);
    let again = at.post(&path, None, &body).await.made();
    assert_eq!((&again["entry"], &again["outcome"]), (&json!(1), &json!(null)));
}

#[tokio::test]
async fn a_statement_that_was_changed_after_signing_is_refused() {
    let at = At::new();
    let (valley, _) = at.founded(None).await;
    let device = SigningKey::from_seed([5; 32]);
    let mut body = joining(&valley, &device, "Pottery");
    let changed = body["statement"].as_str().unwrap().replace("Pottery", "Lottery");
    body["statement"] = changed.into();
    let answer = at.post(&format!("{valley}/statements"), None, &body).await;
    assert_eq!(answer.refused(), (409, "signature-wrong".to_owned()));
}

#[tokio::test]
async fn bodies_and_annexes_that_no_statement_names_are_refused() {
    let at = At::new();
    let (valley, _) = at.founded(None).await;
    let path = format!("{valley}/statements");
    let mut body = joining(&valley, &SigningKey::from_seed([5; 32]), "Pottery");
    body["bodies"] = json!(["AAAA"]);
    assert_eq!(at.post(&path, None, &body).await.refused(), (409, "body-too-short".to_owned()));
    body["bodies"] = json!(["A".repeat(64)]);
    assert_eq!(at.post(&path, None, &body).await.refused(), (409, "body-not-named".to_owned()));
    body["bodies"] = json!(["not base64!"]);
    assert_eq!(at.post(&path, None, &body).await.refused(), (409, "not-base64".to_owned()));
    body["bodies"] = json!([]);
    body["annex"] = "AAAA".into();
    assert_eq!(at.post(&path, None, &body).await.refused(), (409, "annex-not-named".to_owned()));
}
