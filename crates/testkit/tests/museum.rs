//! The error museum is complete, and the page shows what the rules say.

use std::collections::BTreeSet;
use std::path::Path;

use federation::Refusal;
use testkit::museum;

#[test]
fn every_refusal_has_a_case_that_shows_it() {
    let rooms = museum::rooms();
    let shown: BTreeSet<&str> =
        rooms.iter().flat_map(|(_, exhibits)| exhibits).map(|e| e.refusal.code()).collect();
    let all: BTreeSet<&str> = Refusal::CODES.iter().copied().collect();
    let missing: Vec<_> = all.difference(&shown).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn every_message_says_what_would_help_in_lower_case() {
    for (_, exhibits) in museum::rooms() {
        for exhibit in exhibits {
            let message = exhibit.refusal.to_string();
            let first = message.chars().next().unwrap();
            assert!(!first.is_ascii_uppercase(), "{message}");
            assert!(message.contains([';', ':']), "nothing says what would help: {message}");
            assert!(!message.ends_with('.'), "{message}");
        }
    }
}

#[test]
fn the_museum_shows_the_messages_as_they_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
    let page = museum::page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == page,
        "docs/errors.md is out of date; write it anew: UPDATE=1 cargo test -p testkit --test museum"
    );
}
