use federation::act::Instruction;
use federation::rows::{Ended, Mandate};
use federation::{Federation, Id};

use super::{
    MAYBE_TIME, MAYBE_WORDS, NUMBERS, column, json, number, numbers, person_name, unit_name,
};
use crate::api::shape::Shape;
use crate::api::table::{Column, Rows};
use crate::words::instruction_words;

/// All mandates.
pub(crate) const MANDATES: Rows<Mandate> = Rows {
    name: "mandates",
    one: "mandate",
    says: "Whom units have sent, with what, until when, and how far a recall is.",
    all: |state| Box::new(state.mandates()),
    find: Federation::mandate,
    columns: COLUMNS,
    of_unit: Some(|row, unit| row.unit == unit),
    called: None,
    is_open: Some(|s, row| row.holds(s.state.testified())),
};

const COLUMNS: &[Column<Mandate>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.mandate_ref(id))),
    column("unit", Shape::NUMBER, "Who sends.", |_, _, row| row.unit.number().into()),
    column("unit_name", Shape::WORDS, "What that is called.", |s, _, row| unit_name(s, row.unit)),
    column("delegate", Shape::NUMBER, "Who is sent.", |_, _, row| row.delegate.number().into()),
    column("delegate_name", MAYBE_WORDS, "What they are called; for members.", |s, _, row| {
        person_name(s, row.delegate)
    }),
    column("matter", Shape::WORDS, "On what.", |_, _, row| json(&row.terms.matter)),
    column(
        "instruction",
        Shape::Word(&["bound", "range", "voice"]),
        "What they bring along.",
        |_, _, row| kind(&row.terms.instruction).into(),
    ),
    column("brings", Shape::WORDS, "The same, in words that follow a name.", |s, _, row| {
        instruction_words(s.state, &row.terms.instruction).into()
    }),
    column("poll", Shape::NUMBER, "The proposal that gave it.", |_, _, row| row.by.number().into()),
    column("since", Shape::TIME, "Since when.", |_, _, row| json(row.since)),
    column("until", Shape::TIME, "Until when at most.", |_, _, row| json(row.terms.until)),
    column("needed", Shape::COUNT, "How many signatures recall it.", |_, _, row| row.needed.into()),
    column("signed", NUMBERS, "Who has signed for that.", |_, _, row| {
        numbers(row.signed.iter().copied())
    }),
    column(
        "ended",
        Shape::OrNull(&Shape::Word(&["recalled", "laid-down", "left", "renewed"])),
        "How it ended before its time.",
        |_, _, row| row.ended.map(ended).into(),
    ),
    column("ended_time", MAYBE_TIME, "When that was.", |_, _, row| {
        row.ended.map(|ended| json(ended.at())).unwrap_or_default()
    }),
    column("holds", Shape::Flag, "Whether it holds.", |s, _: Id<Mandate>, row| {
        row.holds(s.state.testified()).into()
    }),
];

const fn kind(instruction: &Instruction) -> &'static str {
    match instruction {
        Instruction::Bound { .. } => "bound",
        Instruction::Range(_) => "range",
        Instruction::Voice {} => "voice",
    }
}

const fn ended(ended: Ended) -> &'static str {
    match ended {
        Ended::Recalled(_) => "recalled",
        Ended::LaidDown(_) => "laid-down",
        Ended::Left(_) => "left",
        Ended::Renewed(_) => "renewed",
    }
}
