use federation::Federation;
use federation::rows::{Valuation, Version};
use serde_json::{Value, json};

use super::{
    MAYBE_SECONDS, NUMBERS, column, json, measure_decimals, measure_name, number, numbers,
    unit_name,
};
use crate::api::shape::{Field, Shape};
use crate::api::table::{Column, Rows};

/// All versions of specifications.
pub(crate) const VERSIONS: Rows<Version> = Rows {
    name: "versions",
    one: "version",
    says: "The versions of specifications, with their clauses and values.",
    all: |state| Box::new(state.versions()),
    find: Federation::version,
    columns: COLUMNS,
    of_unit: Some(|version, unit| version.by == unit),
    called: Some(Federation::version_label),
    is_open: Some(|s, version| {
        let specification = s.state.specification(version.specification);
        specification.is_ok_and(|row| row.retired.is_none())
    }),
};

const WORD: Shape = Shape::Object(&[
    Field::must("by", Shape::NUMBER, "The unit that said it."),
    Field::must("at", Shape::TIME, "When."),
    Field::must("value_seconds", Shape::COUNT, "The value it named."),
    Field::must("reasons", Shape::WORDS, "Why."),
]);

const SIGNED: Shape = Shape::Object(&[
    Field::must("value_seconds", Shape::COUNT, "The value."),
    Field::must("units", NUMBERS, "The units that signed it."),
]);

const COLUMNS: &[Column<Version>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.version_ref(id))),
    column("label", Shape::WORDS, "How it is called: `bread/3`.", |s, id, _| {
        s.state.version_label(id).into()
    }),
    column("specification", Shape::NUMBER, "Of which specification.", |_, _, row| {
        row.specification.number().into()
    }),
    column("version", Shape::NUMBER, "Its number there, from 1.", |_, _, row| row.number.into()),
    column("measure", Shape::OrNull(&Shape::WORDS), "The name of one whole.", |s, id, _| {
        measure_name(s.state, id)
    }),
    column("decimals", Shape::OrNull(&Shape::COUNT), "The decimals of a quantity.", |s, id, _| {
        measure_decimals(s.state, id)
    }),
    column(
        "clauses",
        Shape::List { of: &Shape::WORDS, least: 0, most: usize::MAX },
        "What every instance meets.",
        |_, _, row| json(&row.clauses),
    ),
    column("about", Shape::WORDS, "Why there is this version.", |_, _, row| json(&row.about)),
    column(
        "valuation",
        Shape::Word(&["none", "asked", "agreed"]),
        "How its value came about.",
        |_, _, row| match row.valuation {
            None => "none".into(),
            Some(Valuation::Asked { .. }) => "asked".into(),
            Some(Valuation::Agreed { .. }) => "agreed".into(),
        },
    ),
    column("value_seconds", MAYBE_SECONDS, "Seconds per whole measure.", |_, _, row| {
        row.valuation.map(|valuation| valuation.value().seconds()).into()
    }),
    column("by", Shape::NUMBER, "The unit that made it.", |_, _, row| row.by.number().into()),
    column("by_name", Shape::WORDS, "What that unit is called.", |s, _, row| unit_name(s, row.by)),
    column(
        "words",
        Shape::List { of: &WORD, least: 0, most: usize::MAX },
        "What was said about its value, first said first.",
        |_, _, row| row.words.iter().map(word).collect(),
    ),
    column(
        "signed",
        Shape::List { of: &SIGNED, least: 0, most: usize::MAX },
        "Who has signed which value.",
        |_, _, row| {
            let of_each = row.signed.iter();
            let of_each = of_each.map(|(value, units)| {
                let units = numbers(units.iter().copied());
                json!({ "value_seconds": value, "units": units })
            });
            of_each.collect()
        },
    ),
    column("since", Shape::TIME, "When it was made.", |_, _, row| json(row.since)),
];

fn word(word: &federation::rows::ValueWord) -> Value {
    json!({
        "by": word.by.number(),
        "at": word.at,
        "value_seconds": word.value,
        "reasons": word.reasons,
    })
}
