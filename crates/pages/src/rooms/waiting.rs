use federation::act::{Act, BallotAct};
use federation::rows::{
    Answered, Contract, Course, Delivery, Person, Phase, Progress, Standing, Status, Unit,
};
use federation::{Days, Federation, Id, PersonId};
use node::{words, write_act};

use crate::acts::vote_words;
use crate::button::Button;
use crate::here::Here;
use crate::rooms::duties::{Reader, duties};
use crate::rooms::lots;
use crate::rooms::swaps::{is_swap, swap_buttons};

/// Something that waits for the reader.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) says: String,
    /// What it comes to, line by line.
    pub(crate) lines: Vec<String>,
    pub(crate) link: String,
    pub(crate) buttons: Vec<Button>,
    /// An act that waits for the reader's signature beside others'.
    pub(crate) cosign: Option<Cosign>,
}

/// An act to sign as it stands.
#[derive(Debug)]
pub(crate) struct Cosign {
    pub(crate) act: String,
    /// For whom, where co-members act for somebody without a device.
    pub(crate) person: String,
}

impl Waiting {
    pub(crate) fn new(says: String, link: String, buttons: Vec<Button>) -> Self {
        Self { says, lines: Vec::new(), link, buttons, cosign: None }
    }
}

/// The days that a receiver has to answer a delivery.
const ANSWER_DAYS: Days = Days(7);

/// Everything that waits for the reader and their unit.
pub(crate) fn waiting(here: &Here, federation: &Federation) -> Vec<Waiting> {
    let Some(me) = here.me else { return Vec::new() };
    let (Some(person), Some(unit)) = (me.person, me.unit) else { return Vec::new() };
    let Ok(row) = federation.unit(unit) else { return Vec::new() };
    let mut list = Vec::new();
    match row.standing {
        Standing::Listed => list.push(Waiting::new(
            format!("{} is on the founding list and has not signed the pact yet.", row.name),
            format!("{}/unit", here.base),
            vec![Button::now("sign-pact", "Sign the pact").with("unit", unit)],
        )),
        Standing::Departed { .. } => list.push(Waiting::new(
            format!("{} is no longer in the federation. It can come back.", row.name),
            format!("{}/unit", here.base),
            vec![Button::now("return", "Come back").with("unit", unit)],
        )),
        Standing::Signed | Standing::Leaving { .. } => {}
    }
    for (act, signed) in federation.waiting_for_signatures(unit) {
        if !signed.contains(&person) && may_cosign(federation, act, me.id) {
            list.push(to_cosign(here, federation, act, ""));
        }
    }
    for (member, act, signed) in federation.waiting_for_co_members(unit) {
        if member != person && !signed.contains(&person) {
            let id = federation.person(member).map(|row| row.id.to_string()).unwrap_or_default();
            let mut item = to_cosign(here, federation, act, &id);
            item.says = format!("For {}: {}", here.called(federation, member), item.says);
            list.push(item);
        }
    }
    for id in federation.contracts_of(unit) {
        if let Ok(contract) = federation.contract(id) {
            list.extend(about_contract(here, federation, unit, (id, contract)));
        }
    }
    list.extend(about_round(here, federation));
    list.extend(about_lots(here, federation, unit));
    list.extend(duties(Reader { here, federation, person, unit }));
    list
}

/// Only who was in a room signs what was counted there, and only while it can still count.
fn may_cosign(federation: &Federation, act: &Act, me: PersonId) -> bool {
    let Act::CountRoom(act) = act else { return true };
    let row = federation.find_proposal(act.proposal).and_then(|id| federation.proposal(id));
    act.present.contains(&me) && row.is_ok_and(|row| row.course == Course::Voting)
}

fn to_cosign(here: &Here, federation: &Federation, act: &Act, person: &str) -> Waiting {
    let written = write_act(act).to_string();
    let says = format!("waits for another signature: {}", words::act_sentence(federation, act));
    let cosign = Some(Cosign { act: written, person: person.to_owned() });
    let called = |person| here.called(federation, person);
    let (lines, link) = match act {
        Act::CountRoom(act) => {
            let room = federation.find_proposal(act.proposal).map(|id| format!("/decisions/{id}"));
            (words::room_lines(federation, &called, act), room.unwrap_or_default())
        }
        Act::Ballot(act) => ballot_lines(federation, &called, act).unwrap_or_default(),
        _ => (Vec::new(), "/unit".to_owned()),
    };
    Waiting { lines, cosign, ..Waiting::new(says, format!("{}{link}", here.base), Vec::new()) }
}

/// What a ballot says that another member has entered from paper.
fn ballot_lines(
    federation: &Federation,
    called: &dyn Fn(Id<Person>) -> String,
    act: &BallotAct,
) -> Option<(Vec<String>, String)> {
    let id = federation.find_proposal(act.proposal).ok()?;
    let row = federation.proposal(id).ok()?;
    let mut lines = vote_words(&words::option_names(federation, called, row), &act.vote);
    if !act.reason.as_str().is_empty() {
        lines.push(format!("because: {}", act.reason));
    }
    Some((lines, format!("/decisions/{id}")))
}

