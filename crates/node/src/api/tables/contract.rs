use federation::rows::{Answered, Contract, Origin, Said, Status};
use federation::{Federation, Id};
use serde_json::{Value, json};

use super::round::{MAYBE_PASS, pass_word};
use super::{
    MAYBE_NUMBER, MAYBE_TIME, MAYBE_WORDS, NUMBERS, column, json, measure_decimals, measure_name,
    number, numbers, person_name, seconds, unit_name,
};
use crate::api::shape::{Field, Shape};
use crate::api::table::{Column, Rows, Sight};

/// All contracts.
pub(crate) const CONTRACTS: Rows<Contract> = Rows {
    name: "contracts",
    one: "contract",
    says: "The commitments of givers and receivers.",
    all: |state| Box::new(state.contracts()),
    find: Federation::contract,
    columns: COLUMNS,
    of_unit: Some(Contract::is_party),
    called: None,
    is_open: Some(|_, contract| contract.is_proposed() || contract.is_agreed()),
};

const ANSWER: Shape = Shape::OrNull(&Shape::Word(&["no", "yes", "standing"]));

const ARRANGEMENT: Shape = Shape::Object(&[
    Field::must("when", Shape::TIME, "When."),
    Field::must("place", Shape::WORDS, "Where."),
    Field::must("by", Shape::NUMBER, "The unit that suggested it."),
    Field::must("agreed", Shape::Flag, "Whether the other side has signed the same."),
]);

const MAYBE_HEX: Shape = Shape::OrNull(&Shape::Hex(64));

pub(super) const COMMENT: Shape = Shape::Object(&[
    Field::must("person", Shape::NUMBER, "Who, by the number of the person."),
    Field::must("name", MAYBE_WORDS, "What they are called; for members."),
    Field::must("at", Shape::TIME, "When."),
    Field::must("body", Shape::Hex(64), "The body with the words."),
    Field::must("statement", Shape::Hex(64), "The statement, to answer it."),
    Field::must("answers", MAYBE_HEX, "The comment that it answers, by its statement."),
]);

