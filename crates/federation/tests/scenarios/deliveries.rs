use federation::Act;
use federation::act::{ProposeContract, Terms};
use federation::rows::{Progress, Status};
use measure::Quantity;
use testkit::phrases;

use crate::{Village, entitled};

#[test]
fn a_receiver_that_stays_silent_has_accepted_after_seven_days() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let contract = scene.agreed((bakery, clinic), bread, 5);
    let delivery = scene.handed_over(contract, 5);
    scene.does(clinic, phrases::receipt(delivery));
    entitled(&scene, &[(bakery, 0), (clinic, 0)]);
    scene.wait_days(6);
    assert_eq!(scene.refused(bakery, phrases::accept_delivery(delivery)).code(), "still-time");
    scene.wait_days(1);
    scene.does(bakery, phrases::accept_delivery(delivery));
    entitled(&scene, &[(bakery, 5), (clinic, -5)]);
}

#[test]
fn a_receiver_that_ends_the_contract_owes_what_it_took_and_nothing_more() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let contract = scene.agreed((bakery, clinic), bread, 5);
    let delivery = scene.handed_over(contract, 3);
    scene.does(clinic, phrases::receipt(delivery));
    scene.does(clinic, phrases::end(contract));
    assert_eq!(scene.refused(bakery, phrases::deliver(contract, 1)).code(), "not-agreed");
    scene.wait_days(7);
    scene.does(bakery, phrases::accept_delivery(delivery));
    entitled(&scene, &[(bakery, 3), (clinic, -3)]);
}

#[test]
fn a_receiver_that_leaves_with_the_goods_owes_them() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let contract = scene.agreed((bakery, clinic), bread, 5);
    let delivery = scene.handed_over(contract, 5);
    scene.does(clinic, phrases::receipt(delivery));
    scene.does(clinic, Act::Leave {});
    scene.wait_days(7);
    scene.does(bakery, phrases::accept_delivery(delivery));
    entitled(&scene, &[(bakery, 5), (clinic, -5)]);
    assert!(scene.federation.unit(clinic).unwrap().is_departed());
}

#[test]
fn a_thing_that_is_rejected_by_a_clause_counts_nothing_and_can_come_again() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let contract = scene.agreed((bakery, clinic), bread, 20);
    let delivery = scene.handed_over(contract, 20);
    scene.does(clinic, phrases::receipt(delivery));
    scene.does(clinic, phrases::reject(delivery, 1));
    entitled(&scene, &[(bakery, 0), (clinic, 0)]);
    let id = scene.federation.find_delivery(delivery).unwrap();
    let row = scene.federation.delivery(id).unwrap();
    assert!(matches!(row.progress, Progress::Rejected { clause: 1, .. }));
    scene.delivered(contract, 20);
    entitled(&scene, &[(bakery, 20), (clinic, -20)]);
}

#[test]
fn a_correction_only_reduces_and_both_sign_the_same() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let contract = scene.agreed((bakery, clinic), bread, 10);
    let delivery = scene.delivered(contract, 10);
    scene.does(clinic, phrases::correct(delivery, 4));
    entitled(&scene, &[(bakery, 10), (clinic, -10)]);
    // The bakery names another number; only when both name one does it hold.
    scene.does(bakery, phrases::correct(delivery, 6));
    entitled(&scene, &[(bakery, 10), (clinic, -10)]);
    scene.does(clinic, phrases::correct(delivery, 6));
    entitled(&scene, &[(bakery, 6), (clinic, -6)]);
    // What was corrected away does not come due again.
    assert_eq!(scene.row(contract).left(), Quantity::ZERO);
    assert_eq!(scene.row(contract).status, Status::Fulfilled);
}

