//! Whoever has lost their keys gets a new one from their helpers, without ever signing in before.

mod visitor;

use visitor::{Three, Visitor, between, main_of};

/// Emma of the smithy, alone there, has named Rosa, Karl and Sonja of a pottery.
async fn with_helpers(test: &str) -> (Three, Visitor) {
    let mut three = Three::found(test).await;
    let mut potter = three.place.visitor();
    let fields = [
        ("unit", "Pottery"),
        ("name", "Sonja"),
        ("sign_in", "sonja"),
        ("passphrase", "clay and fire"),
    ];
    potter.done(&three.at("/join"), &fields).await;
    let form = three.smith.open(&three.at("/do/name-helpers")).await;
    let id = |name: &str| {
        let before = form.split(&format!(">{name}</option>")).next().unwrap();
        before.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned()
    };
    let (rosa, karl, sonja) = (id("Rosa"), id("Karl"), id("Sonja"));
    let fields = [
        ("helper_1", rosa.as_str()),
        ("helper_2", karl.as_str()),
        ("helper_3", sonja.as_str()),
        ("helper_4", ""),
        ("helper_5", ""),
        ("needed", "2"),
    ];
    three.smith.done(&three.at("/do/name-helpers"), &fields).await;
    (three, potter)
}

/// What stands in a page's link to the helpers: the key, and who is said to hold it.
fn link_of(page: &str) -> (String, String) {
    let address = between(page, "/do/recover-key?key=", "\"").unwrap().replace("&#38;", "&");
    let (key, held_by) = address.split_once("&held_by=").unwrap();
    (key.to_owned(), held_by.to_owned())
}

/// A helper opens the link, chooses Emma, and signs.
async fn signs(three: &Three, helper: &mut Visitor, key: &str, held_by: &str) {
    let path = three.at(&format!("/do/recover-key?key={key}&held_by={held_by}"));
    let form = helper.open(&path).await;
    assert!(form.contains(&key[..8]) && form.contains(">Emma</option>"), "{}", main_of(&form));
    let before = form.split(">Emma</option>").next().unwrap();
    let emma = before.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let fields = [("person", emma.as_str()), ("key", key), ("held_by", held_by)];
    helper.done(&three.at("/do/recover-key"), &fields).await;
}

#[tokio::test]
async fn a_key_that_the_node_keeps_comes_into_use_two_days_after_the_helpers_have_signed() {
    let (mut three, mut potter) = with_helpers("recovery_kept").await;
    let mut lost = three.place.visitor();
    let door = lost.open("/sign-in").await;
    assert!(door.contains("I have lost my keys in Valley"), "{}", main_of(&door));
    lost.open(&three.at("/recover")).await;
    let fields = [("way", "node"), ("sign_in", "emma again"), ("passphrase", "iron and coal")];
    let answer = lost.send_form(&three.at("/recover"), &fields).await;
    let page = lost.open(&answer.location.clone().unwrap()).await;
    assert!(page.contains("No helper has signed this key yet."), "{}", main_of(&page));
    assert!(page.contains("<svg class=\"qr\""), "{}", main_of(&page));
    let (key, held_by) = link_of(&page);
    assert_eq!(held_by, "node");
    let mut baker = three.baker.clone();
    signs(&three, &mut baker, &key, &held_by).await;
    let today = potter.open(&three.base).await;
    assert!(
        today.contains("Emma has lost their keys, and you are a helper"),
        "{}",
        main_of(&today)
    );
    signs(&three, &mut potter, &key, &held_by).await;
    let address = answer.location.unwrap();
    let page = lost.open(&address).await;
    assert!(page.contains("Enough helpers have signed; it comes into use after"), "{page}");
    // Her old device would see it, and could say no.
    let today = three.smith.open(&three.base).await;
    assert!(today.contains("A new key is to replace all yours"), "{}", main_of(&today));
    three.pass(3).await;
    let page = lost.open(&address).await;
    assert!(page.contains("Your new key is in use since"), "{}", main_of(&page));
    let mut emma = three.place.visitor();
    let fields = [("sign_in", "emma again"), ("passphrase", "iron and coal")];
    let page = emma.done("/sign-in", &fields).await;
    assert!(page.contains("Emma, Smithy"), "{}", main_of(&page));
    let fields = [("place", "Forge Lane"), ("description", "")];
    let page = emma.done(&three.at("/do/describe-unit"), &fields).await;
    assert!(page.contains("Signed with the key that is kept for you"), "{}", main_of(&page));
}

#[tokio::test]
async fn an_old_key_says_no_and_the_page_names_the_seven_days_and_who_must_sign_again() {
    let (mut three, mut potter) = with_helpers("recovery_vetoed").await;
    let mut lost = three.place.visitor();
    let key = "5f0c".repeat(16);
    let fields = [("way", "device"), ("key", key.as_str())];
    let answer = lost.send_form(&three.at("/recover"), &fields).await;
    let address = answer.location.unwrap();
    let mut baker = three.baker.clone();
    signs(&three, &mut baker, &key, "device").await;
    signs(&three, &mut potter, &key, "device").await;
    let me = three.smith.open(&three.at("/me")).await;
    assert!(me.contains("I did not ask for it: say no"), "{}", main_of(&me));
    let page = three.smith.done(&three.at("/do/veto-recovery"), &[("key", key.as_str())]).await;
    assert!(page.contains("says no to a new key"), "{}", main_of(&page));
    let page = lost.open(&address).await;
    assert!(page.contains("0 of 2 helpers have signed again"), "{}", main_of(&page));
    let me = potter.open(&three.at("/me")).await;
    assert!(me.contains("An old key") || me.contains("an old key has said no"), "{}", main_of(&me));
    assert!(me.contains("Look at it and sign"), "{}", main_of(&me));
}

#[tokio::test]
async fn a_broken_key_and_a_short_passphrase_are_sent_back_with_the_rule() {
    let (three, _) = with_helpers("recovery_wrong").await;
    let mut lost = three.place.visitor();
    let fields = [("way", "device"), ("key", "5f0c")];
    let page = lost.refused(&three.at("/recover"), &fields).await;
    assert!(page.contains("copy all of it"), "{}", main_of(&page));
    let fields = [("way", "node"), ("sign_in", "emma again"), ("passphrase", "x")];
    let page = lost.refused(&three.at("/recover"), &fields).await;
    assert!(page.contains("value=\"emma again\""), "{}", main_of(&page));
}
