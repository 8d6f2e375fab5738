//! What a plan guarantees to everybody in it. How many instances each is shown on stands with it.

use crate::instances::{SMALL, Shape, any_round, cases, hours, round, shaped};
use circuits::{
    Accepted, Fault, Flaw, Obligation, Plan, Request, Round, Unit, UnitIndex, check, cleared,
    matches, portions, solve,
};
use measure::Hours;
use proptest::prelude::*;
use proptest::sample::Index;

/// The seconds that each unit gives beyond what it gets, by deliveries in whole steps and by
/// obligations cleared.
fn nets(request: &Request, round: &Round, plan: &Plan) -> Vec<i128> {
    let mut nets = vec![0; request.units.len()];
    let mut add = |giver: UnitIndex, receiver: UnitIndex, hours: i64| {
        nets[giver.0 as usize] += i128::from(hours);
        nets[receiver.0 as usize] -= i128::from(hours);
    };
    for one in matches(round, plan) {
        add(one.giver, one.receiver, one.hours.seconds());
    }
    for (one, hours) in request.obligations.iter().zip(cleared(round, plan, &request.obligations)) {
        add(one.giver, one.receiver, hours.seconds());
    }
    nets
}

/// What accepted contracts already move a unit's entitlement by.
fn shift(request: &Request, unit: usize) -> i128 {
    let side = |one: UnitIndex| i128::from(one.0 as usize == unit);
    let moves =
        |one: &Accepted| i128::from(one.hours.seconds()) * (side(one.giver) - side(one.receiver));
    request.accepted.iter().map(moves).sum()
}

/// Whether a unit stays within its room, or, where accepted contracts went beyond it, goes no
/// further.
fn within(request: &Request, unit: usize, net: i128) -> bool {
    let Unit { room_down, room_up, .. } = &request.units[unit];
    let shift = shift(request, unit);
    let (down, up) = (i128::from(room_down.seconds()), i128::from(room_up.seconds()));
    ((-down).min(shift)..=up.max(shift)).contains(&(shift + net))
}

/// Takes away what a unit offers, needs and owes, and what is owed to it.
fn without(request: &Request, unit: UnitIndex) -> Request {
    let mut request = request.clone();
    request.offers.retain(|wish| wish.unit != unit);
    request.needs.retain(|wish| wish.unit != unit);
    request.obligations.retain(|one| one.giver != unit && one.receiver != unit);
    request
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn what_all_units_give_is_what_all_units_get(request in any_round()) {
        let round = round(&request);
        let plan = solve(&round).unwrap();
        prop_assert_eq!(nets(&request, &round, &plan).iter().sum::<i128>(), 0);
        let portions = portions(&round, &plan).unwrap();
        let given: i128 = portions.iter().map(|one| i128::from(one.given_seconds)).sum();
        let got = portions.iter().map(|one| one.essential_seconds + one.other_seconds);
        prop_assert_eq!(given, got.map(i128::from).sum::<i128>());
        prop_assert_eq!(given, check(&round, &plan).unwrap().matched_seconds);
    }

    #[test]
    fn every_unit_stays_within_its_room(request in any_round()) {
        let round = round(&request);
        let portions = portions(&round, &solve(&round).unwrap()).unwrap();
        for (unit, one) in portions.iter().enumerate() {
            let net = one.given_seconds - one.essential_seconds - one.other_seconds;
            prop_assert!(within(&request, unit, net.into()), "unit {} at {}", unit, net);
        }
    }

    #[test]
    fn nothing_flows_between_units_of_which_one_refused_the_other(request in any_round()) {
        let round = round(&request);
        let plan = solve(&round).unwrap();
        let refused = |one: UnitIndex, other: UnitIndex| {
            let pairs = request.refused.iter().map(|pair| (pair.unit, pair.partner));
            pairs.clone().any(|pair| pair == (one, other) || pair == (other, one))
        };
        for one in matches(&round, &plan) {
            prop_assert!(!refused(one.giver, one.receiver));
            prop_assert!(one.giver != one.receiver);
        }
        let cleared = cleared(&round, &plan, &request.obligations);
        for (Obligation { giver, receiver, .. }, hours) in request.obligations.iter().zip(cleared) {
            prop_assert!(!refused(*giver, *receiver) || hours == Hours::ZERO);
        }
    }

    #[test]
    fn planning_nothing_is_feasible_in_every_round(request in any_round()) {
        let round = round(&request);
        let flows = vec![0; solve(&round).unwrap().flows.len()];
        let nothing = Plan { flows, stages: Vec::new() };
        let missing = matches!(
            check(&round, &nothing),
            Err(Flaw::Stage { stage: 0, fault: Fault::Missing, .. })
        );
        prop_assert!(missing);
    }

    #[test]
    fn a_unit_that_withdraws_leaves_a_round_with_a_plan(request in any_round(), who in any::<Index>()) {
        let unit = UnitIndex(u32::try_from(who.index(request.units.len())).unwrap());
        let left = without(&request, unit);
        let round = round(&left);
        let plan = solve(&round).unwrap();
        check(&round, &plan).unwrap();
        prop_assert_eq!(nets(&left, &round, &plan)[unit.0 as usize], 0);
    }

    #[test]
    fn whatever_is_accepted_of_a_plan_the_rest_can_be_planned_again(
        request in shaped(Shape { owed: 0, ..SMALL }), yes in any::<u64>(),
    ) {
        let round = round(&request);
        let plan = solve(&round).unwrap();
        let mut again = Request { before: None, ..request.clone() };
        for (place, one) in matches(&round, &plan).iter().enumerate().take(64) {
            let (giver, receiver) = (one.giver, one.receiver);
            if yes >> place & 1 == 1 {
                again.accepted.push(Accepted { giver, receiver, hours: one.hours });
                take(&mut again.offers, giver, one.version, one.quantity.steps());
                take(&mut again.needs, receiver, one.version, one.quantity.steps());
            }
        }
        let round = Round::try_new(again.clone()).unwrap();
        let plan = solve(&round).unwrap();
        check(&round, &plan).unwrap();
        let portions = portions(&round, &plan).unwrap();
        for (unit, one) in portions.iter().enumerate() {
            let net = one.given_seconds - one.essential_seconds - one.other_seconds;
            prop_assert!(within(&again, unit, net.into()));
        }
    }
}

/// Takes steps off a unit's wishes of a version.
fn take(
    wishes: &mut [circuits::Wish],
    unit: UnitIndex,
    version: circuits::VersionIndex,
    mut steps: i64,
) {
    for wish in wishes.iter_mut().filter(|wish| (wish.unit, wish.version) == (unit, version)) {
        let taken = wish.quantity.steps().min(steps);
        steps -= taken;
        wish.quantity = crate::instances::steps(wish.quantity.steps() - taken);
    }
}

#[test]
fn a_unit_without_room_gets_as_much_as_it_gives() {
    // Two without room who have what the other needs: only as much as the smaller of the two.
    let request = crate::instances::swapping(7, 4);
    let round = round(&request);
    let plan = solve(&round).unwrap();
    let portions = portions(&round, &plan).unwrap();
    assert!(portions.iter().all(|one| one.given_seconds == one.other_seconds));
    assert_eq!(portions[0].given_seconds, 4 * 3600);
    assert_eq!(hours(4 * 3600).seconds(), portions[1].other_seconds);
}
