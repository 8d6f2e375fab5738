use askama::Template;
use axum::response::Response;
use federation::Federation;
use federation::act::Nature;
use federation::rows::Specification;
use node::words;

use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::search::{LISTED, found_words, has_words};

#[derive(Template)]
#[template(path = "specifications.html")]
struct Specifications {
    frame: Frame,
    base: String,
    member: bool,
    search: String,
    found: String,
    rows: Vec<Row>,
}

struct Row {
    number: u32,
    name: String,
    nature: &'static str,
    measure: String,
    by: String,
    values: Vec<String>,
}

/// What kind a specification is of.
pub(crate) const fn nature_words(nature: Nature) -> &'static str {
    match nature {
        Nature::Good => "good",
        Nature::Service => "service",
    }
}

fn row(federation: &Federation, number: u32, row: &Specification) -> Row {
    let valued = row.versions.iter().filter_map(|&id| Some((id, federation.version(id).ok()?)));
    let valued = valued.filter(|(_, version)| version.valuation.is_some());
    let values = valued.map(|(id, version)| {
        format!("{}: {}", federation.version_label(id), words::value_words(version))
    });
    let retired = if row.retired.is_some() { " (retired)" } else { "" };
    Row {
        number,
        name: format!("{}{retired}", row.name),
        nature: nature_words(row.nature),
        measure: row.measure.to_string(),
        by: words::unit_name(federation, row.by),
        values: values.collect(),
    }
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let search = here.visit.query.text("search");
    let page = here.read(|federation| {
        let mut found: Vec<_> = federation.specifications().collect();
        found.retain(|(_, one)| has_words(one.name.as_str(), &search));
        found.sort_by_cached_key(|(_, one)| one.name.as_str().to_lowercase());
        let shown = found.iter().take(LISTED);
        Specifications {
            frame: Frame::inside(&here, "Specifications", "/specifications"),
            base: here.base.clone(),
            member: here.my_unit().is_some(),
            found: found_words(found.len(), ("specification", "specifications"), &search),
            rows: shown.map(|(id, one)| row(federation, id.number(), one)).collect(),
            search,
        }
    })?;
    Ok(html(&page))
}
