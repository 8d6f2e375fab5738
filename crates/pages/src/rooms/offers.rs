use std::fmt::Write as _;

use askama::Template;
use axum::response::Response;
use federation::act::{Consent, StandsFor};
use federation::rows::{Need, Offer, Unit};
use federation::{Federation, Id, Time};
use node::words::{amount, unit_name, value_words};

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "offers.html")]
struct OffersPage {
    frame: Frame,
    base: String,
    member: bool,
    search: String,
    offers: Vec<Wish>,
    needs: Vec<Wish>,
    shown: usize,
    swappable: usize,
}

/// How many offers and how many needs are shown at once.
const SHOWN: usize = 200;

/// A row of the tables of offers and needs.
pub(crate) struct Wish {
    pub(crate) unit: String,
    pub(crate) unit_link: String,
    pub(crate) what: String,
    pub(crate) amount: String,
    pub(crate) value: String,
    pub(crate) how: String,
    pub(crate) place: String,
    pub(crate) buttons: Vec<Button>,
}

impl Wish {
    fn fits(&self, search: &str) -> bool {
        let text = format!("{} {} {}", self.unit, self.what, self.place).to_lowercase();
        search.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
    }
}

/// How something stands: for what, by which consent, how often, until when.
fn how(
    stands_for: StandsFor,
    consent: Consent,
    every_days: Option<u16>,
    until: Option<Time>,
) -> String {
    let what = match stands_for {
        StandsFor::Rounds => "rounds",
        StandsFor::Direct => "direct contracts",
        StandsFor::Both => "rounds and direct contracts",
    };
    let mut how = format!("for {what}");
    if consent == Consent::Standing {
        how.push_str("; yes in advance");
    }
    if let Some(days) = every_days {
        let _ = write!(how, "; again every {days} days");
    }
    if let Some(until) = until {
        let _ = write!(how, "; until {until} UTC");
    }
    how
}

pub(crate) fn offer_row(
    here: &Here,
    federation: &Federation,
    (id, offer): (Id<Offer>, &Offer),
    at: Time,
) -> Option<Wish> {
    let left = offer.left(at);
    if left.is_zero() {
        return None;
    }
    let version = federation.version(offer.version).ok()?;
    let buttons = buttons(
        here,
        offer.unit,
        || Button::now("withdraw-offer", "Take back").plain().with("offer", id),
        || {
            Button::ask("propose-contract", "Ask for it")
                .with("role", "receiver")
                .with("with", offer.unit)
                .with("version", offer.version)
        },
    );
    Some(Wish {
        unit: unit_name(federation, offer.unit),
        unit_link: format!("{}/units/{}", here.base, offer.unit),
        what: federation.version_label(offer.version),
        amount: amount(federation, left, offer.version),
        value: value_words(version),
        how: how(offer.stands_for, offer.consent, offer.every_days, offer.until),
        place: offer.place.to_string(),
        buttons,
    })
}

pub(crate) fn need_row(
    here: &Here,
    federation: &Federation,
    (id, need): (Id<Need>, &Need),
    at: Time,
) -> Option<Wish> {
    let left = need.left(at);
    let &first = need.versions.first()?;
    if left.is_zero() {
        return None;
    }
    let labels: Vec<_> =
        need.versions.iter().map(|&version| federation.version_label(version)).collect();
    let value = match need.value_max {
        Some(most) => format!("at most {} hours", most.hours()),
        None => federation.version(first).map(value_words).unwrap_or_default(),
    };
    let buttons = buttons(
        here,
        need.unit,
        || Button::now("withdraw-need", "Take back").plain().with("need", id),
        || {
            Button::ask("propose-contract", "Offer to give it")
                .with("role", "giver")
                .with("with", need.unit)
                .with("version", first)
        },
    );
    Some(Wish {
        unit: unit_name(federation, need.unit),
        unit_link: format!("{}/units/{}", here.base, need.unit),
        what: labels.join(", else "),
        amount: amount(federation, left, first),
        value,
        how: how(need.stands_for, need.consent, need.every_days, need.until),
        place: need.place.to_string(),
        buttons,
    })
}

/// Taking back what is one's own, dealing with what is another's.
fn buttons(
    here: &Here,
    unit: Id<Unit>,
    own: impl Fn() -> Button,
    other: impl Fn() -> Button,
) -> Vec<Button> {
    match here.my_unit() {
        Some(ours) if ours == unit => vec![own()],
        Some(_) => vec![other()],
        None => Vec::new(),
    }
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let search = here.visit.query.text("search");
    let now = here.visit.node.clock().now();
    let page = here.read(|federation| {
        let offers = federation
            .standing_offers()
            .filter_map(|id| offer_row(&here, federation, (id, federation.offer(id).ok()?), now));
        let needs = federation
            .standing_needs()
            .filter_map(|id| need_row(&here, federation, (id, federation.need(id).ok()?), now));
        OffersPage {
            frame: Frame::inside(&here, "Offers & needs", "/offers"),
            base: here.base.clone(),
            member: here.my_unit().is_some(),
            offers: offers.filter(|row| row.fits(&search)).take(SHOWN).collect(),
            needs: needs.filter(|row| row.fits(&search)).take(SHOWN).collect(),
            shown: SHOWN,
            swappable: federation.standing_things().count(),
            search,
        }
    })?;
    Ok(html(&page))
}
