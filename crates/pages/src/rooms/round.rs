use askama::Template;
use axum::response::Response;
use federation::rows::{Contract, Drawn, Planned, Round, Unit, Version};
use federation::{Federation, Id};
use measure::Hours;
use node::words;

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::ring_picture::RingPicture;
use crate::rooms::rounds::{phase_words, steps};
use crate::rooms::swaps::{SwapView, swaps_of};
use crate::rooms::waiting::answer_buttons;

#[derive(Template)]
#[template(path = "round.html")]
struct RoundPage {
    frame: Frame,
    base: String,
    shown: u32,
    due: String,
    phase: String,
    seed: String,
    solving: bool,
    buttons: Vec<Button>,
    plans: Vec<PlanView>,
    swaps: Vec<SwapView>,
    left_open: Vec<String>,
    room_left: String,
}

/// One of a round's plans: what it proposes, for us and for all.
struct PlanView {
    title: &'static str,
    annex: String,
    entries: u64,
    hours: String,
    gives: Vec<Part>,
    gets: Vec<Part>,
    give_hours: String,
    get_hours: String,
    rings: Vec<RingPicture>,
    more_rings: Vec<RingPicture>,
    all: Vec<Part>,
}

/// A contract of a plan.
struct Part {
    number: u32,
    says: String,
    hours: String,
    how: String,
    buttons: Vec<Button>,
}

/// How many rings are worked out; the table has all contracts.
const RINGS_MOST: usize = 60;

/// How many rings are in sight at once.
const RINGS_SHOWN: usize = 3;

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    here.visit.node.tend_if_member(&here.hosted, here.me.is_some()).await;
    let id: Id<Round> = here.id("round");
    let page = here.read(|federation| view(&here, federation, id))??;
    Ok(html(&page))
}

fn view(here: &Here, federation: &Federation, id: Id<Round>) -> Result<RoundPage, Oops> {
    let round = federation.round(id)?;
    let newest = federation.rounds().next_back().map(|(newest, _)| newest);
    let titles = ["First plan", "Second plan, after the answers"];
    let plans = round
        .plans
        .iter()
        .zip(titles)
        .map(|(plan, title)| plan_view(here, federation, plan, title));
    Ok(RoundPage {
        frame: Frame::inside(here, format!("Round {}", id.number() + 1), "/rounds"),
        base: here.base.clone(),
        shown: id.number() + 1,
        due: round.due.to_string(),
        phase: phase_words(round),
        seed: round.seed.to_string(),
        solving: here.hosted.is_solving(),
        buttons: if newest == Some(id) { steps(here, federation) } else { Vec::new() },
        plans: plans.collect(),
        swaps: swaps_of(here, federation, round).collect(),
        left_open: left_open(federation, round),
        room_left: federation.room_left().to_string(),
    })
}

fn plan_view(
    here: &Here,
    federation: &Federation,
    plan: &Planned,
    title: &'static str,
) -> PlanView {
    let ours = here.my_unit();
    let rows: Vec<(Id<Contract>, &Contract)> =
        plan.contracts.iter().filter_map(|&id| Some((id, federation.contract(id).ok()?))).collect();
    let part = |&(id, row): &(Id<Contract>, &Contract)| part(here, federation, id, row);
    let giving: Vec<_> =
        rows.iter().filter(|(_, row)| Some(row.parties.giver) == ours).copied().collect();
    let getting: Vec<_> =
        rows.iter().filter(|(_, row)| Some(row.parties.receiver) == ours).copied().collect();
    let mut rings = node::rings(federation, &plan.contracts, ours, RINGS_MOST);
    // One's own rings come first, and those with most units: they say most.
    rings.sort_by_key(|ring| {
        let is_ours = ring.steps.iter().any(|step| is_in(ours, step.giver, step.receiver));
        (!is_ours, std::cmp::Reverse(ring.steps.len()))
    });
    let mut rings: Vec<_> =
        rings.iter().map(|ring| RingPicture::draw(federation, ring, ours)).collect();
    let more_rings = rings.split_off(rings.len().min(RINGS_SHOWN));
    PlanView {
        title,
        annex: plan.annex.to_string(),
        entries: plan.inputs.size,
        hours: sum(&rows).to_string(),
        give_hours: sum(&giving).to_string(),
        get_hours: sum(&getting).to_string(),
        gives: giving.iter().map(part).collect(),
        gets: getting.iter().map(part).collect(),
        rings,
        more_rings,
        all: rows.iter().map(part).collect(),
    }
}

fn is_in(ours: Option<Id<Unit>>, giver: Id<Unit>, receiver: Id<Unit>) -> bool {
    ours.is_some_and(|unit| unit == giver || unit == receiver)
}

fn sum(rows: &[(Id<Contract>, &Contract)]) -> Hours {
    rows.iter().fold(Hours::ZERO, |sum, (_, row)| sum.plus(row.hours()).unwrap_or(sum))
}

fn part(here: &Here, federation: &Federation, id: Id<Contract>, row: &Contract) -> Part {
    let asked = here.my_unit().is_some_and(|unit| {
        row.is_party(unit) && row.is_proposed() && !words::has_answered(row, unit)
    });
    Part {
        number: id.number(),
        says: words::contract_sentence(federation, row),
        hours: row.hours().to_string(),
        how: words::status_words(federation, row),
        buttons: if asked { answer_buttons(id) } else { Vec::new() },
    }
}

/// Why a plan does not meet all of a need.
fn why_not(
    federation: &Federation,
    plan: &Planned,
    unit: Id<Unit>,
    version: Id<Version>,
) -> &'static str {
    let offered = plan.inputs.offers.iter().any(|drawn| {
        drawn.version == version && federation.wish(drawn.wish).is_ok_and(|row| row.unit != unit)
    });
    if !offered {
        return "nobody offered it";
    }
    let contracts = plan.contracts.iter().filter_map(|&id| federation.contract(id).ok());
    let net = contracts.fold(0, |net, row| match row.hours().seconds() {
        hours if row.parties.receiver == unit => net + hours,
        hours if row.parties.giver == unit => net - hours,
        _ => net,
    });
    let down = plan.inputs.rooms.iter().find(|room| room.unit == unit).map(|room| room.down);
    let value = federation.version(version).ok().and_then(|row| row.valuation);
    let one = value.map_or(0, |valuation| valuation.value().seconds());
    match down {
        Some(down) if net + one > down.seconds() => {
            "its room is used up; what it gives, or backing, would make more"
        }
        _ => "what was offered went to others",
    }
}

/// What nobody could give, of all that was needed in the last solve.
fn left_open(federation: &Federation, round: &Round) -> Vec<String> {
    let Some(plan) = round.plans.last() else { return Vec::new() };
    let mut open = Vec::new();
    for &Drawn { wish, version, quantity } in &plan.inputs.needs {
        let Ok(row) = federation.wish(wish) else { continue };
        let met = plan.contracts.iter().filter_map(|&id| federation.contract(id).ok());
        let met = met.filter(|c| c.parties.receiver == row.unit && c.version == version);
        let met: i64 = met.map(|contract| contract.quantity.steps()).sum();
        if met < quantity.steps() {
            let why = why_not(federation, plan, row.unit, version);
            let left = measure::Quantity::from_steps(quantity.steps() - met).unwrap_or_default();
            open.push(format!(
                "{} still needs {} of {}: {why}",
                words::unit_name(federation, row.unit),
                words::amount(federation, left, version),
                federation.version_label(version)
            ));
        }
    }
    open
}
