//! What forms take, what they refuse, and what they show then.

mod visitor;

use axum::http::StatusCode;
use visitor::{Three, main_of};

#[tokio::test]
async fn a_refusal_says_the_rule_and_keeps_what_was_filled_in() {
    let mut three = Three::found("kept").await;
    let fields = [("unit", "2"), ("hours", "500")];
    let page = three.baker.refused(&three.at("/do/back"), &fields).await;
    assert!(page.contains("you can lend 40:00 hours, the free room of your own base"), "{page}");
    assert!(page.contains("value=\"500\""), "{}", main_of(&page));
    let fields = [("unit", "2"), ("hours", "many")];
    let page = three.baker.refused(&three.at("/do/back"), &fields).await;
    assert!(page.contains("`many` is not a number"), "{}", main_of(&page));
    assert!(page.contains("aria-invalid=\"true\""), "{}", main_of(&page));
}

#[tokio::test]
async fn hostile_text_is_shown_as_text_or_refused() {
    let mut three = Three::found("hostile").await;
    let describe = three.at("/do/describe-unit");
    let script = "<script>alert(1)</script> =1+1 'x' \"y\" &amp;";
    let fields = [("place", script), ("description", script)];
    three.smith.done(&describe, &fields).await;
    for path in ["/unit", "/directory", "/units/3"] {
        let page = three.baker.open(&three.at(path)).await;
        if path != "/unit" {
            assert!(page.contains("&#60;script&#62;alert(1)"), "{path}: {}", main_of(&page));
        }
        assert!(!page.contains("<script>alert"), "{path}");
    }
    let turned = [("place", "abc\u{202e}def"), ("description", "")];
    let page = three.smith.refused(&describe, &turned).await;
    assert!(page.contains("hidden character U+202E"), "{}", main_of(&page));
    let longest = "x".repeat(300);
    three.smith.done(&describe, &[("place", &longest), ("description", "")]).await;
    let longer = "x".repeat(301);
    let page = three.smith.refused(&describe, &[("place", &longer), ("description", "")]).await;
    assert!(page.contains("301 bytes long and 300 fit"), "{}", main_of(&page));
}

#[tokio::test]
async fn a_form_from_elsewhere_is_not_taken() {
    let mut three = Three::found("elsewhere").await;
    let leave = three.at("/do/leave");
    let answer = three.smith.send_form(&leave, &[("token", "made up")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("the form does not come from a page"), "{}", answer.text);
}

#[tokio::test]
async fn every_act_has_a_form_that_opens() {
    let mut three = Three::found("every_form").await;
    for act in [
        "sign-pact",
        "new-unit",
        "return",
        "describe-unit",
        "set-signing",
        "set-method",
        "name-helpers",
        "announce-leaving",
        "leave",
        "admit-member",
        "member-leaves",
        "introduce",
        "add-key",
        "revoke-key",
        "propose-specification",
        "ask-value",
        "counter-value",
        "agree-value",
        "offer",
        "need",
        "bring-thing",
        "open-round",
        "close-round",
        "attest-time",
        "propose-contract",
        "already-done",
        "back",
        "release-backing",
        "register",
        "declare-makeup",
        "dispute",
    ] {
        let page = three.baker.open(&three.at(&format!("/do/{act}"))).await;
        assert!(page.contains(&format!("data-act=\"{act}\"")), "{act}");
    }
    for (act, says) in [
        ("open-common", "Nothing has a value yet."),
        ("recover-key", "Nobody has named you as a helper."),
        ("veto-recovery", "No key is on its way that is to replace yours."),
    ] {
        let page = three.baker.open(&three.at(&format!("/do/{act}"))).await;
        assert!(page.contains(says) && !page.contains("data-act"), "{}", main_of(&page));
    }
    let missing = three.baker.look(&three.at("/do/set-entitlement")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let missing = three.baker.look(&three.at("/do/deliver?contract=99")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
