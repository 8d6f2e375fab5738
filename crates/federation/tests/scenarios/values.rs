use federation::act::CounterValue;
use federation::rows::Valuation;
use federation::{Act, Effect, Prose};
use testkit::phrases;

use crate::Village;

#[test]
fn a_value_is_agreed_by_more_than_half_of_those_concerned_with_both_sides_among_them() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    for receiver in [clinic, farm] {
        let contract = scene.agreed((bakery, receiver), bread, 1);
        scene.delivered(contract, 1);
    }
    // The asked value is too high for the clinic, and it says so.
    let counter =
        CounterValue { version: bread, value: phrases::minutes(40), reasons: Prose::default() };
    scene.does(clinic, Act::CounterValue(counter));
    let id = scene.federation.find_version(bread).unwrap();
    assert_eq!(scene.federation.version(id).unwrap().words.len(), 2, "theirs and yours");
    // Two receivers are more than half of three, and no producer is among them.
    scene.does(clinic, phrases::agree(bread, 40));
    let two = scene.does(farm, phrases::agree(bread, 40));
    assert!(matches!(two, Effect::Gathering { signed: 2, .. }), "{two:?}");
    let Effect::Version(agreed) = scene.does(bakery, phrases::agree(bread, 40)) else { panic!() };
    let row = scene.federation.version(agreed).unwrap();
    assert_eq!(row.valuation, Some(Valuation::Agreed { value: phrases::minutes(40) }));
}

#[test]
fn a_new_version_never_touches_an_old_contract() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let contract = scene.agreed((bakery, clinic), bread, 2);
    scene.does(bakery, phrases::ask(bread, 300));
    scene.does(clinic, phrases::agree(bread, 60));
    scene.delivered(contract, 2);
    crate::entitled(&scene, &[(bakery, 2), (clinic, -2)]);
}

#[test]
fn whoever_received_half_a_year_ago_is_concerned_no_more() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::eaten(1);
    let id = scene.federation.find_version(bread).unwrap();
    let now = |scene: &testkit::Scene| scene.federation.concerned(id, scene.now);
    assert!(now(&scene).receivers.contains(&clinic));
    scene.wait_days(181);
    assert!(!now(&scene).receivers.contains(&clinic));
    assert!(now(&scene).producers.contains(&bakery), "it still asks the value");
}
