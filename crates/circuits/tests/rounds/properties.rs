//! The guarantees of a plan.

use crate::instances::{LOTS, Request, UNITS, any_round, exchange};
use circuits::{Match, Plan, Round, check, matches, solve};
use proptest::prelude::*;

fn planned(request: &Request) -> (Round, Plan) {
    let round = request.round();
    let plan = solve(&round).unwrap();
    (round, plan)
}

fn sum(matches: &[Match], of: impl Fn(&Match) -> i64) -> i64 {
    matches.iter().map(of).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_plan_meets_as_many_hours_as_the_plainest_solver_finds(request in any_round()) {
        let (round, plan) = planned(&request);
        let checked = check(&round, &plan).unwrap();
        prop_assert_eq!(checked.matched_seconds, crate::reference::most_seconds(&request));
    }

    #[test]
    fn the_order_of_the_input_does_not_change_the_plan(request in any_round(), turn in 0..40_usize) {
        let (_, plan) = planned(&request);
        let mut shuffled = request.clone();
        for list in [&mut shuffled.offers, &mut shuffled.needs, &mut shuffled.obligations] {
            list.reverse();
            let turn = turn % list.len().max(1);
            list.rotate_left(turn);
        }
        prop_assert_eq!(planned(&shuffled).1.to_bytes(), plan.to_bytes());
    }

    #[test]
    fn a_plan_reads_back_from_its_bytes(request in any_round()) {
        let (_, plan) = planned(&request);
        prop_assert_eq!(Plan::from_bytes(&plan.to_bytes()), Ok(plan));
    }

    #[test]
    fn nobody_gives_or_gets_more_than_they_said(request in exchange()) {
        let (round, plan) = planned(&request);
        let matches = matches(&round, &plan);
        for unit in 0..UNITS {
            for lot in 0..LOTS {
                let said = |wishes: &[(u32, u32, i64)]| -> i64 {
                    wishes.iter().filter(|w| (w.0, w.1) == (unit, lot)).map(|w| w.2).sum()
                };
                let given = sum(&matches, |m| {
                    if (m.giver.0, m.version.0) == (unit, lot) { m.quantity.steps() } else { 0 }
                });
                let got = sum(&matches, |m| {
                    if (m.receiver.0, m.version.0) == (unit, lot) { m.quantity.steps() } else { 0 }
                });
                prop_assert!(given <= (said(&request.offers) - said(&request.needs)).max(0));
                prop_assert!(got <= (said(&request.needs) - said(&request.offers)).max(0));
            }
        }
    }
}
