use std::fmt::Write as _;

use askama::Template;
use axum::response::Response;
use federation::act::{Consent, Side, StandsFor};
use federation::rows::{Unit, Wish};
use federation::{Federation, Id, Time};
use node::words::{amount, unit_name, value_words};

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::rooms::outlook::{AheadLine, ahead_line};
use crate::search::has_words;

#[derive(Template)]
#[template(path = "offers.html")]
struct OffersPage {
    frame: Frame,
    base: String,
    member: bool,
    search: String,
    ahead: Option<AheadLine>,
    offers: Vec<WishRow>,
    needs: Vec<WishRow>,
    shown: usize,
    swappable: usize,
}

/// How many offers and how many needs are shown at once.
const SHOWN: usize = 200;

/// A row of the tables of offers and needs.
pub(crate) struct WishRow {
    pub(crate) unit: String,
    pub(crate) unit_link: String,
    pub(crate) what: String,
    pub(crate) amount: String,
    pub(crate) value: String,
    pub(crate) how: String,
    pub(crate) place: String,
    pub(crate) buttons: Vec<Button>,
}

impl WishRow {
    fn fits(&self, search: &str) -> bool {
        has_words(&format!("{} {} {}", self.unit, self.what, self.place), search)
    }
}

/// How something stands: for what, by which consent, how often, from when until when.
fn how(wish: &Wish) -> String {
    let what = match wish.stands_for {
        StandsFor::Rounds => "rounds",
        StandsFor::Direct => "direct contracts",
        StandsFor::Both => "rounds and direct contracts",
    };
    let mut how = format!("for {what}");
    if wish.consent == Consent::Standing {
        how.push_str("; yes in advance");
    }
    if let Some(days) = wish.every_days {
        let _ = write!(how, "; again every {days} days");
    }
    if let Some(from) = wish.from {
        let _ = write!(how, "; from {from} UTC");
    }
    if let Some(until) = wish.until {
        let _ = write!(how, "; until {until} UTC");
    }
    how
}

/// A row for what of an offer or a need stands at a moment; none if nothing does.
pub(crate) fn wish_row(
    here: &Here,
    federation: &Federation,
    (id, wish): (Id<Wish>, &Wish),
    at: Time,
) -> Option<WishRow> {
    let left = wish.left(at);
    let &first = wish.versions.first()?;
    if left.is_zero() {
        return None;
    }
    let labels: Vec<_> =
        wish.versions.iter().map(|&version| federation.version_label(version)).collect();
    let value = match wish.value_max {
        Some(most) => format!("at most {} hours", most.hours()),
        None => federation.version(first).map(value_words).unwrap_or_default(),
    };
    let (asks, role) = match wish.side {
        Side::Offer => ("Ask for it", "receiver"),
        Side::Need => ("Offer to give it", "giver"),
    };
    let buttons = buttons(
        here,
        wish.unit,
        || Button::now("withdraw", "Take back").plain().with("wish", id),
        || {
            Button::ask("propose-contract", asks)
                .with("role", role)
                .with("with", wish.unit)
                .with("version", first)
        },
    );
    Some(WishRow {
        unit: unit_name(federation, wish.unit),
        unit_link: format!("{}/units/{}", here.base, wish.unit),
        what: labels.join(", else "),
        amount: amount(federation, left, first),
        value,
        how: how(wish),
        place: wish.area.as_ref().map(ToString::to_string).unwrap_or_default(),
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
    let ahead = ahead_line(&here).await?;
    let page = here.read(|federation| {
        let rows = |side| {
            let standing = federation.standing_wishes(side);
            let rows = standing.filter_map(|wish| wish_row(&here, federation, wish, now));
            rows.filter(|row| row.fits(&search)).take(SHOWN).collect()
        };
        OffersPage {
            frame: Frame::inside(&here, "Offers & needs", "/offers"),
            base: here.base.clone(),
            member: here.my_unit().is_some(),
            ahead,
            offers: rows(Side::Offer),
            needs: rows(Side::Need),
            shown: SHOWN,
            swappable: federation.standing_things().count(),
            search,
        }
    })?;
    Ok(html(&page))
}
