use serde_json::{Value, json};

use super::{MAYBE_NUMBER, MAYBE_WORDS, person_name};
use crate::api::shape::{Field, Shape};
use crate::api::table::{Page, Sight, Table, View, Wanted};
use crate::{Failed, Said};

/// The entries of the record.
pub(crate) struct Entries;

/// What is told of an entry.
pub(crate) const ENTRY: &[Field] = &[
    Field::must("number", Shape::COUNT, "Its place in the record, counted from nought."),
    Field::must("time", Shape::TIME, "The host's time."),
    Field::must("statement", Shape::Hex(64), "The SHA-256 of the statement's bytes."),
    Field::must("act", Shape::WORDS, "The act's name."),
    Field::must("says", Shape::WORDS, "What it does, in words that follow a name."),
    Field::must("person", Shape::Hex(32), "Whose act it is."),
    Field::must("person_number", MAYBE_NUMBER, "The person's number."),
    Field::must("person_name", MAYBE_WORDS, "What they are called; for members."),
    Field::must("key", Shape::Hex(64), "The key that signed."),
    Field::must("serial", Shape::COUNT, "The key's serial number."),
    Field::must("author_time", Shape::TIME, "The author's own time."),
];

impl Table for Entries {
    fn name(&self) -> &'static str {
        "entries"
    }

    fn one(&self) -> &'static str {
        "entry"
    }

    fn says(&self) -> &'static str {
        "The record, entry by entry."
    }

    fn fields(&self) -> Vec<Field> {
        ENTRY.to_vec()
    }

    fn filters(&self) -> Vec<Field> {
        Vec::new()
    }

    fn page(&self, view: &View, wanted: &Wanted) -> Result<Page, Failed> {
        let size = view.look(|sight| sight.state.size())?;
        let end = wanted.from.saturating_add(wanted.limit as u64).min(size);
        let said = view.hosted.said_in(wanted.from.min(end)..end)?;
        let rows = view.look(|sight| said.iter().map(|said| entry_row(sight, said)).collect())?;
        Ok(Page { rows, next: (end < size).then_some(end) })
    }
}

/// An entry as a row.
pub(crate) fn entry_row(sight: &Sight<'_>, said: &Said) -> Value {
    let statement = &said.statement;
    let person = sight.state.person_by_id(statement.person);
    json!({
        "number": said.sequence,
        "time": said.time,
        "statement": record::statement_id(&said.leaf.statement),
        "act": statement.act.name(),
        "says": crate::words::act_sentence(sight.state, &statement.act),
        "person": statement.person,
        "person_number": person.map(federation::Id::number),
        "person_name": person.map(|id| person_name(sight, id)).unwrap_or_default(),
        "key": statement.key,
        "serial": statement.serial,
        "author_time": statement.time,
    })
}
