use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use federation::rows::{Contract, Drawn, Inputs, Pass, Phase, Planned, Round, Unit, Version};
use federation::{Federation, Id};
use measure::{Hours, Quantity};
use node::{Failed, Progress, Told, words};

use crate::button::Button;
use crate::flow_picture::FlowPicture;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::ring_picture::RingPicture;
use crate::rooms::outlook::{AheadView, ahead};
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
    is_over: bool,
    seed: String,
    solving: Option<String>,
    buttons: Vec<Button>,
    ahead: Option<AheadView>,
    plans: Vec<PlanView>,
    swaps: Vec<SwapView>,
    left_open: Vec<LeftOpen>,
    answer: Option<AnswerView>,
    room_left: String,
}

/// A need that stayed open.
pub(crate) struct LeftOpen {
    pub(crate) unit: u32,
    pub(crate) says: String,
}

/// What the last plan, or an outlook, means for one unit.
pub(crate) struct AnswerView {
    pub(crate) name: String,
    pub(crate) told: Told,
}

/// One of a round's plans: what it proposes, for us and for all.
struct PlanView {
    title: &'static str,
    annex: String,
    entries: u64,
    hours: String,
    ours: Option<Ours>,
    rings: Vec<RingPicture>,
    more_rings: Vec<RingPicture>,
    flows: Option<FlowPicture>,
    all: Vec<Part>,
    /// How many contracts it has beyond those.
    more: usize,
}

/// What a plan proposes for the reader's own unit.
struct Ours {
    gives: Vec<Part>,
    gets: Vec<Part>,
    give_hours: String,
    get_hours: String,
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

/// How many contracts, and how many open needs, are shown; the tables of the interface have all.
pub(crate) const ROWS_SHOWN: usize = 200;

/// How many rings are in sight at once.
const RINGS_SHOWN: usize = 3;

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    here.visit.node.tend_if_member(&here.hosted, here.me.is_some()).await;
    let id: Id<Round> = here.id("round");
    let (ahead, answer) = (ahead(&here, id).await?, answer(&here, id).await?);
    let page = here.read(|federation| view(&here, federation, id))??;
    let page = RoundPage { ahead, answer, ..page };
    Ok(html(&page))
}

impl RoundPage {
    /// Whether the page looks again by itself: something is being worked out, and there is nothing
    /// to read yet.
    fn looks_again(&self) -> bool {
        let is_ahead = |ahead: &AheadView| ahead.waits && ahead.outlook.is_none();
        self.solving.is_some() || self.ahead.as_ref().is_some_and(is_ahead)
    }
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
        frame: Frame::inside(here, format!("Round {}", id.number()), "/rounds"),
        base: here.base.clone(),
        shown: id.number(),
        due: round.due.to_string(),
        phase: phase_words(round),
        is_over: round.phase == Phase::Finished,
        seed: round.seed.to_string(),
        solving: here.hosted.progress().map(progress_words),
        buttons: if newest == Some(id) { steps(here, federation) } else { Vec::new() },
        ahead: None,
        plans: plans.collect(),
        swaps: swaps_of(here, federation, round).collect(),
        left_open: left_open_now(federation, round),
        answer: None,
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
    let mut rings = node::rings(federation, &plan.contracts, ours, RINGS_MOST);
    // One's own rings come first, and those with most units: they say most.
    rings.sort_by_key(|ring| {
        let is_ours = ring.steps.iter().any(|step| is_in(ours, step.giver, step.receiver));
        (!is_ours, std::cmp::Reverse(ring.steps.len()))
    });
    let mut rings: Vec<_> =
        rings.iter().map(|ring| RingPicture::draw(federation, ring, ours)).collect();
    let flows = rows.iter().map(|(_, row)| (row.parties.giver, row.parties.receiver, row.hours()));
    let more_rings = rings.split_off(rings.len().min(RINGS_SHOWN));
    PlanView {
        title,
        annex: plan.annex.to_string(),
        entries: plan.inputs.size,
        hours: sum(&rows).to_string(),
        ours: ours.map(|unit| of_unit(here, federation, &rows, unit)),
        rings,
        more_rings,
        flows: FlowPicture::draw(federation, flows, ours),
        all: rows.iter().take(ROWS_SHOWN).map(part).collect(),
        more: rows.len().saturating_sub(ROWS_SHOWN),
    }
}

