//! `artel record verify`, run on files and on a small server of the read paths.

#[path = "../../record/tests/sample/mod.rs"]
mod sample;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::thread;

use record::{Files, Host, Record};
use sample::{Place, morning};

fn artel(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut artel = Command::new(env!("CARGO_BIN_EXE_artel"));
    artel.args(["record", "verify"]).args(arguments);
    let Output { status, stdout, stderr } = artel.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

fn grown(place: &Place) -> Host {
    let (mut host, mut founder) = place.found();
    let batch = (1..600).map(|_| founder.attests()).collect();
    host.submit(morning(), batch).unwrap();
    host
}

/// Serves a record's resources under `/valley/`, each changed by `change` on its way out.
fn serve(record: Record, change: fn(&str, &mut Vec<u8>)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/valley", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let record = record.clone();
            thread::spawn(move || answer(&stream.unwrap(), &record, change));
        }
    });
    url
}

fn answer(stream: &TcpStream, record: &Record, change: fn(&str, &mut Vec<u8>)) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while let Some(request) = lines.next() {
        while lines.next().is_some_and(|header| !header.is_empty()) {}
        let path = request.split(' ').nth(1).unwrap().trim_start_matches("/valley/");
        let found = record.resource(path).unwrap();
        let (status, mut bytes) = match found {
            Some(resource) => ("200 OK", resource.bytes),
            None => ("404 Not Found", Vec::new()),
        };
        change(path, &mut bytes);
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", bytes.len());
        let mut stream = stream;
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&bytes).unwrap();
    }
}

#[test]
fn a_record_is_verified_from_a_file_and_from_an_address() {
    let place = Place::new("cli-verify");
    let host = grown(&place);
    let file = place.database().display().to_string();
    let (code, out, err) = artel(&[&file]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("the record of `Valley` holds: 600 entries"), "{out}");
    let url = serve(host.record(), |_, _| {});
    let (code, there, err) = artel(&[&url]);
    assert_eq!((code, err.as_str(), there), (Some(0), "", out));
    let (code, json, _) = artel(&["--json", &url]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, &json["entries"], &json["verified"]), (Some(0), &600.into(), &true.into()));
    assert_eq!(json["host_key_known_by"], "record");
}

#[test]
fn an_entry_that_a_server_changes_is_named() {
    let place = Place::new("cli-changed");
    let host = grown(&place);
    let url = serve(host.record(), |path, bytes| {
        if path == "tile/entries/001" {
            bytes[2 + 20] ^= 1;
        }
    });
    let (code, out, err) = artel(&["--json", &url]);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("artel: entry 256 does not hold: the signature"), "{err}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&json["verified"], &json["entry"]), (&false.into(), &256.into()));
}

#[test]
fn what_a_server_leaves_out_or_makes_up_is_refused() {
    let place = Place::new("cli-left-out");
    let host = grown(&place);
    let shorter: fn(&str, &mut Vec<u8>) = |path, bytes| {
        if path == "tile/entries/002.p/88" {
            bytes.truncate(bytes.len() - 1);
        }
    };
    let no_checkpoint: fn(&str, &mut Vec<u8>) = |path, bytes| {
        if path == "checkpoint" {
            bytes.truncate(40);
        }
    };
    let (code, _, err) = artel(&[&serve(host.record(), shorter)]);
    assert!(code == Some(1) && err.contains("entry 512") && err.contains("bundle"), "{err}");
    let (code, _, err) = artel(&[&serve(host.record(), no_checkpoint)]);
    assert!(code == Some(1) && err.contains("is no signed checkpoint"), "{err}");
}

#[test]
fn where_there_is_no_record_it_is_wrong_use() {
    let place = Place::new("cli-none");
    drop(grown(&place));
    let nowhere: PathBuf = place.directory.join("nowhere");
    let (code, _, err) = artel(&[&nowhere.display().to_string()]);
    assert!(code == Some(2) && err.contains("there is no record in"), "{err}");
    let (code, _, err) = artel(&["https://record.example"]);
    assert!(code == Some(2) && err.contains("only http:// is read"), "{err}");
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (code, _, err) = artel(&[&format!("http://{unused}")]);
    assert!(code == Some(2) && err.contains("refused"), "{err}");
    std::fs::remove_file(Files::of(&place.database()).checkpoint).unwrap();
    let (code, _, err) = artel(&[&place.database().display().to_string()]);
    assert!(code == Some(2) && err.contains("last signed checkpoint"), "{err}");
}
