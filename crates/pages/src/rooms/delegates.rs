use askama::Template;
use axum::response::Response;
use federation::rows::{About, Mandate};
use federation::{Federation, Id, Time};
use node::words::{ended_words, instruction_words, question_words, unit_name};

use crate::button::Button;
use crate::day::ahead;
use crate::frame::Frame;
use crate::here::Here;
use crate::markdown::markdown;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "delegates.html")]
struct DelegatesPage {
    frame: Frame,
    base: String,
    member: bool,
    held: Vec<Card>,
    over: Vec<Card>,
    more: usize,
}

#[derive(Template)]
#[template(path = "delegate.html")]
struct DelegatePage {
    frame: Frame,
    base: String,
    card: Card,
    poll: u32,
    elected: bool,
    moved: Vec<Moved>,
    said: Vec<Said>,
    earlier: Vec<Card>,
    disputed: Vec<u32>,
    dispute: Vec<Button>,
}

/// A mandate in plain words.
pub(crate) struct Card {
    number: u32,
    who: String,
    unit: String,
    unit_number: u32,
    matter: String,
    brings: String,
    since: String,
    stands: String,
    holds: bool,
    signed: usize,
    needed: u32,
    buttons: Vec<Button>,
}

/// A proposal that the delegate has moved.
struct Moved {
    number: u32,
    what: String,
    at: String,
}

/// What the delegate has said, and where.
struct Said {
    at: Time,
    place: String,
    link: String,
    words: Option<String>,
}

/// How many mandates that are over are shown, and how much of a record.
const SHOWN: usize = 50;

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    here.visit.node.tend_if_member(&here.hosted, here.me.is_some()).await;
    let page = here.read(|federation| {
        let (held, over): (Vec<_>, Vec<_>) =
            federation.mandates().rev().partition(|(_, row)| row.holds(federation.testified()));
        let of = |rows: &[(Id<Mandate>, &Mandate)], most: usize| {
            rows.iter().take(most).map(|&row| card(&here, federation, row)).collect()
        };
        DelegatesPage {
            frame: Frame::inside(&here, "Delegates", "/delegates"),
            base: here.base.clone(),
            member: here.my_unit().is_some(),
            held: of(&held, usize::MAX),
            more: over.len().saturating_sub(SHOWN),
            over: of(&over, SHOWN),
        }
    })?;
    Ok(html(&page))
}

/// One delegate: the mandate, what they moved and said while it holds, and earlier mandates.
pub(crate) async fn one(here: Here) -> Result<Response, Oops> {
    let id: Id<Mandate> = here.id("mandate");
    let page = here.read(|federation| {
        let row = federation.mandate(id)?;
        let same = |other: &Mandate| other.delegate == row.delegate;
        let earlier = federation.mandates().rev().filter(|&(other, row)| other != id && same(row));
        Ok::<_, Oops>(DelegatePage {
            frame: Frame::inside(&here, "A delegate", "/delegates"),
            base: here.base.clone(),
            card: card(&here, federation, (id, row)),
            poll: row.by.number(),
            elected: federation.elected(row.by).is_some(),
            moved: moved(federation, row),
            said: said(&here, federation, row),
            earlier: earlier.take(SHOWN).map(|row| card(&here, federation, row)).collect(),
            disputed: disputed(federation, id),
            dispute: match may_dispute(&here, federation, (id, row)) {
                true => vec![Button::ask("dispute", "They went beyond it").with("mandate", id)],
                false => Vec::new(),
            },
        })
    })??;
    Ok(html(&page))
}

