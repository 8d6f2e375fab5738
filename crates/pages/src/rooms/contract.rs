use askama::Template;
use axum::response::Response;
use federation::act::Terms;
use federation::rows::{Answered, Contract, Delivery, Origin, Status};
use federation::{Federation, Id};
use node::words::{self, amount, unit_name};

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::markdown::markdown;
use crate::oops::{Oops, html};
use crate::rooms::swaps::{is_swap, swap_buttons};
use crate::rooms::waiting::{answer_buttons, delivery_buttons};

#[derive(Template)]
#[template(path = "contract.html")]
struct ContractPage {
    frame: Frame,
    base: String,
    number: u32,
    says: String,
    how: String,
    origin: String,
    giver: Side,
    receiver: Side,
    specification: u32,
    version: String,
    clauses: Vec<String>,
    worked: String,
    accepted: String,
    left: String,
    note: String,
    ring: String,
    begins: String,
    arrangement: String,
    buttons: Vec<Button>,
    can_arrange: bool,
    deliveries: Vec<DeliveryRow>,
    thread: Vec<ThreadRow>,
    is_party: bool,
}

struct Side {
    number: u32,
    name: String,
    answer: &'static str,
}

struct DeliveryRow {
    number: u32,
    amount: String,
    since: String,
    note: String,
    progress: String,
    correction: String,
    buttons: Vec<Button>,
}

struct ThreadRow {
    who: String,
    at: String,
    words: String,
    erased: bool,
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let id: Id<Contract> = here.id("contract");
    let page = here.read(|federation| view(&here, federation, id))??;
    Ok(html(&page))
}

fn view(here: &Here, federation: &Federation, id: Id<Contract>) -> Result<ContractPage, Oops> {
    let row = federation.contract(id)?;
    let version = federation.version(row.version)?;
    let is_party = here.my_unit().is_some_and(|unit| row.is_party(unit));
    let deliveries = row.deliveries.iter().map(|&id| Ok((id, federation.delivery(id)?)));
    let deliveries = deliveries.collect::<Result<Vec<_>, Oops>>()?;
    Ok(ContractPage {
        frame: Frame::inside(here, format!("Contract {id}"), "/contracts"),
        base: here.base.clone(),
        number: id.number(),
        says: words::contract_sentence(federation, row),
        how: words::status_words(federation, row),
        origin: origin(row),
        giver: side(federation, row, row.parties.giver),
        receiver: side(federation, row, row.parties.receiver),
        specification: version.specification.number(),
        version: federation.version_label(row.version),
        clauses: version.clauses.iter().map(ToString::to_string).collect(),
        worked: worked(federation, row),
        accepted: amount(federation, row.accepted, row.version),
        left: amount(federation, row.left(), row.version),
        note: if is_swap(row) { String::new() } else { row.note.to_string() },
        ring: words::swap_sentence(federation, row),
        begins: begins(federation, row),
        arrangement: arrangement(federation, row),
        buttons: buttons(here, federation, (id, row)),
        can_arrange: is_party && (row.is_agreed() || row.is_proposed()),
        deliveries: deliveries
            .into_iter()
            .map(|delivery| delivery_row(here, federation, row, delivery))
            .collect(),
        thread: thread(here, federation, row),
        is_party,
    })
}

fn origin(row: &Contract) -> String {
    match row.origin {
        Origin::Round { round, .. } => format!("by round {}", round.number()),
        Origin::Swap { round, .. } => {
            format!("by a swap, when the offers of round {} were closed", round.number())
        }
        Origin::Direct => "directly between the two units".to_owned(),
        Origin::AlreadyDone { happened } => {
            format!("entered after it had happened, on {happened} UTC")
        }
    }
}

fn side(federation: &Federation, row: &Contract, unit: Id<federation::rows::Unit>) -> Side {
    let said = match &row.status {
        Status::Proposed { giver, receiver, .. } => {
            Some(if unit == row.parties.giver { *giver } else { *receiver })
        }
        _ => None,
    };
    let answer = match said {
        Some(Answered::No) => "has not answered",
        Some(Answered::Yes) => "said yes",
        Some(Answered::Standing) => "said yes in advance",
        None => "",
    };
    Side { number: unit.number(), name: unit_name(federation, unit), answer }
}

