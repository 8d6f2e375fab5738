use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use federation::rows::{Contract, Pass, Phase, Planned, Round, Unit};
use federation::{Federation, Id};
use measure::Hours;
use node::{Failed, OpenNeed, Overview, Progress, Ring, Told, words};

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
    /// What it was worked out from.
    pub(crate) from: &'static str,
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

/// A plan as its reader sees it: its rings, the reader's own first, and what it comes to.
type Seen = (Vec<Ring>, Arc<Overview>);

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

/// How many contracts are shown; the tables of the interface have all.
pub(crate) const ROWS_SHOWN: usize = 200;

/// How many rings are in sight at once.
const RINGS_SHOWN: usize = 3;

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    here.visit.node.tend_if_member(&here.hosted, here.me.is_some()).await;
    let id: Id<Round> = here.id("round");
    let (ahead, answer) = (ahead(&here, id).await?, answer(&here, id).await?);
    let overviews = overviews(&here, id).await?;
    let page = here.read(|federation| view(&here, federation, id, &overviews))??;
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

/// What each of the round's plans comes to, with its rings; worked out while nobody waits for the
/// state.
async fn overviews(here: &Here, id: Id<Round>) -> Result<Vec<Seen>, Oops> {
    let (hosted, ours) = (here.hosted.clone(), here.my_unit());
    let work = move || -> Result<Vec<_>, Failed> {
        let passes = [Pass::First, Pass::Again].into_iter();
        let plans = passes.filter_map(|pass| hosted.overview(id, pass).transpose());
        plans.map(|plan| plan.map(|plan| (plan.rings(ours), plan))).collect()
    };
    Ok(tokio::task::spawn_blocking(work).await.map_err(Failed::fault)??)
}

fn view(
    here: &Here,
    federation: &Federation,
    id: Id<Round>,
    overviews: &[Seen],
) -> Result<RoundPage, Oops> {
    let round = federation.round(id)?;
    let newest = federation.rounds().next_back().map(|(newest, _)| newest);
    let titles = ["First plan", "Second plan, after the answers"];
    let plans = round.plans.iter().zip(overviews).zip(titles);
    let plans = plans.map(|((plan, seen), title)| plan_view(here, federation, (plan, seen), title));
    let open = overviews.last().map(|(_, plan)| plan.open.as_slice()).unwrap_or_default();
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
        left_open: left_open(federation, open),
        answer: None,
        room_left: federation.room_left().to_string(),
    })
}

fn plan_view(
    here: &Here,
    federation: &Federation,
    (plan, (rings, seen)): (&Planned, &Seen),
    title: &'static str,
) -> PlanView {
    let ours = here.my_unit();
    let part = |(id, row)| part(here, federation, id, row);
    let rings = rings.iter().map(|ring| RingPicture::draw(federation, ring, ours));
    let mut rings: Vec<_> = rings.collect();
    let more_rings = rings.split_off(rings.len().min(RINGS_SHOWN));
    PlanView {
        title,
        annex: plan.annex.to_string(),
        entries: plan.inputs.size,
        hours: seen.hours.to_string(),
        ours: ours.map(|unit| of_unit(here, federation, &seen.of_unit(unit), unit)),
        rings,
        more_rings,
        flows: FlowPicture::draw(federation, &seen.between, ours),
        all: rows(federation, &plan.contracts).take(ROWS_SHOWN).map(part).collect(),
        more: plan.contracts.len().saturating_sub(ROWS_SHOWN),
    }
}

/// Contracts by their ids.
fn rows<'a>(
    federation: &'a Federation,
    contracts: &'a [Id<Contract>],
) -> impl Iterator<Item = (Id<Contract>, &'a Contract)> {
    contracts.iter().filter_map(|&id| Some((id, federation.contract(id).ok()?)))
}

/// What the reader's own unit gives and gets.
fn of_unit(
    here: &Here,
    federation: &Federation,
    contracts: &[Id<Contract>],
    unit: Id<Unit>,
) -> Ours {
    let rows = || rows(federation, contracts);
    let giving: Vec<_> = rows().filter(|(_, row)| row.parties.giver == unit).collect();
    let getting: Vec<_> = rows().filter(|(_, row)| row.parties.receiver == unit).collect();
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

/// What stayed open of all that was needed, in words.
pub(crate) fn left_open(federation: &Federation, open: &[OpenNeed]) -> Vec<LeftOpen> {
    let says = |&OpenNeed { unit, version, quantity }: &OpenNeed| LeftOpen {
        unit: unit.number(),
        says: format!(
            "{} still needs {} of {}.",
            words::unit_name(federation, unit),
            words::amount(federation, quantity, version),
            federation.version_label(version)
        ),
    };
    open.iter().map(says).collect()
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
    Ok(Some(AnswerView { name, from: "the plan and its certificate", told }))
}
