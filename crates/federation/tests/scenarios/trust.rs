use federation::Act;
use measure::Hours;
use testkit::phrases;

use crate::{Village, entitled};

/// A newcomer that the farm backs with ten hours, of which it has used six.
fn backed() -> (Village, federation::Id<federation::rows::Unit>) {
    let mut village = Village::new();
    village.scene.record(testkit::member(1), phrases::join("smithy"));
    let smithy = village.scene.called("smithy");
    let back = phrases::back(village.scene.unit(smithy), 10);
    village.scene.does(village.farm, back);
    let contract = village.scene.agreed((village.bakery, smithy), village.bread, 6);
    village.scene.delivered(contract, 6);
    (village, smithy)
}

#[test]
fn whoever_backs_gives_up_as_much_room() {
    let (village, smithy) = backed();
    let federation = &village.scene.federation;
    assert_eq!(federation.room(village.farm), Hours::whole(10));
    assert_eq!(federation.room(smithy), Hours::whole(4));
}

#[test]
fn backing_is_released_as_far_as_it_is_free_and_the_rest_runs_off() {
    let (Village { mut scene, clinic, farm, .. }, smithy) = backed();
    let release = phrases::release(scene.unit(smithy), 10);
    scene.does(farm, release);
    let row = scene.federation.unit(smithy).unwrap();
    assert_eq!((row.backing_received, row.room()), (Hours::whole(6), Hours::ZERO));
    assert_eq!(scene.federation.room(farm), Hours::whole(14));
    // Each hour that the smithy gives frees one of the farm's.
    let nails = scene.valued(smithy, "nails", 60);
    let contract = scene.agreed((smithy, clinic), nails, 6);
    scene.delivered(contract, 4);
    assert_eq!(scene.federation.room(farm), Hours::whole(18));
    scene.delivered(contract, 2);
    assert_eq!(scene.federation.room(farm), Hours::whole(20));
    entitled(&scene, &[(smithy, 0), (clinic, -6), (farm, 0)]);
}

#[test]
fn what_others_lend_cannot_be_passed_on() {
    let (Village { mut scene, bakery, clinic, .. }, smithy) = backed();
    let back = phrases::back(scene.unit(clinic), 1);
    assert_eq!(scene.refused(smithy, back).code(), "backing-beyond-base");
    // Nor by way of one's own base, when that is in use: the bakery owes all its base, and is
    // backed itself.
    let milk = scene.valued(clinic, "milk", 60);
    let contract = scene.agreed((clinic, bakery), milk, 26);
    scene.delivered(contract, 26);
    let back = phrases::back(scene.unit(bakery), 10);
    scene.does(clinic, back);
    let back = phrases::back(scene.unit(smithy), 1);
    assert_eq!(scene.refused(bakery, back).code(), "backing-beyond-base");
}

#[test]
fn a_backer_that_leaves_pulls_no_room_away_that_is_in_use() {
    let (Village { mut scene, farm, .. }, smithy) = backed();
    scene.does(farm, Act::Leave {});
    let row = scene.federation.unit(smithy).unwrap();
    assert_eq!((row.run_off, row.room()), (Hours::whole(6), Hours::ZERO));
    entitled(&scene, &[(smithy, -6)]);
}

#[test]
fn a_unit_that_leaves_uses_its_own_base_before_what_others_lent() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    let back = phrases::back(scene.unit(clinic), 10);
    scene.does(farm, back);
    let contract = scene.agreed((bakery, clinic), bread, 25);
    scene.delivered(contract, 25);
    scene.does(clinic, Act::Leave {});
    let row = scene.federation.unit(clinic).unwrap();
    assert_eq!((row.run_off, row.backing_received), (Hours::whole(20), Hours::whole(5)));
    assert_eq!(scene.federation.room(farm), Hours::whole(15));
    entitled(&scene, &[(clinic, -25)]);
}

#[test]
fn whoever_lent_first_is_free_first() {
    let (Village { mut scene, bakery, clinic, farm, .. }, smithy) = backed();
    let back = phrases::back(scene.unit(smithy), 6);
    scene.does(clinic, back);
    for backer in [clinic, farm] {
        let hours = if backer == farm { 10 } else { 6 };
        let release = phrases::release(scene.unit(smithy), hours);
        scene.does(backer, release);
    }
    // Sixteen lent, six used: the clinic asked first and got its free room back then.
    assert_eq!(scene.federation.room(clinic), Hours::whole(20));
    assert_eq!(scene.federation.room(farm), Hours::whole(14));
    entitled(&scene, &[(bakery, 6), (smithy, -6)]);
}

#[test]
fn what_a_plan_lets_a_unit_earn_frees_the_room_that_its_backer_asked_back() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    scene.record(testkit::member(1), phrases::join("smithy"));
    let smithy = scene.called("smithy");
    let back = phrases::back(scene.unit(smithy), 10);
    scene.does(farm, back);
    scene.does(bakery, Act::Offer(phrases::wish(bread, 6)));
    scene.does(smithy, Act::Need(phrases::wish(bread, 6)));
    let round = scene.open_and_close_round(farm);
    for contract in scene.planned(farm, round) {
        for side in [bakery, smithy] {
            scene.does(side, phrases::accept(contract));
        }
    }
    // Six of the ten hours are held for the bread that is to come.
    let release = phrases::release(scene.unit(smithy), 10);
    scene.does(farm, release);
    assert_eq!(scene.federation.room(farm), Hours::whole(14));
    // In the re-solve the smithy gives as much as it gets.
    let nails = scene.valued(smithy, "nails", 60);
    scene.does(smithy, Act::Offer(phrases::wish(nails, 6)));
    scene.does(clinic, Act::Need(phrases::wish(nails, 6)));
    scene.does(farm, phrases::close(round));
    assert_eq!(scene.planned(farm, round).len(), 1);
    assert_eq!(scene.federation.room(farm), Hours::whole(20));
}
