//! A round on plain pages: needs and offers in two units, a plan, answers, a re-solve.

mod visitor;

use visitor::{Three, main_of, specify};

/// The mill offers flour and the bakery bread; each needs the other's.
async fn with_wishes(test: &str) -> Three {
    let mut three = Three::found(test).await;
    specify(&mut three.miller, &three.base, "flour", "1", "0:15").await;
    specify(&mut three.baker, &three.base, "bread", "3", "0:30").await;
    three
}

fn wish<'a>(version: &'a str, quantity: &'a str, consent: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("quantity", quantity),
        ("value_max", "1"),
        ("stands_for", "both"),
        ("consent", consent),
        ("every_days", ""),
        ("until", ""),
        ("place", ""),
    ]
}

async fn wishes(three: &mut Three, consent: &str) {
    let (offer, need) = (three.at("/do/offer"), three.at("/do/need"));
    three.miller.done(&offer, &wish("2", "40", consent)).await;
    three.baker.done(&offer, &wish("4", "20", consent)).await;
    three.baker.done(&need, &wish("2", "40", consent)).await;
    three.miller.done(&need, &wish("4", "20", consent)).await;
}

#[tokio::test]
async fn a_round_goes_from_its_opening_to_contracts_without_anybody_minding_it() {
    let mut three = with_wishes("round").await;
    let base = three.base.clone();
    three.pass(0).await;
    let page = three.smith.open(&format!("{base}/rounds")).await;
    assert!(page.contains("takes offers and needs until"), "{}", main_of(&page));
    wishes(&mut three, "standing").await;
    three.pass(5).await;
    let page = three.baker.open(&format!("{base}/rounds/1")).await;
    assert!(page.contains("You give 10:00 hours"), "{}", main_of(&page));
    assert!(page.contains("you get 10:00 hours"), "{}", main_of(&page));
    assert!(page.contains("<svg class=\"ring\""), "{}", main_of(&page));
    assert!(page.contains("Mill gives Bakery flour/2"), "{}", main_of(&page));
    assert!(page.contains("<span class=\"tag\">over</span>"), "{}", main_of(&page));
    let page = three.miller.open(&format!("{base}/contracts")).await;
    assert!(page.contains("Bakery gives Mill 20 kg of bread/2, worth 10:00 hours"), "{page}");
}

#[tokio::test]
async fn what_one_side_declines_is_left_out_and_the_rest_is_solved_again() {
    let mut three = with_wishes("declined").await;
    let base = three.base.clone();
    three.pass(0).await;
    wishes(&mut three, "ask").await;
    three.pass(5).await;
    let page = three.baker.open(&base).await;
    assert_eq!(page.matches("Do you agree?").count(), 2, "{}", main_of(&page));
    let decline = format!("{base}/do/decline-contract");
    let accept = format!("{base}/do/accept-contract");
    three.baker.done(&decline, &[("contract", "1"), ("reason", "too much at once")]).await;
    three.baker.done(&accept, &[("contract", "2")]).await;
    let page = three.miller.done(&accept, &[("contract", "2")]).await;
    assert!(page.contains("<span class=\"tag\">agreed</span>"), "{}", main_of(&page));
    let page = three.smith.open(&format!("{base}/rounds/1")).await;
    assert!(page.contains("declined by Bakery: too much at once"), "{}", main_of(&page));
    assert!(page.contains("<span class=\"tag\">over</span>"), "{}", main_of(&page));
}
