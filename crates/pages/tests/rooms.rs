//! Votes cast in a room: three tellers sign the same numbers, and see what they sign.

mod visitor;

use visitor::{Three, Visitor, between, cosign, join, main_of};

/// The smithy, with three members more: Emma, Anna, Bert and Cleo; and a question to it.
async fn assembly(test: &str) -> (Three, Vec<Visitor>) {
    let mut three = Three::found(test).await;
    let mut members: Vec<Visitor> = Vec::new();
    for name in ["Anna", "Bert", "Cleo"] {
        let fields = [("label", name), ("way", "link")];
        let mut page = three.smith.done(&three.at("/do/admit-member"), &fields).await;
        if let Some(second) = members.last_mut() {
            cosign(&three.base, second).await;
            page = three.smith.open(&three.at("/unit/invites")).await;
        }
        let link = between(&page, "<a href=\"http://artel.test", "\"").unwrap();
        members.push(join(&three.place, &link, name).await);
    }
    let closes = three.place.node.clock().now().plus_seconds(5 * 86_400).to_string();
    let fields = [
        ("question", "own"),
        ("options", ""),
        ("text", "shall we paint the <b>gate</b>?"),
        ("closes", &closes[..10]),
    ];
    three.smith.done(&three.at("/do/propose"), &fields).await;
    (three, members)
}

