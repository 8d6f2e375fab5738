use federation::Act;
use federation::rows::Standing;
use measure::Hours;
use testkit::{Listed, Scene, founding, phrases};

use crate::entitled;

#[test]
fn forty_people_found_their_own_federation_and_exchange_the_same_day() {
    let people: Vec<String> = (0..40).map(|number| format!("person {number}")).collect();
    let mut scene = Scene::found(people.iter().map(|name| Listed::new(name, 1)).collect());
    let begun = scene.now;
    let units: Vec<_> = people.iter().map(|name| scene.called(name)).collect();
    let hour = scene.valued(units[0], "an hour of help", 60);
    for (nth, &unit) in units.iter().enumerate() {
        let next = units[(nth + 1) % units.len()];
        let contract = scene.agreed((unit, next), hour, 2);
        scene.delivered(contract, 2);
    }
    let lunch = scene.agreed((units[0], units[20]), hour, 20);
    scene.delivered(lunch, 20);
    entitled(&scene, &[(units[0], 20), (units[20], -20), (units[1], 0)]);
    assert_eq!(scene.now, begun, "all of it on one day");
    // And a round the same day, for whoever wants one.
    scene.does(units[5], Act::Offer(phrases::wish(hour, 3)));
    scene.does(units[6], Act::Need(phrases::wish(hour, 3)));
    let round = scene.open_and_close_round(units[7]);
    assert_eq!(scene.planned(units[7], round).len(), 1);
}

#[test]
fn a_row_that_is_not_signed_has_a_name_and_nothing_else() {
    let mut scene = Scene::new();
    let listed = vec![Listed::new("bakery", 1), Listed::new("clinic", 1)];
    let founder = scene.founder_of(&listed);
    scene.record(founder, founding(federation::Pact::default(), listed));
    let (bakery, clinic) = (scene.called("bakery"), scene.called("clinic"));
    let row = scene.federation.unit(clinic).unwrap();
    assert_eq!((row.standing, row.base), (Standing::Listed, Hours::ZERO));
    let bread = scene.valued(bakery, "bread", 60);
    let act = phrases::give(scene.unit(clinic), bread, 1);
    let refused = scene.refused(bakery, Act::ProposeContract(act));
    assert_eq!(refused.code(), "pact-not-signed");
}

#[test]
fn opening_entitlements_come_into_force_together() {
    let mut scene = Scene::new();
    let listed = vec![
        Listed::new("bakery", 1).opening(7),
        Listed::new("clinic", 1).opening(-10),
        Listed::new("farm", 1).opening(3),
        Listed::new("school", 1),
    ];
    let founder = scene.founder_of(&listed);
    scene.record(founder, founding(federation::Pact::default(), listed));
    let units = ["bakery", "clinic", "farm"].map(|name| scene.called(name));
    let sign = phrases::sign_row(scene.unit(units[1]));
    scene.does(units[1], sign);
    entitled(&scene, &[(units[0], 0), (units[1], 0)]);
    // The school opens with nothing, so nobody waits for it.
    let sign = phrases::sign_row(scene.unit(units[2]));
    scene.does(units[2], sign);
    entitled(&scene, &[(units[0], 7), (units[1], -10), (units[2], 3)]);
}
