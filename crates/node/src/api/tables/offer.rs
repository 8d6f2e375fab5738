use federation::Federation;
use federation::rows::Offer;

use super::{
    MAYBE_SECONDS, MAYBE_TIME, column, json, measure_decimals, measure_name, number, unit_name,
};
use crate::api::shape::Shape;
use crate::api::table::{Column, Rows};

/// All offers.
pub(crate) const OFFERS: Rows<Offer> = Rows {
    name: "offers",
    one: "offer",
    says: "What units can give, also what was taken back.",
    all: |state| Box::new(state.offers()),
    find: Federation::offer,
    columns: COLUMNS,
    of_unit: Some(|offer, unit| offer.unit == unit),
    called: None,
    is_open: Some(|s, offer| !offer.left(s.now).is_zero()),
};

/// For what something stands.
pub(super) const STANDS_FOR: Shape = Shape::Word(&["rounds", "direct", "both"]);
/// Whether a match is asked.
pub(super) const CONSENT: Shape = Shape::Word(&["standing", "ask"]);

const COLUMNS: &[Column<Offer>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.offer_ref(id))),
    column("unit", Shape::NUMBER, "Which unit.", |_, _, row| row.unit.number().into()),
    column("unit_name", Shape::WORDS, "What it is called.", |s, _, row| unit_name(s, row.unit)),
    column("version", Shape::NUMBER, "Under which version.", |_, _, row| {
        row.version.number().into()
    }),
    column("label", Shape::WORDS, "How that is called: `bread/3`.", |s, _, row| {
        s.state.version_label(row.version).into()
    }),
    column("value_seconds", MAYBE_SECONDS, "Seconds per whole measure.", |s, _, row| {
        let version = s.state.version(row.version).ok();
        let valuation = version.and_then(|version| version.valuation);
        valuation.map(|valuation| valuation.value().seconds()).into()
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
    column("left_steps", Shape::COUNT, "What of it stands now.", |s, _, row| json(row.left(s.now))),
    column("stands_for", STANDS_FOR, "For what it stands.", |_, _, row| json(row.stands_for)),
    column("consent", CONSENT, "Whether matches are asked.", |_, _, row| json(row.consent)),
    column("every_days", Shape::OrNull(&Shape::COUNT), "How often it repeats.", |_, _, row| {
        json(row.every_days)
    }),
    column("until", MAYBE_TIME, "Until when it stands.", |_, _, row| json(row.until)),
    column("place", Shape::WORDS, "Where it can be had.", |_, _, row| json(&row.place)),
    column("since", Shape::TIME, "Since when it stands.", |_, _, row| json(row.since)),
    column("withdrawn", Shape::Flag, "Whether it was taken back.", |_, _, row| {
        row.withdrawn.into()
    }),
];
