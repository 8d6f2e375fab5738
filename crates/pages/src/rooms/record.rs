use askama::Template;
use axum::response::Response;
use federation::{Federation, Root};
use measure::Hours;

use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::rooms::today::Came;

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage {
    frame: Frame,
    base: String,
    id: String,
    size: u64,
    root: String,
    checkpoint: String,
    host: String,
    origin: String,
    reading: String,
    invariants: Vec<Invariant>,
    entries: Vec<Came>,
    older: Option<u64>,
    newer: Option<u64>,
    tables: [&'static str; 10],
}

/// A rule that always holds, as it is found on this copy now.
struct Invariant {
    rule: &'static str,
    found: String,
    holds: bool,
}

/// How many entries are on one page.
const SHOWN: u64 = 50;

/// The tables that can be had for a spreadsheet.
const TABLES: [&str; 10] = [
    "units",
    "persons",
    "specifications",
    "versions",
    "offers",
    "needs",
    "things",
    "rounds",
    "contracts",
    "deliveries",
];

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let size = here.read(Federation::size)?;
    let end = here.visit.query.number("before").map_or(size, u64::from).min(size);
    let from = end.saturating_sub(SHOWN);
    let said = here.hosted.said_in(from..end)?;
    let reading = node::reading_prefix(&here.visit.node, &here.hosted)?;
    let signed = here.hosted.record().checkpoint();
    let checkpoint = signed.checkpoint();
    let page = here.read(|federation| RecordPage {
        frame: Frame::inside(&here, "Record", "/record"),
        base: here.base.clone(),
        id: here.hosted.id().to_string(),
        size,
        root: Root(checkpoint.root.0).to_string(),
        checkpoint: signed.to_string(),
        host: here.hosted.record().host().to_string(),
        origin: here.visit.origin.clone(),
        reading,
        invariants: invariants(federation),
        entries: said
            .iter()
            .rev()
            .map(|said| Came {
                entry: said.sequence,
                at: said.time.to_string(),
                who: federation
                    .person_by_id(said.statement.person)
                    .map(|id| here.called(federation, id))
                    .unwrap_or_default(),
                what: node::words::act_sentence(federation, &said.statement.act),
            })
            .collect(),
        older: (from > 0).then_some(from),
        newer: (end < size).then(|| (end + SHOWN).min(size)),
        tables: TABLES,
    })?;
    Ok(html(&page))
}

/// What a reader can see to hold on this copy; `artel record verify` checks all of them.
fn invariants(federation: &Federation) -> Vec<Invariant> {
    let units = || federation.units().map(|(_, unit)| unit);
    let total = units().fold(0_i128, |sum, unit| sum + i128::from(unit.entitlement.seconds()));
    let below: Vec<_> = units()
        .filter(|unit| unit.is_in() && unit.room_now().is_negative())
        .map(|unit| unit.name.to_string())
        .collect();
    let bases = units().fold(0_i128, |sum, unit| sum + i128::from(unit.base.seconds()));
    let run_off = units().fold(0_i128, |sum, unit| sum + i128::from(unit.run_off.seconds()));
    let allowances = units().fold(0_i128, |sum, unit| sum + i128::from(unit.allowance().seconds()));
    vec![
        Invariant {
            rule: "The entitlements of all units sum to zero.",
            found: format!("They sum to {}.", hours(total)),
            holds: total == 0,
        },
        Invariant {
            rule: "No unit has received more than its allowance lets it.",
            found: if below.is_empty() { "None has.".to_owned() } else { below.join(", ") },
            holds: below.is_empty(),
        },
        Invariant {
            rule: "Allowances sum to the listed bases plus run-off.",
            found: format!(
                "Allowances {}; bases {} and run-off {}.",
                hours(allowances),
                hours(bases),
                hours(run_off)
            ),
            holds: allowances == bases + run_off,
        },
    ]
}

fn hours(seconds: i128) -> String {
    let hours = i64::try_from(seconds).ok().and_then(Hours::from_seconds);
    hours.map_or_else(|| format!("{seconds} seconds"), |hours| format!("{hours} hours"))
}
