//! Every table of a federation, column by column. Rows, spreadsheets and the document are made
//! from these.

mod backing;
mod circle;
mod commons;
mod contract;
mod delivery;
mod draft_list;
mod entry;
mod lot;
mod mandate;
mod person;
mod proposal;
mod recovery;
mod resource;
mod round;
mod specification;
mod thing;
mod unit;
mod version;
mod waiting;
mod wish;

use federation::{Federation, Id};
use measure::Hours;
use serde::Serialize;
use serde_json::Value;

use super::shape::{Field, Shape};
use super::table::{Column, Sees, Sight, Table};

pub(crate) use circle::{CIRCLES, POSTS};
pub(crate) use commons::{COMMONS, CONTRIBUTIONS};
pub(crate) use contract::CONTRACTS;
pub(crate) use delivery::DELIVERIES;
pub(crate) use entry::{ENTRY, Entries, entry_row};
pub(crate) use lot::LOTS;
pub(crate) use mandate::MANDATES;
pub(crate) use person::PERSONS;
pub(crate) use proposal::PROPOSALS;
pub(crate) use resource::{CLAIMS, CONFLICTS, RESOURCES, USES};
pub(crate) use round::ROUNDS;
pub(crate) use specification::SPECIFICATIONS;
pub(crate) use thing::THINGS;
pub(crate) use unit::UNITS;
pub(crate) use version::VERSIONS;
pub(crate) use wish::{NEEDS, OFFERS};

/// Every table.
pub(crate) const TABLES: &[&dyn Table] = &[
    &UNITS,
    &PERSONS,
    &SPECIFICATIONS,
    &VERSIONS,
    &OFFERS,
    &NEEDS,
    &THINGS,
    &ROUNDS,
    &CONTRACTS,
    &DELIVERIES,
    &PROPOSALS,
    &COMMONS,
    &CONTRIBUTIONS,
    &RESOURCES,
    &CLAIMS,
    &USES,
    &CONFLICTS,
    &CIRCLES,
    &POSTS,
    &LOTS,
    &MANDATES,
    &backing::Backings,
    &waiting::Waiting,
    &draft_list::DraftList,
    &recovery::Recoveries,
    &Entries,
];

const fn column<T>(
    name: &'static str,
    shape: Shape,
    says: &'static str,
    of: fn(&Sight<'_>, Id<T>, &T) -> Value,
) -> Column<T> {
    Column { field: Field::must(name, shape, says), of }
}

/// The number that a row has in the record's order.
const fn number<T>() -> Column<T> {
    column("number", Shape::NUMBER, "Its place in the record's order.", |_, id, _| {
        id.number().into()
    })
}

/// Text that may be missing.
const MAYBE_WORDS: Shape = Shape::OrNull(&Shape::WORDS);
/// A moment that may be missing.
const MAYBE_TIME: Shape = Shape::OrNull(&Shape::TIME);
/// A number that may be missing.
const MAYBE_NUMBER: Shape = Shape::OrNull(&Shape::NUMBER);
/// Seconds that may be missing.
const MAYBE_SECONDS: Shape = Shape::OrNull(&Shape::SECONDS);
/// Some lines of text.
const LINES: Shape = Shape::List { of: &Shape::WORDS, least: 0, most: usize::MAX };
/// The numbers of things.
const NUMBERS: Shape = Shape::List { of: &Shape::NUMBER, least: 0, most: usize::MAX };

/// Anything that writes itself as JSON.
fn json(value: impl Serialize) -> Value {
    // Rows hold integers, texts, lists and words, all of which can be written.
    serde_json::to_value(value).unwrap_or_default()
}

fn seconds(hours: Hours) -> Value {
    hours.seconds().into()
}

fn numbers<T>(ids: impl IntoIterator<Item = Id<T>>) -> Value {
    ids.into_iter().map(|id| Value::from(id.number())).collect()
}

fn unit_name(sight: &Sight<'_>, unit: Id<federation::rows::Unit>) -> Value {
    crate::words::unit_name(sight.state, unit).into()
}

/// How a version is counted: the name of one whole.
fn measure_name(state: &Federation, version: Id<federation::rows::Version>) -> Value {
    crate::words::measure_of(state, version).map(ToString::to_string).into()
}

fn measure_decimals(state: &Federation, version: Id<federation::rows::Version>) -> Value {
    crate::words::measure_of(state, version).map(measure::Measure::decimals).into()
}

/// What somebody is called, for those whom it concerns.
fn person_name(sight: &Sight<'_>, person: Id<federation::rows::Person>) -> Value {
    match sight.sees {
        Sees::Persons => sight.hosted.called(sight.state, person).into(),
        Sees::Record => Value::Null,
    }
}
