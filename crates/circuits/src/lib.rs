//! The exchange engine: who gives what to whom, so that the most hours of needs are met.
//!
//! One round is one integer minimum-cost circulation in seconds. Read the modules in this order:
//!
//! 1. **Problem.** [`Request`], what a round is made from; [`Round`], the problem in its canonical
//!    order, and `gather`, how that comes about; [`StageName`], what is wanted, one after the other.
//! 2. **Network.** `network`, the round as nodes and arcs with bounds; `objective` and `gain`, what a
//!    second on each arc is worth in a stage; `tie`, what the tie-break draws.
//! 3. **Solver.** `components` and `parts`: only arcs inside a strongly connected component can
//!    carry flow; `scaling`, the solver of one component, by cost scaling; `tree`, of one that cannot
//!    change.
//! 4. **Stages.** `face`, the plans that are the best so far, as bounds that each stage narrows;
//!    `floor`, `first` and `stages`, which go through all of them; `living`, which goes through most
//!    of them at once from the plan in hand.
//! 5. **Certificate.** [`Plan`], what comes out: a flow, and for each stage the node potentials that
//!    prove it; [`check()`], which believes nothing of that and shares no code with the solver.
//! 6. **Deliveries and explanation.** [`matches()`], the flow as deliveries in whole steps;
//!    [`loops()`], who gives the hours on to whom; [`Answers`], why a need stayed open, and what
//!    would help.
//!
//! There is no float, clock, thread, randomness or hash-map order in this crate, so the same round
//! gives the same bytes on every machine.
//!
//! # Limits
//! At most 2³⁰ entries in each list of a request, and 2⁶⁰ seconds of offers, of
//! needs and of obligations in total; a unit that reaches many lots counts for each of them, up to
//! 2⁶² seconds and 2²⁹ arcs in all.
//! A version of value nought has no hours and is not matched: a gift is a direct contract.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::disallowed_types
)]

mod answers;
mod area;
mod check;
mod cleared;
mod components;
mod entries;
mod face;
mod first;
mod floor;
mod gain;
mod gather;
mod living;
mod loops;
mod maps;
mod matches;
mod network;
mod objective;
mod parts;
mod plan;
mod plan_bytes;
mod refused;
mod request;
mod round;
mod rounding;
mod scaling;
mod stage;
mod stages;
mod swaps;
mod terms;
mod tie;
mod tree;
mod whole;

pub use answers::{
    Answer, Answers, Backer, Barrier, Gain, Offering, OpenNeed, OpenPart, Settled, Trace, WantedOf,
    Why,
};
pub use area::{AREA_NAMES_MAX, Area, AreaRefused};
pub use check::{Checked, Fault, Flaw, Passed, Place, Portion, Sharing, check, portions, sharing};
pub use cleared::cleared;
pub use living::{Again, Living};
pub use loops::{Delivery, Loop, loops};
pub use maps::{ThingIndex, UnitIndex, VersionIndex};
pub use matches::{Match, matches};
pub use plan::{Plan, Proof};
pub use plan_bytes::PlanUnreadable;
pub use refused::RoundRefused;
pub use request::{
    Accepted, Before, Label, Obligation, Refused, Request, Unit, Version, Weeks, Wish,
};
pub use round::Round;
pub use rounding::{Rounding, rounding};
pub use stage::{BANDS, Class, StageName};
pub use stages::{Solving, Unsolved, solve};
pub use swaps::{Swap, SwapsRefused, swaps};
pub use terms::{Preference, Terms};
