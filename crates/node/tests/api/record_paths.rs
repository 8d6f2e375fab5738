use record::{SignedCheckpoint, from_bundle, leaf_hash};
use serde_json::json;

use crate::node_at::At;

#[tokio::test]
async fn a_record_is_read_with_the_paths_of_other_programs() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let base = format!("/f/{}", hosted.id());
    let answer = at.get(&format!("{base}/checkpoint"), None).await;
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-cache");
    let checkpoint = SignedCheckpoint::parse(&answer.text()).unwrap();
    assert!(checkpoint.is_signed_by(at.node.keys().host_key().unwrap().public()));
    let bundle = at.get(&format!("{base}/tile/entries/000"), None).await;
    assert_eq!(bundle.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(bundle.header("content-type"), "application/octet-stream");
    let hashes = at.get(&format!("{base}/tile/0/000"), None).await.bytes;
    let entries = from_bundle(&bundle.bytes).unwrap();
    assert_eq!(entries.len(), 256);
    let computed: Vec<u8> = entries.iter().flat_map(|entry| leaf_hash(entry)).collect();
    assert!(computed == hashes);
}

#[tokio::test]
async fn an_address_that_names_nothing_of_the_record_is_missing() {
    let at = At::new();
    let (valley, _) = at.founded(None).await;
    let base = valley.trim_start_matches("/api/v1").to_owned();
    for path in
        ["tile/0/0", "tile/0/000", "tile/entries/007", "tile/../checkpoint", "annex/x", "tile/%ff"]
    {
        let answer = at.get(&format!("{base}/{path}"), None).await;
        assert!(answer.status == 404 || answer.status == 400, "{path}: {}", answer.status);
    }
    assert_eq!(at.get(&format!("{base}/tile/0/000.p/1"), None).await.status, 200);
    assert_eq!(at.get("/f/0123456789abcdef/checkpoint", None).await.status, 404);
}

#[tokio::test]
async fn a_record_that_is_not_public_is_read_with_its_capability() {
    let at = At::new();
    let mut pact = serde_json::to_value(federation::Pact::default()).unwrap();
    pact["reading"] = "members".into();
    let (valley, rosa) = at.founded(Some(pact)).await;
    let base = valley.trim_start_matches("/api/v1").to_owned();
    for path in ["checkpoint", "tile/0/000.p/1", "export"] {
        assert_eq!(at.get(&format!("{base}/{path}"), None).await.status, 401, "{path}");
        assert_eq!(at.get(&format!("{base}/{path}"), Some(&rosa)).await.status, 200, "{path}");
        let wrong = format!("{base}/by/{}/{path}", "0".repeat(64));
        assert_eq!(at.get(&wrong, None).await.status, 401, "{path}");
    }
    assert_eq!(at.get(&format!("{valley}/capability"), None).await.status, 401);
    let prefix = at.get(&format!("{valley}/capability"), Some(&rosa)).await.found();
    let prefix = prefix["prefix"].as_str().unwrap();
    let tile = at.get(&format!("{prefix}/tile/0/000.p/1"), None).await;
    assert_eq!(tile.status, 200);
    assert_eq!(tile.header("cache-control"), "private, max-age=31536000, immutable");
}

#[tokio::test]
async fn a_whole_record_comes_as_one_file_that_verifies() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let answer = at.get(&format!("/f/{}/export", hosted.id()), None).await;
    assert_eq!(answer.header("content-type"), "application/vnd.sqlite3");
    let path = at.node.directory().join("exported.sqlite");
    std::fs::write(&path, &answer.bytes).unwrap();
    let mut file = record::RecordFile::open(&path).unwrap();
    let verified = record::verify(&mut file, None, |_, _| {}).unwrap();
    assert_eq!(verified.size, hosted.read(federation::Federation::size).unwrap());
    let left = std::fs::read_dir(at.node.directory()).unwrap();
    let left = left
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with("export-"));
    assert_eq!(left.count(), 0);
}

#[tokio::test]
async fn a_machine_learns_whether_the_node_is_well() {
    let at = At::new();
    assert_eq!(at.get("/healthz", None).await.text(), "ok\n");
    assert_eq!(at.get("/readyz", None).await.text(), "ready\n");
    let status = at.get("/api/v1/status", None).await.found();
    assert_eq!((&status["federations"], &status["broken"]), (&json!(0), &json!([])));
}
