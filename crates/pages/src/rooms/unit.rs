use askama::Template;
use axum::response::Response;
use federation::act::Side;
use federation::rows::{Standing, Unit};
use federation::{Federation, Id};
use node::words::{signing_words, unit_name};

use crate::acts::matters;
use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

use crate::rooms::today::OurStanding;
use crate::rooms::waiting::{Waiting, waiting};
use crate::rooms::wishes::{WishRow, wish_row};
use crate::trail::{Trail, trail};

#[derive(Template)]
#[template(path = "unit.html")]
struct UnitPage {
    frame: Frame,
    base: String,
    ours: bool,
    name: String,
    place: String,
    area: String,
    refuses: Vec<String>,
    description: String,
    standing_words: String,
    counted: u32,
    standing: OurStanding,
    trail: Trail,
    members: Vec<MemberRow>,
    signing: Vec<(&'static str, &'static str)>,
    method: String,
    weight: Vec<String>,
    backings: Vec<BackingRow>,
    base_hours: String,
    run_off: String,
    buttons: Vec<Button>,
    waiting: Vec<Waiting>,
    offers: Vec<WishRow>,
    needs: Vec<WishRow>,
}

struct MemberRow {
    name: String,
    contact: String,
    device: &'static str,
    since: String,
}

struct BackingRow {
    backer: String,
    backed: String,
    hours: String,
    releasing: String,
}

#[derive(Template)]
#[template(path = "no_unit.html")]
struct NoUnit {
    frame: Frame,
    base: String,
    member: bool,
}

/// The reader's own unit.
pub(crate) async fn ours(here: Here) -> Result<Response, Oops> {
    if let Some(unit) = here.my_unit() {
        return page(&here, unit);
    }
    let frame = Frame::inside(&here, "Our unit", "/unit");
    Ok(html(&NoUnit { frame, base: here.base.clone(), member: here.member().is_ok() }))
}

/// Any unit.
pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let unit = here.id("unit");
    page(&here, unit)
}

fn page(here: &Here, id: Id<Unit>) -> Result<Response, Oops> {
    let trail = trail(here, id)?;
    let page = here.read(|federation| view(here, federation, id, trail))??;
    Ok(html(&page))
}

fn view(
    here: &Here,
    federation: &Federation,
    id: Id<Unit>,
    trail: Trail,
) -> Result<UnitPage, Oops> {
    let unit = federation.unit(id)?;
    let ours = here.my_unit() == Some(id);
    let now = here.visit.node.clock().now();
    let rows = |side| {
        let standing = federation.wishes_of(id, side);
        standing.filter_map(|wish| wish_row(here, federation, wish, now)).collect()
    };
    let room = if ours { "/unit" } else { "/directory" };
    let too_large = node::Failed::fault("the hours of this unit are too large to be shown");
    Ok(UnitPage {
        frame: Frame::inside(here, unit.name.as_str(), room),
        base: here.base.clone(),
        ours,
        name: unit.name.to_string(),
        place: unit.place.to_string(),
        area: unit.area.as_ref().map(ToString::to_string).unwrap_or_default(),
        refuses: unit.refuses.iter().map(|&id| unit_name(federation, id)).collect(),
        description: unit.description.to_string(),
        standing_words: standing_words(unit),
        counted: unit.counted_members,
        standing: OurStanding::of(federation, id).ok_or(too_large)?,
        trail,
        members: members(here, federation, unit),
        signing: matters()
            .map(|(matter, label)| (label, signing_words(unit.signing_in(matter))))
            .collect(),
        method: node::words::method_words(unit.method),
        weight: [pact(federation, unit), node::words::weight_lines(federation, id)].concat(),
        backings: backings(federation, id),
        base_hours: unit.base.to_string(),
        run_off: unit.run_off.to_string(),
        buttons: buttons(here, federation, unit, id),
        waiting: if ours { signatures(here, federation) } else { Vec::new() },
        offers: rows(Side::Offer),
        needs: rows(Side::Need),
    })
}