#[test]
fn hours_that_the_giver_has_used_are_not_corrected_away() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    let contract = scene.agreed((bakery, clinic), bread, 20);
    let delivery = scene.delivered(contract, 20);
    let milk = scene.valued(farm, "milk", 60);
    let drunk = scene.agreed((farm, bakery), milk, 35);
    scene.delivered(drunk, 35);
    entitled(&scene, &[(bakery, -15), (clinic, -20), (farm, 35)]);
    // Five hours of room are left to the bakery: that much can be taken back, and no more.
    assert_eq!(scene.refused(clinic, phrases::correct(delivery, 14)).code(), "no-room");
    for side in [clinic, bakery] {
        scene.does(side, phrases::correct(delivery, 15));
    }
    entitled(&scene, &[(bakery, -20), (clinic, -15), (farm, 35)]);
}

#[test]
fn cutting_a_delivery_up_gains_nothing() {
    let Village { mut scene, bakery, clinic, .. } = Village::new();
    // A value of 50 seconds a litre, counted in millilitres: most instalments have part seconds.
    let proposed = scene.does(bakery, phrases::specification("milk", "litre", 3));
    let federation::Effect::Specification(id) = proposed else { panic!("{proposed:?}") };
    let first = scene.federation.specification(id).unwrap().versions[0];
    let ask = federation::act::AskValue {
        version: scene.federation.version_ref(first).unwrap(),
        value: measure::Value::from_seconds(50).unwrap(),
        reasons: federation::Prose::default(),
    };
    let asked = scene.does(bakery, Act::AskValue(ask));
    let federation::Effect::Version(milk) = asked else { panic!("{asked:?}") };
    let milk = scene.federation.version_ref(milk).unwrap();
    let contract = scene.agreed((bakery, clinic), milk, 1001);
    for _ in 0..143 {
        scene.delivered(contract, 7);
    }
    assert_eq!(scene.entitlement(bakery), scene.row(contract).hours());
    assert_eq!(scene.entitlement(bakery).seconds(), 50);
    federation::invariants::check(&scene.federation).unwrap();
}

#[test]
fn what_was_already_done_is_entered_in_one_form_that_the_other_side_confirms() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let yesterday = scene.now.plus_seconds(-86_400);
    let done = phrases::given(scene.unit(clinic), bread, 3, yesterday);
    let entered = scene.does(bakery, Act::AlreadyDone(done));
    let contract = scene.contract(&entered);
    entitled(&scene, &[(bakery, 0), (clinic, 0)]);
    scene.does(clinic, phrases::accept(contract));
    entitled(&scene, &[(bakery, 3), (clinic, -3)]);
    assert_eq!(scene.row(contract).status, Status::Fulfilled);
}

#[test]
fn a_gift_is_delivered_and_counts_nothing_whatever_room_there_is() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let act = phrases::give(scene.unit(clinic), bread, 1000);
    let act = ProposeContract { terms: Terms::Gift, ..act };
    let proposed = scene.does(bakery, Act::ProposeContract(act));
    let contract = scene.contract(&proposed);
    scene.does(clinic, phrases::accept(contract));
    scene.delivered(contract, 1000);
    entitled(&scene, &[(bakery, 0), (clinic, 0)]);
    assert_eq!(scene.row(contract).accepted, phrases::steps(1000));
}

#[test]
fn a_contract_that_is_not_answered_by_its_date_is_declined() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let act = phrases::give(scene.unit(clinic), bread, 3);
    let act = ProposeContract { answer_by: scene.now.plus_hours(24), ..act };
    let proposed = scene.does(bakery, Act::ProposeContract(act));
    scene.wait_hours(25);
    let contract = scene.contract(&proposed);
    assert_eq!(scene.refused(clinic, phrases::accept(contract)).code(), "contract-lapsed");
}

#[test]
fn a_giver_above_its_ceiling_is_asked_once_more_and_nothing_is_taken() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let act = phrases::give(scene.unit(clinic), bread, 81);
    assert_eq!(scene.refused(bakery, Act::ProposeContract(act.clone())).code(), "beyond-ceiling");
    let knowing = ProposeContract { ceiling: federation::act::CeilingWarning::Understood, ..act };
    scene.does(bakery, Act::ProposeContract(knowing));
}
