use federation::rows::{Circle, Post};
use federation::{Federation, Id};

use super::{MAYBE_NUMBER, MAYBE_WORDS, NUMBERS, column, json, number, numbers, person_name};
use crate::api::shape::Shape;
use crate::api::table::{Column, Rows};

/// All circles.
pub(crate) const CIRCLES: Rows<Circle> = Rows {
    name: "circles",
    one: "circle",
    says: "The circles: free associations of persons across units, with no power.",
    all: |state| Box::new(state.circles()),
    find: Federation::circle,
    columns: CIRCLE,
    of_unit: None,
    called: Some(|state, id| {
        state.circle(id).map(|circle| circle.name.to_string()).unwrap_or_default()
    }),
    is_open: None,
};

const CIRCLE: &[Column<Circle>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.circle_ref(id))),
    column("name", Shape::WORDS, "What it is called.", |_, _, row| json(&row.name)),
    column("about", Shape::WORDS, "What it is for.", |_, _, row| json(&row.about)),
    column("members", NUMBERS, "Who is in it.", |_, _, row| numbers(row.members.iter().copied())),
    column("posts", NUMBERS, "Its bulletin, oldest first.", |_, _, row| {
        numbers(row.posts.iter().copied())
    }),
    column("since", Shape::TIME, "When it was formed.", |_, _, row| json(row.since)),
];

/// What is written on all bulletins.
pub(crate) const POSTS: Rows<Post> = Rows {
    name: "posts",
    one: "post",
    says: "What is written on the bulletins of circles; the words are bodies of their own.",
    all: |state| Box::new(state.posts()),
    find: Federation::post_row,
    columns: POST,
    of_unit: None,
    called: None,
    is_open: None,
};

const POST: &[Column<Post>] = &[
    number(),
    column("circle", Shape::NUMBER, "On whose bulletin.", |_, _, row| row.circle.number().into()),
    column("by", Shape::NUMBER, "Who wrote it.", |_, _, row| row.by.number().into()),
    column("by_name", MAYBE_WORDS, "What they are called; for members.", |s, _, row| {
        person_name(s, row.by)
    }),
    column("by_unit", MAYBE_NUMBER, "The unit they are in now.", |s, _, row| {
        s.state.person(row.by).ok().and_then(|person| person.unit).map(Id::number).into()
    }),
    column("body", Shape::Hex(64), "The words.", |_, _, row| json(row.words)),
    column("at", Shape::TIME, "When.", |_, _, row| json(row.at)),
];
