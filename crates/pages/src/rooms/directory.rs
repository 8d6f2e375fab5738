use askama::Template;
use axum::response::Response;
use federation::act::Side;
use federation::rows::Unit;
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
    units: Vec<Entry>,
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
}

fn entry(federation: &Federation, (id, unit): (Id<Unit>, &Unit)) -> Entry {
    let offers = federation.wishes_of(id, Side::Offer);
    let mut gives: Vec<_> = offers
        .flat_map(|(_, offer)| &offer.versions)
        .filter_map(|&version| federation.version(version).ok())
        .filter_map(|version| federation.specification(version.specification).ok())
        .map(|specification| specification.name.to_string())
        .collect();
    gives.sort();
    gives.dedup();
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
    }
}

impl Entry {
    fn fits(&self, search: &str, place: &str) -> bool {
        let text = format!("{} {} {} {}", self.name, self.place, self.description, self.gives);
        let text = text.to_lowercase();
        search.to_lowercase().split_whitespace().all(|word| text.contains(word))
            && (place.is_empty() || self.place == place)
    }
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let (search, place) = (here.visit.query.text("search"), here.visit.query.text("place"));
    let page = here.read(|federation| {
        let mut units: Vec<_> = federation.units().map(|unit| entry(federation, unit)).collect();
        let mut places: Vec<_> =
            units.iter().map(|unit| unit.place.clone()).filter(|place| !place.is_empty()).collect();
        places.sort();
        places.dedup();
        units.retain(|unit| unit.fits(&search, &place));
        units.sort_by_key(|unit| unit.name.to_lowercase());
        Directory {
            frame: Frame::inside(&here, "Directory", "/directory"),
            base: here.base.clone(),
            search,
            place,
            places,
            units,
        }
    })?;
    Ok(html(&page))
}
