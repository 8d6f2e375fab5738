use askama::Template;
use axum::response::Response;
use federation::rows::{Drawing, Lot, LotStage, Unit};
use federation::{Federation, Id};
use node::words::{lot_name_words, lot_words, unit_name};

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "lots.html")]
struct LotsPage {
    frame: Frame,
    base: String,
    member: bool,
    lots: Vec<LotRow>,
}

struct LotRow {
    number: u32,
    about: String,
    names: Vec<String>,
    draw: usize,
    how: String,
    drawn: Vec<String>,
    numbers: Vec<NumberRow>,
    withheld: Vec<String>,
    buttons: Vec<Button>,
}

struct NumberRow {
    unit: String,
    number: String,
}

/// How many of the newest are shown.
const SHOWN: usize = 30;

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let page = here.read(|federation| LotsPage {
        frame: Frame::inside(&here, "Public lots", "/delegates"),
        base: here.base.clone(),
        member: here.my_unit().is_some(),
        lots: federation.lots().rev().take(SHOWN).map(|lot| view(&here, federation, lot)).collect(),
    })?;
    Ok(html(&page))
}

fn view(here: &Here, federation: &Federation, (id, lot): (Id<Lot>, &Lot)) -> LotRow {
    let (about, names, draw) = match &lot.drawing {
        Drawing::Names { about, names, draw, .. } => {
            (about.to_string(), names.as_slice(), usize::from(*draw))
        }
        Drawing::Election(id) => (format!("equal votes in election {id}"), [].as_slice(), 0),
    };
    let called = |unit: &Id<Unit>| unit_name(federation, *unit);
    let numbers = match &lot.stage {
        LotStage::Committing { bound, .. } => bound.keys().map(|unit| (unit, None)).collect(),
        LotStage::Opening { bound, told, .. } => {
            bound.keys().map(|unit| (unit, told.get(unit))).collect()
        }
        LotStage::Drawn { told, .. } => {
            told.iter().map(|(unit, number)| (unit, Some(number))).collect::<Vec<_>>()
        }
        LotStage::Over { .. } => Vec::new(),
    };
    let number_row = |(unit, number): (&Id<Unit>, Option<&federation::LotNumber>)| NumberRow {
        unit: called(unit),
        number: number.map_or_else(|| "bound, not told yet".to_owned(), ToString::to_string),
    };
    let person = |person| here.called(federation, person);
    let named = |name| lot_name_words(federation, &person, name);
    let drawn = lot.names_drawn().into_iter().filter_map(|at| names.get(at));
    LotRow {
        number: id.number(),
        about,
        names: names.iter().map(named).collect(),
        draw,
        how: lot_words(federation, lot),
        drawn: drawn.map(named).collect(),
        numbers: numbers.into_iter().map(number_row).collect(),
        withheld: lot.withheld.iter().map(called).collect(),
        buttons: buttons(here, federation, (id, lot)),
    }
}

/// What the reader's unit can do about a lot now.
pub(crate) fn buttons(
    here: &Here,
    federation: &Federation,
    (id, lot): (Id<Lot>, &Lot),
) -> Vec<Button> {
    let Some(unit) = here.my_unit() else { return Vec::new() };
    if !federation.lots_waiting_for(unit).any(|(waiting, _)| waiting == id) {
        return Vec::new();
    }
    let LotStage::Opening { bound, .. } = &lot.stage else {
        return vec![Button::now("commit-number", "Give a number").with("lot", id)];
    };
    let keys = here.visit.node.keys();
    let kept = bound.get(&unit).and_then(|&hash| keys.number(here.hosted.id(), hash).ok()?);
    vec![match kept {
        Some(number) => {
            Button::now("open-number", "Tell our number").with("lot", id).with("number", number)
        }
        None => Button::ask("open-number", "Tell our number").main().with("lot", id),
    }]
}
