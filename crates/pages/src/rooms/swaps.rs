use askama::Template;
use axum::response::Response;
use federation::rows::{Contract, Origin, Round, Thing, Unit};
use federation::{Federation, Id};
use measure::Hours;
use node::words::{self, thing_words, unit_name};
use node::{Ring, RingStep};

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::ring_picture::RingPicture;

#[derive(Template)]
#[template(path = "swaps.html")]
struct SwapsPage {
    frame: Frame,
    base: String,
    member: bool,
    ours: Vec<OurThing>,
    others: Vec<TheirThing>,
    more: usize,
    swaps: Vec<SwapView>,
}

/// A thing of the reader's unit.
struct OurThing {
    what: String,
    how: &'static str,
    takes: Vec<String>,
    buttons: Vec<Button>,
}

/// A thing of another unit.
struct TheirThing {
    unit: String,
    unit_number: u32,
    what: String,
    buttons: Vec<Button>,
}

/// A ring that a round has found.
pub(crate) struct SwapView {
    pub(crate) picture: RingPicture,
    pub(crate) how: String,
    pub(crate) buttons: Vec<Button>,
}

/// How many things of others and how many rings are shown at once.
const SHOWN: usize = 200;
const RINGS_SHOWN: usize = 12;

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    here.visit.node.tend_if_member(&here.hosted, here.me.is_some()).await;
    let page = here.read(|federation| view(&here, federation))?;
    Ok(html(&page))
}

fn view(here: &Here, federation: &Federation) -> SwapsPage {
    let things = federation.standing_things();
    let things = things.filter_map(|id| Some((id, federation.thing(id).ok()?)));
    let (ours, others): (Vec<_>, Vec<_>) =
        things.partition(|(_, thing)| Some(thing.unit) == here.my_unit());
    let for_what = match ours.as_slice() {
        [(only, _)] => Some(*only),
        _ => None,
    };
    let theirs = |&(id, thing): &(Id<Thing>, &Thing)| TheirThing {
        unit: unit_name(federation, thing.unit),
        unit_number: thing.unit.number(),
        what: thing_words(federation, thing),
        buttons: for_what.map(|own| take_button(own, id)).into_iter().collect(),
    };
    let rounds = federation.rounds().rev();
    let swaps = rounds.flat_map(|(_, round)| swaps_of(here, federation, round));
    SwapsPage {
        frame: Frame::inside(here, "Swaps", "/offers"),
        base: here.base.clone(),
        member: here.my_unit().is_some(),
        more: others.len().saturating_sub(SHOWN),
        others: others.iter().take(SHOWN).map(theirs).collect(),
        ours: ours.into_iter().map(|thing| our_thing(federation, thing)).collect(),
        swaps: swaps.take(RINGS_SHOWN).collect(),
    }
}

fn take_button(own: Id<Thing>, other: Id<Thing>) -> Button {
    Button::ask("would-take", "We would take it").with("thing", own).with("add", other)
}

fn our_thing(federation: &Federation, (id, thing): (Id<Thing>, &Thing)) -> OurThing {
    let in_swap = |other: &&Thing| federation.is_in_swap(other);
    let takes = thing.would_take.iter().filter_map(|&id| federation.thing(id).ok());
    let takes: Vec<_> = takes
        .filter(in_swap)
        .map(|other| {
            format!("{} of {}", thing_words(federation, other), unit_name(federation, other.unit))
        })
        .collect();
    let how = match (federation.waits_in_ring(thing), takes.is_empty()) {
        (true, _) => "It is in a ring that waits for answers; see below.",
        (false, true) => "Nothing is on your list yet, so nothing can come for it.",
        (false, false) => "You would take, best first:",
    };
    let label = if takes.is_empty() { "Say what you would take" } else { "Change the list" };
    let buttons = vec![
        Button::ask("would-take", label).main().with("thing", id),
        Button::ask("withdraw-thing", "Take it out").with("thing", id),
    ];
    OurThing { what: thing_words(federation, thing), how, takes, buttons }
}

/// The rings of swaps that a round has found, each drawn.
pub(crate) fn swaps_of<'a>(
    here: &'a Here,
    federation: &'a Federation,
    round: &'a Round,
) -> impl Iterator<Item = SwapView> + 'a {
    round.swaps.iter().filter_map(|ring| {
        let &first = ring.first()?;
        let contract = federation.contract(first).ok()?;
        let steps = ring.iter().filter_map(|&id| step(federation, id)).collect();
        let drawn = Ring { steps, hours: Hours::ZERO, closed: true };
        Some(SwapView {
            picture: RingPicture::draw(federation, &drawn, here.my_unit()),
            how: words::swap_status_words(federation, contract),
            buttons: here
                .my_unit()
                .map_or_else(Vec::new, |unit| swap_buttons(federation, contract, unit)),
        })
    })
}

fn step(federation: &Federation, contract: Id<Contract>) -> Option<RingStep> {
    let parties = federation.contract(contract).ok()?.parties;
    Some(RingStep { contract, giver: parties.giver, receiver: parties.receiver })
}

/// Yes to a ring, no to what a unit would get in it, or no to whom it would give to; nothing if it
/// is not asked.
pub(crate) fn swap_buttons(
    federation: &Federation,
    contract: &Contract,
    unit: Id<Unit>,
) -> Vec<Button> {
    let ring = federation.ring_of(contract).into_iter();
    let rows: Vec<_> =
        ring.filter_map(|(id, _)| Some((id, federation.contract(id).ok()?))).collect();
    let asked = |row: &Contract| {
        row.is_proposed()
            && federation.waits_for_answer(row)
            && row.is_party(unit)
            && !words::has_answered(row, unit)
    };
    let of = |gives: bool| {
        let own = |row: &Contract| match gives {
            true => row.parties.giver == unit,
            false => row.parties.receiver == unit,
        };
        rows.iter().find(|(_, row)| own(row) && asked(row)).map(|&(id, _)| id)
    };
    let (Some(gives), Some(gets)) = (of(true), of(false)) else { return Vec::new() };
    vec![
        Button::now("accept-contract", "Yes, we swap").with("contract", gives),
        Button::ask("decline-contract", "No, we do not want what we would get")
            .with("contract", gets),
        Button::ask("decline-contract", "No, we do not give it to them").with("contract", gives),
    ]
}

/// Whether a contract is one of a swap.
pub(crate) const fn is_swap(contract: &Contract) -> bool {
    matches!(contract.origin, Origin::Swap { .. })
}
