use federation::Act;
use federation::act::{AnnounceLeaving, ProposeContract, Side};
use federation::rows::Status;
use measure::Hours;
use testkit::phrases;

use crate::{Village, entitled};

#[test]
fn a_debtor_leaves_at_once_and_takes_up_its_row_when_it_comes_back() {
    let Village { mut scene, bakery, clinic, .. } = Village::eaten(12);
    scene.does(clinic, Act::Leave {});
    let row = scene.federation.unit(clinic).unwrap();
    assert!(row.is_departed());
    // Nothing can be drawn on the row, and nothing is written off.
    assert_eq!((row.room_now(), row.allowance()), (Hours::ZERO, Hours::whole(12)));
    let back = phrases::come_back(scene.unit(clinic));
    scene.does(clinic, back);
    entitled(&scene, &[(bakery, 12), (clinic, -12)]);
    let row = scene.federation.unit(clinic).unwrap();
    assert!(row.is_in());
    assert_eq!(row.room(), Hours::ZERO, "what it had from the founding list is gone");
}

#[test]
fn most_members_of_a_departed_unit_cannot_begin_afresh_beside_its_row() {
    let Village { mut scene, clinic, farm, .. } = Village::eaten(12);
    scene.does(clinic, Act::Leave {});
    let [first, second] = scene.signers(clinic).try_into().unwrap();
    // One of two may go their own way; the other may not follow them there.
    scene.record(first, phrases::new_unit("clinic again"));
    let again = scene.called("clinic again");
    let admit = phrases::admit_without_key(second.person);
    assert_eq!(scene.refused(again, admit.clone()).code(), "row-left-behind");
    // Joining a unit that was there before is no new beginning.
    scene.does(farm, admit);
}

#[test]
fn a_debt_can_still_be_delivered_for_and_no_further() {
    let Village { mut scene, bakery, clinic, .. } = Village::eaten(12);
    let visit = scene.valued(clinic, "visit", 60);
    scene.does(clinic, Act::Leave {});
    let give = |scene: &testkit::Scene, hours| {
        Act::ProposeContract(phrases::give(scene.unit(bakery), visit, hours))
    };
    let twelve = give(&scene, 12);
    let proposed = scene.does(clinic, twelve);
    let contract = scene.contract(&proposed);
    let more = give(&scene, 1);
    assert_eq!(scene.refused(clinic, more).code(), "beyond-debt");
    scene.does(bakery, phrases::accept(contract));
    scene.delivered(contract, 12);
    entitled(&scene, &[(bakery, 0), (clinic, 0)]);
    assert_eq!(scene.federation.unit(clinic).unwrap().run_off, Hours::ZERO);
}

#[test]
fn a_departed_debtor_can_say_yes_to_what_somebody_wants_of_it() {
    let Village { mut scene, bakery, clinic, .. } = Village::eaten(12);
    let visit = scene.valued(clinic, "visit", 60);
    scene.does(clinic, Act::Leave {});
    let act = phrases::take(scene.unit(clinic), visit, 12);
    let proposed = scene.does(bakery, Act::ProposeContract(act));
    let contract = scene.contract(&proposed);
    scene.does(clinic, phrases::accept(contract));
    scene.delivered(contract, 12);
    entitled(&scene, &[(bakery, 0), (clinic, 0)]);
}

#[test]
fn a_departed_unit_receives_nothing_new() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::eaten(12);
    scene.does(clinic, Act::Leave {});
    let act = phrases::give(scene.unit(clinic), bread, 1);
    assert_eq!(scene.refused(bakery, Act::ProposeContract(act)).code(), "unit-departed");
}

#[test]
fn leaving_ends_open_contracts_and_takes_offers_back() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let agreed = scene.agreed((bakery, clinic), bread, 2);
    let act = phrases::give(scene.unit(clinic), bread, 1);
    let proposed = scene.does(bakery, Act::ProposeContract(act));
    let proposed = scene.contract(&proposed);
    scene.does(bakery, Act::Offer(phrases::wish(bread, 5)));
    scene.does(bakery, Act::Leave {});
    assert!(matches!(scene.row(agreed).status, Status::Ended { by, .. } if by == bakery));
    assert!(matches!(scene.row(proposed).status, Status::Declined { by, .. } if by == bakery));
    assert_eq!(scene.federation.standing_wishes(Side::Offer).count(), 0);
    assert_eq!(scene.federation.room(clinic), Hours::whole(20));
}

#[test]
fn a_unit_that_left_keeps_what_it_delivered() {
    let Village { mut scene, bakery, clinic, .. } = Village::eaten(12);
    scene.does(bakery, Act::Leave {});
    entitled(&scene, &[(bakery, 12), (clinic, -12)]);
    let back = phrases::come_back(scene.unit(bakery));
    scene.does(bakery, back);
    assert_eq!(scene.federation.room(bakery), Hours::whole(12));
}

#[test]
fn a_unit_that_announces_its_leaving_uses_up_what_it_is_owed_and_gives_no_more() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::eaten(12);
    let milk = scene.valued(farm, "milk", 60);
    let by = scene.now.plus_hours(1000);
    scene.does(bakery, Act::AnnounceLeaving(AnnounceLeaving { by }));
    // It offers and needs much; the round plans that it gets 12 hours more than it gives.
    scene.does(bakery, Act::Offer(phrases::wish(bread, 50)));
    scene.does(bakery, Act::Need(phrases::wish(milk, 50)));
    scene.does(clinic, Act::Need(phrases::wish(bread, 50)));
    scene.does(farm, Act::Offer(phrases::wish(milk, 50)));
    let round = scene.open_and_close_round(farm);
    let contracts = scene.planned(farm, round);
    let (mut given, mut received) = (0, 0);
    for contract in contracts {
        let row = scene.row(contract);
        match row.parties.giver == bakery {
            true => given += row.quantity.steps(),
            false => received += row.quantity.steps(),
        }
    }
    // Rounding to whole loaves may cost one step.
    assert!((11..=12).contains(&(received - given)), "{received} received, {given} given");
    assert!(given <= 8, "only what the clinic has room for: {given}");
}

#[test]
fn the_last_member_takes_the_unit_out_and_can_bring_it_back() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    let contract = scene.agreed((bakery, farm), bread, 20);
    scene.delivered(contract, 20);
    let farmer = scene.signer(farm);
    scene.record(farmer, Act::MemberLeaves {});
    assert!(scene.federation.unit(farm).unwrap().is_departed());
    let afresh = scene.try_act(farmer, phrases::new_unit("new farm")).unwrap_err();
    assert_eq!(afresh.code(), "row-left-behind");
    let back = phrases::come_back(scene.unit(farm));
    scene.record(farmer, back);
    entitled(&scene, &[(bakery, 20), (farm, -20)]);
}

#[test]
fn a_newcomer_gives_first() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let newcomer = testkit::member(1);
    scene.record(newcomer, phrases::join("smithy"));
    let smithy = scene.called("smithy");
    let act = phrases::give(scene.unit(smithy), bread, 1);
    let act = ProposeContract { answer_by: scene.now.plus_hours(100), ..act };
    let proposed = scene.does(bakery, Act::ProposeContract(act));
    let contract = scene.contract(&proposed);
    assert_eq!(scene.refused(smithy, phrases::accept(contract)).code(), "no-room");
    let nails = scene.valued(smithy, "nails", 60);
    let given = scene.agreed((smithy, clinic), nails, 1);
    scene.delivered(given, 1);
    scene.does(smithy, phrases::accept(contract));
    scene.delivered(contract, 1);
    entitled(&scene, &[(bakery, 1), (clinic, -1), (smithy, 0)]);
}
