use federation::rows::{Course, Person, Proposal, Says, Voting};
use federation::{Federation, Id};
use serde_json::{Value, json};

use super::contract::{COMMENT, comment};
use super::{LINES, MAYBE_NUMBER, NUMBERS, column, json, number, numbers, person_name, unit_name};
use crate::api::act_shapes::QUESTION;
use crate::api::shape::{Field, Shape};
use crate::api::table::{Column, Rows, Sight};
use crate::words::{question_lines, question_words};

/// All proposals, with everything that their counts can be made from again.
pub(crate) const PROPOSALS: Rows<Proposal> = Rows {
    name: "proposals",
    one: "proposal",
    says: "What was put to the vote, open and over.",
    all: |state| Box::new(state.proposals()),
    find: Federation::proposal,
    columns: COLUMNS,
    of_unit: Some(|row, unit| row.unit == unit),
    called: None,
    is_open: Some(|_, row| row.is_open()),
};

const BALLOTS: Shape = Shape::Object(&[
    Field::must(
        "yes",
        Shape::COUNT,
        "Those that prefer the proposal to leaving things as they are.",
    ),
    Field::must("cast", Shape::COUNT, "All."),
]);

const COUNT: Shape = Shape::Named(
    "Count",
    &Shape::Object(&[
        Field::must("units_yes", Shape::COUNT, "Units that say yes."),
        Field::must("units_no", Shape::COUNT, "Units that say no."),
        Field::must("units_abstain", Shape::COUNT, "Units that abstain."),
        Field::must("units_undecided", Shape::COUNT, "Units that are undecided."),
        Field::must("enrolled", Shape::COUNT, "Units enrolled when the electorate was fixed."),
        Field::must("ballots", BALLOTS, "Each ballot as one."),
        Field::must("weighed_millionths", BALLOTS, "A unit's at most its counted members."),
        Field::must("kept", BALLOTS, "Those signed by keys kept for the voter."),
        Field::must("units_pass", Shape::Flag, "Whether enough units say yes."),
        Field::must("ballots_pass", Shape::Flag, "Whether enough ballots say yes."),
        Field::must("quarter_passes", Shape::Flag, "Whether a quarter of all enrolled say yes."),
        Field::must("passed", MAYBE_NUMBER, "The option that passes, counted from 0."),
    ]),
);

const VOTING: Shape = Shape::Named(
    "Voting",
    &Shape::Object(&[
        Field::must("unit", Shape::NUMBER, "Which unit."),
        Field::must("unit_name", Shape::WORDS, "What it is called."),
        Field::must("members", Shape::COUNT, "Who may vote in it."),
        Field::must("counted_members", Shape::COUNT, "What its ballots weigh at most."),
        Field::must("ballots", Shape::COUNT, "Ballots cast by members themselves."),
        Field::must("in_room", Shape::COUNT, "Votes counted in a room."),
        Field::must(
            "says",
            Shape::Word(&["yes", "no", "abstain", "undecided"]),
            "What it says, or would as its ballots stand.",
        ),
        Field::must("option", MAYBE_NUMBER, "To which option it says yes."),
        Field::must("sealed", Shape::Flag, "Whether that is settled."),
    ]),
);

