use axum::body::Body;
use axum::http::Request;
use record::SigningKey;
use serde_json::{Value, json};

use crate::node_at::At;

#[tokio::test]
async fn a_session_begins_with_a_passphrase_and_ends_when_its_reader_says_so() {
    let at = At::new();
    at.reader("rosa").await;
    let sign_in = async |words: &str| {
        let body = json!({ "name": "rosa", "passphrase": words });
        at.post("/api/v1/sessions", None, &body).await
    };
    assert_eq!(sign_in("bread and butter").await.refused(), (401, "sign-in-wrong".to_owned()));
    let token = sign_in("bread and roses").await.made()["token"].as_str().unwrap().to_owned();
    let who = at.get("/api/v1/session", Some(&token)).await.found();
    assert_eq!(who, json!({ "name": "rosa", "seats": [] }));
    let end = Request::builder()
        .method("DELETE")
        .uri("/api/v1/session")
        .header("authorization", format!("Bearer {token}"));
    assert_eq!(at.ask(end.body(Body::empty()).unwrap()).await.status, 204);
    let over = at.get("/api/v1/session", Some(&token)).await;
    assert_eq!(over.status, 401);
    assert_eq!(over.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn a_passphrase_that_is_too_short_and_a_name_that_is_taken_are_refused() {
    let at = At::new();
    at.reader("rosa").await;
    let add = async |name: &str, words: &str| {
        at.post("/api/v1/readers", None, &json!({ "name": name, "passphrase": words })).await
    };
    assert_eq!(add("olga", "short").await.refused(), (409, "passphrase-length".to_owned()));
    assert_eq!(add("Rosa", "long enough words").await.refused(), (409, "sign-in-taken".to_owned()));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[tokio::test]
async fn a_device_signs_in_with_its_key_once_for_each_challenge() {
    let at = At::new();
    let (valley, rosa) = at.founded(None).await;
    let device = SigningKey::from_seed([9; 32]);
    let federation: Value = valley.rsplit('/').next().unwrap().into();
    let ask = json!({ "federation": federation, "key": device.public() });
    let signed = async || {
        let challenge = at.post("/api/v1/challenges", None, &ask).await.made()["challenge"].clone();
        let signature = hex(&device.sign(challenge.as_str().unwrap().as_bytes()));
        json!({ "challenge": challenge, "signature": signature })
    };
    let unknown = at.post("/api/v1/sessions/by-device", None, &signed().await).await;
    assert_eq!(unknown.refused(), (401, "challenge-wrong".to_owned()));
    let key = json!({ "key": device.public(), "held_by": "device" });
    at.act(&valley, &rosa, json!({ "add-key": { "key": key } })).await.made();
    let signed = signed().await;
    let session = at.post("/api/v1/sessions/by-device", None, &signed).await.made();
    let who = at.get("/api/v1/session", session["token"].as_str()).await.found();
    assert_eq!(who["seats"][0]["unit_name"], "Bakery");
    let again = at.post("/api/v1/sessions/by-device", None, &signed).await;
    assert_eq!(again.refused(), (401, "challenge-wrong".to_owned()));
}

#[tokio::test]
async fn a_token_that_is_over_does_not_keep_its_reader_from_signing_in_again() {
    let at = At::new();
    at.reader("rosa").await;
    let body = json!({ "name": "rosa", "passphrase": "bread and roses" });
    at.post("/api/v1/sessions", Some("over"), &body).await.made();
    at.get("/api/v1/openapi.json", Some("over")).await.found();
    assert_eq!(at.get("/api/v1/session", Some("over")).await.status, 401);
}
