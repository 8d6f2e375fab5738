use federation::Federation;
use federation::rows::Thing;

use super::{
    MAYBE_NUMBER, NUMBERS, column, json, measure_decimals, measure_name, number, numbers, unit_name,
};
use crate::api::shape::Shape;
use crate::api::table::{Column, Rows};

/// All things in the swap.
pub(crate) const THINGS: Rows<Thing> = Rows {
    name: "things",
    one: "thing",
    says: "What units have brought into the swap, also what was taken back or swapped.",
    all: |state| Box::new(state.things()),
    find: Federation::thing,
    columns: COLUMNS,
    of_unit: Some(|thing, unit| thing.unit == unit),
    called: None,
    is_open: Some(|s, thing| s.state.is_in_swap(thing)),
};

const COLUMNS: &[Column<Thing>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.thing_ref(id))),
    column("unit", Shape::NUMBER, "Whose it is.", |_, _, row| row.unit.number().into()),
    column("unit_name", Shape::WORDS, "What that is called.", |s, _, row| unit_name(s, row.unit)),
    column("version", Shape::NUMBER, "Under which version.", |_, _, row| {
        row.version.number().into()
    }),
    column("label", Shape::WORDS, "How that is called: `bread/3`.", |s, _, row| {
        s.state.version_label(row.version).into()
    }),
    column("measure", Shape::OrNull(&Shape::WORDS), "The name of one whole.", |s, _, row| {
        measure_name(s.state, row.version)
    }),
    column("decimals", Shape::OrNull(&Shape::COUNT), "The decimals of a quantity.", |s, _, row| {
        measure_decimals(s.state, row.version)
    }),
    column("quantity_steps", Shape::COUNT, "How much, in smallest steps.", |_, _, row| {
        json(row.quantity)
    }),
    column("what", Shape::WORDS, "Which one it is.", |_, _, row| json(&row.what)),
    column("would_take", NUMBERS, "The things its unit would take, best first.", |_, _, row| {
        numbers(row.would_take.iter().copied())
    }),
    column("contract", MAYBE_NUMBER, "Under which it changes hands, or was to.", |_, _, row| {
        row.contract.map(federation::Id::number).into()
    }),
    column("in_swap", Shape::Flag, "Whether it can still be swapped.", |s, _, row| {
        s.state.is_in_swap(row).into()
    }),
    column("withdrawn", Shape::Flag, "Whether it was taken back.", |_, _, row| {
        row.withdrawn.into()
    }),
    column("since", Shape::TIME, "When it was brought.", |_, _, row| json(row.since)),
];
