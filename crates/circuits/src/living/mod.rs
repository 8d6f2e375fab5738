//! Living rounds: solved again after a few things have changed, from the plan before.
//!
//! All stages after the floors at once. The potentials that proved the plan before are laid along
//! the nodes that are still there, as rows with a number for each stage that are compared like words
//! (`residual`), and its flow along the arcs that are still there (`kin`, `earlier`; `pieces` cuts
//! arcs where a second more is worth less). Up to the few things that have changed, that is the
//! best flow of all that leave the same excesses and deficits. What is in the way is filled or
//! emptied (`repair`), and then the excesses are brought to the deficits without ever giving up that
//! nothing better leaves the same: by the dual simplex method (`pivots`) on a `forest` of ways that
//! cost nothing. In the end there is the one best plan, and the potentials prove every stage.
//!
//! Nothing of the result depends on the earlier plan, only the time that it takes. What is unique
//! comes out the same, and what is looked at is counted, not timed: so whether solving from the
//! beginning is better is decided the same everywhere.

mod earlier;
mod forest;
mod kin;
mod pieces;
mod pivots;
mod repair;
mod residual;
mod star;

pub(crate) use earlier::Guess;
pub use earlier::Solved;
pub(crate) use repair::Repaired;
