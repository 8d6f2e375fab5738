//! What a round's plan means for a unit, on its page: why needs stayed open, and what would help.

mod visitor;

use insta::assert_snapshot;
use visitor::{Three, between, main_of, specify, wish};

/// A round of twelve hours of flour from the mill, of which the bakery with its two members needs
/// fifteen and the smithy with its one member five. Nobody offers the soap that the smithy needs,
/// and the bread on offer is worth more than the smithy's need accepts.
async fn over(test: &str) -> Three {
    let mut three = Three::found(test).await;
    let base = three.base.clone();
    specify(&mut three.miller, &base, "flour", "1", "0:15").await;
    specify(&mut three.smith, &base, "soap", "3", "1:00").await;
    specify(&mut three.baker, &base, "bread", "5", "2:00").await;
    three.pass(0).await;
    let (offer, need) = (three.at("/do/offer"), three.at("/do/need"));
    three.miller.done(&offer, &wish("2", "48", "")).await;
    three.baker.done(&offer, &wish("6", "1", "")).await;
    three.baker.done(&need, &wish("2", "60", "0:15")).await;
    three.smith.done(&need, &wish("2", "20", "0:15")).await;
    three.smith.done(&need, &wish("4", "3", "")).await;
    three.smith.done(&need, &wish("6", "1", "1:59")).await;
    three.pass(5).await;
    three
}

/// What a page answers, line by line and without its marks.
fn answered(page: &str) -> String {
    let (title, rest) = page.split_once("<h2 id=\"why\">").unwrap_or(("", page));
    assert!(!title.is_empty(), "{}", main_of(page));
    let rest = rest.split("How was this worked out?").next().unwrap_or(rest);
    let lines = rest.replace("</h2>", "\n").replace("</h3>", "\n").replace("</li>", "\n");
    let lines = lines.replace("</p>", "\n").replace("</summary>", "\n");
    let mut text = String::new();
    for piece in lines.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n").replace("&#39;", "'")
}

#[tokio::test]
async fn a_unit_reads_why_a_need_stayed_open_what_would_help_and_what_decided() {
    let mut three = over("answer_own").await;
    let page = three.baker.open(&three.at("/rounds/1")).await;
    assert!(page.contains("You give 0:00 hours"), "{}", main_of(&page));
    assert!(page.contains("you get 8:00 hours"), "{}", main_of(&page));
    assert_snapshot!(answered(&page), @"
    Why not all, and what would help Bakery
    Bakery needs 15:00 hours of flour/2. The plan meets 8:00 of them; 7:00 stay open.
    4:00 hours: it went to Smithy (4:00 hours). What decided: the first 4:00 hours for each member come first. For Bakery to get more, Smithy would get less.
    3:00 hours: nobody offers so much of flour/2.
    What would help
    If Mill offered 8:00 hours more of flour/2, 8:00 more hours of needs would be met.
    What decided how much Bakery gives and gets
    Since the first 4:00 hours for each member come first: Mill gives Bakery 8:00 hours of flour/2.
    ");
}

#[tokio::test]
async fn needs_that_nobody_could_meet_are_told_with_those_that_were_tried() {
    let mut three = over("answer_left_out").await;
    let page = three.smith.open(&three.at("/rounds/1")).await;
    assert_snapshot!(answered(&page), @"
    Why not all, and what would help Smithy
    Smithy needs 5:00 hours of flour/2. The plan meets 4:00 of them; 1:00 stay open.
    1:00 hours: it went to Bakery (8:00 hours). What decided: the first 4:00 hours for each member come first. For Smithy to get more, Bakery would get less.
    Smithy needs 3 kg of soap/2. Nobody offered it to this round.
    Smithy needs 1 kg of bread/2. It was offered, but at a higher value than the need accepts.
    What would help
    If Mill offered 8:00 hours more of flour/2, 8:00 more hours of needs would be met.
    What decided how much Smithy gives and gets
    Since the first 4:00 hours for each member come first: Mill gives Smithy 4:00 hours of flour/2.
    ");
}

#[tokio::test]
async fn anybody_may_ask_for_a_unit_that_is_named_under_left_open() {
    let mut three = over("answer_other").await;
    let mut guest = three.place.visitor();
    let path = three.at("/rounds/1");
    let page = guest.open(&path).await;
    assert!(!page.contains("id=\"why\"") && !page.contains("You give"), "{}", main_of(&page));
    let link = between(&page, "Bakery still needs 28 kg of flour/2. <a href=\"", "\"");
    let path = format!("{path}{}", link.unwrap().trim_end_matches("#why"));
    let asked = answered(&guest.open(&path).await);
    let own = answered(&three.baker.open(&three.at("/rounds/1")).await);
    assert_eq!(asked, own);
    let page = guest.open(&three.at("/rounds/1?unit=99")).await;
    assert!(!page.contains("id=\"why\""), "{}", main_of(&page));
}

#[tokio::test]
async fn a_unit_without_a_need_in_the_round_is_told_so() {
    let mut three = over("answer_none").await;
    let page = three.miller.open(&three.at("/rounds/1")).await;
    assert!(page.contains("You give 12:00 hours"), "{}", main_of(&page));
    assert_snapshot!(answered(&page), @"
    Why not all, and what would help Mill
    The plan was not asked to meet any need of Mill.
    What would help
    If Mill offered 8:00 hours more of flour/2, 8:00 more hours of needs would be met.
    What decided how much Mill gives and gets
    Since the first 4:00 hours for each member come first: Mill gives Bakery 8:00 hours of flour/2; Mill gives Smithy 4:00 hours of flour/2.
    ");
}

#[tokio::test]
async fn a_round_in_which_nothing_meets_says_so_and_answers_nothing() {
    let mut three = Three::found("answer_empty").await;
    three.pass(0).await;
    let page = three.baker.open(&three.at("/rounds/1")).await;
    assert!(!page.contains("No plan was made"), "{}", main_of(&page));
    three.pass(5).await;
    let page = three.baker.open(&three.at("/rounds/1")).await;
    assert!(page.contains("<span class=\"tag\">over</span>"), "{}", main_of(&page));
    assert!(page.contains("No plan was made: nothing that was offered"), "{}", main_of(&page));
    assert!(!page.contains("id=\"why\""), "{}", main_of(&page));
}

#[tokio::test]
async fn where_only_members_read_strangers_are_answered_nothing() {
    let place = visitor::Place::new("answer_members");
    let mut baker = place.visitor();
    let fields = visitor::founding(&[("reading", "members")]);
    let page = baker.done("/found", &fields).await;
    let base = between(&page, "<a class=\"name\" href=\"", "\"").unwrap();
    let fields = [("token", "")];
    baker.send_form(&format!("{base}/do/open-round"), &fields).await;
    let path = format!("{base}/rounds/1?unit=1");
    baker.open(&path).await;
    let stranger = place.visitor().look(&path).await;
    assert_ne!(stranger.status, 200);
    assert!(!stranger.text.contains("Bakery"), "{}", main_of(&stranger.text));
}
