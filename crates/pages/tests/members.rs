//! Who may do what, and for whom: invites, two signatures, somebody without a device, leaving.

mod visitor;

use visitor::{Three, between, cosign, join, main_of};

#[tokio::test]
async fn an_invite_link_takes_in_one_person_once() {
    let mut three = Three::found("invite").await;
    let fields = [("label", "Olga, the potter"), ("way", "link")];
    let page = three.smith.done(&three.at("/do/admit-member"), &fields).await;
    assert!(page.contains("For Olga, the potter"), "{}", main_of(&page));
    assert!(page.contains("<svg class=\"qr\""), "{}", main_of(&page));
    let link = between(&page, "<a href=\"http://artel.test", "\"").unwrap();
    let mut olga = join(&three.place, &link, "Olga").await;
    let page = olga.open(&three.at("/unit")).await;
    assert!(page.contains("<h1>Smithy</h1>") && page.contains("Emma"), "{}", main_of(&page));
    let again = three.place.visitor().look(&link).await;
    assert!(again.text.contains("this invite was used or taken back"), "{}", again.text);
    let page = three.smith.open(&three.at("/unit/invites")).await;
    assert!(page.contains("You have no open invite"), "{}", main_of(&page));
}

#[tokio::test]
async fn two_members_act_for_somebody_without_a_device() {
    let mut three = Three::found("without_device").await;
    let fields = [("label", "Emil"), ("way", "link")];
    let page = three.smith.done(&three.at("/do/admit-member"), &fields).await;
    let link = between(&page, "<a href=\"http://artel.test", "\"").unwrap();
    let mut emil = join(&three.place, &link, "Emil").await;
    let fields = [("label", "Walter"), ("way", "no-device")];
    let page = three.smith.done(&three.at("/do/admit-member"), &fields).await;
    assert!(page.contains("It waits for 1 more to sign the same."), "{}", main_of(&page));
    cosign(&three.base, &mut emil).await;

    let form = three.smith.open(&three.at("/do/describe-unit")).await;
    let walter = between(&form, "\">Walter</option>", "").map(|_| ());
    assert!(walter.is_some(), "{}", main_of(&form));
    let number = form.split("\">Walter</option>").next().unwrap().rsplit('"').next().unwrap();
    let fields = [("place", "Forge Lane"), ("description", ""), ("act_for", number)];
    let page = three.smith.done(&three.at("/do/describe-unit"), &fields).await;
    assert!(page.contains("It waits for 1 more to sign the same."), "{}", main_of(&page));

    let today = emil.open(&three.base).await;
    assert!(today.contains("For Walter: waits for another signature"), "{}", main_of(&today));
    cosign(&three.base, &mut emil).await;
    // Walter has said it, and what the unit says of itself takes two.
    let page = three.smith.open(&three.at("/unit")).await;
    assert!(!page.contains("<p>Forge Lane "), "{}", main_of(&page));
    cosign(&three.base, &mut emil).await;
    let page = emil.open(&three.at("/unit")).await;
    assert!(page.contains("<p>Forge Lane "), "{}", main_of(&page));
}

#[tokio::test]
async fn an_invite_of_one_member_works_once_another_has_signed_it() {
    let mut three = Three::found("two_invite").await;
    let invites = |name| [("label", name), ("way", "link")];
    let page = three.smith.done(&three.at("/do/admit-member"), &invites("Emil")).await;
    let link = between(&page, "<a href=\"http://artel.test", "\"").unwrap();
    let mut emil = join(&three.place, &link, "Emil").await;
    let page = three.smith.done(&three.at("/do/admit-member"), &invites("Olga")).await;
    assert!(page.contains("Another member has to sign this invite too"), "{}", main_of(&page));
    assert_eq!(between(&page, "<a href=\"http://artel.test", "\""), None);
    cosign(&three.base, &mut emil).await;
    let page = three.smith.open(&three.at("/unit/invites")).await;
    let link = between(&page, "<a href=\"http://artel.test", "\"").unwrap();
    let mut olga = join(&three.place, &link, "Olga").await;
    let page = olga.open(&three.at("/unit")).await;
    assert!(page.contains("Emil") && page.contains("Olga"), "{}", main_of(&page));
    // To leave takes two of these three, and the page says so before.
    let page = olga.open(&three.at("/do/leave")).await;
    assert!(page.contains("It takes 2 of 3 members."), "{}", main_of(&page));
    let page = olga.done(&three.at("/do/leave"), &[]).await;
    assert!(page.contains("It waits for 1 more to sign the same."), "{}", main_of(&page));
}

#[tokio::test]
async fn a_unit_leaves_and_comes_back_to_its_row() {
    let mut three = Three::found("leaving").await;
    let fields = [("by", "2099-01-01")];
    let page = three.smith.done(&three.at("/do/announce-leaving"), &fields).await;
    assert!(page.contains("says that the unit will leave"), "{}", main_of(&page));
    let page = three.smith.done(&three.at("/do/leave"), &[]).await;
    assert!(page.contains("leaves the federation with the unit"), "{}", main_of(&page));
    let page = three.smith.open(&three.base).await;
    assert!(
        page.contains("Smithy is no longer in the federation. It can come back."),
        "{}",
        main_of(&page)
    );
    three.smith.done(&three.at("/do/return"), &[("unit", "3")]).await;
    let page = three.smith.open(&three.at("/unit")).await;
    assert!(page.contains("<span class=\"tag\">in the federation</span>"), "{}", main_of(&page));
}

#[tokio::test]
async fn a_newcomer_joins_with_a_unit_on_one_page_and_is_backed() {
    let mut three = Three::found("newcomer").await;
    let mut paula = three.place.visitor();
    let fields = [
        ("unit", "Soap Shed"),
        ("place", "Long Lane"),
        ("name", "Paula"),
        ("contact", ""),
        ("sign_in", "paula"),
        ("passphrase", "soap and candles"),
    ];
    let page = paula.done(&three.at("/join"), &fields).await;
    assert!(page.contains("<h1>Soap Shed</h1>"), "{}", main_of(&page));
    let page = three.baker.done(&three.at("/do/back"), &[("unit", "4"), ("hours", "6")]).await;
    assert!(page.contains("backs Soap Shed with 6:00 hours"), "{}", main_of(&page));
    let page = paula.open(&three.at("/unit")).await;
    assert!(page.contains("<dt>Room</dt><dd class=\"big\">6:00</dd>"), "{}", main_of(&page));
}

#[tokio::test]
async fn each_member_is_a_unit_in_a_time_bank() {
    let place = visitor::Place::new("time_bank");
    let mut rosa = place.visitor();
    let fields = visitor::founding(&[
        ("name", "Time bank"),
        ("kind", "members"),
        ("own_unit", "not used then"),
        ("units", "Karl\nEmma\nOlga"),
        ("reading", "members"),
    ]);
    let page = rosa.done("/found", &fields).await;
    let base = between(&page, "<a class=\"name\" href=\"", "\"").unwrap();
    let directory = rosa.open(&format!("{base}/directory")).await;
    for unit in ["Rosa", "Karl", "Emma", "Olga"] {
        assert!(directory.contains(&format!(">{unit}</a>")), "{unit}: {directory}");
    }
    let guest = place.visitor().look(&format!("{base}/directory")).await;
    assert_eq!(guest.location.as_deref(), Some("/sign-in"));
}
