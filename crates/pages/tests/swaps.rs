//! Things are swapped in a ring, on plain pages.

mod visitor;

use visitor::{Three, main_of};

/// The bakery brings a drill, the mill a tent and the smithy a bicycle; each is of a specification
/// without a value. The bakery wants the tent, the mill the bicycle, the smithy the drill.
async fn with_things(test: &str) -> Three {
    let mut three = Three::found(test).await;
    let (specify, bring) = (three.at("/do/propose-specification"), three.at("/do/bring-thing"));
    let tool = [
        ("name", "tool"),
        ("nature", "good"),
        ("measure", "piece"),
        ("decimals", "0"),
        ("clauses", "it works"),
        ("about", ""),
    ];
    three.baker.done(&specify, &tool).await;
    let thing = |what| [("version", "1"), ("quantity", "1"), ("what", what)];
    three.baker.done(&bring, &thing("drill, 18 volts")).await;
    three.miller.done(&bring, &thing("tent for four")).await;
    let page = three.smith.done(&bring, &thing("<i>bicycle</i>")).await;
    assert!(page.contains("drill, 18 volts (tool/1)"), "{}", main_of(&page));
    assert!(page.contains("&#60;i&#62;bicycle&#60;/i&#62; (tool/1)"), "{}", main_of(&page));
    three
}

async fn with_lists(test: &str) -> Three {
    let mut three = with_things(test).await;
    let take = three.at("/do/would-take");
    three.baker.done(&take, &[("thing", "1"), ("take1", "2"), ("take2", "3")]).await;
    three.miller.done(&take, &[("thing", "2"), ("take1", "3")]).await;
    three.smith.done(&take, &[("thing", "3"), ("take1", "1")]).await;
    three
}

#[tokio::test]
async fn a_list_is_made_choice_by_choice_and_opens_as_it_was_left() {
    let mut three = with_things("swap_lists").await;
    let swaps = three.baker.open(&three.at("/swaps")).await;
    assert!(swaps.contains("Nothing is on your list yet"), "{}", main_of(&swaps));
    assert!(swaps.contains("/do/would-take?thing=1&#38;add=2"), "{}", main_of(&swaps));
    // A button beside a thing opens the list with it added.
    let form = three.baker.open(&three.at("/do/would-take?thing=1&add=3")).await;
    assert!(
        form.contains("<option value=\"3\" selected>Smithy: &#60;i&#62;bicycle"),
        "{}",
        main_of(&form)
    );
    let take = three.at("/do/would-take");
    let fields = [("thing", "1"), ("take1", "3"), ("take2", "2"), ("take3", "")];
    let page = three.baker.done(&take, &fields).await;
    let main = main_of(&page);
    let first = main.find("<li>&#60;i&#62;bicycle").unwrap();
    assert!(first < main.find("<li>tent for four (tool/1) of Mill").unwrap(), "{main}");
    let form = three.baker.open(&three.at("/do/would-take?thing=1")).await;
    assert!(form.contains("<option value=\"3\" selected>Smithy"), "{}", main_of(&form));
    assert!(form.contains("<option value=\"2\" selected>Mill"), "{}", main_of(&form));
    let twice = [("thing", "1"), ("take1", "3"), ("take2", "3")];
    let page = three.baker.refused(&take, &twice).await;
    assert!(page.contains("a list names at most 64 different things"), "{}", main_of(&page));
    let withdraw = three.at("/do/withdraw-thing");
    three.smith.done(&withdraw, &[("thing", "3")]).await;
    let swaps = three.baker.open(&three.at("/swaps")).await;
    assert!(!swaps.contains("bicycle"), "{}", main_of(&swaps));
}

#[tokio::test]
async fn a_round_finds_the_ring_draws_it_and_three_yeses_make_it() {
    let mut three = with_lists("swap_agreed").await;
    let base = three.base.clone();
    three.pass(0).await;
    three.pass(5).await;
    for path in ["/swaps", "/rounds/1"] {
        let page = three.baker.open(&format!("{base}{path}")).await;
        let main = main_of(&page);
        assert!(main.contains("<svg class=\"ring\""), "{main}");
        assert!(main.contains("Mill gives Bakery tent for four (tool/1)"), "{main}");
        assert!(main.contains("for the answers of Bakery, Smithy, Mill"), "{main}");
        assert!(main.contains(">swap</text>"), "{main}");
    }
    // One question for both sides of the swap.
    let today = three.baker.open(&base).await;
    assert_eq!(today.matches("A swap was found. Do you agree?").count(), 1, "{}", main_of(&today));
    assert!(!today.contains("<p>Do you agree?"), "{}", main_of(&today));
    let accept = format!("{base}/do/accept-contract");
    let form = three.baker.open(&format!("{accept}?contract=1")).await;
    assert!(form.contains("Your answer is for the whole swap: Bakery gives Smithy"), "{form}");
    three.baker.done(&accept, &[("contract", "1")]).await;
    let today = three.baker.open(&base).await;
    assert!(!today.contains("A swap was found"), "{}", main_of(&today));
    three.miller.done(&accept, &[("contract", "3")]).await;
    let page = three.smith.done(&accept, &[("contract", "2")]).await;
    assert!(page.contains("<span class=\"tag\">agreed</span>"), "{}", main_of(&page));
    assert!(page.contains("It is part of a <a"), "{}", main_of(&page));
    let swaps = three.baker.open(&format!("{base}/swaps")).await;
    assert!(swaps.contains("agreed: all have said yes"), "{}", main_of(&swaps));
    three.baker.done(&format!("{base}/do/deliver"), &[("contract", "1"), ("quantity", "1")]).await;
    three.smith.done(&format!("{base}/do/accept-delivery"), &[("delivery", "1")]).await;
    let unit = three.baker.open(&format!("{base}/unit")).await;
    assert!(unit.contains("<dd class=\"big\">0:00</dd>"), "{}", main_of(&unit));
}

#[tokio::test]
async fn one_no_ends_the_ring_and_everybody_reads_who_said_it() {
    let mut three = with_lists("swap_declined").await;
    let base = three.base.clone();
    three.pass(0).await;
    three.pass(5).await;
    let today = three.miller.open(&base).await;
    let main = main_of(&today);
    assert!(main.contains("No, we do not want what we would get"), "{main}");
    let decline = format!("{base}/do/decline-contract");
    three.miller.done(&decline, &[("contract", "2"), ("reason", "too small for us")]).await;
    let swaps = three.baker.open(&format!("{base}/swaps")).await;
    assert!(swaps.contains("it is off: Mill said no: too small for us"), "{}", main_of(&swaps));
    let contract = three.baker.open(&format!("{base}/contracts/1")).await;
    let says = "the swap is off: Mill, in the same ring, said no: too small for us";
    assert!(contract.contains(says), "{}", main_of(&contract));
    // What the mill did not want is off its list.
    let page = three.miller.open(&format!("{base}/swaps")).await;
    assert!(page.contains("Nothing is on your list yet"), "{}", main_of(&page));
}
