//! The rules: what each act needs, and what it changes.
//!
//! INVARIANT: an act checks everything before it changes anything, so a refused act leaves the
//! state as it was.

mod affected;
mod apply;
mod ballots;
mod bases;
mod booking;
mod calendar;
mod carrying;
mod circles;
mod commons;
mod conflicts;
mod contracts;
mod contribution_corrections;
mod contributions;
mod counting;
mod deliveries;
mod drawing;
mod elections;
mod enrolment;
mod essentials;
mod expelling;
mod founding;
mod gathering;
mod inputs;
mod keys;
mod leaving;
mod lists;
mod lots;
mod mandates;
mod mediation;
mod membership;
mod methods;
mod pacts;
mod partners;
mod plans;
mod polls;
mod problem;
mod proposals;
mod ratified;
mod recalls;
mod recovery;
mod resources;
mod rings;
mod rooms;
mod rounds;
mod sealing;
mod settlements;
mod shares;
mod shortfall;
mod sleep;
mod specifications;
mod swaps;
mod testimony;
mod threads;
mod trust;
mod values;
mod votes_on_use;
mod wishes;

pub use enrolment::Enrolling;
pub use expelling::Failing;
pub use plans::Matched;
pub use problem::{Foreseen, Problem};

pub(crate) use apply::Author;