/// How the hours came about, as a sum.
fn worked(federation: &Federation, row: &Contract) -> String {
    let quantity = amount(federation, row.quantity, row.version);
    match row.terms {
        Terms::Gift if is_swap(row) => {
            let ring = words::swap_sentence(federation, row);
            format!("{quantity} for another thing count nought. The whole ring: {ring}.")
        }
        Terms::Gift => format!("{quantity} as a gift count nought."),
        Terms::AtValue => {
            let (value, hours) = (row.value.hours(), row.hours());
            format!(
                "{quantity} times {value} hours for one = {hours} hours; part seconds are dropped."
            )
        }
    }
}

/// What the receiver has room for now.
fn begins(federation: &Federation, row: &Contract) -> String {
    if !row.is_agreed() || row.terms == Terms::Gift {
        return String::new();
    }
    let receiver = unit_name(federation, row.parties.receiver);
    let room = federation.unit(row.parties.receiver).map(federation::rows::Unit::room_now);
    match room {
        Ok(room) if room >= row.hours_left() => {
            format!(
                "{receiver} has room for all of it now, so the delivery can be made at any time."
            )
        }
        Ok(room) if room.is_positive() => format!(
            "{receiver} has room for {room} hours now. Deliver a part of at most that, or wait until \
             it has given more."
        ),
        _ => format!("{receiver} has no room now: it gives first, or another unit backs it."),
    }
}

fn arrangement(federation: &Federation, row: &Contract) -> String {
    match &row.arrangement {
        None => words::meeting_words(&row.meeting).unwrap_or_default(),
        Some(arranged) => {
            let by = unit_name(federation, arranged.by);
            let state = if arranged.agreed {
                "settled by both".to_owned()
            } else {
                format!("suggested by {by}")
            };
            format!("{} UTC, {} ({state})", arranged.when, arranged.place)
        }
    }
}

fn buttons(
    here: &Here,
    federation: &Federation,
    (id, row): (Id<Contract>, &Contract),
) -> Vec<Button> {
    let Some(unit) = here.my_unit().filter(|&unit| row.is_party(unit)) else { return Vec::new() };
    if row.is_proposed() {
        if is_swap(row) && !words::has_answered(row, unit) {
            return swap_buttons(federation, row, unit);
        }
        return if words::has_answered(row, unit) {
            vec![Button::ask("decline-contract", "Take our yes back").with("contract", id)]
        } else {
            answer_buttons(id)
        };
    }
    if !row.is_agreed() {
        return Vec::new();
    }
    let mut buttons = Vec::new();
    if row.parties.giver == unit && !row.left().is_zero() {
        buttons.push(Button::ask("deliver", "Enter a delivery").main().with("contract", id));
    }
    buttons.push(Button::ask("end-contract", "End the contract").with("contract", id));
    buttons
}

fn delivery_row(
    here: &Here,
    federation: &Federation,
    contract: &Contract,
    (id, row): (Id<Delivery>, &Delivery),
) -> DeliveryRow {
    let correction = row.correction.map(|(by, quantity)| {
        let to = amount(federation, quantity, contract.version);
        format!(
            "{} signs a correction to {to}; it waits for the other side.",
            unit_name(federation, by)
        )
    });
    let buttons = here.my_unit().map(|unit| {
        let mut buttons = delivery_buttons(federation, unit, contract, (id, row));
        let rejected = matches!(row.progress, federation::rows::Progress::Rejected { .. });
        if rejected && contract.is_party(unit) {
            buttons.push(Button::ask("dispute", "Dispute the rejection").with("delivery", id));
        }
        buttons
    });
    DeliveryRow {
        number: id.number(),
        amount: amount(federation, row.quantity, contract.version),
        since: row.since.to_string(),
        note: row.note.to_string(),
        progress: words::progress_words(&row.progress),
        correction: correction.unwrap_or_default(),
        buttons: buttons.unwrap_or_default(),
    }
}

fn thread(here: &Here, federation: &Federation, row: &Contract) -> Vec<ThreadRow> {
    let rows = row.thread.iter().map(|said| {
        let words = here.hosted.words_of(said.words);
        ThreadRow {
            who: here.called(federation, said.by),
            at: said.at.to_string(),
            erased: words.is_none(),
            words: words.map(|words| markdown(&words)).unwrap_or_default(),
        }
    });
    rows.collect()
}
