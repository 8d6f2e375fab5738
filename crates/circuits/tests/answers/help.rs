use circuits::{Answers, Gain, Trace, UnitIndex, VersionIndex};
use measure::Hours;
use proptest::prelude::*;

use crate::cases::{Case, UNITS, VERSIONS, cases, hours};

/// What the steps come to for so many seconds.
pub(crate) fn met_with(steps: &[Gain], mut seconds: i64) -> i64 {
    let mut met = 0;
    for step in steps {
        let used = step.with.seconds().min(seconds);
        met += used * (step.met.seconds() / step.with.seconds());
        seconds -= used;
    }
    met
}

/// What the two best offerings of a unit bring, as the answers rank them.
pub(crate) fn best_offerings(answers: &Answers<'_>, unit: UnitIndex) -> Vec<Hours> {
    answers.best_offerings(unit, 2).iter().map(|one| one.gain.met).collect()
}

/// The same, from every offering there could be.
pub(crate) fn all_offerings(answers: &Answers<'_>, unit: UnitIndex) -> Vec<Hours> {
    let mut all: Vec<_> = (0..VERSIONS)
        .map(|version| Gain::of(&answers.offering(unit, VersionIndex(version))).met)
        .filter(|met| met.is_positive())
        .collect();
    all.sort_by_key(|met| std::cmp::Reverse(*met));
    all.truncate(2);
    all
}

fn with_room(case: &Case, unit: u32, seconds: i64) -> Case {
    let mut wider = case.clone();
    wider.rooms[unit as usize].0 += seconds;
    wider
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn more_room_brings_exactly_what_solving_again_finds(case in cases(), seconds in 1..40_i64) {
        let (round, plan) = case.planned();
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        let before = case.met();
        for unit in 0..UNITS {
            let steps = answers.more_room(UnitIndex(unit));
            prop_assert_eq!(
                with_room(&case, unit, seconds).met(),
                before + met_with(&steps, seconds)
            );
            let falls = steps.windows(2).all(|pair| {
                pair[0].met.seconds() * pair[1].with.seconds()
                    > pair[1].met.seconds() * pair[0].with.seconds()
            });
            prop_assert!(falls, "the first hours bring most");
        }
    }

    #[test]
    fn an_offer_brings_exactly_what_solving_again_finds(case in cases(), seconds in 1..20_i64) {
        let (round, plan) = case.planned();
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        let before = case.met();
        for (unit, version) in (0..UNITS).flat_map(|u| (0..VERSIONS).map(move |v| (u, v))) {
            let steps = answers.offering(UnitIndex(unit), VersionIndex(version));
            if case.needs.iter().any(|need| (need.0, need.1) == (unit, version)) {
                continue;
            }
            let mut offered = case.clone();
            offered.offers.push((unit, version, seconds));
            prop_assert_eq!(offered.met(), before + met_with(&steps, seconds));
        }
    }

    #[test]
    fn the_best_offerings_are_the_best_of_all(case in cases()) {
        let (round, plan) = case.planned();
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        for unit in (0..UNITS).map(UnitIndex) {
            prop_assert_eq!(best_offerings(&answers, unit), all_offerings(&answers, unit));
        }
    }

    #[test]
    fn backing_brings_exactly_what_solving_again_finds(case in cases(), seconds in 1..9_i64) {
        let (round, plan) = case.planned();
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        let before = case.met();
        for (backer, unit) in (0..UNITS).flat_map(|b| (0..UNITS).map(move |u| (b, u))) {
            if backer == unit {
                continue;
            }
            let gain =
                Gain::of(&answers.backing(UnitIndex(backer), UnitIndex(unit), hours(seconds)));
            let mut moved = with_room(&case, unit, gain.with.seconds());
            moved.rooms[backer as usize].0 -= gain.with.seconds();
            prop_assert!(moved.rooms[backer as usize].0 >= 0);
            prop_assert_eq!(moved.met(), before + gain.met.seconds());
        }
    }
}

/// A ring that waits for somebody to go first: each offers what the next needs.
fn ring() -> Case {
    let mut rooms = vec![(0, 0); UNITS as usize];
    rooms[0] = (0, 9);
    rooms[3] = (9, 9);
    Case {
        rooms,
        offers: vec![(0, 0, 5), (1, 1, 5)],
        needs: vec![(1, 0, 5), (2, 1, 5)],
        owed: Vec::new(),
    }
}

#[test]
fn an_hour_of_room_can_meet_two_hours_of_needs() {
    let case = ring();
    let (round, plan) = case.planned();
    let trace = Trace::new(&round, &plan).unwrap();
    let answers = Answers::new(&round, &trace);
    let gain = |with, met| Gain { with: hours(with), met: hours(met) };
    assert_eq!(answers.more_room(UnitIndex(2)), [gain(5, 10)]);
    assert_eq!(answers.more_room(UnitIndex(1)), [gain(5, 5)]);
    let backers = answers.backers(UnitIndex(2), 3, |_| hours(3));
    assert_eq!(backers.len(), 1);
    assert_eq!((backers[0].unit, backers[0].gain), (UnitIndex(3), gain(3, 6)));
    let offering = &answers.best_offerings(UnitIndex(2), 3)[..];
    let two = offering.iter().map(|one| (one.version.0, one.gain)).collect::<Vec<_>>();
    // What unit 2 would give unit 1 pays for what it gets of it: two needs an hour.
    assert_eq!(two, [(0, gain(5, 10))]);
}
