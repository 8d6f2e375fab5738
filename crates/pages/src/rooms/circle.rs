use askama::Template;
use axum::response::Response;
use federation::rows::{Circle, Post};
use federation::{Federation, Id};
use node::words::unit_name;

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::markdown::markdown;
use crate::oops::{Oops, html};
use crate::rooms::circles::units_of;
use crate::rooms::decisions::{course_words, first_words};

#[derive(Template)]
#[template(path = "circle.html")]
struct CirclePage {
    frame: Frame,
    base: String,
    number: u32,
    name: String,
    about: String,
    since: String,
    units: usize,
    members: Vec<MemberRow>,
    more_members: usize,
    member: bool,
    buttons: Vec<Button>,
    posts: Vec<PostRow>,
    proposals: Vec<Proposed>,
    older: Option<u32>,
}

/// A proposal in the circle's name.
struct Proposed {
    number: u32,
    begins: String,
    by: String,
    how: String,
}

struct MemberRow {
    who: String,
    unit: String,
}

struct PostRow {
    number: u32,
    who: String,
    unit: String,
    at: String,
    words: Option<String>,
    mine: bool,
}

/// How much of the bulletin, and how many members, are shown at once.
const POSTS: usize = 50;
const MEMBERS: usize = 100;

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let id: Id<Circle> = here.id("circle");
    let page = here.read(|federation| view(&here, federation, id))??;
    Ok(html(&page))
}

fn view(here: &Here, federation: &Federation, id: Id<Circle>) -> Result<CirclePage, Oops> {
    let circle = federation.circle(id)?;
    let person = here.me.and_then(|me| me.person);
    let member = person.is_some_and(|person| circle.members.contains(&person));
    let before = here.visit.query.number("before").unwrap_or(u32::MAX);
    let mut older = circle.posts.iter().rev().filter(|post| post.number() < before);
    let posts: Vec<_> = older.by_ref().take(POSTS).collect();
    let older = older.next().and(posts.last().map(|post| post.number()));
    let members = circle
        .members
        .iter()
        .take(MEMBERS)
        .map(|&id| MemberRow { who: here.called(federation, id), unit: unit_of(federation, id) });
    Ok(CirclePage {
        frame: Frame::inside(here, circle.name.as_str(), "/circles"),
        base: here.base.clone(),
        number: id.number(),
        name: circle.name.to_string(),
        about: circle.about.to_string(),
        since: circle.since.to_string(),
        units: units_of(federation, circle),
        members: members.collect(),
        more_members: circle.members.len().saturating_sub(MEMBERS),
        member,
        buttons: here.my_unit().map_or_else(Vec::new, |_| buttons(id, member)),
        posts: posts.into_iter().filter_map(|&post| post_row(here, federation, post)).collect(),
        proposals: proposals(here, federation, id),
        older,
    })
}

/// What was proposed in its name, newest first.
fn proposals(here: &Here, federation: &Federation, id: Id<Circle>) -> Vec<Proposed> {
    let own = federation.proposals().rev().filter(|(_, row)| row.circle == Some(id));
    let proposed = own.map(|(id, row)| Proposed {
        number: id.number(),
        begins: first_words(row.text.as_str()),
        by: here.called(federation, row.by),
        how: course_words(federation, (id, row), here.visit.node.clock().now()),
    });
    proposed.take(POSTS).collect()
}

fn buttons(id: Id<Circle>, member: bool) -> Vec<Button> {
    match member {
        true => vec![Button::ask("leave-circle", "Leave this circle").with("circle", id)],
        false => vec![Button::now("join-circle", "Join this circle").with("circle", id)],
    }
}

fn unit_of(federation: &Federation, person: Id<federation::rows::Person>) -> String {
    let unit = federation.person(person).ok().and_then(|row| row.unit);
    unit.map_or_else(|| "in no unit now".to_owned(), |unit| unit_name(federation, unit))
}

fn post_row(here: &Here, federation: &Federation, id: Id<Post>) -> Option<PostRow> {
    let post = federation.post_row(id).ok()?;
    Some(PostRow {
        number: id.number(),
        who: here.called(federation, post.by),
        unit: unit_of(federation, post.by),
        at: post.at.to_string(),
        words: here.hosted.words_of(post.words).map(|words| markdown(&words)),
        mine: here.me.and_then(|me| me.person) == Some(post.by),
    })
}
