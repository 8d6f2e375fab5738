//! Any two rounds, of which the one follows from the other by a few changes or has nothing to do with
//! it: solved again from the plan of the first, the second has the plan that it has from the beginning.
#![no_main]

use circuits::{Solved, Solving, check, solve};
use circuits_fuzz::{Drawn, DrawnChange};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Drawn, Vec<DrawnChange>, Option<Drawn>)| {
    let (mut drawn, changes, other) = input;
    let Some(mut earlier) = drawn.round() else { return };
    let mut plan = solve(&earlier).unwrap();
    for change in changes.iter().take(4) {
        drawn.change(change);
        let Some(round) = drawn.round() else { return };
        plan = again(&round, (&earlier, &plan));
        earlier = round;
    }
    if let Some(round) = other.and_then(|other| other.round()) {
        again(&round, (&earlier, &plan));
    }
});

fn again(round: &circuits::Round, earlier: (&circuits::Round, &circuits::Plan)) -> circuits::Plan {
    let solved = Solved::new(earlier.0, earlier.1);
    let mut solving = Solving::again(round, &solved);
    while solving.next_stage().unwrap().is_some() {}
    let (again, scratch) = (solving.plan(), solve(round).unwrap());
    assert_eq!(again.flows, scratch.flows);
    assert_eq!(check(round, &again), check(round, &scratch));
    check(round, &again).unwrap();
    again
}
