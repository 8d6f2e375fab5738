//! Deliveries on plain pages: rejected by a clause, entered after silence, corrected, given.

mod visitor;

use visitor::{Three, main_of};

/// Karl's mill has promised Rosa's bakery 20 kg of flour.
async fn promised(test: &str, terms: &str) -> Three {
    let mut three = Three::found(test).await;
    let at = |path: &str| format!("{}{path}", three.base);
    let fields = [
        ("name", "flour"),
        ("nature", "good"),
        ("measure", "kg"),
        ("decimals", "3"),
        ("clauses", "ground this month\ndry"),
        ("about", ""),
    ];
    three.miller.done(&at("/do/propose-specification"), &fields).await;
    three.miller.done(&at("/do/ask-value"), &[("version", "1"), ("value", "0:15")]).await;
    let fields = [
        ("role", "giver"),
        ("with", "1"),
        ("version", "2"),
        ("quantity", "20"),
        ("terms", terms),
        ("answer_by", "2099-01-01"),
    ];
    three.miller.done(&at("/do/propose-contract"), &fields).await;
    three.baker.done(&at("/do/accept-contract"), &[("contract", "1")]).await;
    three.miller.done(&at("/do/deliver"), &[("contract", "1"), ("quantity", "20")]).await;
    three
}

#[tokio::test]
async fn a_delivery_is_rejected_only_by_naming_a_clause() {
    let mut three = promised("rejected", "at-value").await;
    let reject = three.at("/do/reject-delivery");
    let page = three.baker.refused(&reject, &[("delivery", "1"), ("reason", "bad")]).await;
    assert!(page.contains("no clause is named; choose one"), "{}", main_of(&page));
    let fields = [("delivery", "1"), ("clause", "2"), ("reason", "It was wet.")];
    let page = three.baker.done(&reject, &fields).await;
    assert!(page.contains("by clause 2: It was wet."), "{}", main_of(&page));
    let page = three.baker.open(&three.at("/unit")).await;
    assert!(page.contains("<dt>Entitlement</dt><dd class=\"big\">0:00</dd>"), "{}", main_of(&page));
}

#[tokio::test]
async fn a_giver_enters_silence_as_acceptance_after_seven_days_with_a_receipt() {
    let mut three = promised("silence", "at-value").await;
    let (accept, base) = (three.at("/do/accept-delivery"), three.base.clone());
    three.baker.done(&three.at("/do/receipt"), &[("delivery", "1")]).await;
    let page = three.miller.refused(&accept, &[("delivery", "1")]).await;
    assert!(page.contains("the receiver can answer delivery 1 until"), "{}", main_of(&page));
    three.pass(8).await;
    let page = three.miller.open(&base).await;
    assert!(page.contains("Seven days are over: enter as accepted"), "{}", main_of(&page));
    let page = three.miller.done(&accept, &[("delivery", "1")]).await;
    assert!(page.contains("counts 5:00 hours"), "{}", main_of(&page));
}

#[tokio::test]
async fn a_correction_holds_when_both_sides_have_signed_the_same() {
    let mut three = promised("corrected", "at-value").await;
    three.baker.done(&three.at("/do/accept-delivery"), &[("delivery", "1")]).await;
    let correct = three.at("/do/correct");
    let fields = [("delivery", "1"), ("quantity", "16"), ("reason", "a sack was short")];
    let page = three.baker.done(&correct, &fields).await;
    assert!(page.contains("Bakery signs a correction to 16 kg"), "{}", main_of(&page));
    let today = three.miller.open(&three.base).await;
    assert!(today.contains("Look at the correction"), "{}", main_of(&today));
    let page = three.miller.done(&correct, &fields).await;
    assert!(page.contains("counts 4:00 hours"), "{}", main_of(&page));
}

#[tokio::test]
async fn a_gift_counts_nought_and_a_thread_keeps_words_that_can_be_erased() {
    let mut three = promised("gift", "gift").await;
    let page = three.baker.done(&three.at("/do/accept-delivery"), &[("delivery", "1")]).await;
    assert!(page.contains("counts 0:00 hours"), "{}", main_of(&page));
    let fields = [("contract", "1"), ("words", "Thank you, Karl.")];
    let page = three.baker.done(&three.at("/do/comment"), &fields).await;
    assert!(page.contains("Thank you, Karl."), "{}", main_of(&page));
    let fields =
        [("contract", "1"), ("when", "2099-05-01"), ("clock", "14:30"), ("place", "the weir")];
    three.baker.send_form(&three.at("/do/arrange"), &fields).await;
    let mine = three.baker.open(&three.at("/me")).await;
    let row = mine.split("Thank you, Karl.").nth(1).unwrap();
    let body = visitor::between(row, "name=\"body\" value=\"", "\"").unwrap();
    three.baker.done(&three.at("/me/erase"), &[("body", &body)]).await;
    let page = three.miller.open(&three.at("/contracts/1")).await;
    assert!(page.contains("These words were erased by their author."), "{}", main_of(&page));
}
