use federation::Federation;
use federation::rows::{Claim, Conflict, Resource, Stage, Usage};

use super::{MAYBE_TIME, NUMBERS, column, json, number, numbers, seconds, unit_name};
use crate::api::shape::Shape;
use crate::api::table::{Column, Rows};
use crate::words;

/// All resources.
pub(crate) const RESOURCES: Rows<Resource> = Rows {
    name: "resources",
    one: "resource",
    says: "Means of production, which belong to nobody here.",
    all: |state| Box::new(state.resources()),
    find: Federation::resource,
    columns: RESOURCE,
    of_unit: None,
    called: None,
    is_open: Some(|_, _| true),
};

const RESOURCE: &[Column<Resource>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.resource_ref(id))),
    column("name", Shape::WORDS, "What it is called.", |_, _, row| json(&row.name)),
    column("place", Shape::WORDS, "Where it is.", |_, _, row| json(&row.place)),
    column("about", Shape::WORDS, "What it is.", |_, _, row| json(&row.about)),
    column("by", Shape::NUMBER, "The unit that wrote it down.", |_, _, row| row.by.number().into()),
    column("since", Shape::TIME, "When.", |_, _, row| json(row.since)),
    column("claimed_seconds", Shape::SECONDS, "What all units have claimed.", |s, id, _| {
        let sums = s.state.claimed_and_used(id);
        sums.iter().map(|(_, claimed, _)| claimed.seconds()).sum::<i64>().into()
    }),
    column("used_seconds", Shape::SECONDS, "What all units have used.", |s, id, _| {
        s.state.claimed_and_used(id).iter().map(|(.., used)| used.seconds()).sum::<i64>().into()
    }),
    column("claims", NUMBERS, "The claims to it.", |_, _, row| numbers(row.claims.iter().copied())),
    column("uses", NUMBERS, "How it was used.", |_, _, row| numbers(row.uses.iter().copied())),
    column("conflicts", NUMBERS, "The conflicts over it.", |_, _, row| {
        numbers(row.conflicts.iter().copied())
    }),
];

/// All claims.
pub(crate) const CLAIMS: Rows<Claim> = Rows {
    name: "claims",
    one: "claim",
    says: "Units' wishes to use resources, also those given up or over.",
    all: |state| Box::new(state.claims()),
    find: Federation::claim,
    columns: CLAIM,
    of_unit: Some(|row, unit| row.unit == unit),
    called: None,
    is_open: Some(|s, row| row.stands(s.state.testified())),
};

const CLAIM: &[Column<Claim>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.claim_ref(id))),
    column("resource", Shape::NUMBER, "Which resource.", |_, _, row| row.resource.number().into()),
    column("resource_name", Shape::WORDS, "What that is called.", |s, _, row| {
        words::resource_name(s.state, row.resource).into()
    }),
    column("unit", Shape::NUMBER, "Which unit.", |_, _, row| row.unit.number().into()),
    column("unit_name", Shape::WORDS, "What that is called.", |s, _, row| unit_name(s, row.unit)),
    column("purpose", Shape::WORDS, "What for.", |_, _, row| json(&row.purpose)),
    column("seconds", Shape::SECONDS, "How much of its use.", |_, _, row| seconds(row.hours)),
    column("from", Shape::TIME, "From then on.", |_, _, row| json(row.from)),
    column("until", Shape::TIME, "Until then.", |_, _, row| json(row.until)),
    column("workers", NUMBERS, "The members who work with it.", |_, _, row| {
        numbers(row.workers.iter().copied())
    }),
    column("dependents", NUMBERS, "The units that depend on it.", |_, _, row| {
        numbers(row.dependents.iter().copied())
    }),
    column("since", Shape::TIME, "When it was made.", |_, _, row| json(row.since)),
    column("released", MAYBE_TIME, "When it was given up.", |_, _, row| json(row.released)),
];

/// All reports of use.
pub(crate) const USES: Rows<Usage> = Rows {
    name: "uses",
    one: "use",
    says: "Hours in which resources were used, with a claim or without one.",
    all: |state| Box::new(state.uses()),
    find: Federation::usage,
    columns: USE,
    of_unit: Some(|row, unit| row.unit == unit),
    called: None,
    is_open: Some(|_, _| true),
};

