use askama::Template;
use axum::extract::Form;
use axum::response::{IntoResponse, Redirect, Response};
use federation::act::HeldBy;
use federation::rows::{Helpers, Person, Recovery, Waiting};
use federation::{BodyId, Federation, Id};
use node::Failed;
use node::words::recovery_words;
use record::{FoundBody, Signed};

use crate::acts::held_words;
use crate::button::Button;
use crate::frame::Frame;
use crate::given::Given;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "me.html")]
struct MyPage {
    frame: Frame,
    base: String,
    name: String,
    contact: String,
    words: String,
    person: String,
    federation: String,
    sign_in: String,
    tends: bool,
    keys: Vec<KeyRow>,
    helpers: Vec<String>,
    bodies: Vec<BodyRow>,
    buttons: Vec<Button>,
    another_kind: bool,
    on_its_way: Vec<OnItsWay>,
}

/// A new key on its way to the reader, or to somebody who has named them as a helper.
struct OnItsWay {
    says: String,
    buttons: Vec<Button>,
}

struct KeyRow {
    key: String,
    held: &'static str,
    here: bool,
    since: String,
    revoked: String,
}

/// A body by or about the reader.
struct BodyRow {
    id: String,
    says: String,
    erased: String,
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let me = here.member()?;
    let Some(person) = me.person else { return Ok(Redirect::to("/sign-in").into_response()) };
    let keys = here.visit.node.keys();
    let kept: Vec<_> =
        keys.kept_for(here.hosted.id(), me.id)?.iter().map(node::KeptKey::public).collect();
    let session = here.visit.session.as_ref().map(|session| session.reader);
    let sign_in = session.map(|reader| keys.sign_in_name(reader)).transpose()?.flatten();
    let tends = session.map(|reader| keys.tends(reader)).transpose()?.unwrap_or(false);
    let bodies = bodies(&here, me.id)?;
    let page = here.read(|federation| {
        let about = here.hosted.about(federation, person).unwrap_or_default();
        let rows = key_rows(federation, person, &kept)?;
        let in_use = || rows.iter().filter(|row| row.revoked.is_empty());
        let first = in_use().next().map(|row| row.held);
        Ok::<_, Failed>(MyPage {
            frame: Frame::inside(&here, "My keys and data", "/me"),
            base: here.base.clone(),
            name: about.name,
            contact: about.contact,
            words: about.words,
            person: me.id.to_string(),
            federation: here.hosted.id().to_string(),
            sign_in: sign_in.unwrap_or_default(),
            tends,
            another_kind: in_use().any(|row| Some(row.held) != first),
            keys: rows,
            helpers: helpers(&here, federation, person)?,
            on_its_way: on_its_way(&here, federation, person),
            bodies,
            buttons: vec![
                Button::ask("introduce", "Say who I am").main(),
                Button::ask("add-key", "Add a key"),
                Button::ask("revoke-key", "Take a key out of use"),
                Button::ask("name-helpers", "Who helps me to a new key"),
                Button::ask("recover-key", "Help somebody to a new key"),
                Button::ask("veto-recovery", "Say no to a new key"),
                Button::ask("attest-time", "Say what time it is"),
            ],
        })
    })??;
    Ok(html(&page))
}

/// Who helps the reader to a new key, now and from when others do.
fn helpers(
    here: &Here,
    federation: &Federation,
    person: Id<Person>,
) -> Result<Vec<String>, Failed> {
    let row = federation.person(person)?;
    let told = |helpers: &Helpers| {
        let names: Vec<_> = helpers.persons.iter().map(|&id| here.called(federation, id)).collect();
        format!("{}; it takes {} of them", names.join(", "), helpers.needed)
    };
    let now = row.helpers.as_ref().map(|row| format!("{}.", told(row)));
    let next = row.next_helpers.as_ref();
    let next = next.map(|(from, row)| format!("From {from} UTC: {}.", told(row)));
    Ok(now.into_iter().chain(next).collect())
}

/// New keys on their way that the reader can sign, or say no to.
fn on_its_way(here: &Here, federation: &Federation, me: Id<Person>) -> Vec<OnItsWay> {
    let all = federation.recoveries().filter_map(|row| {
        let key = row.key.key.to_string();
        let short: String = key.chars().take(8).collect();
        let how = recovery_words(row);
        if row.person == me {
            let says = format!("A key {short}… is to replace all yours: {how}.");
            let veto = Button::ask("veto-recovery", "I did not ask for it: say no").main();
            return Some(OnItsWay { says, buttons: vec![veto.with("key", key)] });
        }
        let who = here.called(federation, row.person);
        let says = format!("A new key {short}… for {who}: {how}.");
        signs(row, me).then(|| OnItsWay { says, buttons: vec![sign_button(federation, row)] })
    });
    all.collect()
}

