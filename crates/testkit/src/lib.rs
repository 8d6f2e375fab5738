//! For tests only: federations without signatures, random acts, and the checkers of the
//! invariants.
//!
//! - [`Scene`] is a federation with the record that made it; ids, keys, serial numbers and times
//!   are invented. [`phrases`] says the usual acts in few words.
//! - [`Wild`] makes acts of every kind, most of them sensible and many of them not.
//! - [`step`], [`end`] and [`renamed`] check what relates two states;
//!   [`federation::invariants`] checks what holds in one.
//! - [`sequence`] puts them together, and [`museum`] shows every refusal once.

#![expect(
    clippy::missing_panics_doc,
    reason = "for tests: what cannot be built fails the test that asks for it"
)]

mod chance;
pub mod end;
pub mod erased;
mod invented;
mod mandates;
pub mod milestone;
pub mod museum;
pub mod phrases;
mod polls;
pub mod recalled;
pub mod renamed;
mod scene;
pub mod sequence;
pub mod step;
mod wild;

pub use chance::Chance;
pub use invented::{digest, member, name};
pub use mandates::{lay_down, persons, recall, sent_with};
pub use polls::{asks, votes};
pub use scene::{Listed, Member, Scene, Twist, founding};
pub use wild::Wild;
