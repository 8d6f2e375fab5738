use askama::Template;
use axum::response::Response;
use federation::rows::{Course, Proposal};
use federation::{Federation, Id, Time};
use node::words::{question_words, unit_name};

use crate::acts::is_whole;
use crate::day::ahead;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "decisions.html")]
struct DecisionsPage {
    frame: Frame,
    base: String,
    member: bool,
    open: Vec<Row>,
    /// How many more are open.
    still_open: usize,
    over: Vec<Row>,
    more: usize,
}

struct Row {
    number: u32,
    about: String,
    begins: String,
    who: String,
    how: String,
}

/// How many that are open are shown if not all are asked for, and how many that are over; the table of the
/// interface has all.
const SHOWN: usize = 100;

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    here.visit.node.tend_if_member(&here.hosted, here.me.is_some()).await;
    let page = here.read(|federation| view(&here, federation))?;
    Ok(html(&page))
}

fn view(here: &Here, federation: &Federation) -> DecisionsPage {
    let (mut open, over): (Vec<_>, Vec<_>) =
        federation.proposals().rev().partition(|(_, row)| row.is_open());
    // What other units ask themselves comes last.
    open.sort_by_key(|(_, row)| !is_whole(row) && Some(row.unit) != here.my_unit());
    let shown = if here.visit.query.raw("open") == "all" { open.len() } else { SHOWN };
    let row = |&(id, row): &(Id<Proposal>, &Proposal)| Row {
        number: id.number(),
        about: question_words(federation, &row.question),
        begins: first_words(row.text.as_str()),
        who: match is_whole(row) {
            true => "all units".to_owned(),
            false => unit_name(federation, row.unit),
        },
        how: course_words(federation, (id, row), here.visit.node.clock().now()),
    };
    DecisionsPage {
        frame: Frame::inside(here, "Decisions", "/decisions"),
        base: here.base.clone(),
        member: here.my_unit().is_some(),
        still_open: open.len().saturating_sub(shown),
        open: open.iter().take(shown).map(row).collect(),
        more: over.len().saturating_sub(SHOWN),
        over: over.iter().take(SHOWN).map(row).collect(),
    }
}

/// The beginning of a text, up to its first line's end or as many words as a hundred letters make.
pub(crate) fn first_words(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(100) {
        Some((end, _)) => {
            let begins = &line[..end];
            format!("{}…", begins.rsplit_once(' ').map_or(begins, |(words, _)| words))
        }
        None => line.to_owned(),
    }
}

/// How far a proposal is.
pub(super) fn course_words(
    federation: &Federation,
    (id, row): (Id<Proposal>, &Proposal),
    now: Time,
) -> String {
    match &row.course {
        Course::Closed(_) if federation.overtaken_by(id).is_some() => {
            format!("passed without effect on {} UTC", row.closes)
        }
        Course::Notice => match ahead(row.notice_until, now) {
            Some(ahead) => format!("voting begins in {ahead}, after {} UTC", row.notice_until),
            None => format!("voting begins after {} UTC", row.notice_until),
        },
        Course::Voting => match ahead(row.closes, now) {
            Some(ahead) => format!("{ahead} left, open until {} UTC", row.closes),
            None => format!("open until {} UTC", row.closes),
        },
        Course::Withdrawn { at } => format!("taken back on {at} UTC"),
        Course::Closed(_) if row.has_passed() => format!("passed on {} UTC", row.closes),
        Course::Closed(_) => format!("not passed, closed on {} UTC", row.closes),
    }
}
