use federation::rows::{Pass, Phase, Planned, Round};
use federation::{Federation, Id};
use serde_json::{Value, json};

use super::{MAYBE_NUMBER, MAYBE_TIME, MAYBE_WORDS, NUMBERS, column, json, number, numbers};
use crate::Progress;
use crate::api::shape::{Field, Shape};
use crate::api::table::{Column, Rows, Sight};
use crate::words::stage_words;

/// All rounds.
pub(crate) const ROUNDS: Rows<Round> = Rows {
    name: "rounds",
    one: "round",
    says: "The rounds in which offers and needs were matched.",
    all: |state| Box::new(state.rounds()),
    find: Federation::round,
    columns: COLUMNS,
    of_unit: None,
    called: None,
    is_open: Some(|_, round| round.phase != Phase::Finished),
};

/// Which of a round's two solves.
pub(super) const MAYBE_PASS: Shape = Shape::OrNull(&Shape::Word(&["first", "again"]));

const PLAN: Shape = Shape::Object(&[
    Field::must("annex", Shape::Hex(64), "The annex with plan and certificate."),
    Field::must("at", Shape::TIME, "When it was recorded."),
    Field::must("contracts", NUMBERS, "The contracts it proposed."),
    Field::must("planned_seconds", Shape::COUNT, "The hours of those, in seconds."),
]);

const OUT: Shape = Shape::Object(&[
    Field::must("unit", Shape::NUMBER, "Which unit."),
    Field::must("specification", Shape::NUMBER, "For which specification."),
]);

const COLUMNS: &[Column<Round>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.round_ref(id))),
    column("due", Shape::TIME, "When the calendar had it due.", |_, _, row| json(row.due)),
    column("seed", Shape::Hex(64), "What breaks ties.", |_, _, row| json(row.seed)),
    column(
        "phase",
        Shape::Word(&["open", "solving", "answering", "finished"]),
        "How far it is.",
        |_, _, row| match row.phase {
            Phase::Open { .. } => "open".into(),
            Phase::Solving { .. } => "solving".into(),
            Phase::Answering { .. } => "answering".into(),
            Phase::Finished => "finished".into(),
        },
    ),
    column("pass", MAYBE_PASS, "Which solve it is in.", |_, _, row| match row.phase {
        Phase::Solving { pass } | Phase::Answering { pass, .. } => pass_word(pass).into(),
        Phase::Open { .. } | Phase::Finished => Value::Null,
    }),
    column(
        "solving_stages",
        MAYBE_NUMBER,
        "The stages done of a plan in the making here.",
        |s, id, _| progress(s, id).map(|progress| progress.stages).into(),
    ),
    column("solving_last", MAYBE_WORDS, "What the last of them has settled.", |s, id, _| {
        progress(s, id).and_then(|progress| progress.last).map(stage_words).into()
    }),
    column("until", MAYBE_TIME, "When what it waits for is over.", |_, _, row| match row.phase {
        Phase::Open { until } | Phase::Answering { until, .. } => json(until),
        Phase::Solving { .. } | Phase::Finished => Value::Null,
    }),
    column(
        "plans",
        Shape::List { of: &PLAN, least: 0, most: 2 },
        "Its plans: the first, and the re-solve.",
        |s, _, row| row.plans.iter().map(|plan| plan_row(s, plan)).collect(),
    ),
    column(
        "swaps",
        Shape::List { of: &NUMBERS, least: 0, most: usize::MAX },
        "The swaps found when its offers were closed: the contracts of each ring.",
        |_, _, row| row.swaps.iter().map(|ring| numbers(ring.iter().copied())).collect(),
    ),
    column(
        "out",
        Shape::List { of: &OUT, least: 0, most: usize::MAX },
        "Who takes no further part, and for what.",
        |_, _, row| {
            let out = row.out.iter();
            let out = out.map(|(unit, specification)| {
                json!({ "unit": unit.number(), "specification": specification.number() })
            });
            out.collect()
        },
    ),
];

/// The word for one of the two solves.
pub(super) const fn pass_word(pass: Pass) -> &'static str {
    match pass {
        Pass::First => "first",
        Pass::Again => "again",
    }
}

fn progress(sight: &Sight<'_>, id: Id<Round>) -> Option<Progress> {
    sight.hosted.progress().filter(|progress| progress.round == id)
}

fn plan_row(sight: &Sight<'_>, plan: &Planned) -> Value {
    let seconds = |&id: &Id<_>| sight.state.contract(id).map_or(0, |row| row.hours().seconds());
    let planned: i64 = plan.contracts.iter().map(seconds).fold(0, i64::saturating_add);
    json!({
        "annex": plan.annex,
        "at": plan.at,
        "contracts": numbers(plan.contracts.iter().copied()),
        "planned_seconds": planned,
    })
}
