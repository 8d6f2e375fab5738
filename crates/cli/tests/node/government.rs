use crate::served::{Served, err};

/// The valley with three members in the bakery: Rosa, Karim and Anna.
fn with_three() -> Served {
    let served = Served::valley();
    for (reader, name) in [("karim", "Karim"), ("anna", "Anna")] {
        let said = served.says("rosa", &["unit", "invite", name]);
        let link = said.lines().last().unwrap().to_owned();
        assert!(served.sign("sign-up", reader).status.success());
        if name == "Anna" {
            // As soon as two could sign, two take somebody in.
            assert!(said.contains("works once another member has signed"), "{said}");
            assert!(served.says("karim", &["unit", "sign-waiting", "1"]).contains("it holds"));
        }
        served.says(reader, &["unit", "join-by-invite", &link, "--me", name]);
    }
    served
}

#[test]
fn a_unit_reads_and_changes_how_it_decides() {
    let served = with_three();
    let before = served.says("rosa", &["unit", "method"]);
    assert_eq!(before, "decides with more than half of the ballots\n");
    let said = served.says("rosa", &["unit", "method", "two-thirds", "--consent", "3"]);
    assert!(said.contains("1 of 2 have signed"), "{said}");
    served.says("anna", &["unit", "method", "two-thirds", "--consent", "3"]);
    let after = served.says("rosa", &["unit", "method"]);
    assert_eq!(after, "decides by consent, tried 3 times, then with two thirds of the ballots\n");
    let refused = served.run("rosa", &["unit", "method", "all", "--consent", "4"]);
    assert_eq!(refused.status.code(), Some(1), "{}", err(&refused));
}

#[test]
fn a_units_standing_says_what_it_has_and_what_it_lacks() {
    let served = Served::valley();
    assert!(served.sign("sign-up", "sonja").status.success());
    served.says("sonja", &["unit", "join", "Pottery", "--me", "Sonja"]);
    let ours = served.says("rosa", &["unit", "standing"]);
    assert!(ours.starts_with("Bakery\n  It has weight in what the whole decides"), "{ours}");
    let theirs = served.says("rosa", &["unit", "standing", "Pottery"]);
    assert!(theirs.contains("It has no weight yet") && theirs.contains("0 so far"), "{theirs}");
    assert_eq!(served.json("rosa", &["unit", "standing", "Pottery"])["enrolled"], false);
}

#[test]
fn a_delegate_is_sent_with_a_range_by_a_poll_of_the_unit() {
    let served = with_three();
    let poll = ["--until", "60d", "--text", "somebody should go", "--closes", "4d"];
    let send = ["delegate", "send", "Karim", "the notice", "--range", "notice-days=7..14"];
    let said = served.says("rosa", &[send.as_slice(), &poll].concat());
    assert!(said.contains("proposal 1 is there"), "{said}");
    let row = served.json("rosa", &["decide", "show", "1"]);
    let shown = served.says("rosa", &["decide", "show", "1"]);
    assert!(shown.contains("1: ") && shown.contains(": leave as it is"), "{shown}");
    assert_eq!(row["about"], "to send somebody on the notice");
    let asks = row["asks"][0].as_str().unwrap();
    assert_eq!(asks, "says yes to a pact that changes nothing but the days of notice, to 7 to 14");
    let wrong = ["delegate", "send", "Karim", "the notice", "--range", "notice-days=7"];
    let wrong = served.run("rosa", &[wrong.as_slice(), &poll].concat());
    assert_eq!(wrong.status.code(), Some(2), "{}", err(&wrong));
    assert!(err(&wrong).contains("write notice-days=7..14"), "{}", err(&wrong));
    let nobody = ["delegate", "send", "Nobody", "the notice"];
    let nobody = served.run("rosa", &[nobody.as_slice(), &poll].concat());
    assert!(err(&nobody).contains("nobody is known as `Nobody` here"), "{}", err(&nobody));
    let elect = ["delegate", "elect", "the mill", "--stands", "Anna", "--stands", "Karim"];
    served.says("rosa", &[elect.as_slice(), &poll].concat());
    let text = ["decide", "propose", "text", "--text", "a mill day", "--closes", "30d"];
    served.says("rosa", &text);
    let bound = ["delegate", "send", "Anna", "the mill day", "--position", "3"];
    served.says("rosa", &[bound.as_slice(), &poll].concat());
    let asks = served.json("rosa", &["decide", "show", "4"])["asks"][0].clone();
    assert_eq!(asks, "says yes to exactly this text: “a mill day”");
}

#[test]
fn three_tellers_enter_one_count_from_the_command_line() {
    let served = with_three();
    let own = ["decide", "propose", "own", "--text", "paint the gate?", "--closes", "3d"];
    served.says("rosa", &own);
    let there = ["--there", "Rosa", "--there", "Karim", "--there", "Anna"];
    let votes = ["--votes", "2=1", "--votes", "1=abstain"];
    let count = [["decide", "count", "1"].as_slice(), &there, &votes].concat();
    assert!(served.says("rosa", &count).contains("1 of 3 have signed"));
    let waits = served.json("karim", &["unit", "waiting"]);
    assert_eq!(waits[0]["lines"][1], "2 said: yes, as proposed", "{waits}");
    assert!(served.says("karim", &["unit", "sign-waiting", "1"]).contains("2 of 3"));
    assert!(served.says("anna", &["unit", "sign-waiting", "1"]).contains("it holds"));
    let wrong = [["decide", "count", "1"].as_slice(), &there, &["--votes", "many"]].concat();
    assert_eq!(served.run("rosa", &wrong).status.code(), Some(2));
}

