//! Any request that is a round has a plan, which the checker accepts, which is the same when the
//! request comes in another order, which comes down to whole matches, and which answers every unit.
#![no_main]

use circuits::{Answers, Plan, Trace, UnitIndex, check, matches, rounding, solve};
use circuits_fuzz::Drawn;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|drawn: Drawn| {
    let Some(round) = drawn.round() else { return };
    let plan = solve(&round).unwrap();
    check(&round, &plan).unwrap();
    assert_eq!(Plan::from_bytes(&plan.to_bytes()).as_ref(), Ok(&plan));
    let whole: i128 =
        matches(&round, &plan).iter().map(|one| i128::from(one.hours.seconds())).sum();
    assert!(whole <= rounding(&round, &plan).whole_seconds);
    let trace = Trace::new(&round, &plan).unwrap();
    let answers = Answers::new(&round, &trace);
    assert_eq!(trace.rounding(), rounding(&round, &plan));
    for unit in (0..4).map(UnitIndex) {
        answers.answer(unit, 3, &[], |other| answers.room_left(other));
    }
    let turned = drawn.turned().round().unwrap();
    assert_eq!(solve(&turned).unwrap().to_bytes(), plan.to_bytes());
});
