use federation::Act;
use testkit::phrases;

use crate::Village;

#[test]
fn whoever_joins_a_circle_speaks_in_it_and_nobody_has_to_agree() {
    let Village { mut scene, bakery, clinic, .. } = Village::new();
    let circle = scene.circle(bakery, "readers");
    assert_eq!(scene.refused(clinic, phrases::post(circle, 1)).code(), "not-in-circle");
    scene.does(clinic, phrases::join_circle(circle));
    scene.does(clinic, phrases::post(circle, 1));
    scene.does(bakery, phrases::post(circle, 2));
    let row = scene.federation.circle(scene.federation.find_circle(circle).unwrap()).unwrap();
    assert_eq!((row.members.len(), row.posts.len()), (2, 2));
}

#[test]
fn somebody_whose_unit_has_left_still_leaves_a_circle() {
    let Village { mut scene, farm, .. } = Village::new();
    let circle = scene.circle(farm, "readers");
    let farmer = scene.signer(farm);
    scene.does(farm, Act::Leave {});
    assert_eq!(
        scene.try_act(farmer, phrases::post(circle, 1)).unwrap_err().code(),
        "unit-departed"
    );
    scene.record(farmer, phrases::leave_circle(circle));
    let row = scene.federation.circle(scene.federation.find_circle(circle).unwrap()).unwrap();
    assert!(row.members.is_empty());
    // It stays where it is, and whoever joins it goes on with it.
    let baker = scene.called("bakery");
    scene.does(baker, phrases::join_circle(circle));
}
