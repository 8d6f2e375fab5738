//! Counting votes: exactly, and so that anybody can follow it stage by stage.
//!
//! Read the modules in this order:
//!
//! 1. [`Poll`], what was asked and the ballots that were cast, read by [`blt`], [`abif`] and
//!    [`devotee`] from the files that elections are published in;
//! 2. the methods for one decision: [`Majority`], [`Weights`], [`Consent`], [`approval`], [`score`],
//!    [`schulze()`];
//! 3. the methods for delegates: [`scottish`] and [`meek`] for several, [`irv`] for one, all as a
//!    [`Sheet`] of stages like a returning officer's;
//! 4. [`Draw`], which draws from a public seed where a rule asks for a lot.
//!
//! Each count tells itself in words ([`Sheet::words`], [`Schulze::words`], [`Sums::words`],
//! [`Majority::words`]); transfers also as a drawing ([`Sheet::picture`]).
//!
//! There is no float, clock, randomness or hash-map order in this crate, so the same ballots give the
//! same sheet on every machine.
//!
//! # Limits
//! At most 1,000 options and 2³² ballots; all ballots together weigh at most 2⁴⁰.

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

pub mod abif;
pub mod blt;
pub mod devotee;

mod choice;
mod consent;
mod draw;
mod irv;
mod lines;
mod majority;
mod meek;
mod papers;
mod picture;
mod poll;
mod refused;
mod schulze;
mod scottish;
mod sheet;
mod sums;
mod warned;
mod weights;
mod words;

pub use choice::{Choice, PerChoice};
pub use consent::{Consent, Objections};
pub use draw::Draw;
pub use irv::irv;
pub use majority::{Majority, Share};
pub use meek::meek;
pub use poll::{Ballot, Poll};
pub use refused::{FileRefused, PollRefused};
pub use schulze::{Pairs, Schulze, schulze};
pub use scottish::scottish;
pub use sheet::{Action, Decided, Sheet, Stage, Tie};
pub use sums::{Sums, approval, score};
pub use warned::{Warned, Why};
pub use weights::Weights;
