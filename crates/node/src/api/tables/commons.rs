use federation::Federation;
use federation::rows::{Common, Contribution};
use measure::Hours;
use serde_json::json as object;

use super::{NUMBERS, column, json, measure_decimals, measure_name, number, numbers, unit_name};
use crate::api::shape::{Field, Shape};
use crate::api::table::{Column, Rows};

/// All commons.
pub(crate) const COMMONS: Rows<Common> = Rows {
    name: "commons",
    one: "common",
    says: "What is for everybody, carried by the units that subscribe to it.",
    all: |state| Box::new(state.commons()),
    find: Federation::common,
    columns: COMMON,
    of_unit: Some(|row, unit| row.subscriptions.contains_key(&unit)),
    called: None,
    is_open: Some(|_, _| true),
};

const SUBSCRIPTIONS: Shape = Shape::List {
    of: &Shape::Object(&[
        Field::must("unit", Shape::NUMBER, "Which unit."),
        Field::must("seconds", Shape::SECONDS, "Up to so many seconds."),
        Field::must("every_days", Shape::OrNull(&Shape::COUNT), "Stands anew every so many days."),
    ]),
    least: 0,
    most: usize::MAX,
};

const COMMON: &[Column<Common>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.common_ref(id))),
    column("name", Shape::WORDS, "What it is called.", |_, _, row| json(&row.name)),
    column("about", Shape::WORDS, "What it is for.", |_, _, row| json(&row.about)),
    column("version", Shape::NUMBER, "What is delivered to it.", |_, _, row| {
        row.version.number().into()
    }),
    column("label", Shape::WORDS, "How that is called: `help/1`.", |s, _, row| {
        s.state.version_label(row.version).into()
    }),
    column("measure", Shape::OrNull(&Shape::WORDS), "The name of one whole.", |s, _, row| {
        measure_name(s.state, row.version)
    }),
    column("decimals", Shape::OrNull(&Shape::COUNT), "The decimals of a quantity.", |s, _, row| {
        measure_decimals(s.state, row.version)
    }),
    column("by", Shape::NUMBER, "The unit that opened it.", |_, _, row| row.by.number().into()),
    column("since", Shape::TIME, "When.", |_, _, row| json(row.since)),
    column("subscriptions", SUBSCRIPTIONS, "Who carries it, and with how much.", |_, _, row| {
        let one = |(unit, row): (&federation::Id<_>, &federation::rows::Subscription)| {
            object!({
                "unit": unit.number(),
                "seconds": row.hours.seconds(),
                "every_days": row.every_days,
            })
        };
        row.subscriptions.iter().map(one).collect()
    }),
    column("can_take_seconds", Shape::SECONDS, "What they can take now.", |s, id, _| {
        let can = s.state.can_carry(id, s.state.time());
        let sum = can.iter().fold(Hours::ZERO, |sum, c| sum.plus(c.hours).unwrap_or(sum));
        sum.seconds().into()
    }),
    column("contributions", NUMBERS, "What was delivered to it.", |_, _, row| {
        numbers(row.contributions.iter().copied())
    }),
];

/// All contributions.
pub(crate) const CONTRIBUTIONS: Rows<Contribution> = Rows {
    name: "contributions",
    one: "contribution",
    says: "What was delivered to commons, and who carries how much of it.",
    all: |state| Box::new(state.contributions()),
    find: Federation::contribution,
    columns: CONTRIBUTION,
    of_unit: Some(Contribution::is_party),
    called: None,
    is_open: Some(|_, row| row.is_open()),
};

const SHARES: Shape = Shape::List {
    of: &Shape::Object(&[
        Field::must("unit", Shape::NUMBER, "Which unit."),
        Field::must("seconds", Shape::SECONDS, "What it carries."),
    ]),
    least: 0,
    most: usize::MAX,
};

const CONTRIBUTION: &[Column<Contribution>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| {
        json(s.state.contribution_ref(id))
    }),
    column("common", Shape::NUMBER, "To which common.", |_, _, row| row.common.number().into()),
    column("giver", Shape::NUMBER, "Who gives.", |_, _, row| row.giver.number().into()),
    column("giver_name", Shape::WORDS, "What that is called.", |s, _, row| unit_name(s, row.giver)),
    column("quantity_steps", Shape::COUNT, "How much, in smallest steps.", |_, _, row| {
        json(row.quantity)
    }),
    column("seconds", Shape::SECONDS, "What all of it is worth.", |_, _, row| {
        row.hours().seconds().into()
    }),
    column("shares", SHARES, "Who carries how much of it.", |_, _, row| {
        let one = |share: &federation::rows::Carried| object!({ "unit": share.unit.number(), "seconds": share.hours.seconds() });
        row.shares.iter().map(one).collect()
    }),
    column("since", Shape::TIME, "When it was entered.", |_, _, row| json(row.since)),
    column("note", Shape::WORDS, "What was said with it.", |_, _, row| json(&row.note)),
    column(
        "progress",
        Shape::Word(&["handed-over", "receipted", "accepted", "rejected", "lapsed"]),
        "How far it is.",
        |_, _, row| {
            use federation::rows::Progress;
            match row.progress {
                Progress::HandedOver => "handed-over",
                Progress::Receipted { .. } => "receipted",
                Progress::Accepted { .. } => "accepted",
                Progress::Rejected { .. } => "rejected",
                Progress::Lapsed { .. } => "lapsed",
            }
            .into()
        },
    ),
    column("asked", NUMBERS, "The persons drawn to accept it.", |_, _, row| {
        numbers(row.asked.iter().map(|asked| asked.person))
    }),
];
