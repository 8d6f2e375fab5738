use askama::Template;
use axum::response::Response;
use federation::rows::Circle;
use federation::{Federation, Id};

use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::search::{LISTED, found_words, has_words};

#[derive(Template)]
#[template(path = "circles.html")]
struct CirclesPage {
    frame: Frame,
    base: String,
    member: bool,
    search: String,
    found: String,
    circles: Vec<CircleRow>,
}

struct CircleRow {
    number: u32,
    name: String,
    about: String,
    members: usize,
    units: usize,
    last: String,
    mine: bool,
}

/// All circles by name: nothing ranks them, and nothing hides one.
pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let search = here.visit.query.text("search");
    let page = here.read(|federation| {
        let mut circles: Vec<_> = federation.circles().collect();
        circles.retain(|(_, circle)| fits(circle, &search));
        circles.sort_by_key(|(_, circle)| circle.name.as_str().to_lowercase());
        CirclesPage {
            frame: Frame::inside(&here, "Circles", "/circles"),
            base: here.base.clone(),
            member: here.my_unit().is_some(),
            found: found_words(circles.len(), ("circle", "circles"), &search),
            circles: circles.iter().take(LISTED).map(|&row| view(&here, federation, row)).collect(),
            search,
        }
    })?;
    Ok(html(&page))
}

fn fits(circle: &Circle, search: &str) -> bool {
    has_words(&format!("{} {}", circle.name, circle.about), search)
}

fn view(here: &Here, federation: &Federation, (id, circle): (Id<Circle>, &Circle)) -> CircleRow {
    let person = here.me.and_then(|me| me.person);
    let last = circle.posts.last().and_then(|&post| federation.post_row(post).ok());
    CircleRow {
        number: id.number(),
        name: circle.name.to_string(),
        about: circle.about.to_string(),
        members: circle.members.len(),
        units: units_of(federation, circle),
        last: last.map_or_else(
            || "nothing written yet".to_owned(),
            |post| format!("last written on {} UTC", post.at),
        ),
        mine: person.is_some_and(|person| circle.members.contains(&person)),
    }
}

/// From how many units its members are.
pub(crate) fn units_of(federation: &Federation, circle: &Circle) -> usize {
    let units = circle.members.iter().filter_map(|&id| federation.person(id).ok()?.unit);
    units.collect::<std::collections::BTreeSet<_>>().len()
}
