//! Circles and public lots, on plain pages.

mod visitor;

use visitor::{Three, between, main_of};

#[tokio::test]
async fn people_of_two_units_form_a_circle_and_write_on_its_bulletin() {
    let mut three = Three::found("circles").await;
    let form = [("name", "Readers"), ("about", "A <b>book</b> a month")];
    let page = three.baker.done(&three.at("/do/form-circle"), &form).await;
    assert!(page.contains("A &#60;b&#62;book&#60;/b&#62; a month"), "{}", main_of(&page));
    let form = [("name", "READERS"), ("about", "")];
    let refused = three.smith.refused(&three.at("/do/form-circle"), &form).await;
    assert!(refused.contains("there is a circle called `READERS`"), "{}", main_of(&refused));
    let page = three.miller.done(&three.at("/do/join-circle"), &[("circle", "1")]).await;
    assert!(page.contains("2 people from 2 units"), "{}", main_of(&page));
    let words = [("circle", "1"), ("words", "Who brings the tea?\n<script>alert(1)</script>")];
    let page = three.miller.done(&three.at("/do/post"), &words).await;
    let written = ["<p>Who brings the tea?</p>", "&#60;script&#62;"];
    assert!(written.iter().all(|part| page.contains(part)), "{}", main_of(&page));
    let list = three.smith.open(&three.at("/circles")).await;
    assert!(list.contains("2 members from 2 units; last written on"), "{}", main_of(&list));
    // Who is not in it reads, and has no form to write.
    let page = three.smith.open(&three.at("/circles/1")).await;
    assert!(page.contains("Join this circle") && !page.contains("/do/post"), "{}", main_of(&page));
    three.miller.done(&three.at("/do/leave-circle"), &[("circle", "1")]).await;
    let page = three.baker.open(&three.at("/circles/1")).await;
    assert!(page.contains("<p>1 person.</p>"), "{}", main_of(&page));
}

#[tokio::test]
async fn only_their_author_takes_words_on_a_bulletin_back() {
    let mut three = Three::found("bulletin").await;
    three.baker.done(&three.at("/do/form-circle"), &[("name", "Readers"), ("about", "")]).await;
    let words = [("circle", "1"), ("words", "something rash")];
    three.baker.done(&three.at("/do/post"), &words).await;
    let me = three.baker.open(&three.at("/me")).await;
    let body = between(&me, "something rash", "</form>").unwrap();
    let body = between(&body, "name=\"body\" value=\"", "\"").unwrap();
    three.miller.send_form(&three.at("/me/erase"), &[("body", &body)]).await;
    let page = three.smith.open(&three.at("/circles/1")).await;
    assert!(page.contains("something rash"), "{}", main_of(&page));
    three.baker.send_form(&three.at("/me/erase"), &[("body", &body)]).await;
    let page = three.smith.open(&three.at("/circles/1")).await;
    assert!(page.contains("taken back by their author"), "{}", main_of(&page));
}

#[tokio::test]
async fn a_lot_is_drawn_with_a_tap_for_the_number_and_a_tap_to_tell_it() {
    let mut three = Three::found("lots").await;
    let names =
        [("about", "the key of the mill"), ("names", "bakery\nEmma\nMill\nCy"), ("draw", "4")];
    three.baker.done(&three.at("/do/open-lot"), &names).await;
    for visitor in [&mut three.baker, &mut three.miller, &mut three.smith] {
        let today = visitor.open(&three.base).await;
        assert!(today.contains("Public lot 1 "), "{}", main_of(&today));
        visitor.done(&format!("{}/do/commit-number", three.base), &[("lot", "1")]).await;
    }
    three.pass(3).await;
    for visitor in [&mut three.baker, &mut three.miller, &mut three.smith] {
        let page = visitor.open(&format!("{}/lots", three.base)).await;
        let number = between(&page, "name=\"number\" value=\"", "\"");
        let number = number.unwrap_or_else(|| panic!("{}", main_of(&page)));
        let fields = [("lot", "1"), ("number", number.as_str())];
        visitor.done(&format!("{}/do/open-number", three.base), &fields).await;
    }
    let page = three.smith.open(&three.at("/lots")).await;
    assert!(page.contains("from 3 numbers") && page.contains("Drawn: "), "{}", main_of(&page));
    let drawn = between(&page, "Drawn: <strong>", "<").unwrap();
    let mut drawn: Vec<&str> = drawn.split(", ").collect();
    drawn.sort_unstable();
    assert_eq!(drawn, ["Bakery", "Cy", "Emma", "Mill"]);
    // Units and members are told, for they were drawn as themselves.
    let told = [
        (&mut three.baker, "Your unit was drawn in public lot 1, the key of the mill: "),
        (&mut three.smith, "You were drawn in public lot 1, the key of the mill: "),
    ];
    for (visitor, says) in told {
        let today = visitor.open(&three.base).await;
        assert!(today.contains(says), "{}", main_of(&today));
    }
}
