use federation::act::Side;
use federation::rows::Wish;
use federation::{Federation, Id, Refusal};
use serde_json::Value;

use super::{
    MAYBE_SECONDS, MAYBE_TIME, MAYBE_WORDS, NUMBERS, column, json, measure_decimals, measure_name,
    number, numbers, unit_name,
};
use crate::api::shape::Shape;
use crate::api::table::{All, Column, Find, Rows};

/// All offers.
pub(crate) const OFFERS: Rows<Wish> = wishes(
    ("offers", "offer", "What units can give, also what was taken back."),
    |state| Box::new(state.wishes().filter(|(_, wish)| wish.side == Side::Offer)),
    |state, id| of_side(state, id, Side::Offer),
);

/// All needs.
pub(crate) const NEEDS: Rows<Wish> = wishes(
    ("needs", "need", "What units want, also what was taken back."),
    |state| Box::new(state.wishes().filter(|(_, wish)| wish.side == Side::Need)),
    |state, id| of_side(state, id, Side::Need),
);

const fn wishes(
    (name, one, says): (&'static str, &'static str, &'static str),
    all: All<Wish>,
    find: Find<Wish>,
) -> Rows<Wish> {
    Rows {
        name,
        one,
        says,
        all,
        find,
        columns: COLUMNS,
        of_unit: Some(|wish, unit| wish.unit == unit),
        called: None,
        is_open: Some(|s, wish| !wish.left(s.now).is_zero()),
    }
}

fn of_side(state: &Federation, id: Id<Wish>, side: Side) -> Result<&Wish, Refusal> {
    let found = state.wish(id).ok().filter(|wish| wish.side == side);
    found.ok_or_else(|| Refusal::Unknown { kind: side.word(), named: id.to_string() })
}

/// For what something stands.
const STANDS_FOR: Shape = Shape::Word(&["rounds", "direct", "both"]);
/// Whether a match is asked.
const CONSENT: Shape = Shape::Word(&["standing", "ask"]);

const COLUMNS: &[Column<Wish>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.wish_ref(id))),
    column("unit", Shape::NUMBER, "Which unit.", |_, _, row| row.unit.number().into()),
    column("unit_name", Shape::WORDS, "What it is called.", |s, _, row| unit_name(s, row.unit)),
    column(
        "versions",
        NUMBERS,
        "The one version of an offer; those that will do for a need, best first.",
        |_, _, row| numbers(row.versions.iter().copied()),
    ),
    column(
        "labels",
        Shape::List { of: &Shape::WORDS, least: 0, most: usize::MAX },
        "How those are called: `bread/3`.",
        |s, _, row| row.versions.iter().map(|&id| Value::from(s.state.version_label(id))).collect(),
    ),
    column(
        "value_seconds",
        MAYBE_SECONDS,
        "Seconds per whole measure, of its first version.",
        |s, _, row| {
            let first = row.versions.first().and_then(|&version| s.state.version(version).ok());
            let valuation = first.and_then(|version| version.valuation);
            valuation.map(|valuation| valuation.value().seconds()).into()
        },
    ),
    column("value_max_seconds", MAYBE_SECONDS, "The highest value a need accepts.", |_, _, row| {
        json(row.value_max)
    }),
    column("measure", MAYBE_WORDS, "The name of one whole.", |s, _, row| {
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
    column("from", MAYBE_TIME, "From when it can be handed over, or taken.", |_, _, row| {
        json(row.from)
    }),
    column("until", MAYBE_TIME, "Until when it stands.", |_, _, row| json(row.until)),
    column("area", MAYBE_WORDS, "Where it can be handed over, or taken.", |_, _, row| {
        json(&row.area)
    }),
    column("since", Shape::TIME, "Since when it stands.", |_, _, row| json(row.since)),
    column("withdrawn", Shape::Flag, "Whether it was taken back.", |_, _, row| {
        row.withdrawn.into()
    }),
];