const COLUMNS: &[Column<Proposal>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.proposal_ref(id))),
    column("person", Shape::NUMBER, "Who proposed it.", |_, _, row| row.by.number().into()),
    column("person_name", Shape::OrNull(&Shape::WORDS), "What they are called.", |s, _, row| {
        person_name(s, row.by)
    }),
    column("unit", Shape::NUMBER, "Of which unit.", |_, _, row| row.unit.number().into()),
    column("unit_name", Shape::WORDS, "What that is called.", |s, _, row| unit_name(s, row.unit)),
    column("to", Shape::Word(&["whole", "unit"]), "Who votes.", |_, _, row| json(row.audience())),
    column("about", Shape::WORDS, "What is asked, in words.", |s, _, row| {
        question_words(s.state, &row.question).into()
    }),
    column(
        "options",
        Shape::List { of: &Shape::WORDS, least: 3, most: 10 },
        "What can be chosen, with the two that always stand.",
        |_, _, row| json(row.option_words()),
    ),
    column("asks", LINES, "What it comes to, where its name does not say all.", |s, _, row| {
        json(question_lines(s.state, &row.question))
    }),
    column("question", QUESTION, "The same as statements write it.", |_, _, row| {
        json(&row.question)
    }),
    column("text", Shape::WORDS, "What is proposed, and why.", |_, _, row| json(&row.text)),
    column("again", MAYBE_NUMBER, "What it puts forward again.", |_, _, row| {
        row.again.map(federation::Id::number).into()
    }),
    column("since", Shape::TIME, "When it was proposed.", |_, _, row| json(row.since)),
    column("notice_until", Shape::TIME, "When voting begins.", |_, _, row| json(row.notice_until)),
    column("closes", Shape::TIME, "When the poll closes.", |_, _, row| json(row.closes)),
    column(
        "course",
        Shape::Word(&["notice", "voting", "withdrawn", "passed", "without-effect", "not-passed"]),
        "How far it is; a pact passed without effect if another came into force after it was written.",
        |s, id, row| match s.state.overtaken_by(id) {
            Some(_) => "without-effect".into(),
            None => course_word(row).into(),
        },
    ),
    column("count", COUNT, "The count, as it stands or as it came out.", |_, _, row| count(row)),
    column(
        "electorate",
        Shape::List { of: &VOTING, least: 0, most: usize::MAX },
        "The units that vote.",
        |s, _, row| {
            row.electorate.iter().map(|(unit, voting)| voting_row(s, row, *unit, voting)).collect()
        },
    ),
    column("late", NUMBERS, "Persons whose ballots came too late.", |_, _, row| {
        numbers(row.late.keys().copied())
    }),
    column(
        "held",
        NUMBERS,
        "Those of them who had signed before the close, or before their unit had sealed.",
        |s, id, row| numbers(held(s.state, id, row)),
    ),
    column(
        "thread",
        Shape::List { of: &COMMENT, least: 0, most: usize::MAX },
        "The talk about it.",
        |s, _, row| row.thread.iter().map(|said| comment(s, said)).collect(),
    ),
];

fn held(state: &Federation, id: Id<Proposal>, row: &Proposal) -> Vec<Id<Person>> {
    let held = |person: &Id<Person>| {
        state.votes_in(id, *person).is_some_and(|unit| row.was_held(unit, *person))
    };
    row.late.keys().copied().filter(held).collect()
}

fn course_word(row: &Proposal) -> &'static str {
    match row.course {
        Course::Notice => "notice",
        Course::Voting => "voting",
        Course::Withdrawn { .. } => "withdrawn",
        Course::Closed(_) if row.has_passed() => "passed",
        Course::Closed(_) => "not-passed",
    }
}

fn count(row: &Proposal) -> Value {
    let count = row.count_now();
    json!({
        "units_yes": count.units.yes,
        "units_no": count.units.no,
        "units_abstain": count.units.abstain,
        "units_undecided": count.units.undecided,
        "enrolled": count.enrolled,
        "ballots": count.all,
        "weighed_millionths": count.weighed,
        "kept": count.kept,
        "units_pass": count.units_pass(row.rule),
        "ballots_pass": count.ballots_pass(row.rule),
        "quarter_passes": count.quarter_passes(row.rule),
        "passed": count.passed,
    })
}

fn voting_row(
    sight: &Sight<'_>,
    row: &Proposal,
    unit: federation::Id<federation::rows::Unit>,
    voting: &Voting,
) -> Value {
    let (says, option) = match row.says_now(voting) {
        Says::Yes { option } => ("yes", Some(option)),
        Says::No => ("no", None),
        Says::Abstain => ("abstain", None),
        Says::Undecided => ("undecided", None),
    };
    let room = voting.room.iter().filter(|room| room.stands).flat_map(|room| &room.votes);
    let in_room: u64 = room.map(|(.., count)| u64::from(*count)).sum();
    json!({
        "unit": unit.number(),
        "unit_name": unit_name(sight, unit),
        "members": voting.members,
        "counted_members": voting.counted_members,
        "ballots": voting.ballots.len(),
        "in_room": in_room,
        "says": says,
        "option": option,
        "sealed": voting.seal.is_some(),
    })
}
