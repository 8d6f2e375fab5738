use federation::Federation;
use federation::rows::Need;
use serde_json::Value;

use super::offer::{CONSENT, STANDS_FOR};
use super::{
    MAYBE_SECONDS, MAYBE_TIME, NUMBERS, column, json, measure_decimals, measure_name, number,
    numbers, unit_name,
};
use crate::api::shape::Shape;
use crate::api::table::{Column, Rows};

/// All needs.
pub(crate) const NEEDS: Rows<Need> = Rows {
    name: "needs",
    one: "need",
    says: "What units want, also what was taken back.",
    all: |state| Box::new(state.needs()),
    find: Federation::need,
    columns: COLUMNS,
    of_unit: Some(|need, unit| need.unit == unit),
    called: None,
    is_open: Some(|s, need| !need.left(s.now).is_zero()),
};

const COLUMNS: &[Column<Need>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.need_ref(id))),
    column("unit", Shape::NUMBER, "Which unit.", |_, _, row| row.unit.number().into()),
    column("unit_name", Shape::WORDS, "What it is called.", |s, _, row| unit_name(s, row.unit)),
    column("versions", NUMBERS, "The versions that will do, best first.", |_, _, row| {
        numbers(row.versions.iter().copied())
    }),
    column(
        "labels",
        Shape::List { of: &Shape::WORDS, least: 0, most: usize::MAX },
        "How those are called.",
        |s, _, row| row.versions.iter().map(|&id| Value::from(s.state.version_label(id))).collect(),
    ),
    column("value_max_seconds", MAYBE_SECONDS, "The highest value it accepts.", |_, _, row| {
        json(row.value_max)
    }),
    column("measure", Shape::OrNull(&Shape::WORDS), "The name of one whole.", |s, _, row| {
        row.versions.first().map_or(Value::Null, |&version| measure_name(s.state, version))
    }),
    column("decimals", Shape::OrNull(&Shape::COUNT), "The decimals of a quantity.", |s, _, row| {
        row.versions.first().map_or(Value::Null, |&version| measure_decimals(s.state, version))
    }),
    column("quantity_steps", Shape::COUNT, "How much, in smallest steps.", |_, _, row| {
        json(row.quantity)
    }),
    column("left_steps", Shape::COUNT, "What of it stands now.", |s, _, row| json(row.left(s.now))),
    column("stands_for", STANDS_FOR, "For what it stands.", |_, _, row| json(row.stands_for)),
    column("consent", CONSENT, "Whether matches are asked.", |_, _, row| json(row.consent)),
    column("every_days", Shape::OrNull(&Shape::COUNT), "How often it repeats.", |_, _, row| {
        json(row.every_days)
    }),
    column("until", MAYBE_TIME, "Until when it stands.", |_, _, row| json(row.until)),
    column("place", Shape::WORDS, "Where it is wanted.", |_, _, row| json(&row.place)),
    column("since", Shape::TIME, "Since when it stands.", |_, _, row| json(row.since)),
    column("withdrawn", Shape::Flag, "Whether it was taken back.", |_, _, row| {
        row.withdrawn.into()
    }),
];
