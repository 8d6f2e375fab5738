use std::collections::BTreeSet;

use askama::Template;
use axum::response::Response;
use federation::act::Side;
use federation::rows::{Specification, Unit};
use federation::{Federation, Id};

use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "directory.html")]
struct Directory {
    frame: Frame,
    base: String,
    search: String,
    place: String,
    places: Vec<String>,
    count: usize,
    units: Vec<Entry>,
    /// Where the units before these begin, and those after them.
    before: Option<usize>,
    after: Option<usize>,
}

struct Entry {
    number: u32,
    name: String,
    place: String,
    description: String,
    members: usize,
    entitlement: String,
    standing: &'static str,
    gives: String,
    /// How many more things it gives.
    more: usize,
}

/// How many units are shown at once.
const UNITS_SHOWN: usize = 100;

/// How many things that a unit gives are named; its own page has all.
const THINGS_SHOWN: usize = 12;

fn entry(federation: &Federation, (id, unit): (Id<Unit>, &Unit)) -> Entry {
    let given: BTreeSet<_> = given(federation, id).collect();
    let named = given.iter().filter_map(|&id| federation.specification(id).ok());
    let mut gives: Vec<_> = named.map(|specification| specification.name.to_string()).collect();
    gives.sort();
    gives.dedup();
    let more = gives.len().saturating_sub(THINGS_SHOWN);
    gives.truncate(THINGS_SHOWN);
    Entry {
        number: id.number(),
        name: unit.name.to_string(),
        place: unit.place.to_string(),
        description: unit.description.to_string(),
        members: unit.members.len(),
        entitlement: unit.entitlement.to_string(),
        standing: if unit.is_departed() {
            "out of the federation"
        } else if unit.is_in() {
            ""
        } else {
            "has not signed yet"
        },
        gives: gives.join(", "),
        more,
    }
}

/// What a unit offers, a specification as often as it does.
fn given(federation: &Federation, unit: Id<Unit>) -> impl Iterator<Item = Id<Specification>> {
    let offers = federation.wishes_of(unit, Side::Offer);
    let versions = offers.flat_map(|(_, offer)| &offer.versions);
    versions.filter_map(|&version| Some(federation.version(version).ok()?.specification))
}

/// What is searched for: each word with the specifications whose names have it.
struct Search<'a> {
    federation: &'a Federation,
    words: Vec<(String, BTreeSet<Id<Specification>>)>,
    place: &'a str,
}

impl<'a> Search<'a> {
    fn new(federation: &'a Federation, text: &str, place: &'a str) -> Self {
        let with = |word: &str| {
            let named = federation.specifications().filter(|(_, row)| has(row.name.as_str(), word));
            named.map(|(id, _)| id).collect()
        };
        let words = text.to_lowercase();
        let words = words.split_whitespace().map(|word| (word.to_owned(), with(word)));
        Self { federation, words: words.collect(), place }
    }

    /// Whether each word stands somewhere in what a unit says of itself, or in what it gives.
    fn fits(&self, (id, unit): (Id<Unit>, &Unit)) -> bool {
        let says = [unit.name.as_str(), unit.place.as_str(), unit.description.as_str()];
        let fits = |(word, things): &(String, BTreeSet<_>)| {
            says.iter().any(|text| has(text, word))
                || given(self.federation, id).any(|thing| things.contains(&thing))
        };
        (self.place.is_empty() || unit.place.as_str() == self.place) && self.words.iter().all(fits)
    }
}

fn has(text: &str, word: &str) -> bool {
    text.to_lowercase().contains(word)
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let (search, place) = (here.visit.query.text("search"), here.visit.query.text("place"));
    let from = here.visit.query.number("from").and_then(|from| usize::try_from(from).ok());
    let from = from.unwrap_or(0);
    let page = here.read(|federation| {
        let places = federation.units().map(|(_, unit)| unit.place.as_str());
        let places: BTreeSet<_> = places.filter(|place| !place.is_empty()).collect();
        let sought = Search::new(federation, &search, &place);
        let mut found: Vec<_> = federation.units().filter(|unit| sought.fits(*unit)).collect();
        found.sort_by_cached_key(|(_, unit)| unit.name.as_str().to_lowercase());
        let shown = found.iter().skip(from).take(UNITS_SHOWN);
        Directory {
            frame: Frame::inside(&here, "Directory", "/directory"),
            base: here.base.clone(),
            places: places.into_iter().map(str::to_owned).collect(),
            count: found.len(),
            units: shown.map(|&unit| entry(federation, unit)).collect(),
            before: (from > 0).then(|| from.saturating_sub(UNITS_SHOWN)),
            after: from.checked_add(UNITS_SHOWN).filter(|&after| after < found.len()),
            search: search.clone(),
            place: place.clone(),
        }
    })?;
    Ok(html(&page))
}
