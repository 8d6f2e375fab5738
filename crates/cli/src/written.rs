//! How options are read: texts, hours and values as the record takes them.

use std::fmt::Display;

use federation::{Area, Line, Name, Prose};
use measure::{Hours, Value};

fn or_words<T, E: Display>(read: Result<T, E>) -> Result<T, String> {
    read.map_err(|wrong| wrong.to_string())
}

/// What something is called.
pub(crate) fn name(text: &str) -> Result<Name, String> {
    or_words(Name::parse(text))
}

/// One line.
pub(crate) fn line(text: &str) -> Result<Line, String> {
    or_words(Line::parse(text))
}

/// An area, such as `valley/mill`.
pub(crate) fn area(text: &str) -> Result<Area, String> {
    or_words(Area::parse(text))
}

/// A few paragraphs.
pub(crate) fn prose(text: &str) -> Result<Prose, String> {
    or_words(Prose::parse(text))
}

/// Hours, as `1:30` or `1.5`.
pub(crate) fn hours(text: &str) -> Result<Hours, String> {
    or_words(Hours::parse(text))
}

/// A value, as hours a whole measure.
pub(crate) fn value(text: &str) -> Result<Value, String> {
    or_words(Value::parse(text))
}
