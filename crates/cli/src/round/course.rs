//! The course of a solve: which stages there were, what they came to, and how long they took.

use std::time::{Duration, Instant};

use circuits::{Class, Passed, Plan, Round, Solving, StageName, Unsolved};
use serde::Serialize;

use super::names::Names;
use super::progress::Progress;

/// One stage that was gone through.
#[derive(Serialize)]
pub(crate) struct Stage {
    /// `floor`, `hours`, `evenness`, a preference, `draw` or `first`.
    name: &'static str,
    /// Of which needs: `essential` or `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    /// Of which specification, for a floor.
    #[serde(skip_serializing_if = "Option::is_none")]
    specification: Option<String>,
    /// Up to what level everybody is served who could be, for a floor: seconds a counted member.
    #[serde(skip_serializing_if = "Option::is_none")]
    level_seconds: Option<i64>,
    /// Which band, or which draw, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u8>,
    /// What the plan comes to by what the stage wants; none of the best plans before comes to more.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<i128>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) solve_seconds: Option<f64>,
}

/// Solves a round stage by stage, and says how long each took.
pub(crate) fn solve(round: &Round, all: Option<&Names>) -> Result<(Plan, Vec<Duration>), Unsolved> {
    Progress::while_running("solving", |progress| {
        let mut solving = Solving::new(round);
        let mut passed = Vec::new();
        let mut begun = Instant::now();
        while let Some(name) = solving.next_stage()? {
            passed.push(begun.elapsed());
            let last = in_words(name, all);
            progress.say(&format!("solving: after stage {}, {last}", passed.len()));
            begun = Instant::now();
        }
        // Seeing that no stage is needed any more belongs to the last one.
        if let Some(last) = passed.last_mut() {
            *last += begun.elapsed();
        }
        Ok((solving.plan(), passed))
    })
}

impl Stage {
    /// A stage that the checker went through, and how long it took to solve if it was.
    pub(crate) fn new(passed: &Passed, took: Option<Duration>, all: Option<&Names>) -> Self {
        let class = match passed.name {
            StageName::Floor { .. } => Some(Class::Essential),
            StageName::Hours(class) | StageName::Evenness(class, _) => Some(class),
            _ => None,
        };
        Self {
            name: kind(passed.name),
            class: class.map(|class| match class {
                Class::Essential => "essential",
                Class::Other => "other",
            }),
            specification: match passed.name {
                StageName::Floor { version } => all.map(|all| all.name(version.0).to_owned()),
                _ => None,
            },
            level_seconds: passed.level,
            number: match passed.name {
                StageName::Evenness(_, number) | StageName::Draw(number) => Some(number + 1),
                _ => None,
            },
            value: passed.value,
            solve_seconds: took.map(|took| took.as_secs_f64()),
        }
    }
}

/// What a stage decides, in words.
pub(crate) fn in_words(name: StageName, all: Option<&Names>) -> String {
    let of = |class| match class {
        Class::Essential => " of essentials",
        Class::Other => "",
    };
    match name {
        StageName::Floor { version } => {
            format!("the floor of `{}`", all.map_or("?", |all| all.name(version.0)))
        }
        StageName::Hours(class) => format!("the most hours{}", of(class)),
        StageName::Evenness(class, band) => format!("evenness{} in band {}", of(class), band + 1),
        StageName::Draw(draw) => format!("draw {} of the tie-break", draw + 1),
        StageName::First => "the first arc that is still open".to_owned(),
        other => kind(other).to_owned(),
    }
}

const fn kind(name: StageName) -> &'static str {
    match name {
        StageName::Floor { .. } => "floor",
        StageName::Hours(_) => "hours",
        StageName::Evenness(..) => "evenness",
        StageName::Nearness => "nearness",
        StageName::Expiry => "expiry",
        StageName::Memory => "memory",
        StageName::Changes => "changes",
        StageName::Draw(_) => "draw",
        StageName::First => "first",
    }
}
