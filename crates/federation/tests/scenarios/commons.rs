use federation::rows::{Common, Progress, Unit};
use federation::{Act, Id, Ref};
use measure::Hours;
use testkit::phrases;

use crate::{Village, entitled};

/// A street: the bakery opens it, the clinic carries it with six hours and the farm with three.
fn street() -> (Village, Ref<Common>) {
    let mut village = Village::new();
    let effect = village.scene.does(village.bakery, phrases::open_common("street", village.bread));
    let street = village.scene.common(&effect);
    village.scene.does(village.clinic, phrases::subscribe(street, 6));
    village.scene.does(village.farm, phrases::subscribe(street, 3));
    (village, street)
}

fn shares(village: &Village, at: Ref<federation::rows::Contribution>) -> Vec<(Id<Unit>, i64)> {
    let row = village.scene.contribution(at);
    row.shares.iter().map(|share| (share.unit, share.hours.seconds())).collect()
}

#[test]
fn a_delivery_to_a_common_is_one_delivery_to_all_subscribers_in_their_shares() {
    let (mut village, street) = street();
    let contribution = village.scene.contributed(village.bakery, street, 6);
    let hours = |n: i64| n * 3600;
    assert_eq!(
        shares(&village, contribution),
        [(village.clinic, hours(4)), (village.farm, hours(2))]
    );
    // It is held, and counts when both who were drawn have accepted it.
    assert_eq!(village.scene.federation.room(village.clinic), Hours::whole(16));
    entitled(&village.scene, &[(village.bakery, 0), (village.clinic, 0)]);
    let asked = village.scene.drawn_for(contribution);
    assert_eq!(asked.len(), 2);
    village.scene.record(asked[0], phrases::accept_contribution(contribution));
    entitled(&village.scene, &[(village.bakery, 0)]);
    village.scene.record(asked[1], phrases::accept_contribution(contribution));
    entitled(&village.scene, &[(village.bakery, 6), (village.clinic, -4), (village.farm, -2)]);
}

#[test]
fn shares_are_whole_seconds_and_whoever_subscribed_first_carries_the_second_more() {
    let (mut village, street) = street();
    let lamp = village.scene.valued(village.bakery, "lamp", 1);
    let effect = village.scene.does(village.farm, phrases::open_common("light", lamp));
    let light = village.scene.common(&effect);
    for unit in [village.farm, village.clinic, village.bakery] {
        village.scene.does(unit, phrases::subscribe(light, 7));
    }
    let contribution = village.scene.contributed(village.bakery, light, 1);
    let (bakery, clinic, farm) = (village.bakery, village.clinic, village.farm);
    assert_eq!(shares(&village, contribution), [(farm, 20), (clinic, 20), (bakery, 20)]);
    village.scene.does(farm, phrases::subscribe(street, 4));
    let contribution = village.scene.contributed(village.bakery, street, 1);
    assert_eq!(shares(&village, contribution), [(clinic, 2160), (farm, 1440)]);
}

#[test]
fn whoever_has_no_room_takes_less_and_what_nobody_can_take_waits() {
    let (mut village, street) = street();
    // The clinic has eaten all but one hour of what it may.
    let contract = village.scene.agreed((village.bakery, village.clinic), village.bread, 19);
    village.scene.delivered(contract, 19);
    assert_eq!(
        village.scene.refused(village.bakery, phrases::contribute(street, 5)).code(),
        "subscribers-give-first"
    );
    let contribution = village.scene.contributed(village.bakery, street, 4);
    let hours = |n: i64| n * 3600;
    assert_eq!(
        shares(&village, contribution),
        [(village.clinic, hours(1)), (village.farm, hours(3))]
    );
    village.scene.accepted_by_all(contribution);
    entitled(&village.scene, &[(village.bakery, 23), (village.clinic, -20), (village.farm, -3)]);
    // Its hours are used up.
    assert_eq!(
        village.scene.refused(village.bakery, phrases::contribute(street, 1)).code(),
        "subscribers-give-first"
    );
}

#[test]
fn a_subscription_that_repeats_stands_anew() {
    let (mut village, street) = street();
    village.scene.does(village.clinic, phrases::subscribe_every(street, 2, 7));
    village.scene.does(village.farm, phrases::unsubscribe(street));
    for _ in 0..3 {
        let contribution = village.scene.contributed(village.bakery, street, 2);
        village.scene.accepted_by_all(contribution);
        assert_eq!(
            village.scene.refused(village.bakery, phrases::contribute(street, 1)).code(),
            "subscribers-give-first"
        );
        village.scene.wait_days(7);
    }
    entitled(&village.scene, &[(village.bakery, 6), (village.clinic, -6), (village.farm, 0)]);
}