/// Which version of the pact binds it.
fn pact(federation: &Federation, unit: &Unit) -> Vec<String> {
    if !unit.is_in() {
        return Vec::new();
    }
    let (own, newest) = (u64::from(unit.pact) + 1, federation.pacts().len());
    vec![match usize::try_from(own).is_ok_and(|own| own < newest) {
        true => format!(
            "It stays on version {own} of the pact; version {newest} is in force for those who \
             accepted it."
        ),
        false => format!("It is on version {own} of the pact, the newest."),
    }]
}

/// Only what waits for further signatures.
fn signatures(here: &Here, federation: &Federation) -> Vec<Waiting> {
    waiting(here, federation).into_iter().filter(|item| item.cosign.is_some()).collect()
}

fn standing_words(unit: &Unit) -> String {
    match unit.standing {
        Standing::Listed => "on the founding list, has not signed the pact yet".to_owned(),
        Standing::Signed => "in the federation".to_owned(),
        Standing::Leaving { by } => format!("in the federation, means to leave by {by} UTC"),
        Standing::Departed { at } => {
            format!("out of the federation since {at} UTC; its row stays in the books")
        }
    }
}

fn members(here: &Here, federation: &Federation, unit: &Unit) -> Vec<MemberRow> {
    let rows = unit.members.iter().filter_map(|&id| Some((id, federation.person(id).ok()?)));
    rows.map(|(id, person)| {
        let about = here.hosted.about(federation, id);
        MemberRow {
            name: here.called(federation, id),
            // How to reach somebody is for the members of the federation only.
            contact: about
                .filter(|_| here.me.is_some())
                .map(|about| about.contact)
                .unwrap_or_default(),
            device: if federation.has_key(id) {
                "signs with a key"
            } else {
                "two members act for them"
            },
            since: person.since.to_string(),
        }
    })
    .collect()
}

fn backings(federation: &Federation, id: Id<Unit>) -> Vec<BackingRow> {
    let ours = federation.backings().filter(|&(backer, backed, _)| backer == id || backed == id);
    ours.map(|(backer, backed, backing)| BackingRow {
        backer: unit_name(federation, backer),
        backed: unit_name(federation, backed),
        hours: backing.hours.to_string(),
        releasing: backing.releasing.to_string(),
    })
    .collect()
}

/// What members of other units can do about a unit.
fn buttons_of_others(federation: &Federation, id: Id<Unit>) -> Vec<Button> {
    let mut buttons = vec![
        Button::ask("propose-contract", "Propose a contract").main().with("with", id),
        Button::ask("already-done", "Already done").with("with", id),
        Button::ask("back", "Back this unit").with("unit", id),
        Button::ask("release-backing", "Ask backing back").with("unit", id),
    ];
    if federation.expellable(id).is_some() {
        let expel = Button::ask("propose", "Propose its expulsion");
        buttons.push(expel.with("question", "expel").with("unit", id));
    }
    buttons
}

fn buttons(here: &Here, federation: &Federation, unit: &Unit, id: Id<Unit>) -> Vec<Button> {
    if here.my_unit() != Some(id) {
        return match here.my_unit() {
            Some(_) => buttons_of_others(federation, id),
            None => Vec::new(),
        };
    }
    match unit.standing {
        Standing::Listed => vec![Button::now("sign-pact", "Sign the pact").with("unit", id)],
        Standing::Departed { .. } => vec![
            Button::now("return", "Come back").with("unit", id),
            Button::ask("new-unit", "Join with a new unit"),
        ],
        Standing::Signed | Standing::Leaving { .. } => vec![
            Button::ask("admit-member", "Invite a member").main(),
            Button::ask("describe-unit", "Describe our unit"),
            Button::ask("set-signing", "Who may sign what"),
            Button::ask("set-method", "How we decide"),
            Button::ask("refuse-partners", "Units we do not want to be joined with"),
            Button::ask("back", "Back a unit"),
            Button::ask("release-backing", "Ask backing back"),
            Button::ask("announce-leaving", "Say that we will leave"),
            Button::ask("leave", "Leave the federation"),
            Button::ask("member-leaves", "Leave the unit myself"),
        ],
    }
}
