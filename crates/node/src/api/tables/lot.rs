use std::collections::BTreeMap;

use federation::rows::{Drawing, Lot, LotStage, Unit};
use federation::{Federation, Id, Line, LotNumber, NumberHash};
use serde_json::{Value, json};

use super::{MAYBE_TIME, NUMBERS, column, json as written, number, numbers};
use crate::api::shape::{Field, Shape};
use crate::api::table::{Column, Rows, Sees, Sight};
use crate::words::lot_name_words;

/// All public lots.
pub(crate) const LOTS: Rows<Lot> = Rows {
    name: "lots",
    one: "lot",
    says: "Public lots: numbers that units are bound to and then tell, and what they draw.",
    all: |state| Box::new(state.lots()),
    find: Federation::lot,
    columns: COLUMNS,
    of_unit: None,
    called: None,
    is_open: Some(|_, lot| lot.is_open()),
};

const NUMBER: Shape = Shape::Object(&[
    Field::must("unit", Shape::NUMBER, "Which unit."),
    Field::must("hash", Shape::Hex(64), "To what it is bound: the SHA-256 of the number."),
    Field::must("number", Shape::OrNull(&Shape::Hex(64)), "The number, once it is told."),
]);
const WORDS: Shape = Shape::List { of: &Shape::WORDS, least: 0, most: usize::MAX };

const COLUMNS: &[Column<Lot>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| written(s.state.lot_ref(id))),
    column("about", Shape::WORDS, "What it is for.", |_, _, row| match &row.drawing {
        Drawing::Names { about, .. } => written(about),
        Drawing::Election(id) => format!("equal votes in election {id}").into(),
    }),
    column("names", WORDS, "What it draws from.", |s, _, row| match &row.drawing {
        Drawing::Names { names, .. } => names.iter().map(|name| called(s, name)).collect(),
        Drawing::Election(_) => json!([]),
    }),
    column("draw", Shape::COUNT, "How many it draws.", |_, _, row| match &row.drawing {
        Drawing::Names { draw, .. } => (*draw).into(),
        Drawing::Election(_) => 0.into(),
    }),
    column(
        "stage",
        Shape::Word(&["committing", "opening", "drawn", "over"]),
        "Whether units bind themselves, tell their numbers, it is drawn, or it is over undrawn.",
        |_, _, row| stage(row).into(),
    ),
    column("until", MAYBE_TIME, "Until when, if it is not drawn.", |_, _, row| match &row.stage {
        LotStage::Committing { until, .. } | LotStage::Opening { until, .. } => written(until),
        LotStage::Drawn { .. } | LotStage::Over { .. } => Value::Null,
    }),
    column("needed", Shape::COUNT, "How many units it takes.", |s, _, row| {
        s.state.lot_needs(row).into()
    }),
    column(
        "numbers",
        Shape::List { of: &NUMBER, least: 0, most: usize::MAX },
        "What units are bound to, and what they told.",
        |_, _, row| given(row),
    ),
    column("withheld", NUMBERS, "Units left out, for they did not tell.", |_, _, row| {
        numbers(row.withheld.iter().copied())
    }),
    column("drawn", WORDS, "The names drawn, the first drawn first.", |s, _, row| drawn(s, row)),
    column("since", Shape::TIME, "When it was asked for.", |_, _, row| written(row.since)),
];

const fn stage(lot: &Lot) -> &'static str {
    match lot.stage {
        LotStage::Committing { .. } => "committing",
        LotStage::Opening { .. } => "opening",
        LotStage::Drawn { .. } => "drawn",
        LotStage::Over { .. } => "over",
    }
}

fn given(lot: &Lot) -> Value {
    let row = |unit: Id<Unit>, hash: NumberHash, number: Option<&LotNumber>| json!({ "unit": unit.number(), "hash": hash, "number": number });
    let of_bound = |bound: &BTreeMap<Id<Unit>, NumberHash>, told: &BTreeMap<_, LotNumber>| {
        bound.iter().map(|(&unit, &hash)| row(unit, hash, told.get(&unit))).collect()
    };
    match &lot.stage {
        LotStage::Committing { bound, .. } => of_bound(bound, &BTreeMap::new()),
        LotStage::Opening { bound, told, .. } => of_bound(bound, told),
        LotStage::Drawn { told, .. } => {
            told.iter().map(|(&unit, number)| row(unit, number.hash(), Some(number))).collect()
        }
        LotStage::Over { .. } => json!([]),
    }
}

fn drawn(sight: &Sight<'_>, lot: &Lot) -> Value {
    let Drawing::Names { names, .. } = &lot.drawing else { return json!([]) };
    let drawn = lot.names_drawn().into_iter().filter_map(|at| names.get(at));
    drawn.map(|name| called(sight, name)).collect()
}

/// Whom a name stands for; persons by their numbers to those who see no names.
fn called(sight: &Sight<'_>, name: &Line) -> Value {
    let called = |person| match sight.sees {
        Sees::Persons => sight.hosted.called(sight.state, person),
        Sees::Record => format!("person {person}"),
    };
    lot_name_words(sight.state, &called, name).into()
}