#[test]
fn whoever_unsubscribes_or_leaves_carries_what_was_delivered_and_nothing_after_it() {
    let (mut village, street) = street();
    let contribution = village.scene.contributed(village.bakery, street, 3);
    village.scene.does(village.clinic, phrases::unsubscribe(street));
    village.scene.does(village.farm, Act::Leave {});
    village.scene.accepted_by_all(contribution);
    entitled(&village.scene, &[(village.bakery, 3), (village.clinic, -2), (village.farm, -1)]);
    assert_eq!(
        village.scene.refused(village.bakery, phrases::contribute(street, 1)).code(),
        "subscribers-give-first"
    );
}

#[test]
fn two_of_different_units_are_drawn_and_others_when_they_do_not_answer_in_three_days() {
    let (mut village, street) = street();
    let contribution = village.scene.contributed(village.bakery, street, 3);
    let row = village.scene.contribution(contribution);
    let mut units: Vec<Id<Unit>> = row.asked.iter().map(|asked| asked.unit).collect();
    units.sort_unstable();
    assert_eq!(units, [village.clinic, village.farm]);
    let clinic_asked = |village: &Village| {
        let row = village.scene.contribution(contribution);
        row.asked.iter().find(|asked| asked.unit == village.clinic).unwrap().person
    };
    let first = clinic_asked(&village);
    village.scene.wait_days(2);
    assert_eq!(clinic_asked(&village), first);
    village.scene.wait_days(2);
    // The clinic has two members, so the other one was drawn; the farm has one.
    assert_ne!(clinic_asked(&village), first);
    village.scene.accepted_by_all(contribution);
    entitled(&village.scene, &[(village.bakery, 3), (village.clinic, -2), (village.farm, -1)]);
}

#[test]
fn whoever_has_accepted_is_not_drawn_anew() {
    let (mut village, street) = street();
    let contribution = village.scene.contributed(village.bakery, street, 3);
    let farmer = village.scene.signer(village.farm);
    village.scene.record(farmer, phrases::accept_contribution(contribution));
    village.scene.wait_days(4);
    let row = village.scene.contribution(contribution);
    let accepted: Vec<Id<Unit>> =
        row.asked.iter().filter(|asked| asked.accepted).map(|asked| asked.unit).collect();
    assert_eq!((accepted, row.silent.len()), (vec![village.farm], 1));
}

#[test]
fn a_rejected_contribution_counts_nothing_and_frees_the_hours() {
    let (mut village, street) = street();
    let contribution = village.scene.contributed(village.bakery, street, 9);
    let asked = village.scene.drawn_for(contribution);
    village.scene.record(asked[0], phrases::reject_contribution(contribution, 1));
    assert_eq!(village.scene.federation.room(village.clinic), Hours::whole(20));
    entitled(&village.scene, &[(village.bakery, 0), (village.clinic, 0), (village.farm, 0)]);
    let again = village.scene.contributed(village.bakery, street, 9);
    village.scene.accepted_by_all(again);
    entitled(&village.scene, &[(village.bakery, 9), (village.clinic, -6), (village.farm, -3)]);
}

#[test]
fn the_giver_enters_seven_days_of_silence_as_acceptance_with_a_receipt() {
    let (mut village, street) = street();
    let contribution = village.scene.contributed(village.bakery, street, 3);
    village.scene.does(village.clinic, phrases::receipt_contribution(contribution));
    village.scene.wait_days(8);
    village.scene.does(village.bakery, phrases::accept_contribution(contribution));
    entitled(&village.scene, &[(village.bakery, 3), (village.clinic, -2), (village.farm, -1)]);
}

#[test]
fn whoever_backs_the_giver_signs_the_receipt_only_where_all_who_carry_it_do() {
    let (mut village, street) = street();
    let back = phrases::back(village.scene.unit(village.bakery), 1);
    village.scene.does(village.farm, back);
    let contribution = village.scene.contributed(village.bakery, street, 3);
    let receipt = phrases::receipt_contribution(contribution);
    let refused = village.scene.refused(village.farm, receipt.clone());
    assert_eq!(refused.code(), "receipt-by-friend");
    village.scene.does(village.clinic, receipt);
    village.scene.does(village.clinic, phrases::unsubscribe(street));
    // Now the farm carries it alone, and nobody else bears what it says.
    let other = village.scene.contributed(village.bakery, street, 1);
    village.scene.does(village.farm, phrases::receipt_contribution(other));
    village.scene.wait_days(8);
    village.scene.does(village.bakery, phrases::accept_contribution(other));
    entitled(&village.scene, &[(village.bakery, 1), (village.clinic, 0), (village.farm, -1)]);
}

