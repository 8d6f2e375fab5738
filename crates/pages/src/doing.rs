//! The forms of acts: shown, filled in, done.

use std::time::Duration;

use askama::Template;
use axum::extract::Form;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use federation::{Act, Effect, Federation, Id, PersonId};
use node::{Failed, Recorded, Saying, read_act};

use crate::acts::{ActForm, Said, Sending, Sheet, check_lines, form, is_checked};
use crate::field::{Choice, Field, Input};
use crate::frame::Frame;
use crate::given::Given;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::reading::Reading;
use crate::{after, device};

#[derive(Template)]
#[template(path = "form.html")]
struct FormPage {
    frame: Frame,
    form: FormView,
}

/// A form as it is shown.
pub(crate) struct FormView {
    /// The act that a device signs when the form is sent; empty where it is not sent yet.
    pub(crate) name: &'static str,
    pub(crate) title: String,
    pub(crate) says: String,
    pub(crate) facts: Vec<String>,
    pub(crate) links: Vec<(String, String)>,
    pub(crate) fields: Vec<Field>,
    pub(crate) action: String,
    /// Empty where there is nothing to send.
    pub(crate) button: String,
    pub(crate) back: String,
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    frame: Frame,
    base: String,
    act: &'static str,
    says: &'static str,
    lines: Vec<String>,
    given: Vec<(String, String)>,
    button: &'static str,
}

/// What came of a form that was filled in.
enum Outcome {
    /// It can be said.
    Said(Box<Said>, Option<PersonId>),
    /// Something in it is wrong.
    Wrong(Sheet),
}

fn known(here: &Here) -> Result<&'static ActForm, Failed> {
    let name = here.path("act");
    form(name).ok_or_else(|| Failed::missing(format!("there is no act `{name}`")))
}

/// The form of an act, with what the address brings along.
pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let form = known(&here)?;
    here.member()?;
    let sheet = here.read(|federation| sheet(&here, federation, form, &here.visit.query, ""))??;
    Ok(page(&here, form, &here.visit.query, sheet, None))
}

/// The sheet of a form, filled in as given.
fn sheet(
    here: &Here,
    federation: &Federation,
    form: &ActForm,
    given: &Given,
    refused: &str,
) -> Result<Sheet, Failed> {
    let called = |person| here.called(federation, person);
    let scene = here.scene(federation, given, refused, &called);
    let mut sheet = (form.sheet)(&scene)?;
    sheet.fields.extend(act_for(here, federation));
    for field in &mut sheet.fields {
        let secret = matches!(field.input, Input::Secret);
        if given.has(&field.name) && !secret {
            field.value = given.raw(&field.name).to_owned();
        }
    }
    Ok(sheet)
}

/// Members of the reader's unit who have no device; two co-members act for each.
fn act_for(here: &Here, federation: &Federation) -> Option<Field> {
    let me = here.me?;
    let unit = federation.unit(me.unit?).ok()?;
    let others =
        unit.members.iter().filter(|&&id| Some(id) != me.person && !federation.has_key(id));
    let mut choices = vec![Choice::new("", "myself")];
    choices.extend(others.map(|&id| Choice::new(id, here.called(federation, id))));
    (choices.len() > 1).then(|| {
        Field::choice("act_for", "Whose act is it?", choices)
            .hint("For somebody without a device, two members sign the same.")
    })
}

fn page(
    here: &Here,
    form: &ActForm,
    given: &Given,
    sheet: Sheet,
    refused: Option<String>,
) -> Response {
    let title = if sheet.title.is_empty() { form.title } else { sheet.title };
    let mut frame = Frame::inside(here, title, "");
    frame.here = "/do";
    frame.receipt = None;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    frame.refused = refused;
    let checked = is_checked(form, given);
    let (name, first, button) = match checked {
        true => ("", "check", "Look at it once more"),
        false => (form.name, "do", form.button),
    };
    let sends = sheet.sending == Sending::Open;
    let links = sheet.links.into_iter();
    let form = FormView {
        name,
        title: title.to_owned(),
        says: form.says.to_owned(),
        facts: sheet.facts,
        links: links.map(|(label, path)| (label, format!("{}{path}", here.base))).collect(),
        fields: sheet.fields,
        action: format!("{}/{first}/{}", here.base, form.name),
        button: if sends { button.to_owned() } else { String::new() },
        back: here.base.clone(),
    };
    (status, html(&FormPage { frame, form })).into_response()
}

