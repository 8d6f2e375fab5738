use askama::Template;
use axum::extract::Form;
use axum::response::Response;
use federation::act::Question;
use federation::rows::{Ballot, Course, Person, Proposal};
use federation::{Federation, Id, Time};
use node::words::{overtaken_words, question_lines, question_words, unit_name};

use crate::acts::{ballot_fields, is_whole, summary, what_it_can_do};
use crate::button::Button;
use crate::day::ahead;
use crate::field::{Field, Input};
use crate::frame::Frame;
use crate::given::Given;
use crate::here::Here;
use crate::markdown::markdown;
use crate::oops::{Oops, html};
use crate::reading::Reading;
use crate::rooms::decisions::course_words;
use crate::rooms::my_vote::{Mine, in_room, mine, my_rule, on_paper, own_voting};
use crate::rooms::poll::{Need, UnitRow, kept_words, needs, rule_words, unit_row};
use crate::rooms::waiting::{Waiting, waiting};

#[derive(Template)]
#[template(path = "decision.html")]
struct DecisionPage {
    frame: Frame,
    base: String,
    number: u32,
    about: String,
    how: String,
    by: String,
    circle: Option<(u32, String)>,
    text: Vec<String>,
    changes: Vec<(String, String, String)>,
    asked: Vec<String>,
    can_do: String,
    again: Option<u32>,
    rule: String,
    times: Vec<(&'static str, String)>,
    passed: Option<bool>,
    overtaken: Option<String>,
    needs: Vec<Need>,
    mine: Vec<Mine>,
    waits: bool,
    ballot: Vec<Field>,
    my_rule: String,
    units: Vec<UnitRow>,
    kept: String,
    late: Vec<String>,
    buttons: Vec<Button>,
    in_room: String,
    waiting: Vec<Waiting>,
    counted_election: bool,
    thread: Vec<ThreadRow>,
    may_talk: bool,
}

struct ThreadRow {
    who: String,
    at: String,
    statement: String,
    answers: String,
    words: String,
    erased: bool,
}

#[derive(Template)]
#[template(path = "vote.html")]
struct VotePage {
    frame: Frame,
    base: String,
    number: u32,
    about: String,
    rule: String,
    /// Whose ballot it is, if not the reader's.
    whose: Option<String>,
    says: Vec<String>,
    reason: String,
    given: Vec<(String, String)>,
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    here.visit.node.tend_if_member(&here.hosted, here.me.is_some()).await;
    let id: Id<Proposal> = here.id("proposal");
    let page = here.read(|federation| view(&here, federation, id, ""))??;
    Ok(html(&page))
}

/// A ballot in full words, before it is cast.
pub(crate) async fn check(
    here: Here,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let id: Id<Proposal> = here.id("proposal");
    let mut pairs = pairs;
    pairs.retain(|(name, _)| name != "proposal");
    pairs.push(("proposal".to_owned(), id.to_string()));
    let given = Given::new(pairs.clone());
    here.visit.check_form(&given)?;
    here.member()?;
    let page = here.read(|federation| {
        let called = |person| here.called(federation, person);
        let scene = here.scene(federation, &given, "", &called);
        let mut reading = Reading::new(&scene);
        let Some((_, says)) = summary(&mut reading) else {
            let wrong = reading.wrong.into_values().next().unwrap_or_default();
            return view(&here, federation, id, &wrong).map(|page| html(&page));
        };
        let row = federation.proposal(id)?;
        pairs.retain(|(name, _)| name != "token");
        Ok(html(&VotePage {
            frame: Frame::inside(&here, "Is this your ballot?", "/decisions"),
            base: here.base.clone(),
            number: id.number(),
            about: question_words(federation, &row.question),
            rule: my_rule(&here, federation, id, row),
            whose: given.number("act_for").map(|person| called(Id::new(person))),
            says,
            reason: given.text("reason"),
            given: pairs,
        }))
    })??;
    Ok(page)
}

fn view(
    here: &Here,
    federation: &Federation,
    id: Id<Proposal>,
    wrong: &str,
) -> Result<DecisionPage, Oops> {
    let row = federation.proposal(id)?;
    let given = Given::new(vec![("proposal".to_owned(), id.to_string())]);
    let called = |person| here.called(federation, person);
    let scene = here.scene(federation, &given, "", &called);
    let now = here.visit.node.clock().now();
    let open = row.course == Course::Voting;
    let mine = mine(here, federation, id, row)?;
    let unsealed = own_voting(here, federation, id, row).is_some_and(|v| v.seal.is_none());
    let may_vote = open && unsealed;
    let frame = Frame::inside(here, format!("Proposal {id}"), "/decisions");
    let frame = if wrong.is_empty() { frame } else { frame.refused(wrong) };
    let electorate = row.electorate.iter();
    Ok(DecisionPage {
        frame,
        base: here.base.clone(),
        number: id.number(),
        about: question_words(federation, &row.question),
        how: course_words(federation, (id, row), now),
        by: format!("{} of {}", called(row.by), unit_name(federation, row.unit)),
        circle: row
            .circle
            .and_then(|id| Some((id.number(), federation.circle(id).ok()?.name.to_string()))),
        text: row.text.as_str().split("\n\n").map(str::to_owned).collect(),
        changes: changes(federation, id, row),
        asked: asked(here, federation, row),
        can_do: can_do(federation, row),
        again: row.again.map(Id::number),
        rule: rule_words(row),
        times: vec![
            ("Proposed", format!("{} UTC", row.since)),
            ("Voting begins", format!("{} UTC", row.notice_until)),
            ("The poll closes", format!("{} UTC{}", row.closes, left(row, now))),
        ],
        passed: row.counted().map(|_| row.has_passed()),
        overtaken: overtaken_words(federation, id),
        needs: needs(row),
        waits: row.course == Course::Notice,
        ballot: match may_vote {
            true => ballot_fields(&scene, id, row)
                .into_iter()
                .chain(on_paper(here, federation, id))
                .collect(),
            false => Vec::new(),
        },
        my_rule: my_rule(here, federation, id, row),
        mine,
        units: electorate.map(|(&unit, voting)| unit_row(federation, row, unit, voting)).collect(),
        kept: kept_words(row),
        late: late_words(here, federation, id, row),
        buttons: buttons(here, federation, id, row, may_vote),
        in_room: in_room(here, row),
        waiting: to_count(here, federation, id),
        counted_election: federation.elected(id).is_some(),
        thread: thread(here, federation, row),
        may_talk: here.my_unit().is_some_and(|unit| is_whole(row) || unit == row.unit),
    })
}

/// Each ballot that came too late; whether it was signed in time.
fn late_words(
    here: &Here,
    federation: &Federation,
    id: Id<Proposal>,
    row: &Proposal,
) -> Vec<String> {
    let line = |(&person, ballot): (&Id<Person>, &Ballot)| {
        let who = here.called(federation, person);
        let unit = federation.votes_in(id, person);
        match unit.is_some_and(|unit| row.was_held(unit, person)) {
            true => format!(
                "{who}: signed on {} UTC, before the close; entered on {} UTC, after it",
                ballot.signed, ballot.at
            ),
            false => format!("{who}: entered on {} UTC", ballot.at),
        }
    };
    row.late.iter().map(line).collect()
}

/// How long ballots can still come.
fn left(row: &Proposal, now: Time) -> String {
    let left = ahead(row.closes, now).filter(|_| row.is_open());
    left.map(|left| format!(", {left} left")).unwrap_or_default()
}

/// What a unit can do that is to be expelled, as long as that is open.
fn can_do(federation: &Federation, row: &Proposal) -> String {
    match &row.question {
        Question::Expel { unit, .. } if row.is_open() => {
            let named = federation.find_unit(*unit).map(|id| unit_name(federation, id));
            what_it_can_do(&named.unwrap_or_default())
        }
        _ => String::new(),
    }
}

/// Counts in a room on this that wait for the reader's signature.
fn to_count(here: &Here, federation: &Federation, id: Id<Proposal>) -> Vec<Waiting> {
    let link = format!("{}/decisions/{id}", here.base);
    let all = waiting(here, federation).into_iter();
    all.filter(|item| item.cosign.is_some() && item.link == link).collect()
}

/// What a question comes to, and who is to go.
fn asked(here: &Here, federation: &Federation, row: &Proposal) -> Vec<String> {
    let who = |id| match federation.person_by_id(id) {
        Some(person) => here.called(federation, person),
        None => "somebody".to_owned(),
    };
    let mut lines = question_lines(federation, &row.question);
    match (&row.question, lines.first_mut()) {
        (Question::Mandate { delegate, .. }, Some(brings)) => {
            *brings = format!("{} {brings}", who(*delegate));
        }
        (Question::Delegates(election), Some(brings)) => {
            let names: Vec<_> = election.candidates.iter().map(|&id| who(id)).collect();
            *brings = format!("{} of {}, who {brings}", election.seats, names.join(", "));
        }
        _ => {}
    }
    lines
}

/// What another pact would change.
fn changes(
    federation: &Federation,
    id: Id<Proposal>,
    row: &Proposal,
) -> Vec<(String, String, String)> {
    let Question::Pact(pact) = &row.question else { return Vec::new() };
    let place = federation.pacts().iter().position(|version| version.proposal == Some(id));
    let before = match place.and_then(|place| place.checked_sub(1)) {
        Some(before) => federation.pacts().get(before).map(|version| &version.pact),
        None => federation.pact(),
    };
    let Some(before) = before else { return Vec::new() };
    let changed = pact.differs_from(before).into_iter();
    changed.map(|one| (one.called.to_owned(), before.in_words(one), pact.in_words(one))).collect()
}

fn buttons(
    here: &Here,
    federation: &Federation,
    id: Id<Proposal>,
    row: &Proposal,
    may_vote: bool,
) -> Vec<Button> {
    let mut buttons = Vec::new();
    if may_vote {
        buttons.push(Button::ask("count-room", "Enter votes cast in a room").with("proposal", id));
        buttons.push(Button::ask("seal", "Seal what our unit says").with("proposal", id));
    }
    let voted = row.electorate.values().any(|v| !v.ballots.is_empty() || v.room.is_some());
    let me = here.me.and_then(|me| me.person);
    if row.is_open() && !voted && me == Some(row.by) {
        buttons.push(Button::ask("withdraw-proposal", "Take it back").with("proposal", id));
    }
    let place = federation.pacts().iter().position(|version| version.proposal == Some(id));
    let unit = here.my_unit().and_then(|unit| federation.unit(unit).ok());
    if let (Some(place), Some(unit)) = (place, unit)
        && usize::try_from(unit.pact).is_ok_and(|own| own < place)
    {
        buttons
            .push(Button::ask("accept-pact", "Accept it for our unit").main().with("proposal", id));
    }
    buttons
}

fn thread(here: &Here, federation: &Federation, row: &Proposal) -> Vec<ThreadRow> {
    let who = |statement| {
        let said = row.thread.iter().find(|said| said.made_by == statement);
        said.map(|said| here.called(federation, said.by)).unwrap_or_default()
    };
    let rows = row.thread.iter().map(|said| {
        let words = here.hosted.words_of(said.words);
        ThreadRow {
            who: here.called(federation, said.by),
            at: said.at.to_string(),
            statement: said.made_by.to_string(),
            answers: said.answers.map(who).unwrap_or_default(),
            erased: words.is_none(),
            words: words.map(|words| markdown(&words)).unwrap_or_default(),
        }
    });
    rows.collect()
}
