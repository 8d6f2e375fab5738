use federation::Federation;
use federation::rows::{Contract, Delivery, Progress};
use serde_json::{Value, json};

use super::{
    MAYBE_NUMBER, MAYBE_SECONDS, MAYBE_TIME, MAYBE_WORDS, column, json, measure_decimals,
    measure_name, number, unit_name,
};
use crate::api::shape::{Field, Shape};
use crate::api::table::{Column, Rows, Sight};

/// All deliveries.
pub(crate) const DELIVERIES: Rows<Delivery> = Rows {
    name: "deliveries",
    one: "delivery",
    says: "What was handed over under contracts, and how it was answered.",
    all: |state| Box::new(state.deliveries()),
    find: Federation::delivery,
    columns: COLUMNS,
    of_unit: None,
    called: None,
    is_open: Some(|_, row| {
        matches!(row.progress, Progress::HandedOver | Progress::Receipted { .. })
    }),
};

const CORRECTION: Shape = Shape::Object(&[
    Field::must("by", Shape::NUMBER, "The unit that signed it."),
    Field::must("quantity_steps", Shape::COUNT, "To how much."),
]);

const COLUMNS: &[Column<Delivery>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.delivery_ref(id))),
    column("contract", Shape::NUMBER, "Under which contract.", |_, _, row| {
        row.contract.number().into()
    }),
    column("giver", MAYBE_NUMBER, "The unit that gave.", |s, _, row| {
        of_contract(s, row, |_, contract| contract.parties.giver.number().into())
    }),
    column("giver_name", MAYBE_WORDS, "What it is called.", |s, _, row| {
        of_contract(s, row, |s, contract| unit_name(s, contract.parties.giver))
    }),
    column("receiver", MAYBE_NUMBER, "The unit that received.", |s, _, row| {
        of_contract(s, row, |_, contract| contract.parties.receiver.number().into())
    }),
    column("receiver_name", MAYBE_WORDS, "What it is called.", |s, _, row| {
        of_contract(s, row, |s, contract| unit_name(s, contract.parties.receiver))
    }),
    column("label", MAYBE_WORDS, "What: `bread/3`.", |s, _, row| {
        of_contract(s, row, |s, contract| s.state.version_label(contract.version).into())
    }),
    column("measure", MAYBE_WORDS, "The name of one whole.", |s, _, row| {
        of_contract(s, row, |s, contract| measure_name(s.state, contract.version))
    }),
    column("decimals", Shape::OrNull(&Shape::COUNT), "The decimals of a quantity.", |s, _, row| {
        of_contract(s, row, |s, contract| measure_decimals(s.state, contract.version))
    }),
    column("quantity_steps", Shape::COUNT, "How much, in smallest steps.", |_, _, row| {
        json(row.quantity)
    }),
    column(
        "progress",
        Shape::Word(&["handed-over", "receipted", "accepted", "rejected", "lapsed"]),
        "How far it is.",
        |_, _, row| match row.progress {
            Progress::HandedOver => "handed-over".into(),
            Progress::Receipted { .. } => "receipted".into(),
            Progress::Accepted { .. } => "accepted".into(),
            Progress::Rejected { .. } => "rejected".into(),
            Progress::Lapsed { .. } => "lapsed".into(),
        },
    ),
    column("answered", MAYBE_TIME, "When it came so far.", |_, _, row| match row.progress {
        Progress::HandedOver => Value::Null,
        Progress::Receipted { at }
        | Progress::Accepted { at, .. }
        | Progress::Rejected { at, .. }
        | Progress::Lapsed { at } => json(at),
    }),
    column("counted_seconds", MAYBE_SECONDS, "What it counts.", |_, _, row| match row.progress {
        Progress::Accepted { hours, .. } => json(hours),
        _ => Value::Null,
    }),
    column("clause", Shape::OrNull(&Shape::COUNT), "The clause not met.", |_, _, row| {
        match row.progress {
            Progress::Rejected { clause, .. } => clause.into(),
            _ => Value::Null,
        }
    }),
    column("reason", MAYBE_WORDS, "In what way.", |_, _, row| match &row.progress {
        Progress::Rejected { reason, .. } => json(reason),
        _ => Value::Null,
    }),
    column("correction", Shape::OrNull(&CORRECTION), "One that one side signed.", |_, _, row| {
        let correction = row.correction;
        json(correction.map(|(by, steps)| json!({ "by": by.number(), "quantity_steps": steps })))
    }),
    column("note", Shape::WORDS, "What the giver said with it.", |_, _, row| json(&row.note)),
    column("since", Shape::TIME, "When the giver said so.", |_, _, row| json(row.since)),
];

fn of_contract(
    sight: &Sight<'_>,
    delivery: &Delivery,
    part: fn(&Sight<'_>, &Contract) -> Value,
) -> Value {
    sight.state.contract(delivery.contract).map_or(Value::Null, |row| part(sight, row))
}