/// The number of somebody's box among those who were there.
fn box_of(form: &str, name: &str) -> String {
    let before = form.split(&format!("{name} was there")).next().unwrap();
    before.rsplit("name=\"").next().unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn three_tellers_sign_the_same_count_and_see_it_in_full_words() {
    let (mut three, mut members) = assembly("room_counted").await;
    let form = three.smith.open(&three.at("/do/count-room?proposal=1")).await;
    assert!(form.contains("Your unit decides with more than half"), "{}", main_of(&form));
    let (emma, anna, bert) = (box_of(&form, "Emma"), box_of(&form, "Anna"), box_of(&form, "Bert"));
    let fields = [
        ("proposal", "1"),
        ("filled_in", "yes"),
        (emma.as_str(), "yes"),
        (anna.as_str(), "yes"),
        (bert.as_str(), "yes"),
        ("votes0", "2"),
        ("votes1", ""),
        ("votes2", ""),
        ("abstained", "1"),
    ];
    let check = three.smith.send_form(&three.at("/check/count-room"), &fields).await;
    let main = main_of(&check.text);
    assert!(
        main.contains("2 said: yes, as proposed") && main.contains("1 said: abstain"),
        "{main}"
    );
    assert!(main.contains("together 3 of the 3 who were there"), "{main}");
    let again = [fields.as_slice(), &[("change", "yes")]].concat();
    let form = three.smith.send_form(&three.at("/check/count-room"), &again).await;
    assert!(form.text.contains("name=\"votes0\" inputmode=\"decimal\""), "{}", form.text);
    assert!(form.text.contains("value=\"2\""), "{}", main_of(&form.text));
    let page = three.smith.done(&three.at("/do/count-room"), &fields).await;
    assert!(page.contains("It waits for 2 more to sign the same."), "{}", main_of(&page));

    let cleo = members[2].open(&three.base).await;
    assert!(!cleo.contains("/cosign"), "who was not there signs nothing: {}", main_of(&cleo));
    for teller in &mut members[..2] {
        let today = teller.open(&three.at("/decisions/1")).await;
        let main = main_of(&today);
        assert!(main.contains("Counted in a room") && main.contains("2 said: yes"), "{main}");
        let act = between(&today, "name=\"act\" value=\"", "\"").unwrap().replace("&#34;", "\"");
        teller.done(&three.at("/cosign"), &[("act", &act), ("person", "")]).await;
    }
    let page = members[2].open(&three.at("/decisions/1")).await;
    assert!(page.contains("0 and 3 in a room, of 4"), "{}", main_of(&page));

    let vote = [("proposal", "1"), ("choose", "1"), ("reason", "")];
    members[0].done(&three.at("/do/ballot"), &vote).await;
    let page = three.smith.open(&three.at("/decisions/1")).await;
    assert!(page.contains("The count of your unit&#39;s room rests"), "{}", main_of(&page));
    let form = three.smith.open(&three.at("/do/count-room?proposal=1")).await;
    assert!(
        !form.contains("Anna was there") && form.contains("1 of your unit has voted"),
        "{form}"
    );
}

#[tokio::test]
async fn more_votes_than_people_and_no_votes_at_all_are_sent_back_with_the_field() {
    let (mut three, _members) = assembly("room_wrong").await;
    let form = three.smith.open(&three.at("/do/count-room?proposal=1")).await;
    let emma = box_of(&form, "Emma");
    let there = [("proposal", "1"), ("filled_in", "yes"), (emma.as_str(), "yes")];
    let fields = [there.as_slice(), &[("votes0", "5")]].concat();
    let page = three.smith.refused(&three.at("/check/count-room"), &fields).await;
    assert!(page.contains("5 votes are more than the 1 who are ticked"), "{}", main_of(&page));
    let page = three.smith.refused(&three.at("/check/count-room"), &there).await;
    assert!(page.contains("nobody has said anything"), "{}", main_of(&page));
    let fields = [there.as_slice(), &[("votes0", "many")]].concat();
    let page = three.smith.refused(&three.at("/check/count-room"), &fields).await;
    assert!(page.contains("`many` is no number of people"), "{}", main_of(&page));
}

#[tokio::test]
async fn the_months_list_is_drafted_with_its_reasons_and_shown_before_it_is_proposed() {
    let (mut three, _members) = assembly("room_list").await;
    let form = three.baker.open(&three.at("/do/propose?question=list")).await;
    let main = main_of(&form);
    assert!(main.contains("Smithy: 4 members count, base 80:00 hours, has weight"), "{main}");
    assert!(main.contains("1 of its members count now, and it has 4"), "{main}");
    let field = between(&form, "<select id=\"row", "\"").unwrap();
    let (row, closes) = (format!("row{field}"), three.place.node.clock().now());
    let closes = closes.plus_seconds(20 * 86_400).to_string();
    let fields = [
        ("question", "list"),
        (row.as_str(), "4; 80:00; yes"),
        ("rows", ""),
        ("text", "they are four now"),
        ("closes", &closes[..10]),
    ];
    let check = three.baker.send_form(&three.at("/check/propose"), &fields).await;
    let main = main_of(&check.text);
    assert!(
        main.contains("Smithy: 4 members count") && main.contains("they are four now"),
        "{main}"
    );
    let page = three.baker.done(&three.at("/do/propose"), &fields).await;
    let main = main_of(&page);
    assert!(
        main.contains("What it comes to") && main.contains("Smithy: 4 members count"),
        "{main}"
    );
    let none = [("question", "list"), ("rows", ""), ("text", "x"), ("closes", &closes[..10])];
    let page = three.baker.refused(&three.at("/do/propose"), &none).await;
    assert!(page.contains("a list has 1 to 200 units, found 0"), "{}", main_of(&page));
}

#[tokio::test]
async fn an_expulsion_cannot_begin_without_three_failures() {
    let mut three = Three::found("room_expel").await;
    let page = three.baker.open(&three.at("/do/propose?question=expel")).await;
    let main = main_of(&page);
    assert!(main.contains("No unit has three failures that count together."), "{main}");
    assert!(main.contains("14 days to answer") && !main.contains("data-act"), "{main}");
    let page = three.baker.open(&three.at("/do/propose?question=expel&unit=2")).await;
    assert!(page.contains("Mill has no three failures"), "{}", main_of(&page));
    let fields = [
        ("question", "expel"),
        ("unit", "2"),
        ("failure1", "delivery 4"),
        ("text", "out"),
        ("closes", "2099-01-01"),
    ];
    three.baker.refused(&three.at("/do/propose"), &fields).await;
}