#[test]
fn the_months_list_is_drafted_and_proposed() {
    let served = with_three();
    let draft = served.json("rosa", &["decide", "draft-list"]);
    assert_eq!(draft.as_array().map(Vec::len), Some(0), "{draft}");
    let list = ["decide", "propose", "list", "--text", "for May", "--closes", "20d"];
    let empty = served.run("rosa", &list);
    assert!(
        err(&empty).contains("expected a list of 1 to 200, found a list of 0"),
        "{}",
        err(&empty)
    );
    served.says("rosa", &[list.as_slice(), &["--row", "Bakery; 5; 100:00; yes"]].concat());
    let asks = served.json("rosa", &["decide", "show", "1"])["asks"].clone();
    assert_eq!(asks[0], "Bakery: 5 members count, base 100:00 hours, has weight");
    let expel = ["decide", "propose", "expel", "Farm", "--failure", "contract=1"];
    let expel = [expel.as_slice(), &["--text", "out", "--closes", "40d"]].concat();
    assert_eq!(served.run("rosa", &expel).status.code(), Some(1));
}

#[test]
fn helpers_are_named_sign_a_new_key_and_an_old_key_says_no() {
    let served = with_three();
    let key = "5f0c".repeat(16);
    let helpers = ["key", "helpers", "Karim", "Anna", "Olga", "--needed", "2"];
    served.says("rosa", &helpers);
    let named = served.json("rosa", &["unit", "helpers"]);
    assert_eq!(named[0]["helpers_needed"], 2, "{named}");
    assert!(served.says("karim", &["key", "recover", "Rosa", &key]).contains("1 of 2 have signed"));
    served.says("anna", &["key", "recover", "Rosa", &key]);
    let recoveries = served.says("rosa", &["key", "recoveries"]);
    assert!(recoveries.contains("unless an old key says no"), "{recoveries}");
    served.says("rosa", &["key", "veto", &key]);
    let recoveries = served.json("rosa", &["key", "recoveries"]);
    assert_eq!(
        (&recoveries[0]["vetoed"], &recoveries[0]["needed_again"]),
        (&true.into(), &2.into())
    );
    let refused = served.run("olga", &["key", "recover", "Karim", &key]);
    assert_eq!(refused.status.code(), Some(1), "{}", err(&refused));
}

#[test]
fn a_pact_is_tried_by_anybody_at_a_node_and_on_a_copy_without_one() {
    let served = Served::demo();
    let anybody = served.says("anybody", &["pact", "try", "notice_days=30"]);
    assert!(anybody.starts_with("Acts that would be refused: "), "{anybody}");
    assert!(anybody.contains("closing-out-of-bounds"), "{anybody}");
    assert!(anybody.contains("Decisions that would come out otherwise:"), "{anybody}");
    assert!(anybody.lines().count() < 60, "consequences are summed up: {anybody}");
    let found = served.json("anybody", &["pact", "try", "notice_days=30"]);
    let refused = found["refused"].as_array().unwrap();
    let follow = refused.iter().filter(|row| row["follows"] == true).count();
    assert!(follow > 0 && follow < refused.len() && refused[0]["follows"] == false, "{follow}");
    let told = format!("refused: {}, {follow} of them about something refused", refused.len());
    assert!(anybody.contains(&told), "{anybody}");

    let federations = served.json("anybody", &["status"])["hosted"].clone();
    let id = federations[0]["federation"].as_str().unwrap().to_owned();
    let address = format!("{}/f/{id}", served.address);
    let from_there = served.says("anybody", &["pact", "try", &address, "notice_days=30"]);
    assert_eq!(from_there, anybody);
    for (words, says) in [
        (&["pact", "try", "haste=1"][..], "haste"),
        (&["pact", "try", "notice_days=90"], "notice_days"),
        (&["pact", "try", "nowhere.sqlite", "notice_days=30"], "nowhere.sqlite"),
        (&["pact", "try", "nowhere.sqlite"], "nothing changes"),
    ] {
        let refused = served.run("anybody", words);
        assert!(!refused.status.success() && err(&refused).contains(says), "{}", err(&refused));
    }

    let (_, place) = served.stop();
    let copy = place.0.join("copy.sqlite");
    let mut export = place.artel();
    export.args(["export", "--data"]).arg(place.data()).arg("--to").arg(&copy);
    let exported = export.output().unwrap();
    assert!(exported.status.success(), "{}", err(&exported));
    let mut here = place.artel();
    here.args(["pact", "try"]).arg(&copy).arg("notice_days=30");
    let here = here.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&here.stdout), anybody, "{}", err(&here));
}
