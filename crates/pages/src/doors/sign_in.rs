use axum::extract::Form;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use node::Failed;

use crate::doing::FormView;
use crate::doors::{form_page, go};
use crate::field::Field;
use crate::frame::Frame;
use crate::given::Given;
use crate::oops::Oops;
use crate::visit::Visit;

/// For whoever is signed in and asked for what only members see.
const NOBODY_HERE: &str = "You are signed in, and that sign-in is no member of what you asked for. If your \
                           helpers have signed a new key for you, sign in with the name that you chose \
                           for it.";

fn form(visit: &Visit) -> FormView {
    FormView {
        name: "",
        title: "Sign in".to_owned(),
        says:
            "With the name and the passphrase that you chose when you joined. New here? Open your \
               invite link, or join with a unit of your own."
                .to_owned(),
        facts: visit.session.as_ref().map(|_| NOBODY_HERE.to_owned()).into_iter().collect(),
        links: lost_keys(visit),
        fields: vec![
            Field::line("sign_in", "Name to sign in with").must(),
            Field::secret("passphrase", "Passphrase", "current-password"),
        ],
        action: "/sign-in".to_owned(),
        button: "Sign in".to_owned(),
        back: "/".to_owned(),
    }
}

/// Where whoever has lost their keys makes a new one, in each federation.
fn lost_keys(visit: &Visit) -> Vec<(String, String)> {
    let all = visit.node.federations().into_iter();
    let links = all.filter_map(|hosted| {
        let name = hosted.read(|state| state.name().map(ToString::to_string)).ok()??;
        let label = format!("I have lost my keys in {name}");
        Some((label, format!("/f/{}/recover", hosted.short_id())))
    });
    links.collect()
}

pub(crate) async fn show(visit: Visit) -> Response {
    form_page(Frame::outside(&visit, "Sign in"), form(&visit), &visit.query, None)
}

pub(crate) async fn enter(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    visit.check_form(&given)?;
    let node = visit.node.clone();
    let (name, words) = (given.text("sign_in"), given.raw("passphrase").to_owned());
    // A passphrase takes long to check, so that it takes long to guess.
    let checked = tokio::task::spawn_blocking(move || node.keys().sign_in(&name, &words));
    let reader = match checked.await.map_err(Failed::fault)? {
        Ok(reader) => reader,
        Err(failed @ Failed::Refused { .. }) => {
            let frame = Frame::outside(&visit, "Sign in");
            return Ok(form_page(frame, form(&visit), &given, Some(&failed)));
        }
        Err(failed) => return Err(failed.into()),
    };
    for hosted in visit.node.federations() {
        hosted.take_up_recovered(visit.node.keys())?;
    }
    let session = visit.node.keys().begin_session(reader, visit.node.clock().now())?;
    let seats = visit.node.keys().seats_of(reader)?;
    let path = match seats.as_slice() {
        [seat] => format!("/f/{}", visit.node.find(&seat.federation.to_string())?.short_id()),
        _ => "/".to_owned(),
    };
    go(&path, Some(&session))
}

/// Goes on in the browser with the session that a device's key has opened.
pub(crate) async fn enter_by_device(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    visit.check_form(&given)?;
    let session = visit.node.keys().session(given.raw("session"), visit.node.clock().now())?;
    let missing = || Failed::refused("session-over", "this session is over; sign in again");
    let session = session.ok_or_else(missing)?;
    let hosted = visit.node.find(given.raw("federation"))?;
    go(&format!("/f/{}", hosted.short_id()), Some(&session))
}

pub(crate) async fn leave(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    visit.check_form(&Given::new(pairs))?;
    if let Some(session) = &visit.session {
        visit.node.keys().end_session(&session.token)?;
    }
    let mut response = Redirect::to("/").into_response();
    let cookie = HeaderValue::from_str(&Visit::no_cookie()).map_err(Failed::fault)?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}
