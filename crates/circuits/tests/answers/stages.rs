use circuits::{
    Answers, Class, Preference, Request, StageName, Terms, Trace, UnitIndex, Why, matches,
};
use measure::Quantity;
use proptest::prelude::*;

use crate::cases::{Apart, UNITS, VERSIONS, apart, cases, planned};
use crate::plain::{For, World};

/// With essentials, members, evenness and all preferences.
fn whole(apart: &Apart, essentials: &[i64], members: &[u32]) -> Request {
    let mut request = apart.request();
    for (version, &essential) in request.versions.iter_mut().zip(essentials) {
        version.essential = Quantity::from_steps(essential).filter(|_| essential > 0);
    }
    for (unit, &members) in request.units.iter_mut().zip(members) {
        unit.members = members;
        unit.short = u8::try_from(members).unwrap();
    }
    request.terms = Terms { evenness: true, ..Terms::default() };
    request
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_second_has_its_reason_and_every_match_its_stage_in_whole_rounds(
        apart in apart(),
        essentials in prop::collection::vec(0..4_i64, VERSIONS as usize),
        members in prop::collection::vec(1..4_u32, UNITS as usize),
    ) {
        let (round, plan) = planned(whole(&apart, &essentials, &members));
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        for unit in (0..UNITS).map(UnitIndex) {
            for need in answers.open_needs(unit) {
                let all: i64 = need.parts.iter().map(|part| part.hours.seconds()).sum();
                prop_assert_eq!(all, need.needed.seconds() - need.met.seconds());
            }
            let steps = answers.more_room(unit);
            prop_assert!(steps.iter().all(|step| step.met >= step.with));
        }
        for one in matches(&round, &plan) {
            let stage = answers.decided((one.giver, one.receiver), Some(one.version));
            prop_assert!(stage.is_some());
        }
    }

    #[test]
    fn hours_decide_where_more_for_one_would_be_less_for_all(case in cases()) {
        let (round, plan) = case.planned();
        let world = World::new(&case, &round, &plan);
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        for unit in 0..UNITS {
            for need in answers.open_needs(UnitIndex(unit)) {
                let circuits::WantedOf::Version(version) = need.wanted else { continue };
                for part in &need.parts {
                    let Why::WentToOthers { decided: Some(stage), .. } = &part.why else { continue };
                    let mut shared = world.clone();
                    shared.hold(|other| World::receiver(other) == unit);
                    let loses = shared.gain_of_one_more(For::Need(unit, version.0)) < 0;
                    prop_assert_eq!(loses, *stage == StageName::Hours(Class::Other));
                }
            }
        }
    }
}

#[test]
fn what_must_be_for_the_most_hours_is_settled_by_them() {
    // Everybody has room for all there is, so nothing is left to the lot.
    let case = crate::cases::Case {
        rooms: vec![(99, 99); UNITS as usize],
        offers: vec![(0, 0, 5), (1, 1, 4), (2, 2, 3)],
        needs: vec![(1, 0, 5), (2, 1, 4), (0, 2, 3)],
        owed: Vec::new(),
    };
    let (round, plan) = case.planned();
    let trace = Trace::new(&round, &plan).unwrap();
    let answers = Answers::new(&round, &trace);
    let settled: Vec<_> = (0..3).flat_map(|unit| answers.settled(UnitIndex(unit))).collect();
    assert_eq!(settled.len(), 6);
    assert!(settled.iter().all(|one| one.decided == Some(StageName::Hours(Class::Other))));
}

#[test]
fn a_preference_that_decides_is_named() {
    // Units 1 and 2 need what only unit 0 offers, and unit 2 went short before.
    let case = crate::cases::Case {
        rooms: vec![(9, 9); UNITS as usize],
        offers: vec![(0, 0, 5)],
        needs: vec![(1, 0, 5), (2, 0, 5)],
        owed: Vec::new(),
    };
    let mut request = case.request();
    request.units[2].short = 3;
    request.terms.order = vec![Preference::Memory];
    let (round, plan) = planned(request);
    let trace = Trace::new(&round, &plan).unwrap();
    let answers = Answers::new(&round, &trace);
    let parts = answers.open_needs(UnitIndex(1)).remove(0).parts;
    let Why::WentToOthers { receivers, instead_of, decided } = &parts[0].why else { panic!() };
    assert_eq!(receivers, &[(UnitIndex(2), crate::cases::hours(5))]);
    assert_eq!(instead_of, &[UnitIndex(2)]);
    assert_eq!(*decided, Some(StageName::Memory));
    // That unit 0 gives all it has was settled by the hours, but not that unit 2 gets it.
    let settled = answers.settled(UnitIndex(2));
    assert_eq!(settled.len(), 1);
    assert_eq!(settled[0].decided, Some(StageName::Memory));
}
