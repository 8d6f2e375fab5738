use federation::rows::Person;
use federation::{Federation, Id};
use serde_json::{Value, json};

use super::{
    MAYBE_NUMBER, MAYBE_TIME, MAYBE_WORDS, NUMBERS, column, json, number, numbers, person_name,
};
use crate::api::shape::{Field, Shape};
use crate::api::table::{Column, Rows, Sees, Sight};

/// All persons.
pub(crate) const PERSONS: Rows<Person> = Rows {
    name: "persons",
    one: "person",
    says: "The persons. Who they are is told to members only.",
    all: |state| Box::new(state.persons()),
    find: Federation::person,
    columns: COLUMNS,
    of_unit: Some(|person, unit| person.unit == Some(unit)),
    called: None,
    is_open: None,
};

const KEY: Shape = Shape::Object(&[
    Field::must("key", Shape::Hex(64), "The public key."),
    Field::must("held_by", Shape::Word(&["device", "node", "invite"]), "Who holds it."),
    Field::must("since", Shape::TIME, "When it came into use."),
    Field::must("revoked", MAYBE_TIME, "When it went out of use."),
]);

const COLUMNS: &[Column<Person>] = &[
    number(),
    column("ref", Shape::Ref, "What made the row.", |s, id, _| json(s.state.person_ref(id))),
    column("person", Shape::Hex(32), "The person's id.", |_, _, person| json(person.id)),
    column("name", MAYBE_WORDS, "What they are called; for members.", |s, id, _| {
        person_name(s, id)
    }),
    column("contact", MAYBE_WORDS, "How to reach them; for members.", |s, id, _| {
        about(s, id, |about| about.contact)
    }),
    column("words", MAYBE_WORDS, "What else they say; for members.", |s, id, _| {
        about(s, id, |about| about.words)
    }),
    column("about", Shape::OrNull(&Shape::Hex(64)), "The body with it.", |_, _, person| {
        json(person.about)
    }),
    column("unit", MAYBE_NUMBER, "The unit they are a member of.", |_, _, person| {
        person.unit.map(Id::number).into()
    }),
    column(
        "keys",
        Shape::List { of: &KEY, least: 0, most: usize::MAX },
        "Their keys, also those out of use.",
        |s, _, person| person.keys.iter().filter_map(|&key| key_row(s, key)).collect(),
    ),
    column("helpers", NUMBERS, "Who can help them to a new key.", |_, _, person| {
        numbers(person.helpers.iter().flat_map(|helpers| helpers.persons.iter().copied()))
    }),
    column(
        "helpers_needed",
        Shape::OrNull(&Shape::COUNT),
        "How many of them it takes.",
        |_, _, person| person.helpers.as_ref().map(|helpers| helpers.needed).into(),
    ),
    column("since", Shape::TIME, "When they came in.", |_, _, person| json(person.since)),
];

fn about(sight: &Sight<'_>, id: Id<Person>, part: fn(crate::About) -> String) -> Value {
    match sight.sees {
        Sees::Persons => sight.hosted.about(sight.state, id).map(part).into(),
        Sees::Record => Value::Null,
    }
}

fn key_row(sight: &Sight<'_>, key: federation::PublicKey) -> Option<Value> {
    let row = sight.state.key(key)?;
    Some(json!({
        "key": key,
        "held_by": row.held_by,
        "since": row.since,
        "revoked": row.revoked,
    }))
}