#[test]
fn a_correction_reduces_every_share_when_the_giver_and_one_who_carries_it_sign() {
    let (mut village, street) = street();
    let contribution = village.scene.contributed(village.bakery, street, 6);
    village.scene.accepted_by_all(contribution);
    for unit in [village.clinic, village.farm] {
        village.scene.does(unit, phrases::correct_contribution(contribution, 3));
    }
    entitled(&village.scene, &[(village.bakery, 6), (village.clinic, -4), (village.farm, -2)]);
    village.scene.does(village.bakery, phrases::correct_contribution(contribution, 3));
    entitled(&village.scene, &[(village.bakery, 3), (village.clinic, -2), (village.farm, -1)]);
    let row = village.scene.contribution(contribution);
    assert!(matches!(row.progress, Progress::Accepted { hours, .. } if hours == Hours::whole(3)));
}

#[test]
fn whoever_invents_units_is_drawn_no_oftener_than_its_share_says() {
    let mut drawn = 0;
    for day in 0..60 {
        let (mut village, street) = street();
        village.scene.wait_hours(day);
        // Three invented units carry a minute each, backed by the farm; the giver is the farm's friend.
        for number in 1..4 {
            village.scene.record(testkit::member(number), phrases::join(&format!("ring {number}")));
            let ring = village.scene.called(&format!("ring {number}"));
            let back = phrases::back(village.scene.unit(ring), 1);
            village.scene.does(village.farm, back);
            let minute = federation::act::Subscribe {
                common: street,
                hours: phrases::seconds(60),
                every_days: None,
            };
            village.scene.does(ring, Act::Subscribe(minute));
        }
        let contribution = village.scene.contributed(village.bakery, street, 3);
        let row = village.scene.contribution(contribution);
        drawn += row.asked.iter().filter(|a| a.unit.number() > village.farm.number()).count();
    }
    // Together they carry 18 of 10,800 seconds: too little for a ticket each.
    assert_eq!(drawn, 0);
}

#[test]
fn what_nobody_answers_holds_nobodys_hours_for_more_than_fourteen_days() {
    let (mut village, street) = street();
    let contribution = village.scene.contributed(village.bakery, street, 9);
    assert_eq!(village.scene.federation.room(village.clinic), Hours::whole(14));
    village.scene.wait_days(13);
    assert!(village.scene.contribution(contribution).is_open());
    village.scene.wait_days(2);
    let row = village.scene.contribution(contribution);
    assert!(matches!(row.progress, Progress::Lapsed { .. }), "{:?}", row.progress);
    assert_eq!(village.scene.federation.room(village.clinic), Hours::whole(20));
    entitled(&village.scene, &[(village.bakery, 0), (village.clinic, 0), (village.farm, 0)]);
    let clinic = village.clinic;
    let late = village.scene.refused(clinic, phrases::receipt_contribution(contribution));
    assert_eq!(late.code(), "contribution-settled");
    // Their hours can be taken again.
    village.scene.contributed(village.bakery, street, 9);
}

#[test]
fn with_a_receipt_the_giver_has_time_to_enter_silence_as_acceptance() {
    let (mut village, street) = street();
    let contribution = village.scene.contributed(village.bakery, street, 3);
    village.scene.wait_days(13);
    village.scene.does(village.clinic, phrases::receipt_contribution(contribution));
    village.scene.wait_days(20);
    assert!(village.scene.contribution(contribution).is_open());
    village.scene.does(village.bakery, phrases::accept_contribution(contribution));
    entitled(&village.scene, &[(village.bakery, 3), (village.clinic, -2), (village.farm, -1)]);
    let other = village.scene.contributed(village.bakery, street, 3);
    village.scene.does(village.clinic, phrases::receipt_contribution(other));
    village.scene.wait_days(22);
    assert!(!village.scene.contribution(other).is_open());
    entitled(&village.scene, &[(village.bakery, 3), (village.clinic, -2), (village.farm, -1)]);
}

#[test]
fn whoever_is_not_enrolled_waits_for_the_answer_to_one_contribution() {
    let (mut village, street) = street();
    village.scene.record(testkit::member(1), phrases::join("smithy"));
    let smithy = village.scene.called("smithy");
    let first = village.scene.contributed(smithy, street, 1);
    let again = village.scene.refused(smithy, phrases::contribute(street, 1));
    assert_eq!(again.code(), "contribution-waits");
    village.scene.accepted_by_all(first);
    village.scene.contributed(smithy, street, 1);
}
