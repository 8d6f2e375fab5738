use std::fmt::Write as _;

use federation::rows::{Delivery, Progress, Unit};
use federation::{Federation, Id, Time};
use measure::Hours;
use node::{Failed, words};

use crate::here::Here;

/// How an entitlement came about: every delivery that changed it, and the line it makes.
pub(crate) struct Trail {
    /// The line as a drawing; empty if nothing has happened yet.
    pub(crate) svg: String,
    pub(crate) sentence: String,
    pub(crate) rows: Vec<TrailRow>,
}

/// One change of an entitlement.
pub(crate) struct TrailRow {
    pub(crate) at: String,
    pub(crate) what: String,
    pub(crate) change: String,
    pub(crate) after: String,
    /// The contract, if it came by one.
    pub(crate) contract: Option<u32>,
}

/// A change, before sums are made.
struct Change {
    at: Time,
    what: String,
    hours: Hours,
    contract: Option<u32>,
}

/// The trail of a unit's entitlement, oldest change first.
pub(crate) fn trail(here: &Here, unit: Id<Unit>) -> Result<Trail, Failed> {
    here.read(|federation| Ok(draw(&changes(federation, unit)?)))?
}

fn changes(federation: &Federation, id: Id<Unit>) -> Result<Vec<Change>, Failed> {
    let unit = federation.unit(id)?;
    let mut changes = Vec::new();
    if let Some(listing) = unit.listing.filter(|listing| listing.opened) {
        let what = "opening entitlement on the founding list".to_owned();
        changes.push(Change { at: unit.since, what, hours: listing.opening, contract: None });
    }
    for contract in federation.contracts_of(id) {
        let row = federation.contract(contract)?;
        let gives = row.parties.giver == id;
        for &delivery in &row.deliveries {
            let delivery = federation.delivery(delivery)?;
            if let Some((at, hours)) = counted(delivery) {
                let hours = if gives { hours } else { hours.negated() };
                let what = words::delivery_sentence(federation, delivery);
                changes.push(Change { at, what, hours, contract: Some(contract.number()) });
            }
        }
    }
    changes.sort_by_key(|change| change.at);
    Ok(changes)
}

fn counted(delivery: &Delivery) -> Option<(Time, Hours)> {
    match delivery.progress {
        Progress::Accepted { at, hours } => Some((at, hours)),
        _ => None,
    }
}

fn draw(changes: &[Change]) -> Trail {
    let mut after = Hours::ZERO;
    let mut rows = Vec::new();
    let mut points = vec![];
    for change in changes {
        after = after.plus(change.hours).unwrap_or(after);
        points.push((change.at.seconds(), after.seconds()));
        let sign = if change.hours.is_negative() { "" } else { "+" };
        rows.push(TrailRow {
            at: change.at.to_string(),
            what: change.what.clone(),
            change: format!("{sign}{}", change.hours),
            after: after.to_string(),
            contract: change.contract,
        });
    }
    let count = rows.len();
    let rows = rows.split_off(count.saturating_sub(ROWS_SHOWN));
    let sentence = match (changes.first(), changes.last()) {
        (Some(first), Some(last)) => format!(
            "{} changes between {} and {}; they come to {after} hours.",
            count, first.at, last.at
        ),
        _ => "Nothing has changed it yet: 0:00 hours.".to_owned(),
    };
    Trail { svg: svg(&points, &sentence), sentence, rows }
}

/// How many changes are listed; the line shows all.
const ROWS_SHOWN: usize = 200;

const WIDTH: i64 = 600;
const HEIGHT: i64 = 120;

/// The line of an entitlement over time, in steps.
fn svg(points: &[(i64, i64)], sentence: &str) -> String {
    let (Some(&(first, _)), Some(&(last, _))) = (points.first(), points.last()) else {
        return String::new();
    };
    let levels = || points.iter().map(|&(_, level)| level).chain([0]);
    let (least, most) = (levels().min().unwrap_or(0), levels().max().unwrap_or(0));
    let across = |at: i64| (at - first) * WIDTH / (last - first).max(1);
    let down = |level: i64| (most - level) * HEIGHT / (most - least).max(1);
    let nought = down(0);
    let mut path = format!("M0 {nought}");
    for &(at, level) in points {
        let _ = write!(path, "H{}V{}", across(at), down(level));
    }
    format!(
        "<svg class=\"trail\" viewBox=\"-4 -8 {} {}\" role=\"img\" aria-label=\"{sentence}\">\
         <line x1=\"0\" x2=\"{WIDTH}\" y1=\"{nought}\" y2=\"{nought}\"/><path d=\"{path}H{WIDTH}\"/></svg>",
        WIDTH + 8,
        HEIGHT + 16
    )
}
