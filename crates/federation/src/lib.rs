//! The pure state machine of a federation: state and act in, outcome or refusal out.
//!
//! [`Federation::apply`] is the only way the state changes. It knows no clock (time comes in the
//! entry), no randomness, no input or output, no float and no hash-map order, so replaying the
//! same record gives the same bytes on every machine.

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

pub mod act;
mod area;
mod entry;
mod fixed;
mod id;
pub mod invariants;
mod outcome;
mod pact;
mod parameter;
mod refusal;
pub mod rows;
mod rules;
mod state;
mod table;
mod text;
mod time;
mod trial;

pub use act::Act;
pub use area::{Area, AreaRefused};
pub use entry::{Entry, Seen, Statement};
pub use fixed::{FIXED, Fixed};
pub use id::{
    AnnexId, BodyId, FederationId, Id, LotNumber, NumberHash, PersonId, PublicKey, Ref, Root,
    StatementId, WrittenWrong,
};
pub use outcome::{Effect, Outcome};
pub use pact::{Essential, Pact, Preference, Reading};
pub use parameter::{AskedApart, Binds, Parameter, ParameterRefused, Written};
pub use refusal::{Kind, Refusal};
pub use rules::{Enrolling, Failing, Foreseen, Matched, Problem};
pub use state::Federation;
pub use text::{Line, Name, Prose, TextRefused};
pub use time::{Days, Time};
pub use trial::{Trial, Tried};
