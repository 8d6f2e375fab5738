//! Lists that have grown long.

mod visitor;

use visitor::{Three, between, main_of};

/// Each of three people does something as often as one of them may on a day.
async fn often(
    three: &mut Three,
    form: &str,
    fields: impl Fn(usize) -> Vec<(&'static str, String)>,
) {
    let path = three.at(form);
    for number in 0..120 {
        let fields = fields(number);
        let fields: Vec<_> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let visitor = match number % 3 {
            0 => &mut three.baker,
            1 => &mut three.miller,
            _ => &mut three.smith,
        };
        visitor.done(&path, &fields).await;
    }
}

#[tokio::test]
async fn a_hundred_resources_are_listed_by_name_and_a_search_finds_the_others() {
    let mut three = Three::found("lists_resources").await;
    let empty = main_of(&three.smith.open(&three.at("/resources")).await);
    assert!(empty.contains("None yet."), "{empty}");
    let press = |number| {
        let name = format!("Press {number:03}");
        vec![("name", name), ("place", "Lower mill".to_owned()), ("about", String::new())]
    };
    often(&mut three, "/do/register", press).await;
    let list = main_of(&three.smith.open(&three.at("/resources")).await);
    assert!(
        list.contains("120 resources, the first 100 by name; search for the others."),
        "{list}"
    );
    assert!(list.contains(">Press 099</a>") && !list.contains(">Press 100</a>"), "{list}");
    let found = main_of(&three.smith.open(&three.at("/resources?search=mill+119")).await);
    assert!(found.contains("1 resource.") && found.contains(">Press 119</a>"), "{found}");
    let none = main_of(&three.smith.open(&three.at("/resources?search=pond")).await);
    assert!(none.contains("None that has all these words."), "{none}");
}

#[tokio::test]
async fn what_others_ask_themselves_is_listed_after_ones_own_and_cut_unless_all_is_asked_for() {
    let mut three = Three::found("lists_decisions").await;
    let closes = three.place.node.clock().now().plus_seconds(5 * 86_400).to_string();
    let question = |number| {
        let fields = [("question", "own"), ("options", ""), ("closes", &closes[..10])];
        let mut fields = fields.map(|(name, text)| (name, text.to_owned())).to_vec();
        fields.push(("text", format!("shall we paint gate {number}?")));
        fields
    };
    often(&mut three, "/do/propose", question).await;
    let open = |page: &str| between(page, "<h2>Open</h2>", "<h2>Over</h2>").unwrap();
    let page = open(&three.smith.open(&three.at("/decisions")).await);
    let (own, others) =
        (page.find("paint gate 2?").unwrap(), page.find("paint gate 118?").unwrap());
    assert!(own < others && page.contains("20 more are open"), "{page}");
    assert!(!page.contains("paint gate 0?"), "{page}");
    let page = open(&three.smith.open(&three.at("/decisions?open=all")).await);
    assert!(page.contains("paint gate 0?") && !page.contains("more are open"), "{page}");
}
