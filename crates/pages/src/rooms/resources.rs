use askama::Template;
use axum::response::Response;
use federation::rows::{Claim, Conflict, Resource, Usage};
use federation::{Federation, Id};
use node::words::{conflict_sentence, resource_name, stage_of_conflict_words, unit_name};

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::search::{LISTED, found_words, has_words};

#[derive(Template)]
#[template(path = "resources.html")]
struct ResourcesPage {
    frame: Frame,
    base: String,
    member: bool,
    search: String,
    found: String,
    rows: Vec<ResourceRow>,
    conflicts: Vec<ConflictRow>,
    /// How many older conflicts there are.
    older: usize,
}

struct ResourceRow {
    number: u32,
    name: String,
    place: String,
    claimed: String,
    used: String,
}

struct ConflictRow {
    number: u32,
    says: String,
    how: String,
}

#[derive(Template)]
#[template(path = "resource.html")]
struct ResourcePage {
    frame: Frame,
    base: String,
    name: String,
    place: String,
    about: String,
    by: String,
    since: String,
    buttons: Vec<Button>,
    sums: Vec<(String, String, String)>,
    claims: Vec<ClaimView>,
    uses: Vec<UseRow>,
    conflicts: Vec<ConflictRow>,
}

struct ClaimView {
    unit: String,
    unit_number: u32,
    what: String,
    dates: String,
    workers: usize,
    dependents: String,
    how: &'static str,
    buttons: Vec<Button>,
}

struct UseRow {
    unit: String,
    hours: String,
    dates: String,
    made: String,
}

/// How many reports of use and conflicts are shown, newest first.
const SHOWN: usize = 100;

pub(crate) async fn list(here: Here) -> Result<Response, Oops> {
    let search = here.visit.query.text("search");
    let page = here.read(|federation| {
        let mut found: Vec<_> = federation.resources().collect();
        found.retain(|(_, row)| has_words(&format!("{} {}", row.name, row.place), &search));
        found.sort_by_cached_key(|(_, row)| row.name.as_str().to_lowercase());
        let newest = federation.conflicts().rev().take(SHOWN);
        ResourcesPage {
            frame: Frame::inside(&here, "Resources", "/resources"),
            base: here.base.clone(),
            member: here.my_unit().is_some(),
            found: found_words(found.len(), ("resource", "resources"), &search),
            rows: found.iter().take(LISTED).map(|&row| resource_row(federation, row)).collect(),
            conflicts: newest.map(|row| conflict_row(federation, row)).collect(),
            older: federation.conflicts().count().saturating_sub(SHOWN),
            search,
        }
    })?;
    Ok(html(&page))
}

fn resource_row(federation: &Federation, (id, row): (Id<Resource>, &Resource)) -> ResourceRow {
    let sum = |of: fn(&(Id<federation::rows::Unit>, measure::Hours, measure::Hours)) -> i64| {
        let seconds: i64 = federation.claimed_and_used(id).iter().map(of).sum();
        measure::Hours::from_seconds(seconds).unwrap_or_default().to_string()
    };
    ResourceRow {
        number: id.number(),
        name: row.name.to_string(),
        place: row.place.to_string(),
        claimed: sum(|(_, claimed, _)| claimed.seconds()),
        used: sum(|(.., used)| used.seconds()),
    }
}

fn conflict_row(federation: &Federation, (id, row): (Id<Conflict>, &Conflict)) -> ConflictRow {
    ConflictRow {
        number: id.number(),
        says: conflict_sentence(federation, id),
        how: stage_of_conflict_words(&row.stage),
    }
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let id = here.id("resource");
    let page = here.read(|federation| view(&here, federation, id))??;
    Ok(html(&page))
}

fn view(
    here: &Here,
    federation: &Federation,
    id: Id<Resource>,
) -> Result<ResourcePage, node::Failed> {
    let row = federation.resource(id)?;
    let mut buttons = Vec::new();
    if here.my_unit().is_some() {
        buttons.push(Button::ask("claim", "Claim it").main().with("resource", id));
        buttons.push(Button::ask("report-use", "Report use").with("resource", id));
    }
    let sums = federation.claimed_and_used(id).into_iter();
    let sums = sums.map(|(unit, claimed, used)| {
        (unit_name(federation, unit), claimed.to_string(), used.to_string())
    });
    let mut claims: Vec<(Id<Claim>, &Claim)> =
        row.claims.iter().filter_map(|&id| Some((id, federation.claim(id).ok()?))).collect();
    claims.sort_by_key(|(id, claim)| (claim.from, *id));
    let uses = row.uses.iter().rev().filter_map(|&id| federation.usage(id).ok()).take(SHOWN);
    let conflicts = row.conflicts.iter().rev();
    let conflicts = conflicts.filter_map(|&id| Some((id, federation.conflict(id).ok()?)));
    Ok(ResourcePage {
        frame: Frame::inside(here, resource_name(federation, id), "/resources"),
        base: here.base.clone(),
        name: row.name.to_string(),
        place: row.place.to_string(),
        about: row.about.to_string(),
        by: unit_name(federation, row.by),
        since: row.since.to_string(),
        buttons,
        sums: sums.collect(),
        claims: claims.into_iter().map(|claim| claim_view(here, federation, claim)).collect(),
        uses: uses.map(|usage| use_row(federation, usage)).collect(),
        conflicts: conflicts.map(|row| conflict_row(federation, row)).collect(),
    })
}

fn claim_view(here: &Here, federation: &Federation, (id, claim): (Id<Claim>, &Claim)) -> ClaimView {
    let stands = claim.stands(federation.testified());
    let own = here.my_unit() == Some(claim.unit);
    let dependents: Vec<String> =
        claim.dependents.iter().map(|&unit| unit_name(federation, unit)).collect();
    ClaimView {
        unit: unit_name(federation, claim.unit),
        unit_number: claim.unit.number(),
        what: format!("{} hours: {}", claim.hours, claim.purpose),
        dates: format!("{} to {}", claim.from, claim.until),
        workers: claim.workers.len(),
        dependents: match dependents.is_empty() {
            true => "nobody else named".to_owned(),
            false => dependents.join(", "),
        },
        how: match (claim.released.is_some(), stands) {
            (true, _) => "given up",
            (false, true) => "stands",
            (false, false) => "over",
        },
        buttons: match own && stands {
            true => vec![Button::ask("release", "Give it up").with("claim", id)],
            false => Vec::new(),
        },
    }
}

fn use_row(federation: &Federation, usage: &Usage) -> UseRow {
    let made: Vec<String> = usage.made.iter().map(|&v| federation.version_label(v)).collect();
    UseRow {
        unit: unit_name(federation, usage.unit),
        hours: usage.hours.to_string(),
        dates: format!("{} to {}", usage.from, usage.until),
        made: match (made.is_empty(), usage.note.as_str()) {
            (true, "") => "nothing said".to_owned(),
            (false, "") => made.join(", "),
            (true, note) => note.to_owned(),
            (false, note) => format!("{}: {note}", made.join(", ")),
        },
    }
}