/// Does an act with a key that the node keeps; a device asks for what it is to sign instead.
pub(crate) async fn act(
    here: Here,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    here.visit.check_form(&given)?;
    let me = here.member()?;
    if here.path("act") == "plan" {
        return plan(&here, &headers, &given).await;
    }
    let form = known(&here)?;
    let said = match here.read(|federation| read(&here, federation, form, &given))?? {
        Outcome::Said(said, person) => (said, person),
        Outcome::Wrong(sheet) => return Ok(wrong(&here, form, &given, sheet)),
    };
    let (said, acting_for) = said;
    if wants_json(&headers) {
        keep_names(&here, &said)?;
        let after = here.read(|federation| after::about(federation, &said.act))?;
        let saying = Saying::with(said.act, said.bodies).acting_for(acting_for);
        return Ok(device::to_sign(&here, &given, saying, &after)?);
    }
    let saying = Saying::with(said.act.clone(), said.bodies.clone()).acting_for(acting_for);
    match here.hosted.say(here.visit.node.keys(), me.id, saying).await {
        Ok(recorded) => {
            keep(&here, &said)?;
            let path = here.read(|federation| after::path(federation, &said, &recorded))?;
            Ok(go(&here, &path, &recorded))
        }
        Err(failed @ (Failed::Refused { .. } | Failed::Missing { .. })) => {
            let code = failed.code();
            let sheet = here.read(|federation| sheet(&here, federation, form, &given, code))??;
            Ok(page(&here, form, &given, sheet, Some(failed.to_string())))
        }
        Err(failed) => Err(failed.into()),
    }
}

fn wrong(here: &Here, form: &ActForm, given: &Given, sheet: Sheet) -> Response {
    let says = "something is missing or wrong; look at the fields marked below".to_owned();
    page(here, form, given, sheet, Some(says))
}

/// What was filled in, in full words, before it is sent; or the form again, to change it.
pub(crate) async fn check(
    here: Here,
    Form(mut pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs.clone());
    here.visit.check_form(&given)?;
    here.member()?;
    let form = known(&here)?;
    if given.is_ticked("change") {
        let sheet = here.read(|federation| sheet(&here, federation, form, &given, ""))??;
        return Ok(page(&here, form, &given, sheet, None));
    }
    let lines = here.read(|federation| {
        let outcome = read(&here, federation, form, &given)?;
        let called = |person| here.called(federation, person);
        let scene = here.scene(federation, &given, "", &called);
        Ok::<_, Failed>(match outcome {
            Outcome::Said(said, _) => Ok(check_lines(&scene, &said.act)),
            Outcome::Wrong(sheet) => Err(sheet),
        })
    })??;
    let lines = match lines {
        Ok(lines) => lines,
        Err(sheet) => return Ok(wrong(&here, form, &given, sheet)),
    };
    pairs.retain(|(name, _)| name != "token" && name != "change");
    Ok(html(&CheckPage {
        frame: Frame { receipt: None, ..Frame::inside(&here, "Is this right?", "/do") },
        base: here.base.clone(),
        act: form.name,
        says: form.says,
        lines,
        given: pairs,
        button: form.button,
    }))
}

