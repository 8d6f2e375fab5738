use askama::Template;
use axum::response::Response;
use federation::rows::{Phase, Round};
use federation::{Federation, Id};
use measure::Hours;

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "rounds.html")]
struct RoundsPage {
    frame: Frame,
    base: String,
    next: String,
    room_left: String,
    buttons: Vec<Button>,
    rounds: Vec<RoundRow>,
}

struct RoundRow {
    number: u32,
    due: String,
    phase: String,
    contracts: usize,
    hours: String,
}

/// How far a round is, in words.
pub(crate) fn phase_words(round: &Round) -> String {
    match round.phase {
        Phase::Open { until } => format!("takes offers and needs until {until} UTC"),
        Phase::Solving { .. } => "its plan is being worked out".to_owned(),
        Phase::Answering { until, .. } => format!("waits for answers until {until} UTC"),
        Phase::Finished => "over".to_owned(),
    }
}

/// What any member can do for the newest round now.
pub(crate) fn steps(here: &Here, federation: &Federation) -> Vec<Button> {
    if here.my_unit().is_none() {
        return Vec::new();
    }
    let Some((id, round)) = federation.rounds().next_back() else {
        return vec![Button::now("open-round", "Open the round")];
    };
    match round.phase {
        Phase::Finished => vec![Button::now("open-round", "Open the next round")],
        Phase::Open { .. } => {
            vec![Button::now("close-round", "Close offers and needs").with("round", id)]
        }
        Phase::Solving { .. } => vec![Button::now("plan", "Work out the plan").with("round", id)],
        Phase::Answering { .. } => {
            vec![Button::now("close-round", "Close the answers").with("round", id)]
        }
    }
}

/// The contracts that a round has proposed, and the hours of those that were agreed.
pub(crate) fn outcome(federation: &Federation, round: &Round) -> (usize, Hours) {
    let contracts = || round.plans.iter().flat_map(|plan| &plan.contracts);
    let agreed = contracts().filter_map(|&id| federation.contract(id).ok()).filter(|row| {
        !row.is_proposed() && (row.is_agreed() || !row.accepted.is_zero() || row.left().is_zero())
    });
    let hours = agreed.fold(Hours::ZERO, |sum, row| sum.plus(row.hours()).unwrap_or(sum));
    (contracts().count(), hours)
}

fn row(federation: &Federation, (id, round): (Id<Round>, &Round)) -> RoundRow {
    let (contracts, hours) = outcome(federation, round);
    RoundRow {
        number: id.number(),
        due: round.due.to_string(),
        phase: phase_words(round),
        contracts,
        hours: hours.to_string(),
    }
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    here.visit.node.tend_if_member(&here.hosted, here.me.is_some()).await;
    let page = here.read(|federation| RoundsPage {
        frame: Frame::inside(&here, "Rounds", "/rounds"),
        base: here.base.clone(),
        next: federation.next_round_due().map(|due| due.to_string()).unwrap_or_default(),
        room_left: federation.room_left().to_string(),
        buttons: steps(&here, federation),
        rounds: federation.rounds().rev().map(|round| row(federation, round)).collect(),
    })?;
    Ok(html(&page))
}
