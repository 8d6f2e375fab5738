use std::io::{self, Write};
use std::time::Duration;

use circuits::{Checked, Flaw, Plan};
use measure::Hours;
use serde::Serialize;

use super::course::Stage;
use super::names::plain;
use super::problem::Problem;
use super::shares::Shares;

/// What a solved round comes to, in numbers.
#[derive(Serialize)]
pub(crate) struct Summary {
    units: usize,
    /// Offers, needs and obligations read, and one for each unit with room.
    arcs: usize,
    /// What was needed or owed, each unit's own offers taken off.
    needed_seconds: i64,
    /// What of it is met, before rounding to whole steps. No plan meets more.
    matched_seconds: i128,
    /// Deliveries, or obligations of which something is cleared.
    matches: usize,
    /// What of it is left in whole steps, before room is used to add some.
    #[serde(skip_serializing_if = "Option::is_none")]
    rounded_seconds: Option<i128>,
    /// What the deliveries come to in whole steps.
    whole_seconds: i128,
    /// The most by which rounding to whole steps moves any unit's entitlement.
    rounding_drift_seconds: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    needs_not_offered: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    needs_valued_lower: Option<usize>,
    /// Whose offers and needs of what stay out, because the round would be too large with them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    crowded_out: Vec<CrowdedOut>,
    /// The stages it took until one plan was left.
    stages: Vec<Stage>,
    #[serde(flatten)]
    shares: Shares,
    certificate: &'static str,
    solve_seconds: f64,
    check_seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) explanation: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<serde_json::Value>,
}

/// A unit that stays out of a specification.
#[derive(Serialize)]
struct CrowdedOut {
    unit: String,
    specification: String,
}

impl Summary {
    pub(crate) fn new(
        problem: &Problem,
        plan: &Plan,
        checked: &Checked,
        (stages, check): (&[Duration], Duration),
    ) -> Result<Self, Flaw> {
        let told = checked.stages.iter().zip(stages);
        let told = told.map(|(one, took)| Stage::new(one, Some(*took), problem.specifications()));
        let mut summary = Self {
            units: 0,
            arcs: 0,
            needed_seconds: problem.round().needed_seconds(),
            matched_seconds: checked.matched_seconds,
            matches: 0,
            whole_seconds: checked.matched_seconds,
            rounded_seconds: None,
            rounding_drift_seconds: 0,
            needs_not_offered: None,
            needs_valued_lower: None,
            crowded_out: Vec::new(),
            certificate: "valid",
            solve_seconds: stages.iter().sum::<Duration>().as_secs_f64(),
            stages: told.collect(),
            shares: Shares::new(problem, plan, checked)?,
            check_seconds: check.as_secs_f64(),
            explanation: None,
            answer: None,
        };
        match problem {
            Problem::Exchange(exchange) => {
                let matches = circuits::matches(&exchange.round, plan);
                let with_room = exchange.units.with_room();
                let counts = exchange.counts;
                summary.units = exchange.units.names.len();
                summary.arcs = counts.offers + counts.needs + with_room;
                summary.matches = matches.len();
                let crowded = exchange.round.crowded_out().map(|(unit, version)| CrowdedOut {
                    unit: exchange.units.names.name(unit.0).to_owned(),
                    specification: exchange.specifications.names.name(version.0).to_owned(),
                });
                summary.crowded_out = crowded.collect();
                let rounding = circuits::rounding(&exchange.round, plan);
                summary.rounded_seconds = Some(rounding.rounded_seconds);
                summary.whole_seconds = rounding.whole_seconds;
                summary.rounding_drift_seconds = rounding.drift_seconds;
                summary.needs_not_offered = Some(counts.needs_not_offered);
                summary.needs_valued_lower = Some(counts.needs_valued_lower);
            }
            Problem::Obligations(obligations) => {
                let cleared = circuits::cleared(&obligations.round, plan, &obligations.list);
                summary.units = obligations.units.names.len();
                summary.arcs = obligations.list.len() + obligations.units.with_room();
                summary.matches = cleared.iter().filter(|hours| hours.is_positive()).count();
            }
        }
        Ok(summary)
    }

    /// For people: what was asked, what is met, and what that took.
    pub(crate) fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let needed = i128::from(self.needed_seconds);
        let share = (self.matched_seconds * 1000).checked_div(needed).unwrap_or(1000);
        writeln!(to, "units        {}", self.units)?;
        writeln!(to, "arcs         {}", self.arcs)?;
        writeln!(to, "needed       {} h", clock(needed))?;
        writeln!(
            to,
            "met          {} h, {}.{} %",
            clock(self.matched_seconds),
            share / 10,
            share % 10
        )?;
        writeln!(to, "matches      {}", self.matches)?;
        if let Some(count) = self.needs_not_offered.filter(|count| *count > 0) {
            writeln!(to, "not offered  {count} needs")?;
        }
        if let Some(count) = self.needs_valued_lower.filter(|count| *count > 0) {
            writeln!(to, "above value  {count} needs name a lower value than is offered")?;
        }
        for CrowdedOut { unit, specification } in &self.crowded_out {
            let sentence = format!(
                "left out     what `{unit}` offers and needs of `{specification}`: with all its \
                 places, dates and refusals it would be more than a round can hold"
            );
            writeln!(to, "{}", plain(&sentence))?;
        }
        writeln!(
            to,
            "rounding     {} h in whole steps, {} h at most for a unit",
            clock(self.whole_seconds),
            clock(self.rounding_drift_seconds.into())
        )?;
        for sentence in self.shares.sentences() {
            writeln!(to, "{}", plain(&sentence))?;
        }
        writeln!(to, "certificate  {}, {} stages", self.certificate, self.stages.len())?;
        writeln!(to, "solved in    {:.3} s", self.solve_seconds)?;
        for sentence in self.explanation.iter().flatten() {
            writeln!(to, "{}", plain(sentence))?;
        }
        Ok(())
    }
}

fn clock(seconds: i128) -> String {
    match i64::try_from(seconds).ok().and_then(Hours::from_seconds) {
        Some(hours) => hours.to_string(),
        None => (seconds / 3600).to_string(),
    }
}