fn read(
    here: &Here,
    federation: &Federation,
    form: &ActForm,
    given: &Given,
) -> Result<Outcome, Failed> {
    let called = |person| here.called(federation, person);
    let scene = here.scene(federation, given, "", &called);
    let mut reading = Reading::new(&scene);
    let said = (form.read)(&mut reading)?;
    let person = given.number("act_for").map(Id::new);
    let person = person.map(|id| federation.person(id).map(|row| row.id)).transpose()?;
    match said {
        Some(said) if reading.wrong.is_empty() => Ok(Outcome::Said(Box::new(said), person)),
        _ => {
            let mut sheet = sheet(here, federation, form, given, "")?;
            for field in &mut sheet.fields {
                field.wrong = reading.wrong.remove(&field.name).unwrap_or_default();
            }
            // What is wrong with a field that is not shown is told all the same.
            sheet.facts.extend(reading.wrong.into_values());
            Ok(Outcome::Wrong(sheet))
        }
    }
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

/// What the node keeps once an act is recorded.
fn keep(here: &Here, said: &Said) -> Result<(), Failed> {
    keep_names(here, said)?;
    if let Act::RevokeKey(revoke) = &said.act {
        here.visit.node.keys().forget(here.hosted.id(), revoke.key)?;
    }
    Ok(())
}

/// Keeps the private halves of keys that an act names.
fn keep_names(here: &Here, said: &Said) -> Result<(), Failed> {
    let (keys, federation) = (here.visit.node.keys(), here.hosted.id());
    if let Some(key) = &said.keep {
        keys.keep(federation, key)?;
    }
    if let (Some(invite), Some(me)) = (&said.invite, here.me) {
        keys.keep_invite(federation, me.id, invite)?;
    }
    if let Some(number) = said.number {
        keys.keep_number(federation, number)?;
    }
    Ok(())
}

/// Goes on to a page that shows what was recorded.
fn go(here: &Here, path: &str, recorded: &Recorded) -> Response {
    let waits = match recorded.outcome.as_ref().map(|outcome| &outcome.effect) {
        Some(Effect::Gathering { signed, needed }) => needed.saturating_sub(*signed),
        _ => 0,
    };
    let more = if waits > 0 { format!("&waits={waits}") } else { String::new() };
    Redirect::to(&format!("{}{path}?entry={}{more}", here.base, recorded.entry)).into_response()
}

/// How long a reader waits for a plan before the round's page shows that it is being worked out.
const PLAN_WAITS: Duration = Duration::from_secs(2);

/// Works out the plan that a round waits for, and submits it.
async fn plan(here: &Here, headers: &HeaderMap, given: &Given) -> Result<Response, Oops> {
    let round = Id::new(given.number("round").unwrap_or(u32::MAX));
    let path = format!("/rounds/{round}");
    let (node, hosted, me) = (here.visit.node.clone(), here.hosted.clone(), here.member()?);
    if wants_json(headers) {
        let solved = tokio::task::spawn_blocking(move || hosted.work_out(round));
        let saying = solved.await.map_err(Failed::fault)??;
        return Ok(device::to_sign(here, given, saying, &path)?);
    }
    let solving = tokio::spawn(async move {
        let problem = hosted.clone();
        let solved = tokio::task::spawn_blocking(move || problem.work_out(round));
        let saying = solved.await.map_err(Failed::fault)??;
        hosted.say(node.keys(), me.id, saying).await
    });
    match tokio::time::timeout(PLAN_WAITS, solving).await {
        Ok(done) => Ok(go(here, &path, &done.map_err(Failed::fault)??)),
        Err(_) => Ok(Redirect::to(&format!("{}{path}", here.base)).into_response()),
    }
}

/// Signs an act that others have begun to sign, exactly as it stands.
pub(crate) async fn cosign(
    here: Here,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    here.visit.check_form(&given)?;
    let me = here.member()?;
    let unreadable = |error: serde_json::Error| {
        Failed::refused(
            "act-unreadable",
            format!("the act cannot be read: {error}; open the page again"),
        )
    };
    let act = read_act(&serde_json::from_str(given.raw("act")).map_err(unreadable)?)?;
    let person = match given.raw("person") {
        "" => None,
        id => Some(
            id.parse::<PersonId>()
                .map_err(|wrong| Failed::refused("person-name", wrong.to_string()))?,
        ),
    };
    let saying = Saying::from(act).acting_for(person);
    if wants_json(&headers) {
        return Ok(device::to_sign(&here, &given, saying, "")?);
    }
    let recorded = here.hosted.say(here.visit.node.keys(), me.id, saying).await?;
    Ok(go(&here, "", &recorded))
}