const USE: &[Column<Usage>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.usage_ref(id))),
    column("resource", Shape::NUMBER, "Which resource.", |_, _, row| row.resource.number().into()),
    column("unit", Shape::NUMBER, "Which unit.", |_, _, row| row.unit.number().into()),
    column("unit_name", Shape::WORDS, "What that is called.", |s, _, row| unit_name(s, row.unit)),
    column("seconds", Shape::SECONDS, "How much.", |_, _, row| seconds(row.hours)),
    column("from", Shape::TIME, "From then on.", |_, _, row| json(row.from)),
    column("until", Shape::TIME, "Until then.", |_, _, row| json(row.until)),
    column("made", NUMBERS, "The versions that were made with it.", |_, _, row| {
        numbers(row.made.iter().copied())
    }),
    column("note", Shape::WORDS, "What was said with it.", |_, _, row| json(&row.note)),
    column("since", Shape::TIME, "When it was reported.", |_, _, row| json(row.since)),
];

/// All conflicts.
pub(crate) const CONFLICTS: Rows<Conflict> = Rows {
    name: "conflicts",
    one: "conflict",
    says: "Units that want the same at the same time, or differ over something else.",
    all: |state| Box::new(state.conflicts()),
    find: Federation::conflict,
    columns: CONFLICT,
    of_unit: Some(|row, unit| row.parties.contains(&unit)),
    called: None,
    is_open: Some(|_, row| row.is_open()),
};

const CONFLICT: &[Column<Conflict>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.conflict_ref(id))),
    column("says", Shape::WORDS, "Between whom, over what.", |s, id, _| {
        words::conflict_sentence(s.state, id).into()
    }),
    column("parties", NUMBERS, "The units between which it is.", |_, _, row| {
        numbers(row.parties.iter().copied())
    }),
    column("since", Shape::TIME, "When it began.", |_, _, row| json(row.since)),
    column(
        "stage",
        Shape::Word(&["talks", "mediation", "weighing", "voting", "settled", "over"]),
        "How far it is.",
        |_, _, row| {
            match row.stage {
                Stage::Talks { .. } => "talks",
                Stage::Mediation { .. } => "mediation",
                Stage::Weighing { .. } => "weighing",
                Stage::Voting { .. } => "voting",
                Stage::Settled { .. } => "settled",
                Stage::Over { .. } => "over",
            }
            .into()
        },
    ),
    column("how", Shape::WORDS, "How far it is, in words.", |_, _, row| {
        words::stage_of_conflict_words(&row.stage).into()
    }),
    column(
        "options",
        Shape::List { of: &Shape::WORDS, least: 0, most: usize::MAX },
        "What could be done, in order.",
        |_, _, row| row.options.iter().map(words::way_words).collect(),
    ),
    column("mediators", NUMBERS, "The persons drawn to write options.", |_, _, row| {
        numbers(row.mediators.iter().map(|mediator| mediator.person))
    }),
    column("affected", NUMBERS, "The units that it affects.", |s, id, _| {
        numbers(s.state.affected(id))
    }),
    column("settlement", Shape::OrNull(&Shape::WORDS), "What holds, in words.", |_, _, row| {
        let held = row.settlement.as_ref();
        held.map(|held| format!("{}: {}", words::settled_words(held.how), held.agreed.text)).into()
    }),
    column(
        "turns",
        Shape::List { of: &Shape::WORDS, least: 0, most: usize::MAX },
        "What holds as a calendar, a line for each turn.",
        |s, _, row| {
            let turns = row.settlement.as_ref().and_then(|held| held.agreed.turns.as_ref());
            turns.map(|turns| words::turns_lines(s.state, turns)).unwrap_or_default().into()
        },
    ),
    column(
        "polls",
        NUMBERS,
        "The proposals by which options were put to the vote.",
        |_, _, row| numbers(row.polls.iter().copied()),
    ),
];
