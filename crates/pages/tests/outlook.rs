//! What an open round would come to, on plain pages, while its offers and needs come in.

mod visitor;

use visitor::{Three, between, main_of, specify, wish};

/// An open round: the mill can grind flour and the bakery bake bread.
async fn open(test: &str) -> Three {
    let mut three = Three::found(test).await;
    let base = three.base.clone();
    specify(&mut three.miller, &base, "flour", "1", "0:15").await;
    specify(&mut three.baker, &base, "bread", "3", "0:30").await;
    three.pass(0).await;
    three
}

#[tokio::test]
async fn whoever_enters_a_need_sees_at_once_what_the_round_would_bring() {
    let mut three = open("outlook_at_once").await;
    let round = three.at("/rounds/1");
    let page = three.baker.open(&round).await;
    assert!(page.contains("Outlook: nothing would be exchanged yet"), "{}", main_of(&page));
    assert!(page.contains("yet: nobody offers anything to rounds."), "{}", main_of(&page));
    let (offer, need) = (three.at("/do/offer"), three.at("/do/need"));
    let page = three.baker.done(&need, &wish("2", "40", "")).await;
    assert!(
        page.contains("Bakery would neither give nor get anything in this round yet"),
        "{}",
        main_of(&page)
    );
    let page = three.baker.open(&round).await;
    let open = "Bakery needs 40 kg of flour/2. Nobody offered it to this round.";
    assert!(page.contains(open), "{}", main_of(&page));
    three.miller.done(&offer, &wish("2", "30", "")).await;
    three.miller.done(&need, &wish("4", "10", "")).await;
    let page = three.baker.done(&offer, &wish("4", "10", "")).await;
    let line = "Bakery would give 5:00 hours and get 7:30 hours in this round";
    assert!(page.contains(line), "{}", main_of(&page));
    assert!(three.baker.open(&three.base).await.contains(line));
    let page = three.baker.open(&round).await;
    for says in [
        "Outlook: 12:30 hours between 2 units",
        "You would give 5:00 hours",
        "you would get 7:30 hours",
        "You would get 30 kg of flour/2 from Mill, worth 7:30 hours.",
        "You would give Mill 10 kg of bread/2, worth 5:00 hours.",
        "Mill would give Bakery 30 kg of flour/2, worth 7:30 hours.",
        "Bakery would give Mill 10 kg of bread/2, worth 5:00 hours.",
        "2:30 hours: nobody offers so much of flour/2.",
        "Bakery still needs 10 kg of flour/2.",
    ] {
        assert!(page.contains(says), "{says}: {}", main_of(&page));
    }
}

#[tokio::test]
async fn the_plan_says_what_the_outlook_said_and_takes_its_place() {
    let mut three = open("outlook_plan").await;
    let round = three.at("/rounds/1");
    let (offer, need) = (three.at("/do/offer"), three.at("/do/need"));
    three.miller.done(&offer, &wish("2", "30", "")).await;
    three.baker.done(&need, &wish("2", "40", "")).await;
    three.smith.done(&need, &wish("2", "8", "")).await;
    let ahead = three.baker.open(&round).await;
    three.pass(5).await;
    let plan = three.baker.open(&round).await;
    let why = |page: &str| between(page, "<h2 id=\"why\">", "</section>");
    assert!(why(&ahead).is_some(), "{}", main_of(&ahead));
    assert_eq!(why(&ahead), why(&plan));
    let gets = between(&ahead, "you would get ", " hours").unwrap();
    assert!(plan.contains(&format!("you get {gets} hours")), "{}", main_of(&plan));
    assert!(!plan.contains("Outlook") && !plan.contains("would give"), "{}", main_of(&plan));
    assert!(!three.baker.open(&three.base).await.contains("in this round"));
}

#[tokio::test]
async fn a_guest_sees_the_outlook_of_all_and_may_ask_for_a_unit() {
    let mut three = open("outlook_guest").await;
    let round = three.at("/rounds/1");
    three.miller.done(&three.at("/do/offer"), &wish("2", "30", "")).await;
    three.baker.done(&three.at("/do/need"), &wish("2", "40", "")).await;
    let mut guest = three.place.visitor();
    let page = guest.open(&round).await;
    assert!(page.contains("Outlook: 7:30 hours between 2 units"), "{}", main_of(&page));
    assert!(!page.contains("You would give"), "{}", main_of(&page));
    assert!(!page.contains("id=\"why\""), "{}", main_of(&page));
    let link = between(&page, "Bakery still needs 10 kg of flour/2. <a href=\"", "\"").unwrap();
    let path = format!("{round}{}", link.trim_end_matches("#why"));
    let page = guest.open(&path).await;
    assert!(page.contains("what would help Bakery"), "{}", main_of(&page));
    assert!(!guest.open(&three.base).await.contains("in this round"));
}
