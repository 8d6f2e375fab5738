//! The page of a proposal: the time left, the reader's ballot, and its receipt.

mod visitor;

use visitor::{Three, between, main_of};

/// A question of the smithy to itself, on which Emma votes; it closes in five days.
async fn asked(test: &str) -> Three {
    let mut three = Three::found(test).await;
    let closes = three.place.node.clock().now().plus_seconds(5 * 86_400).to_string();
    let fields = [
        ("question", "own"),
        ("options", ""),
        ("text", "shall we paint the gate?"),
        ("closes", &closes[..10]),
    ];
    three.smith.done(&three.at("/do/propose"), &fields).await;
    three
}

async fn votes(three: &mut Three, option: &str) {
    let fields = [("proposal", "1"), ("choose", option), ("reason", "")];
    three.smith.done(&three.at("/do/ballot"), &fields).await;
}

#[tokio::test]
async fn a_vote_that_is_counted_leads_to_its_entry_and_the_receipt() {
    let mut three = asked("decision_receipt").await;
    let main = main_of(&three.smith.open(&three.at("/decisions/1")).await);
    assert!(main.contains(" days left, open until "), "{main}");
    assert!(main.contains("The poll closes") && !main.contains("Your ballot"), "{main}");
    votes(&mut three, "0").await;
    let page = three.smith.open(&three.at("/decisions/1")).await;
    assert!(main_of(&page).contains("Your vote is counted, signed with the key"), "{page}");
    let ballot = between(&page, "<h2>Your ballot</h2>", "</section>").unwrap();
    let link = between(&ballot, "<a href=\"", "\"").unwrap();
    let entry = main_of(&three.smith.open(&link).await);
    assert!(entry.contains("Emma") && entry.contains("The receipt"), "{entry}");
    assert!(entry.contains("What was signed") && entry.contains("Show the proof"), "{entry}");
}

#[tokio::test]
async fn who_voted_in_time_and_again_too_late_sees_both_ballots() {
    let mut three = asked("decision_late").await;
    votes(&mut three, "0").await;
    three.pass(6).await;
    // Whoever looks vouches for the time.
    let path = three.at("/decisions/1");
    three.baker.open(&path).await;
    three.miller.open(&path).await;
    let main = main_of(&three.smith.open(&three.at("/decisions/1")).await);
    assert!(!main.contains(" left"), "{main}");
    votes(&mut three, "1").await;
    let page = three.smith.open(&three.at("/decisions/1")).await;
    let main = main_of(&page);
    assert!(main.contains("Your vote is counted, signed with the key"), "{main}");
    assert!(main.contains("It came too late and is not counted. The one above is."), "{main}");
    let late = between(&page, "<h2>Your late ballot</h2>", "</section>").unwrap();
    assert!(late.contains("leave as it is") && late.contains("/record/"), "{late}");
}
