//! The course of a solve: which stages there were, what they came to, and how long they took.

use std::time::{Duration, Instant};

use circuits::{Class, Plan, Round, Solving, StageName, Unsolved};
use serde::Serialize;

use super::names::Names;
use super::progress::Progress;

/// One stage that was solved.
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
    pub(crate) solve_seconds: f64,
}

/// Solves a round stage by stage, and says of each what it was and how long it took.
pub(crate) fn solve(
    round: &Round,
    specifications: Option<&Names>,
) -> Result<(Plan, Vec<Stage>), Unsolved> {
    Progress::while_running("solving", |progress| {
        let mut solving = Solving::new(round);
        let mut passed: Vec<(StageName, Duration)> = Vec::new();
        let mut begun = Instant::now();
        while let Some(name) = solving.next_stage()? {
            passed.push((name, begun.elapsed()));
            progress.say(&format!("solving: {} stages, the last was {}", passed.len(), kind(name)));
            begun = Instant::now();
        }
        // Seeing that no stage is needed any more belongs to the last one.
        if let Some((_, last)) = passed.last_mut() {
            *last += begun.elapsed();
        }
        let plan = solving.plan();
        let levels = plan.stages.iter().map(|proof| proof.level);
        let told = passed.iter().zip(levels);
        let told = told.map(|(&(name, took), level)| Stage::new(name, level, took, specifications));
        let told = told.collect();
        Ok((plan, told))
    })
}

impl Stage {
    fn new(
        name: StageName,
        level_seconds: Option<i64>,
        took: Duration,
        specifications: Option<&Names>,
    ) -> Self {
        let specification = match name {
            StageName::Floor { version } => {
                specifications.map(|all| all.name(version.0).to_owned())
            }
            _ => None,
        };
        let class = match name {
            StageName::Floor { .. } => Some(Class::Essential),
            StageName::Hours(class) | StageName::Evenness(class, _) => Some(class),
            _ => None,
        };
        let number = match name {
            StageName::Evenness(_, number) | StageName::Draw(number) => Some(number + 1),
            _ => None,
        };
        let class = class.map(|class| match class {
            Class::Essential => "essential",
            Class::Other => "other",
        });
        let solve_seconds = took.as_secs_f64();
        Self { name: kind(name), class, specification, level_seconds, number, solve_seconds }
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
