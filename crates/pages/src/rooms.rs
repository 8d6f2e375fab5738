//! The rooms of a federation, a page or two each.

pub(crate) mod circle;
pub(crate) mod circles;
pub(crate) mod commons;
pub(crate) mod conflict;
pub(crate) mod contract;
pub(crate) mod contracts;
pub(crate) mod decision;
pub(crate) mod decisions;
pub(crate) mod directory;
pub(crate) mod entry;
pub(crate) mod invites;
pub(crate) mod lots;
pub(crate) mod me;
pub(crate) mod pact;
pub(crate) mod record;
pub(crate) mod resources;
pub(crate) mod round;
pub(crate) mod rounds;
pub(crate) mod specification;
pub(crate) mod specifications;
pub(crate) mod swaps;
pub(crate) mod today;
pub(crate) mod unit;
pub(crate) mod waiting;
pub(crate) mod wishes;