fn about_contract(
    here: &Here,
    federation: &Federation,
    unit: Id<Unit>,
    (id, contract): (Id<Contract>, &Contract),
) -> Vec<Waiting> {
    let link = format!("{}/contracts/{id}", here.base);
    let says = words::contract_sentence(federation, contract);
    let mut list = Vec::new();
    if is_swap(contract) && contract.is_proposed() {
        return about_swap(federation, unit, contract, link);
    }
    if let Status::Proposed { giver, receiver, answer_by } = &contract.status {
        let ours = if contract.parties.giver == unit { giver } else { receiver };
        if *ours == Answered::No && *answer_by > federation.testified() {
            list.push(Waiting::new(
                format!("Do you agree? {says}. Answer by {answer_by} UTC."),
                link.clone(),
                answer_buttons(id),
            ));
        }
    }
    if let Some(arranged) = &contract.arrangement
        && contract.is_agreed()
        && !arranged.agreed
        && arranged.by != unit
    {
        let when = format!("{} UTC, {}", arranged.when, arranged.place);
        list.push(Waiting::new(
            format!("Does this time and place suit you? {when}. {says}."),
            link.clone(),
            vec![Button::ask("arrange", "Answer").with("contract", id)],
        ));
    }
    for &delivery in &contract.deliveries {
        if let Ok(row) = federation.delivery(delivery) {
            let buttons = delivery_buttons(federation, unit, contract, (delivery, row));
            if buttons.iter().any(|button| !button.is_plain()) {
                let says = words::delivery_sentence(federation, row);
                let how = words::progress_words(&row.progress);
                list.push(Waiting::new(format!("{says}: {how}."), link.clone(), buttons));
            }
        }
    }
    list
}

/// A ring is asked about once, by the contract under which the unit gives.
fn about_swap(
    federation: &Federation,
    unit: Id<Unit>,
    contract: &Contract,
    link: String,
) -> Vec<Waiting> {
    let Status::Proposed { answer_by, .. } = contract.status else { return Vec::new() };
    let buttons = swap_buttons(federation, contract, unit);
    if buttons.is_empty() || contract.parties.giver != unit {
        return Vec::new();
    }
    let ring = words::swap_sentence(federation, contract);
    let says = format!("A swap was found. Do you agree? {ring}. Answer by {answer_by} UTC.");
    vec![Waiting::new(says, link, buttons)]
}

/// Yes and no to a proposed contract.
pub(crate) fn answer_buttons(id: Id<Contract>) -> Vec<Button> {
    vec![
        Button::now("accept-contract", "Yes, accept").with("contract", id),
        Button::ask("decline-contract", "No, decline").with("contract", id),
    ]
}

/// What a unit can do about a delivery.
pub(crate) fn delivery_buttons(
    federation: &Federation,
    unit: Id<Unit>,
    contract: &Contract,
    (id, delivery): (Id<Delivery>, &Delivery),
) -> Vec<Button> {
    let receives = contract.parties.receiver == unit;
    if !receives && contract.parties.giver != unit {
        return Vec::new();
    }
    let with = |button: Button| button.with("delivery", id);
    match &delivery.progress {
        Progress::HandedOver if receives => vec![
            with(Button::now("receipt", "We have it")),
            with(Button::now("accept-delivery", "Accept it").plain()),
            with(Button::ask("reject-delivery", "Reject by a clause")),
        ],
        Progress::Receipted { .. } if receives => vec![
            with(Button::now("accept-delivery", "Accept it")),
            with(Button::ask("reject-delivery", "Reject by a clause")),
        ],
        Progress::Receipted { at } if at.plus_days(ANSWER_DAYS) <= federation.testified() => {
            vec![with(Button::now("accept-delivery", "Seven days are over: enter as accepted"))]
        }
        Progress::Accepted { .. } => match delivery.correction {
            Some((by, _)) if by != unit => {
                vec![with(Button::ask("correct", "Look at the correction").main())]
            }
            _ => vec![with(Button::ask("correct", "Correct it"))],
        },
        _ => Vec::new(),
    }
}

fn about_round(here: &Here, federation: &Federation) -> Option<Waiting> {
    let (id, round) = federation.rounds().next_back()?;
    let Phase::Open { until } = round.phase else { return None };
    let link = format!("{}/rounds/{id}", here.base);
    let says = format!("Round {} takes offers and needs until {until} UTC.", id.number());
    let offer = Button::ask("offer", "Offer something");
    Some(Waiting::new(says, link, vec![offer, Button::ask("need", "Post a need")]))
}

/// Public lots that need a number of the unit's, or that it tells its own.
fn about_lots(here: &Here, federation: &Federation, unit: Id<Unit>) -> Vec<Waiting> {
    let waiting = federation.lots_waiting_for(unit).map(|(id, lot)| {
        let how = words::lot_words(federation, lot);
        let says = format!("Public lot {} {how}.", id.number());
        let buttons = lots::buttons(here, federation, (id, lot));
        Waiting::new(says, format!("{}/lots", here.base), buttons)
    });
    waiting.collect()
}
