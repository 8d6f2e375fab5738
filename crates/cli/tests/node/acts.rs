use crate::served::{Served, err};

/// Bread at 20 minutes a kilogram.
fn with_bread() -> Served {
    let served = Served::valley();
    let bread =
        ["spec", "propose", "bread", "--measure", "kg", "--decimals", "3", "--clause", "fresh"];
    served.says("rosa", &bread);
    served.says("rosa", &["value", "ask", "bread/1", "0:20", "--reasons", "12 minutes of work"]);
    served
}

#[test]
fn two_units_exchange_from_the_command_line() {
    let served = with_bread();
    let said = served.says("rosa", &["offer", "add", "bread/2", "20", "--every-days", "7"]);
    assert!(
        said.contains("signed with the key that the node keeps for you: offer 1 is there"),
        "{said}"
    );
    served.says("olga", &["need", "add", "bread/2", "2,5", "--value-max", "0:20"]);
    served.says(
        "rosa",
        &["contract", "propose", "give", "Farm", "bread/2", "3", "--note", "as agreed"],
    );
    served.says("olga", &["contract", "accept", "1"]);
    served.says("rosa", &["contract", "say", "1", "see you on Monday"]);
    served.says("rosa", &["deliver", "make", "1", "1.5"]);
    served.says("olga", &["deliver", "receipt", "1"]);
    served.says("olga", &["deliver", "accept", "1"]);
    let contract = served.json("olga", &["contract", "show", "1"]);
    assert_eq!(
        (&contract["accepted_steps"], &contract["left_steps"]),
        (&1500.into(), &1500.into())
    );
    assert_eq!(contract["thread"][0]["words"], "see you on Monday");
    assert_eq!(served.json("rosa", &["unit", "show", "Bakery"])["entitlement_seconds"], 1800);
    assert_eq!(served.json("olga", &["unit", "show"])["entitlement_seconds"], -1800);
    served.says("olga", &["contract", "end", "1", "--reason", "enough bread"]);
    assert!(served.says("rosa", &["contract", "list", "--all"]).contains("ended"));
}

#[test]
fn a_dry_run_says_what_would_come_of_it_and_changes_nothing() {
    let served = with_bread();
    let before = served.json("rosa", &["federation", "show"])["entries"].clone();
    let said = served.says("rosa", &["offer", "add", "bread/2", "20", "--dry-run"]);
    assert_eq!(said, "would be recorded: offer 1 is there\n");
    let refused = served.run("rosa", &["offer", "add", "bread/1", "20", "--dry-run"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        err(&refused).contains("`bread/1` has no value yet; ask one first"),
        "{}",
        err(&refused)
    );
    assert_eq!(served.json("rosa", &["federation", "show"])["entries"], before);
}

#[test]
fn what_needs_two_members_waits_and_the_second_signs_the_same() {
    let served = Served::valley();
    let said = served.says("rosa", &["unit", "invite", "Karim"]);
    let link = said.lines().last().unwrap();
    assert!(served.sign("sign-up", "karim").status.success());
    served.says("karim", &["unit", "join-by-invite", link, "--me", "Karim"]);
    let said = served.says("rosa", &["unit", "back", "Farm", "5"]);
    assert!(said.contains("1 of 2 have signed"), "{said}");
    assert!(served.says("karim", &["unit", "waiting"]).contains("backs Farm with 5:00 hours"));
    assert!(served.says("karim", &["unit", "sign-waiting", "1"]).contains("it holds"));
    assert!(served.says("rosa", &["unit", "backings"]).contains("5:00"));
}

#[test]
fn a_round_is_opened_once_the_calendar_has_it_due() {
    let served = Served::valley();
    let said = served.says("rosa", &["round", "open"]);
    assert!(said.contains("round 1 is there"), "{said}");
    assert!(served.says("rosa", &["round", "list"]).contains("open"));
    let early = served.run("rosa", &["round", "plan", "1"]);
    assert_eq!(early.status.code(), Some(1));
    assert!(err(&early).contains("round 1 waits for"), "{}", err(&early));
}

#[test]
fn the_outlook_of_an_open_round_is_shown_for_all_and_for_a_unit() {
    let served = with_bread();
    let none = served.run("rosa", &["round", "outlook"]);
    assert!(err(&none).contains("no round was opened yet"), "{}", err(&none));
    served.says("rosa", &["round", "open"]);
    assert!(served.says("olga", &["round", "outlook"]).contains("0:00 hours between 0 units"));
    served.says("rosa", &["offer", "add", "bread/2", "20"]);
    served.says("olga", &["need", "add", "bread/2", "30"]);
    let said = served.says("olga", &["round", "outlook"]);
    assert!(said.contains("6:40 hours between 2 units, if nothing more is said"), "{said}");
    let words: Vec<_> = said.lines().last().unwrap().split_whitespace().collect();
    assert_eq!(words, ["Bakery", "Farm", "bread/2", "20", "kg", "6:40"]);
    let said = served.says("olga", &["round", "outlook", "1", "--unit", "Farm"]);
    assert!(said.contains("gives 0:00 hours, gets 6:40 hours"), "{said}");
    assert!(said.contains("3:20 hours: nobody offers so much of bread/2."), "{said}");
    let outlook = served.json("olga", &["round", "outlook", "--unit", "Farm"]);
    assert_eq!(outlook["gets"][0]["worth_seconds"], 24_000);
    assert_eq!(outlook["answer"]["open_needs"][0]["met_seconds"], 24_000);
}

#[test]
fn two_units_bring_things_and_say_what_they_would_take() {
    let served = with_bread();
    let said = served.says("rosa", &["swap", "bring", "bread/1", "--what", "a sourdough of 1950"]);
    assert!(said.contains("thing 1 is there"), "{said}");
    served.says("olga", &["swap", "bring", "bread/1", "2,5"]);
    served.says("olga", &["swap", "would-take", "2", "1"]);
    let thing = served.json("olga", &["swap", "show", "2"]);
    assert_eq!(thing["would_take"], serde_json::json!([1]));
    assert_eq!(thing["quantity_steps"], 2500);
    let refused = served.run("rosa", &["swap", "would-take", "1", "1"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("thing 1 is your unit's own"), "{}", err(&refused));
    assert!(served.says("rosa", &["swap", "list"]).contains("a sourdough of 1950"));
    served.says("rosa", &["swap", "withdraw", "1"]);
    assert!(!served.says("rosa", &["swap", "list"]).contains("a sourdough of 1950"));
    let gone = served.run("olga", &["swap", "would-take", "2", "1"]);
    assert!(err(&gone).contains("thing 1 is no longer in the swap"), "{}", err(&gone));
}

#[test]
fn people_of_two_units_form_a_circle_from_the_command_line() {
    let served = Served::valley();
    served.says("rosa", &["circle", "form", "Readers", "--about", "A book a month"]);
    served.says("olga", &["circle", "join", "Readers"]);
    served.says("olga", &["circle", "post", "1", "Who brings the tea?"]);
    let circle = served.json("rosa", &["circle", "show", "Readers"]);
    assert_eq!(circle["members"].as_array().map(Vec::len), Some(2));
    assert_eq!(circle["posts"][0]["words"], "Who brings the tea?");
    served.says("olga", &["circle", "leave", "1"]);
    let refused = served.run("olga", &["circle", "post", "1", "again"]);
    assert!(err(&refused).contains("you are not in circle 1"), "{}", err(&refused));
}
