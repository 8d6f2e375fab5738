use crate::served::{Place, Served, err};

#[test]
fn a_rule_that_says_no_ends_with_1_and_its_message_on_stderr() {
    let served = Served::valley();
    let refused = served.run("rosa", &["unit", "back", "Bakery", "0"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty());
    assert!(err(&refused).starts_with("artel: "), "{}", err(&refused));
    let unknown = served.run("rosa", &["unit", "show", "Nobody"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(err(&unknown).contains("`artel unit list` shows what there is"), "{}", err(&unknown));
}

#[test]
fn a_command_that_cannot_be_done_as_given_ends_with_2() {
    let place = Place::new();
    for words in [
        ["offer", "add"].as_slice(),
        &["no-such-command"],
        &["unit", "back", "Farm", "soon"],
        &["contract", "propose", "give", "Farm", "bread/1", "3", "--answer-by", "2026-02-30"],
        &["unit", "list", "--node", "https://example.org"],
        &["serve", "--data", "/nowhere/at/all"],
    ] {
        let output = place.artel().args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", err(&output));
    }
}

#[test]
fn a_node_that_is_not_there_is_told_with_what_to_do() {
    let place = Place::new();
    let output = place.artel().args(["status", "--node", "http://127.0.0.1:9"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("start it with `artel serve`"), "{}", err(&output));
}

#[test]
fn somebody_who_is_not_signed_in_is_told_how() {
    let served = Served::valley();
    let output = served.run("nobody", &["unit", "leave"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("this needs a session"), "{}", err(&output));
}
