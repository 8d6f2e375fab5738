//! The directory of a federation with many units.

mod visitor;

use visitor::between;

#[tokio::test]
async fn a_hundred_units_are_shown_at_once_and_a_search_looks_through_all() {
    let place = visitor::Place::new("directory");
    let mut rosa = place.visitor();
    let units: Vec<String> = (0..120).map(|number| format!("Unit {number:03}")).collect();
    let units = units.join("\n");
    let fields = visitor::founding(&[
        ("name", "Many"),
        ("kind", "members"),
        ("own_unit", "not used then"),
        ("units", &units),
        ("reading", "members"),
    ]);
    let page = rosa.done("/found", &fields).await;
    let base = between(&page, "<a class=\"name\" href=\"", "\"").unwrap();

    let first = rosa.open(&format!("{base}/directory")).await;
    assert!(first.contains("121 units."), "{first}");
    assert!(first.contains(">Rosa</a>") && first.contains(">Unit 098</a>"), "{first}");
    assert!(!first.contains(">Unit 099</a>") && !first.contains("Units before these"), "{first}");

    let second = rosa.open(&format!("{base}/directory?search=&place=&from=100")).await;
    assert!(second.contains(">Unit 099</a>") && second.contains(">Unit 119</a>"), "{second}");
    assert!(second.contains("from=0\">Units before these") && !second.contains("More units"));

    let found = rosa.open(&format!("{base}/directory?search=unit+119")).await;
    assert!(found.contains("1 unit.") && found.contains(">Unit 119</a>"), "{found}");
}
