use askama::Template;
use axum::response::Response;
use federation::{AskedApart, Binds, FIXED, Federation, Pact};
use node::words::unit_name;

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "pact.html")]
struct PactPage {
    frame: Frame,
    base: String,
    member: bool,
    parameters: Vec<ParameterRow>,
    apart: &'static [AskedApart],
    essentials: Vec<String>,
    order: String,
    fixed: Vec<FixedRow>,
    versions: Vec<VersionRow>,
    buttons: Vec<Button>,
}

struct ParameterRow {
    called: &'static str,
    is: String,
    ours: String,
    says: String,
    binds: &'static str,
}

/// A number that is the same for every federation.
struct FixedRow {
    called: &'static str,
    days: u16,
    why: &'static str,
}

struct VersionRow {
    number: usize,
    since: String,
    from: Option<u32>,
    changes: Vec<String>,
    accepted: Vec<(u32, String)>,
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let page = here.read(|federation| view(&here, federation))?;
    Ok(html(&page))
}

fn view(here: &Here, federation: &Federation) -> PactPage {
    let newest = federation.pact().cloned().unwrap_or_default();
    let own = here.my_unit().and_then(|unit| federation.pact_of(unit));
    let parameters = Pact::PARAMETERS.iter().map(|one| ParameterRow {
        called: one.called,
        is: newest.in_words(one),
        ours: match (one.binds, own) {
            (Binds::EachUnit, Some(own)) if own.in_words(one) != newest.in_words(one) => {
                format!("For your unit: {}.", own.in_words(one))
            }
            _ => String::new(),
        },
        says: one.says(),
        binds: match one.binds {
            Binds::EachUnit => "Binds each unit by the version it has accepted.",
            Binds::All => "Goes by the newest version, for what begins after it.",
        },
    });
    let essentials = federation.specifications().filter_map(|(_, row)| {
        let amount = row.essential?;
        Some(format!(
            "{}: {} {} for each counted member",
            row.name,
            row.measure.format(amount),
            row.measure
        ))
    });
    let order: Vec<_> = federation.order().iter().map(|one| word(*one)).collect();
    PactPage {
        frame: Frame::inside(here, "Pact", "/pact"),
        base: here.base.clone(),
        member: here.my_unit().is_some(),
        parameters: parameters.collect(),
        apart: Pact::ASKED_APART,
        essentials: essentials.collect(),
        order: if order.is_empty() { "nothing".to_owned() } else { order.join(", then ") },
        fixed: FIXED
            .iter()
            .map(|one| FixedRow { called: one.called, days: one.days.0, why: one.why })
            .collect(),
        versions: versions(federation),
        buttons: buttons(here, federation),
    }
}

const fn word(preference: federation::Preference) -> &'static str {
    match preference {
        federation::Preference::Nearness => "short ways",
        federation::Preference::Expiry => "what is on offer for the shortest time",
        federation::Preference::Memory => "who went short in the round before",
        federation::Preference::Changes => "who was let down by the first plan",
    }
}

fn versions(federation: &Federation) -> Vec<VersionRow> {
    let rows = federation.pacts().iter().enumerate().map(|(number, version)| {
        let before = number.checked_sub(1).and_then(|before| federation.pacts().get(before));
        let changes = before.map(|before| {
            let changed = version.pact.differs_from(&before.pact).into_iter();
            changed
                .map(|one| format!("{}: {}", one.called, version.pact.in_words(one)))
                .collect::<Vec<_>>()
        });
        let on = |pact: u32| usize::try_from(pact).is_ok_and(|pact| pact == number);
        let units = federation.units().filter(|(_, unit)| unit.is_in() && on(unit.pact));
        VersionRow {
            number: number + 1,
            since: version.since.to_string(),
            from: version.proposal.map(federation::Id::number),
            changes: changes.unwrap_or_default(),
            accepted: units.map(|(id, _)| (id.number(), unit_name(federation, id))).collect(),
        }
    });
    let mut rows: Vec<_> = rows.collect();
    rows.reverse();
    rows
}

/// To accept the newest version, if the reader's unit is on an earlier one.
fn buttons(here: &Here, federation: &Federation) -> Vec<Button> {
    let unit = here.my_unit().and_then(|unit| federation.unit(unit).ok());
    let newest = federation.pacts().len().saturating_sub(1);
    let behind = unit.is_some_and(|unit| usize::try_from(unit.pact).is_ok_and(|own| own < newest));
    let from = federation.pacts().last().and_then(|version| version.proposal);
    match from.filter(|_| behind) {
        Some(proposal) => vec![
            Button::ask("accept-pact", "Accept the newest version for our unit")
                .main()
                .with("proposal", proposal),
            Button::ask("propose", "Let our unit vote on it")
                .with("question", "accept-pact")
                .with("accepted", proposal),
        ],
        None => Vec::new(),
    }
}
