use circuits::{Answers, Barrier, Gain, Trace, UnitIndex, VersionIndex, Why, Wish};
use measure::Quantity;
use proptest::prelude::*;

use crate::cases::{Apart, Case, UNITS, VERSIONS, apart, hours, met, planned};
use crate::help::{all_offerings, best_offerings, met_with};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn more_room_brings_what_solving_again_finds_across_areas_and_weeks(
        apart in apart(),
        seconds in 1..40_i64,
    ) {
        let (round, plan) = planned(apart.request());
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        let before = met(apart.request());
        for unit in 0..UNITS {
            let steps = answers.more_room(UnitIndex(unit));
            let mut wider = apart.clone();
            wider.case.rooms[unit as usize].0 += seconds;
            prop_assert_eq!(met(wider.request()), before + met_with(&steps, seconds));
        }
    }

    #[test]
    fn an_offer_made_everywhere_brings_what_solving_again_finds(
        apart in apart(),
        seconds in 1..20_i64,
    ) {
        let (round, plan) = planned(apart.request());
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        let before = met(apart.request());
        for (unit, version) in (0..UNITS).flat_map(|u| (0..VERSIONS).map(move |v| (u, v))) {
            if apart.case.needs.iter().any(|need| (need.0, need.1) == (unit, version)) {
                continue;
            }
            let steps = answers.offering(UnitIndex(unit), VersionIndex(version));
            let mut request = apart.request();
            let quantity = Quantity::from_steps(seconds).unwrap();
            request.offers.push(Wish::new(UnitIndex(unit), VersionIndex(version), quantity));
            prop_assert_eq!(met(request), before + met_with(&steps, seconds));
        }
    }

    #[test]
    fn the_best_offerings_are_the_best_of_all_across_areas_and_weeks(apart in apart()) {
        let (round, plan) = planned(apart.request());
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        for unit in (0..UNITS).map(UnitIndex) {
            prop_assert_eq!(best_offerings(&answers, unit), all_offerings(&answers, unit));
        }
    }

    #[test]
    fn offers_beside_each_other_bring_what_each_brings_alone(apart in apart()) {
        let (round, plan) = planned(apart.request());
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        let pairs = (0..UNITS).flat_map(|u| (0..VERSIONS).map(move |v| (u, v)));
        let pairs: Vec<_> = pairs.map(|(u, v)| (UnitIndex(u), VersionIndex(v))).collect();
        let best = answers.best_of(pairs.iter().copied(), pairs.len());
        let alone = |(unit, version)| Gain::of(&answers.offering(unit, version)).met;
        for one in &best {
            prop_assert_eq!(one.gain.met, alone((one.unit, one.version)));
        }
        let bring = pairs.iter().filter(|&&pair| alone(pair).is_positive()).count();
        prop_assert_eq!(best.len(), bring);
        prop_assert!(best.is_sorted_by_key(|one| std::cmp::Reverse(one.gain.met)));
    }

    #[test]
    fn what_is_shut_out_is_what_only_others_out_of_reach_offer(apart in apart()) {
        let (round, plan) = planned(apart.request());
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        for unit in (0..UNITS).map(UnitIndex) {
            for need in answers.open_needs(unit) {
                let all: i64 = need.parts.iter().map(|part| part.hours.seconds()).sum();
                prop_assert_eq!(all, need.needed.seconds() - need.met.seconds());
                for part in &need.parts {
                    let Why::ShutOut { partners } = &part.why else { continue };
                    prop_assert!(!partners.is_empty());
                    for &(partner, barrier) in partners {
                        let refused = apart.refused.iter().any(|&(one, other)| {
                            [(one, other), (other, one)].contains(&(unit.0, partner.0))
                        });
                        prop_assert_eq!(refused, barrier == Barrier::Refused);
                    }
                }
            }
        }
    }
}

/// Unit 0 offers 5 of version 0, unit 1 needs them, and both have room.
fn one_offer(offer: (u8, u8, u8), need: (u8, u8, u8), refused: &[(u32, u32)]) -> Vec<(i64, Why)> {
    let case = Case {
        rooms: vec![(9, 9); UNITS as usize],
        offers: vec![(0, 0, 5)],
        needs: vec![(1, 0, 5)],
        owed: Vec::new(),
    };
    let apart = Apart { case, places: vec![offer, need], refused: refused.to_vec() };
    let (round, plan) = planned(apart.request());
    let trace = Trace::new(&round, &plan).unwrap();
    let needs = Answers::new(&round, &trace).open_needs(UnitIndex(1));
    let parts = needs.into_iter().flat_map(|need| need.parts);
    parts.map(|part| (part.hours.seconds(), part.why)).collect()
}

#[test]
fn a_need_that_is_shut_out_names_its_partner_and_what_stands_between() {
    let shut = |barrier| [(5, Why::ShutOut { partners: vec![(UnitIndex(0), barrier)] })];
    assert_eq!(one_offer((3, 0, 0), (2, 0, 0), &[]), shut(Barrier::Area));
    assert_eq!(one_offer((0, 0, 1), (0, 2, 3), &[]), shut(Barrier::Weeks));
    assert_eq!(one_offer((0, 0, 0), (0, 0, 0), &[(1, 0)]), shut(Barrier::Refused));
    assert_eq!(one_offer((1, 0, 0), (2, 0, 0), &[]), []);
}

#[test]
fn what_nobody_offers_is_worth_learning() {
    let case = Case {
        rooms: vec![(9, 9); UNITS as usize],
        offers: vec![(0, 0, 5)],
        needs: vec![(1, 1, 5), (2, 1, 3)],
        owed: Vec::new(),
    };
    let (round, plan) = case.planned();
    let trace = Trace::new(&round, &plan).unwrap();
    let answers = Answers::new(&round, &trace);
    let best = answers.best_offerings(UnitIndex(0), 3);
    let gain = Gain { with: hours(8), met: hours(8) };
    assert_eq!(best.iter().map(|one| (one.version.0, one.gain)).collect::<Vec<_>>(), [(1, gain)]);
}
