use federation::Federation;
use federation::rows::Specification;

use super::{MAYBE_TIME, NUMBERS, column, json, number, numbers, unit_name};
use crate::api::shape::Shape;
use crate::api::table::{Column, Rows};

/// All specifications.
pub(crate) const SPECIFICATIONS: Rows<Specification> = Rows {
    name: "specifications",
    one: "specification",
    says: "What goods are, and what standard services meet.",
    all: |state| Box::new(state.specifications()),
    find: Federation::specification,
    columns: COLUMNS,
    of_unit: Some(|specification, unit| specification.by == unit),
    called: Some(|state, id| {
        state.specification(id).map(|row| row.name.to_string()).unwrap_or_default()
    }),
    is_open: Some(|_, specification| specification.retired.is_none()),
};

const COLUMNS: &[Column<Specification>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| {
        json(s.state.specification_ref(id))
    }),
    column("name", Shape::WORDS, "What it is called.", |_, _, row| json(&row.name)),
    column("nature", Shape::Word(&["good", "service"]), "A good or a service.", |_, _, row| {
        json(row.nature)
    }),
    column("measure", Shape::WORDS, "The name of one whole.", |_, _, row| json(row.measure.name())),
    column("decimals", Shape::COUNT, "The decimals of a quantity.", |_, _, row| {
        row.measure.decimals().into()
    }),
    column(
        "essential_steps",
        Shape::OrNull(&Shape::COUNT),
        "How much of it is essential for each counted member.",
        |_, _, row| json(row.essential),
    ),
    column("about", Shape::WORDS, "What else there is to say.", |_, _, row| json(&row.about)),
    column("by", Shape::NUMBER, "The unit that proposed it.", |_, _, row| row.by.number().into()),
    column("by_name", Shape::WORDS, "What that unit is called.", |s, _, row| unit_name(s, row.by)),
    column("versions", NUMBERS, "Its versions, by number.", |_, _, row| {
        numbers(row.versions.iter().copied())
    }),
    column("since", Shape::TIME, "When it was proposed.", |_, _, row| json(row.since)),
    column("retired", MAYBE_TIME, "When it was retired.", |_, _, row| json(row.retired)),
];
