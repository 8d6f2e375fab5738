//! Any bytes are a plan or are not, and any plan is the plan of a round or is not: the checker never
//! panics, and what it accepts has the flow that the solver finds.
#![no_main]

use circuits::{Plan, check, solve};
use circuits_fuzz::Drawn;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|drawn: (Drawn, u8, Vec<u8>, Vec<(u16, u8)>)| {
    let (drawn, way, bytes, changes) = drawn;
    if let Ok(plan) = Plan::from_bytes(&bytes) {
        assert_eq!(plan.to_bytes(), bytes);
    }
    let Some(round) = drawn.round() else { return };
    let plan = solve(&round).unwrap();
    // Either bytes of their own, or those of the right plan with some of them changed.
    let mut told = if way % 8 == 0 { bytes } else { plan.to_bytes() };
    for (place, byte) in changes {
        let length = told.len().max(1);
        if let Some(slot) = told.get_mut(usize::from(place) % length) {
            *slot = byte;
        }
    }
    if let Ok(told) = Plan::from_bytes(&told) {
        if check(&round, &told).is_ok() {
            assert_eq!(told.flows, plan.flows);
        }
    }
});