const COLUMNS: &[Column<Contract>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.contract_ref(id))),
    column("giver", Shape::NUMBER, "The unit that gives.", |_, _, row| {
        row.parties.giver.number().into()
    }),
    column("giver_name", Shape::WORDS, "What it is called.", |s, _, row| {
        unit_name(s, row.parties.giver)
    }),
    column("receiver", Shape::NUMBER, "The unit that receives.", |_, _, row| {
        row.parties.receiver.number().into()
    }),
    column("receiver_name", Shape::WORDS, "What it is called.", |s, _, row| {
        unit_name(s, row.parties.receiver)
    }),
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
    column("accepted_steps", Shape::COUNT, "Delivered and accepted.", |_, _, row| {
        json(row.accepted)
    }),
    column("unanswered_steps", Shape::COUNT, "Held with a receipt only.", |_, _, row| {
        json(row.unanswered)
    }),
    column("left_steps", Shape::COUNT, "Still to be delivered.", |_, _, row| json(row.left())),
    column("terms", Shape::Word(&["at-value", "gift"]), "At its value, or a gift.", |_, _, row| {
        json(row.terms)
    }),
    column("value_seconds", Shape::COUNT, "Seconds per whole measure.", |_, _, row| {
        json(row.value)
    }),
    column("contract_seconds", Shape::COUNT, "What all of it is worth.", |_, _, row| {
        seconds(row.hours())
    }),
    column(
        "origin",
        Shape::Word(&["round", "swap", "direct", "already-done"]),
        "How it came about.",
        {
            |_, _, row| match row.origin {
                Origin::Round { .. } => "round".into(),
                Origin::Swap { .. } => "swap".into(),
                Origin::Direct => "direct".into(),
                Origin::AlreadyDone { .. } => "already-done".into(),
            }
        },
    ),
    column("round", MAYBE_NUMBER, "The round that proposed it.", |_, _, row| match row.origin {
        Origin::Round { round, .. } | Origin::Swap { round, .. } => round.number().into(),
        _ => Value::Null,
    }),
    column("thing", MAYBE_NUMBER, "The thing given, in a swap.", |_, _, row| match row.origin {
        Origin::Swap { thing, .. } => thing.number().into(),
        _ => Value::Null,
    }),
    column(
        "ring",
        NUMBERS,
        "In a swap, the contracts of its ring, round and round.",
        |s, _, row| numbers(s.state.ring_of(row).into_iter().map(|(contract, _)| contract)),
    ),
    column("pass", MAYBE_PASS, "In which of its solves.", |_, _, row| match row.origin {
        Origin::Round { pass, .. } => pass_word(pass).into(),
        _ => Value::Null,
    }),
    column("happened", MAYBE_TIME, "When it happened, if it had.", |_, _, row| match row.origin {
        Origin::AlreadyDone { happened } => json(happened),
        _ => Value::Null,
    }),
    column(
        "status",
        Shape::Word(&["proposed", "agreed", "fulfilled", "declined", "lapsed", "ended"]),
        "How it stands.",
        |_, _, row| status_word(&row.status).into(),
    ),
    column("giver_answer", ANSWER, "Whether the giver said yes.", |_, _, row| match row.status {
        Status::Proposed { giver, .. } => answer_word(giver).into(),
        _ => Value::Null,
    }),
    column("receiver_answer", ANSWER, "Whether the receiver did.", |_, _, row| match row.status {
        Status::Proposed { receiver, .. } => answer_word(receiver).into(),
        _ => Value::Null,
    }),
    column("answer_by", MAYBE_TIME, "Declined if this passes.", |_, _, row| match row.status {
        Status::Proposed { answer_by, .. } => json(answer_by),
        _ => Value::Null,
    }),
    column("over_by", MAYBE_NUMBER, "Who declined or ended it.", |_, _, row| {
        over(&row.status).map(|(by, _)| by.number()).into()
    }),
    column("over_reason", MAYBE_WORDS, "Why, if they said.", |_, _, row| {
        json(over(&row.status).map(|(_, reason)| reason))
    }),
    column("note", Shape::WORDS, "What was said with it.", |_, _, row| json(&row.note)),
    column("deliveries", NUMBERS, "Its deliveries, by number.", |_, _, row| {
        numbers(row.deliveries.iter().copied())
    }),
    column("area", MAYBE_WORDS, "Where a round lets it happen.", |_, _, row| {
        json(&row.meeting.area)
    }),
    column("week_begins", MAYBE_TIME, "From which week on.", |_, _, row| {
        json(row.meeting.week.map(federation::Time::of_week))
    }),
    column("arrangement", Shape::OrNull(&ARRANGEMENT), "When and where.", |_, _, row| {
        let arrangement = row.arrangement.as_ref();
        json(arrangement.map(|plan| {
            let by = plan.by.number();
            json!({ "when": plan.when, "place": plan.place, "by": by, "agreed": plan.agreed })
        }))
    }),
    column(
        "thread",
        Shape::List { of: &COMMENT, least: 0, most: usize::MAX },
        "The talk about it.",
        |s, _, row| row.thread.iter().map(|said| comment(s, said)).collect(),
    ),
    column("since", Shape::TIME, "When it was proposed.", |_, _, row| json(row.since)),
];

const fn status_word(status: &Status) -> &'static str {
    match status {
        Status::Proposed { .. } => "proposed",
        Status::Agreed => "agreed",
        Status::Fulfilled => "fulfilled",
        Status::Declined { .. } => "declined",
        Status::Lapsed => "lapsed",
        Status::Ended { .. } => "ended",
    }
}

const fn answer_word(answered: Answered) -> &'static str {
    match answered {
        Answered::No => "no",
        Answered::Yes => "yes",
        Answered::Standing => "standing",
    }
}

const fn over(status: &Status) -> Option<(Id<federation::rows::Unit>, &federation::Line)> {
    match status {
        Status::Declined { by, reason } | Status::Ended { by, reason } => Some((*by, reason)),
        _ => None,
    }
}

pub(super) fn comment(sight: &Sight<'_>, said: &Said) -> Value {
    json!({
        "person": said.by.number(),
        "name": person_name(sight, said.by),
        "at": said.at,
        "body": said.words,
        "statement": said.made_by,
        "answers": said.answers,
    })
}
