//! What holds of every plan.

use crate::instances::{any_round, cases, round};
use crate::reference;
use circuits::{Match, Plan, Request, UnitIndex, VersionIndex, Wish, check, matches, solve};
use proptest::prelude::*;
use proptest::sample::Index;

fn sum(matches: &[Match], of: impl Fn(&Match) -> bool) -> i64 {
    matches.iter().filter(|one| of(one)).map(|one| one.quantity.steps()).sum()
}

/// The same request with every list turned and reversed.
fn shuffled(request: &Request, turns: &[Index; 9]) -> Request {
    let mut request = request.clone();
    let units = turned(&mut request.units, turns[0]);
    let versions = turned(&mut request.versions, turns[1]);
    let unit = |index: &mut UnitIndex| index.0 = units[index.0 as usize];
    let version = |index: &mut VersionIndex| index.0 = versions[index.0 as usize];
    for wish in request.offers.iter_mut().chain(&mut request.needs) {
        unit(&mut wish.unit);
        version(&mut wish.version);
    }
    for one in &mut request.obligations {
        unit(&mut one.giver);
        unit(&mut one.receiver);
    }
    for one in &mut request.accepted {
        unit(&mut one.giver);
        unit(&mut one.receiver);
    }
    for one in &mut request.refused {
        unit(&mut one.unit);
        unit(&mut one.partner);
        std::mem::swap(&mut one.unit, &mut one.partner);
    }
    for one in request.before.iter_mut().flatten() {
        unit(&mut one.giver);
        unit(&mut one.receiver);
        one.version.as_mut().into_iter().for_each(version);
    }
    turned(&mut request.offers, turns[2]);
    turned(&mut request.needs, turns[3]);
    turned(&mut request.obligations, turns[4]);
    turned(&mut request.accepted, turns[5]);
    turned(&mut request.refused, turns[6]);
    request.before.as_mut().into_iter().for_each(|before| drop(turned(before, turns[7])));
    request
}

/// Reverses and turns a list, and says where each entry went.
fn turned<T>(list: &mut [T], by: Index) -> Vec<u32> {
    let count = list.len();
    let turn = by.index(count.max(1));
    list.reverse();
    list.rotate_left(turn);
    let place = |old: usize| (2 * count - 1 - old - turn) % count;
    (0..count).map(|old| u32::try_from(place(old)).unwrap()).collect()
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn every_stage_comes_to_what_the_plainest_solver_finds(request in any_round()) {
        let round = round(&request);
        let checked = check(&round, &solve(&round).unwrap()).unwrap();
        let valued = checked.stages.iter().filter(|stage| stage.value.is_some());
        let found: Vec<_> = valued.map(|one| (one.name, one.level, one.value.unwrap())).collect();
        prop_assert_eq!(found, reference::stages(&request));
    }

    #[test]
    fn the_order_of_the_input_does_not_change_the_plan(
        request in any_round(), turns in any::<[Index; 9]>(),
    ) {
        let plan = solve(&round(&request)).unwrap();
        let other = solve(&round(&shuffled(&request, &turns))).unwrap();
        prop_assert_eq!(other.to_bytes(), plan.to_bytes());
    }

    #[test]
    fn a_plan_reads_back_from_its_bytes(request in any_round()) {
        let plan = solve(&round(&request)).unwrap();
        prop_assert_eq!(Plan::from_bytes(&plan.to_bytes()), Ok(plan));
    }

    #[test]
    fn nobody_gives_or_gets_more_than_they_said(request in any_round()) {
        let round = round(&request);
        let matches = matches(&round, &solve(&round).unwrap());
        for unit in 0..request.units.len() {
            for version in 0..request.versions.len() {
                let at = |one: UnitIndex, of: VersionIndex| {
                    (one.0 as usize, of.0 as usize) == (unit, version)
                };
                let said = |wishes: &[Wish]| -> i64 {
                    let own = wishes.iter().filter(|wish| at(wish.unit, wish.version));
                    own.map(|wish| wish.quantity.steps()).sum()
                };
                let given = sum(&matches, |one| at(one.giver, one.version));
                let got = sum(&matches, |one| at(one.receiver, one.version));
                prop_assert!(given <= said(&request.offers));
                prop_assert!(got <= said(&request.needs));
            }
        }
    }
}