/// Whether somebody is a helper whose signature is still to come.
pub(crate) fn signs(row: &Recovery, me: Id<Person>) -> bool {
    let signed = match &row.waiting {
        Waiting::SecondPetition { again, .. } => again,
        Waiting::Signatures => &row.signed,
        Waiting::Veto { .. } => return false,
    };
    row.helpers.persons.contains(&me) && !signed.contains(&me)
}

/// Opens the form by which a helper signs a new key.
pub(crate) fn sign_button(federation: &Federation, row: &Recovery) -> Button {
    let person = federation.person(row.person).map(|row| row.id.to_string()).unwrap_or_default();
    let held_by = match row.key.held_by {
        HeldBy::Node => "node",
        _ => "device",
    };
    let ask = Button::ask("recover-key", "Look at it and sign").main();
    ask.with("person", person).with("key", row.key.key).with("held_by", held_by)
}

fn key_rows(
    federation: &Federation,
    person: Id<Person>,
    kept: &[federation::PublicKey],
) -> Result<Vec<KeyRow>, Failed> {
    let keys = federation.person(person)?.keys.iter();
    let rows = keys.filter_map(|&key| Some((key, federation.key(key)?)));
    Ok(rows
        .map(|(key, row)| KeyRow {
            key: key.to_string(),
            held: held_words(row.held_by),
            here: kept.contains(&key),
            since: row.since.to_string(),
            revoked: row.revoked.map(|at| at.to_string()).unwrap_or_default(),
        })
        .collect())
}

/// The bodies that the reader wrote, or that are about them.
fn bodies(here: &Here, me: federation::PersonId) -> Result<Vec<BodyRow>, Failed> {
    let kept = here.hosted.record().bodies_of(me)?;
    let rows = kept.into_iter().map(|(body, erased)| BodyRow {
        id: body.to_string(),
        says: says(here, body),
        erased: erased.map(|at| at.to_string()).unwrap_or_default(),
    });
    Ok(rows.collect())
}

/// What a body says, in plain text.
fn says(here: &Here, body: BodyId) -> String {
    match here.hosted.record().body(body) {
        Ok(Some(FoundBody::Kept(body))) => match node::About::read(&body) {
            Some(about) => [about.name, about.contact, about.words].join(" ").trim().to_owned(),
            None => String::from_utf8_lossy(body.content()).into_owned(),
        },
        _ => String::new(),
    }
}

/// Erases a body.
pub(crate) async fn erase(
    here: Here,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    here.visit.check_form(&given)?;
    let me = here.member()?;
    let wrong = |wrong: federation::WrittenWrong| Failed::refused("body-name", wrong.to_string());
    let body: BodyId = given.raw("body").parse().map_err(wrong)?;
    here.hosted.erase(here.visit.node.keys(), me.id, body)?;
    Ok(Redirect::to(&format!("{}/me", here.base)).into_response())
}

/// Erases a body as a device has signed for it.
pub(crate) async fn erase_signed(
    here: Here,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    here.visit.check_form(&given)?;
    let wrong = || {
        Failed::refused("signature-form", "a signature has 128 hex digits; sign the request again")
    };
    let signature = crate::hex::from_hex(given.raw("signature")).ok_or_else(wrong)?;
    let signature = signature.try_into().map_err(|_| wrong())?;
    let request = Signed { bytes: given.raw("erasure").as_bytes().to_vec(), signature };
    let now = here.visit.node.clock().now();
    let erasure = here.hosted.record().erase(now, &request).map_err(Failed::from)?;
    here.hosted.forget_about(erasure.erase);
    Ok(Redirect::to(&format!("{}/me", here.base)).into_response())
}

/// Says whether the node takes due steps with the reader's key.
pub(crate) async fn tends(
    here: Here,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    here.visit.check_form(&given)?;
    if let Some(session) = &here.visit.session {
        here.visit.node.keys().set_tends(session.reader, given.is_ticked("tends"))?;
    }
    Ok(Redirect::to(&format!("{}/me", here.base)).into_response())
}