/// What the reader's own unit gives and gets.
fn of_unit(
    here: &Here,
    federation: &Federation,
    rows: &[(Id<Contract>, &Contract)],
    unit: Id<Unit>,
) -> Ours {
    let with = |side: fn(&Contract) -> Id<Unit>| -> Vec<_> {
        rows.iter().filter(|(_, row)| side(row) == unit).copied().collect()
    };
    let (giving, getting) = (with(|row| row.parties.giver), with(|row| row.parties.receiver));
    let part = |&(id, row): &(Id<Contract>, &Contract)| part(here, federation, id, row);
    Ours {
        give_hours: sum(&giving).to_string(),
        get_hours: sum(&getting).to_string(),
        gives: giving.iter().map(part).collect(),
        gets: getting.iter().map(part).collect(),
    }
}

/// How far a plan is that is being worked out.
fn progress_words(progress: Progress) -> String {
    match progress.last.map(words::stage_words) {
        Some(last) => format!("{} stages are done, the last one for {last}.", progress.stages),
        None => "It has just begun.".to_owned(),
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

/// What of all that was needed stayed open after the last solve.
fn left_open_now(federation: &Federation, round: &Round) -> Vec<LeftOpen> {
    let Some(plan) = round.plans.last() else { return Vec::new() };
    let contracts = plan.contracts.iter().filter_map(|&id| federation.contract(id).ok());
    let met = contracts.map(|row| ((row.parties.receiver, row.version), row.quantity));
    left_open(federation, &plan.inputs, met)
}

/// What of all that was needed is not met by what units get of versions.
pub(crate) fn left_open(
    federation: &Federation,
    inputs: &Inputs,
    gets: impl Iterator<Item = ((Id<Unit>, Id<Version>), Quantity)>,
) -> Vec<LeftOpen> {
    let mut met: BTreeMap<(Id<Unit>, Id<Version>), i64> = BTreeMap::new();
    for (what, quantity) in gets {
        *met.entry(what).or_default() += quantity.steps();
    }
    let mut open: BTreeMap<(Id<Unit>, Id<Version>), i64> = BTreeMap::new();
    for &Drawn { wish: need, version, quantity } in &inputs.needs {
        let Ok(row) = federation.wish(need) else { continue };
        *open.entry((row.unit, version)).or_default() += quantity.steps();
    }
    let left = open.into_iter().filter_map(|((unit, version), needed)| {
        let left = needed - met.get(&(unit, version)).copied().unwrap_or(0);
        let left = Quantity::from_steps(left).filter(|left| !left.is_zero())?;
        Some(LeftOpen {
            unit: unit.number(),
            says: format!(
                "{} still needs {} of {}.",
                words::unit_name(federation, unit),
                words::amount(federation, left, version),
                federation.version_label(version)
            ),
        })
    });
    left.take(ROWS_SHOWN).collect()
}

/// The unit that is asked about: the one in the address, else the reader's own.
pub(crate) fn asked_about(here: &Here) -> Option<Id<Unit>> {
    here.visit.query.number("unit").map(Id::new).or_else(|| here.my_unit())
}

/// What the round's last plan means for the unit that is asked about.
async fn answer(here: &Here, id: Id<Round>) -> Result<Option<AnswerView>, Oops> {
    let plans = here.read(|federation| federation.round(id).map(|round| round.plans.len()))??;
    let pass = match plans {
        0 => return Ok(None),
        1 => Pass::First,
        _ => Pass::Again,
    };
    let Some(unit) = asked_about(here) else { return Ok(None) };
    let hosted = here.hosted.clone();
    let told = tokio::task::spawn_blocking(move || hosted.told(id, pass, unit));
    let Some(told) = told.await.map_err(Failed::fault)?? else { return Ok(None) };
    let name = here.read(|federation| words::unit_name(federation, unit))?;
    Ok(Some(AnswerView { name, told }))
}