fn card(here: &Here, federation: &Federation, (id, row): (Id<Mandate>, &Mandate)) -> Card {
    let holds = row.holds(federation.testified());
    let stands = match row.ended {
        Some(ended) => ended_words(ended),
        None if holds => time_left(row.terms.until, here.visit.node.clock().now()),
        None => format!("over since {} UTC", row.terms.until),
    };
    Card {
        number: id.number(),
        who: here.called(federation, row.delegate),
        unit: unit_name(federation, row.unit),
        unit_number: row.unit.number(),
        matter: row.terms.matter.to_string(),
        brings: instruction_words(federation, &row.terms.instruction),
        since: row.since.to_string(),
        stands,
        holds,
        signed: row.signed.len(),
        needed: row.needed,
        buttons: if holds { buttons(here, (id, row)) } else { Vec::new() },
    }
}

fn time_left(until: Time, now: Time) -> String {
    match ahead(until, now) {
        Some(ahead) => format!("{ahead} left, until {until} UTC"),
        None => format!("ends on {until} UTC"),
    }
}

/// *Recall* stands next to the name, always, for every member of the unit.
fn buttons(here: &Here, (id, row): (Id<Mandate>, &Mandate)) -> Vec<Button> {
    let person = here.me.and_then(|me| me.person);
    let mut buttons = Vec::new();
    let signed = person.is_some_and(|person| row.signed.contains(&person));
    if here.my_unit() == Some(row.unit) && !signed {
        buttons.push(Button::ask("recall", "Recall").with("mandate", id));
    }
    if person == Some(row.delegate) {
        buttons.push(Button::ask("lay-down-mandate", "Lay it down").with("mandate", id));
    }
    buttons
}

/// Another unit disputes a mandate once, until 180 days after its end.
fn may_dispute(here: &Here, federation: &Federation, (id, row): (Id<Mandate>, &Mandate)) -> bool {
    let Some(own) = here.my_unit().filter(|&own| own != row.unit) else { return false };
    let late = row.end().plus_days(federation::Days(180)) < federation.testified();
    let about = About::Mandate(id);
    !late
        && !federation.conflicts().any(|(_, row)| row.about == about && row.parties.contains(&own))
}

/// The conflicts in which units say that a mandate was exceeded.
fn disputed(federation: &Federation, id: Id<Mandate>) -> Vec<u32> {
    let about = federation.conflicts().filter(|(_, row)| row.about == About::Mandate(id));
    about.map(|(id, _)| id.number()).collect()
}

fn moved(federation: &Federation, row: &Mandate) -> Vec<Moved> {
    let within = |at: Time| row.since <= at && at <= row.end();
    let own = federation
        .proposals()
        .rev()
        .filter(|(_, proposal)| proposal.by == row.delegate && within(proposal.since));
    let moved = own.map(|(id, proposal)| Moved {
        number: id.number(),
        what: question_words(federation, &proposal.question),
        at: proposal.since.to_string(),
    });
    moved.take(SHOWN).collect()
}

/// What the delegate said on proposals and on bulletins while the mandate holds, newest first.
fn said(here: &Here, federation: &Federation, row: &Mandate) -> Vec<Said> {
    let within = |at: Time| row.since <= at && at <= row.end();
    let threads = federation
        .proposals()
        .flat_map(|(id, proposal)| proposal.thread.iter().map(move |said| (id, said)));
    let on_proposals =
        threads.filter(|(_, said)| said.by == row.delegate && within(said.at)).map(|(id, said)| {
            (said.at, format!("proposal {id}"), format!("/decisions/{id}"), said.words)
        });
    let posts = federation.posts().filter(|(_, post)| post.by == row.delegate && within(post.at));
    let on_bulletins = posts.filter_map(|(_, post)| {
        let circle = federation.circle(post.circle).ok()?;
        let place = format!("the bulletin of {}", circle.name);
        Some((post.at, place, format!("/circles/{}", post.circle), post.words))
    });
    let mut all: Vec<_> = on_proposals.chain(on_bulletins).collect();
    all.sort_by_key(|b| std::cmp::Reverse(b.0));
    all.truncate(SHOWN);
    let told = all.into_iter().map(|(at, place, link, words)| Said {
        at,
        place,
        link,
        words: here.hosted.words_of(words).map(|words| markdown(&words)),
    });
    told.collect()
}
