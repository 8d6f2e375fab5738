//! The numbers of Artel: hours, quantities and values. Integers only.
//!
//! Every number stays within ±(2⁵³ − 1), so that it survives JSON in any language, and every
//! operation that could leave that range says so instead of wrapping. There is no float in this
//! crate and none can be made from it.

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

mod decimal;
mod hours;
mod quantity;
mod refused;
mod value;

pub use hours::Hours;
pub use quantity::{Measure, Quantity};
pub use refused::{NumberRefused, Reason};
pub use value::Value;

/// The largest magnitude of any number: 2⁵³ − 1.
pub const MAGNITUDE_MAX: i64 = (1 << 53) - 1;

/// The most decimals a measure may have, so that one whole is at most 1,000 steps.
pub const DECIMALS_MAX: u8 = 3;
