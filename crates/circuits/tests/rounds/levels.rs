//! A floor's levels are whole seconds a member. Counted a thousand times finer, nobody's share
//! differs by more than that second and the part seconds that were dropped.

use crate::instances::{Amounts, SMALL, Shape, cases, count, hours, round, shaped};
use circuits::{Request, portions, solve};
use measure::{Hours, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// How many parts of a second the finer levels count.
const FINER: i64 = 1000;

/// How many rounds with short rooms are measured.
const MEASURED: u32 = 500;

/// One essential version, no bands: what units get of it is its floor.
fn one_floor(mut request: Request) -> Request {
    let mut seen = false;
    for version in &mut request.versions {
        version.essential = version.essential.filter(|_| !std::mem::replace(&mut seen, true));
    }
    request.terms.evenness = false;
    request.before = None;
    request
}

/// The same round where every second is a thousand.
fn finer(request: &Request) -> Request {
    let mut request = request.clone();
    // Wide room stays as wide.
    let finer = |room: &mut Hours| *room = hours((FINER * room.seconds()).min(1 << 52));
    for unit in &mut request.units {
        finer(&mut unit.room_down);
        finer(&mut unit.room_up);
    }
    for version in &mut request.versions {
        version.value = Value::from_seconds(FINER * version.value.seconds()).unwrap();
    }
    request.obligations.iter_mut().for_each(|one| finer(&mut one.hours));
    request.accepted.iter_mut().for_each(|one| finer(&mut one.hours));
    request
}

/// What each unit gets of essentials.
fn floors(request: &Request) -> Vec<i64> {
    let round = round(request);
    let portions = portions(&round, &solve(&round).unwrap()).unwrap();
    portions.iter().map(|one| one.essential_seconds).collect()
}

/// By how many thousandths of a second a member somebody's share differs at most.
fn difference(request: &Request) -> i64 {
    let pairs = floors(request).into_iter().zip(floors(&finer(request)));
    let of = |((coarse, fine), unit): ((i64, i64), &circuits::Unit)| {
        (coarse * FINER - fine).abs() / i64::from(unit.members)
    };
    pairs.zip(&request.units).map(of).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn where_room_is_wide_a_floor_is_within_a_second_a_member_of_a_finer_one(
        request in shaped(Shape { rooms: false, ..SMALL }).prop_map(one_floor),
    ) {
        // Each wish drops less than a second.
        let dropped = i64::try_from(request.offers.len() + request.needs.len()).unwrap();
        prop_assert!(difference(&request) <= FINER * (1 + dropped));
    }

    #[test]
    fn in_whole_hours_a_floor_is_within_a_second_a_member_of_a_finer_one(
        request in shaped(Shape { rooms: false, amounts: Amounts::Tight, ..SMALL }).prop_map(one_floor),
    ) {
        prop_assert!(difference(&request) <= FINER);
    }
}

#[test]
fn where_rooms_are_short_it_is_measured_how_far_a_floor_is_from_a_finer_one() {
    let mut runner = TestRunner::deterministic();
    let shape = Shape { amounts: Amounts::Tight, ..SMALL };
    let mut found = Vec::new();
    for _ in 0..count(MEASURED) {
        let strategy = shaped(shape).prop_map(one_floor);
        found.push(difference(&strategy.new_tree(&mut runner).unwrap().current()));
    }
    found.sort_unstable();
    let beyond = found.iter().filter(|&&by| by > FINER).count();
    println!(
        "floors against a thousand times finer ones, in short rooms: {beyond} of {} differ by \
         more than a second a member, at most {:?} thousandths",
        found.len(),
        found.last()
    );
    assert!(beyond * 20 < found.len());
}
