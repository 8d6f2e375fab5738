//! The demonstration: anybody acts as anybody, lets time pass, and every page opens.

mod visitor;

use visitor::{Place, between, main_of};

#[tokio::test]
async fn a_visitor_acts_as_anybody_and_every_page_of_the_sample_opens() {
    let place = Place::new("demo");
    place.node.host_sample().unwrap();
    let mut visitor = place.visitor();
    let demo = visitor.open("/demo").await;
    assert!(demo.matches("<button class=\"plain\">Act as ").count() >= 12, "{}", main_of(&demo));
    let federation = between(&demo, "name=\"federation\" value=\"", "\"").unwrap();
    let person = between(&demo, "name=\"person\" value=\"", "\"").unwrap();
    let fields = [("federation", federation.as_str()), ("person", person.as_str())];
    let today = visitor.done("/demo/act-as", &fields).await;
    let base = between(&today, "<a class=\"name\" href=\"", "\"").unwrap();
    for path in [
        "",
        "/offers",
        "/swaps",
        "/rounds",
        "/rounds/1",
        "/rounds/12",
        "/unit",
        "/unit/invites",
        "/units/3",
        "/specifications",
        "/specifications/1",
        "/contracts",
        "/contracts?whose=all",
        "/contracts/1",
        "/contracts/500",
        "/decisions",
        "/decisions/1",
        "/decisions/2",
        "/decisions/4",
        "/do/propose?question=pact",
        "/do/propose?question=order",
        "/do/propose?question=essentials",
        "/pact",
        "/directory",
        "/directory?search=bread",
        "/record",
        "/record?before=100",
        "/record/0",
        "/record/1500",
        "/me",
        "/checkpoint",
    ] {
        visitor.open(&format!("{base}{path}")).await;
    }
    let slashed = visitor.look(&format!("{base}/offers/")).await;
    assert_eq!(slashed.location, Some(format!("{base}/offers")));
    let elsewhere = visitor.look("//example.org/").await;
    assert_eq!(elsewhere.location, None);
    let csv = visitor.open(&format!("/api/v1/f/{federation}/units.csv")).await;
    assert!(csv.lines().count() > 12, "{csv}");
    let page = visitor.done("/demo/pass", &[("what", "week")]).await;
    assert!(page.contains("When time passes"), "{}", main_of(&page));
    let rounds = visitor.open(&format!("{base}/rounds")).await;
    assert!(!rounds.contains("takes offers and needs until"), "{}", main_of(&rounds));
}

#[tokio::test]
async fn the_first_page_is_small_and_needs_no_script() {
    let place = Place::new("small");
    place.node.host_sample().unwrap();
    let mut guest = place.visitor();
    let home = guest.open("/").await;
    let base = between(&home, "<h3><a href=\"", "\"").unwrap();
    let first = guest.open(&base).await;
    let styles = guest.open("/static/artel.css").await;
    let picture = guest.open("/static/artel.svg").await;
    // Even without compression.
    assert!(first.len() + styles.len() + picture.len() < 50_000);
    assert!(!first.contains("style=") && !first.contains("onclick"), "{first}");
}
