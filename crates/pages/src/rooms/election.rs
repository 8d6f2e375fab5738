use askama::Template;
use axum::response::Response;
use federation::act::Question;
use federation::rows::Proposal;
use federation::{Federation, Id};
use node::Failed;
use tally::Poll;

use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "election.html")]
struct ElectionPage {
    frame: Frame,
    base: String,
    number: u32,
    picture: String,
    sheet: String,
    elected: Vec<String>,
    waits: Option<u32>,
}

/// The sheet of an election's count.
pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let id: Id<Proposal> = here.id("proposal");
    let page = here.read(|federation| view(&here, federation, id))??;
    Ok(html(&page))
}

fn view(here: &Here, federation: &Federation, id: Id<Proposal>) -> Result<ElectionPage, Oops> {
    let nothing = || Failed::missing(format!("proposal {id} is no election that was counted"));
    let lot = federation.elected(id).ok_or_else(nothing)?.lot;
    let counted = federation.counted_election(id).and_then(|(poll, sheet)| {
        let named = named(here, federation, id, &poll)?;
        let elected = sheet.elected.iter().map(|&one| named.name(one).to_owned());
        Some((sheet.picture(&named), sheet.words(&named), elected.collect::<Vec<_>>()))
    });
    let waits = if counted.is_none() { lot.map(Id::number) } else { None };
    let (picture, sheet, elected) = counted.unwrap_or_default();
    let frame = Frame::inside(here, "The count of an election", "/delegates");
    let (base, number) = (here.base.clone(), id.number());
    Ok(ElectionPage { frame, base, number, picture, sheet, elected, waits })
}

/// The poll with its options called by their names, so that its sheet can be read.
fn named(here: &Here, federation: &Federation, id: Id<Proposal>, poll: &Poll) -> Option<Poll> {
    let Question::Delegates(election) = &federation.proposal(id).ok()?.question else {
        return None;
    };
    let mut names: Vec<String> = Vec::new();
    for candidate in &election.candidates {
        let person = federation.person_by_id(*candidate);
        let name = person.map(|person| here.called(federation, person)).unwrap_or_default();
        // Two of one name are told apart by their places.
        match names.contains(&name) {
            true => names.push(format!("{name} ({})", names.len() + 1)),
            false => names.push(name),
        }
    }
    names.extend(["leave as it is".to_owned(), "go on talking".to_owned()]);
    Poll::try_new(&format!("Election {id}"), poll.seats, names).ok()
}
