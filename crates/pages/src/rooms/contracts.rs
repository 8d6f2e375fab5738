use askama::Template;
use axum::response::Response;
use federation::rows::{Contract, Unit};
use federation::{Federation, Id};
use node::words;

use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "contracts.html")]
struct Contracts {
    frame: Frame,
    base: String,
    member: bool,
    all: bool,
    open: Vec<Row>,
    over: Vec<Row>,
    more: usize,
    older: usize,
}

struct Row {
    number: u32,
    says: String,
    how: String,
    hours: String,
    since: String,
}

/// How many contracts of each kind are shown at once.
const SHOWN: usize = 100;

/// The contracts to list: the reader's unit's, or everybody's.
fn listed(federation: &Federation, ours: Option<Id<Unit>>) -> Vec<(Id<Contract>, &Contract)> {
    match ours {
        Some(unit) => federation
            .contracts_of(unit)
            .rev()
            .filter_map(|id| Some((id, federation.contract(id).ok()?)))
            .collect(),
        None => federation.contracts().rev().collect(),
    }
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let all = here.my_unit().is_none() || here.visit.query.raw("whose") == "all";
    let page = here.read(|federation| {
        let listed = listed(federation, here.my_unit().filter(|_| !all));
        let row = |&(id, row): &(Id<Contract>, &Contract)| Row {
            number: id.number(),
            says: words::contract_sentence(federation, row),
            how: words::status_words(federation, row),
            hours: row.hours().to_string(),
            since: row.since.to_string(),
        };
        let is_open = |row: &Contract| row.is_proposed() || row.is_agreed();
        let (open, over): (Vec<_>, Vec<_>) = listed.into_iter().partition(|(_, row)| is_open(row));
        Contracts {
            frame: Frame::inside(&here, "Contracts", "/contracts"),
            base: here.base.clone(),
            member: here.my_unit().is_some(),
            all,
            more: open.len().saturating_sub(SHOWN),
            open: open.iter().take(SHOWN).map(row).collect(),
            older: over.len().saturating_sub(SHOWN),
            over: over.iter().take(SHOWN).map(row).collect(),
        }
    })?;
    Ok(html(&page))
}
