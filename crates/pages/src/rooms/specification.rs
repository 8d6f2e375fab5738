use askama::Template;
use axum::response::Response;
use federation::rows::Version;
use federation::{Federation, Id};
use node::words::{self, unit_name};

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::rooms::specifications::nature_words;

#[derive(Template)]
#[template(path = "specification.html")]
struct SpecificationPage {
    frame: Frame,
    base: String,
    name: String,
    nature: &'static str,
    measure: String,
    decimals: u8,
    about: String,
    essential: String,
    by: String,
    since: String,
    retired: String,
    buttons: Vec<Button>,
    versions: Vec<VersionView>,
}

/// A version: its clauses, its value and what was said about it.
struct VersionView {
    label: String,
    value: String,
    by: String,
    since: String,
    about: String,
    clauses: Vec<String>,
    said: Vec<WordRow>,
    signed: Vec<SignedRow>,
    concerned: String,
    buttons: Vec<Button>,
}

struct WordRow {
    at: String,
    by: String,
    value: String,
    reasons: String,
}

struct SignedRow {
    value: String,
    units: String,
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let id = here.id("specification");
    let page = here.read(|federation| view(&here, federation, id))??;
    Ok(html(&page))
}

fn view(
    here: &Here,
    federation: &Federation,
    id: Id<federation::rows::Specification>,
) -> Result<SpecificationPage, Oops> {
    let row = federation.specification(id)?;
    let member = here.my_unit().is_some();
    let mut buttons = Vec::new();
    if member && row.retired.is_none() {
        buttons.push(
            Button::ask("revise-specification", "Make a new version").with("specification", id),
        );
        if here.my_unit() == Some(row.by) {
            buttons
                .push(Button::ask("retire-specification", "Retire it").with("specification", id));
        }
    }
    let versions = row.versions.iter().rev();
    Ok(SpecificationPage {
        frame: Frame::inside(here, row.name.as_str(), "/specifications"),
        base: here.base.clone(),
        name: row.name.to_string(),
        nature: nature_words(row.nature),
        measure: row.measure.to_string(),
        decimals: row.measure.decimals(),
        about: row.about.to_string(),
        by: unit_name(federation, row.by),
        since: row.since.to_string(),
        essential: match (row.essential, row.versions.first()) {
            (Some(quantity), Some(&first)) => words::amount(federation, quantity, first),
            _ => String::new(),
        },
        retired: row.retired.map(|at| at.to_string()).unwrap_or_default(),
        buttons,
        versions: versions
            .map(|&id| Ok(version(federation, id, federation.version(id)?, member)))
            .collect::<Result<_, Oops>>()?,
    })
}

fn version(federation: &Federation, id: Id<Version>, row: &Version, member: bool) -> VersionView {
    let said = row.words.iter().map(|word| WordRow {
        at: word.at.to_string(),
        by: unit_name(federation, word.by),
        value: word.value.hours().to_string(),
        reasons: word.reasons.to_string(),
    });
    let signed = row.signed.iter().map(|(value, units)| {
        let names: Vec<_> = units.iter().map(|&unit| unit_name(federation, unit)).collect();
        SignedRow { value: value.hours().to_string(), units: names.join(", ") }
    });
    let mut buttons = Vec::new();
    if member {
        buttons.push(Button::ask("ask-value", "Ask a value").with("version", id));
        if row.valuation.is_some() {
            buttons.push(Button::ask("counter-value", "Answer with another").with("version", id));
            buttons.push(Button::ask("agree-value", "Sign a value").main().with("version", id));
            buttons.push(Button::ask("offer", "Offer it").with("version", id));
        }
        buttons.push(Button::ask("need", "Need it").with("version", id));
    }
    VersionView {
        label: federation.version_label(id),
        value: words::value_words(row),
        by: unit_name(federation, row.by),
        since: row.since.to_string(),
        about: row.about.to_string(),
        clauses: row.clauses.iter().map(ToString::to_string).collect(),
        said: said.collect(),
        signed: signed.collect(),
        concerned: concerned(federation, id),
        buttons,
    }
}

/// Whose signatures settle the value.
fn concerned(federation: &Federation, id: Id<Version>) -> String {
    let concerned = federation.concerned(id, federation.time());
    let units = concerned.producers.union(&concerned.receivers);
    let names: Vec<_> = units.map(|&unit| unit_name(federation, unit)).collect();
    names.join(", ")
}
