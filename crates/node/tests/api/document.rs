use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};

use crate::node_at::At;

/// Every method and address that the document describes.
async fn described(at: &At) -> BTreeSet<(String, String)> {
    let document = at.get("/api/v1/openapi.json", None).await.found();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap().clone();
    let of_path = |(path, methods): (String, Value)| {
        let methods = methods.as_object().unwrap().clone();
        methods.into_iter().map(move |(method, _)| (method.to_uppercase(), path.clone()))
    };
    paths.into_iter().flat_map(of_path).collect()
}

#[tokio::test]
async fn every_address_answers_in_exactly_the_ways_that_the_document_describes() {
    let at = At::new();
    let described = described(&at).await;
    let paths: BTreeSet<_> = described.iter().map(|(_, path)| path.clone()).collect();
    assert!(paths.len() > 40);
    for path in paths {
        let uri = path.replace("{federation}", "00000000").replace("{number}", "1");
        let uri = uri.replace("{body}", "0").replace("{pass}", "first");
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let request = Request::builder()
                .method(Method::from_bytes(method.as_bytes()).unwrap())
                .uri(format!("/api/v1{uri}"));
            let answer = at.ask(request.body(Body::empty()).unwrap()).await;
            let is_described = described.contains(&(method.to_owned(), path.clone()));
            assert_eq!(answer.status != 405, is_described, "{method} {path}: {}", answer.text());
            if answer.status == 405 {
                assert_eq!(answer.json()["code"], "method-not-allowed");
                assert!(!answer.header("allow").is_empty(), "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_there_or_cannot_be_read_says_what_would_help() {
    let at = At::new();
    let missing = at.get("/api/v1/nothing", None).await;
    assert_eq!(missing.refused(), (404, "missing".to_owned()));
    let (valley, _) = at.founded(None).await;
    for (path, says) in [
        ("units?limit=0", "`limit`: expected a whole number from 1 to 1000, found"),
        ("units?limit=01", "`limit`: expected a whole number"),
        ("units?limits=1", "this address is not asked by `limits`"),
        ("units?from=1&from=2", "`from` stands twice"),
        ("units?open=yes", "`open`: expected true or false"),
    ] {
        let answer = at.get(&format!("{valley}/{path}"), None).await;
        assert_eq!(answer.refused(), (400, "unreadable".to_owned()), "{path}");
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(says), "{message}");
    }
    let missing = at.get(&format!("{valley}/units/99"), None).await;
    assert_eq!(missing.refused(), (404, "missing".to_owned()));
}

#[tokio::test]
async fn what_is_sent_is_json_of_a_size_that_is_taken() {
    let at = At::new();
    let post = |kind: &str, body: String| {
        let request = Request::builder().method("POST").uri("/api/v1/sessions");
        let request = request.header("content-type", kind).body(Body::from(body)).unwrap();
        at.ask(request)
    };
    let plain = post("text/plain", "{}".to_owned()).await;
    assert_eq!(plain.refused(), (415, "not-json".to_owned()));
    let broken = post("application/json", "{\"name\":".to_owned()).await;
    assert_eq!(broken.refused(), (400, "unreadable".to_owned()));
    let long = json!({ "name": "x".repeat(70_000) }).to_string();
    let long = post("application/json; charset=utf-8", long).await;
    assert_eq!(long.refused(), (413, "too-large-to-take".to_owned()));
}
