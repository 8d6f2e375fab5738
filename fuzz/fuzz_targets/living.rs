//! Any rounds, of which each follows from the one before by a change, or the last has nothing to do
//! with it: solved again, each has the plan that it has from the beginning.
#![no_main]

use circuits::{Living, Round, check, solve};
use circuits_fuzz::{Drawn, DrawnChange};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Drawn, Vec<DrawnChange>, Option<Drawn>)| {
    let (mut drawn, changes, other) = input;
    let Some(round) = drawn.round() else { return };
    let mut living = Living::new(round).unwrap();
    for change in changes.iter().take(8) {
        drawn.change(change);
        let Some(round) = drawn.round() else { return };
        again(&mut living, round);
    }
    if let Some(round) = other.and_then(|other| other.round()) {
        again(&mut living, round);
    }
});

fn again(living: &mut Living, round: Round) {
    living.change(round).unwrap();
    let (round, again) = (living.round(), living.plan());
    let scratch = solve(round).unwrap();
    assert_eq!(again.flows, scratch.flows);
    assert_eq!(check(round, again), check(round, &scratch));
    check(round, again).unwrap();
}
