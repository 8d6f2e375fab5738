//! The ways in: the list of federations, founding, joining, signing in.

pub(crate) mod demo;
pub(crate) mod found;
pub(crate) mod home;
pub(crate) mod invite;
pub(crate) mod newcomer;
pub(crate) mod recover;
pub(crate) mod sign_in;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use node::{Failed, Reader, Session};

use crate::doing::FormView;
use crate::field::{Field, Input};
use crate::frame::Frame;
use crate::given::Given;
use crate::oops::{Oops, html};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "form.html")]
struct DoorPage {
    frame: Frame,
    form: FormView,
}

/// A form that is no act yet, filled in as given.
fn form_page(
    frame: Frame,
    mut form: FormView,
    given: &Given,
    refused: Option<&Failed>,
) -> Response {
    for field in &mut form.fields {
        if given.has(&field.name) && !matches!(field.input, Input::Secret) {
            field.value = given.raw(&field.name).to_owned();
        }
    }
    match refused {
        None => html(&DoorPage { frame, form }),
        Some(failed) => {
            let frame = frame.refused(failed.to_string());
            let page = html(&DoorPage { frame, form });
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
    }
}

/// How a new reader will sign in here.
fn sign_in_fields() -> [Field; 2] {
    [
        Field::line("sign_in", "Name to sign in with").hint("Such as rosa. Only this node knows it.").must(),
        Field::secret("passphrase", "Passphrase", "new-password")
            .hint("At least 8 letters; three or four plain words are good. Nobody can send you a new one."),
    ]
}

/// The reader who is signed in, or a new one as the fields say. A new one signs in with this.
fn reader(visit: &Visit, given: &Given) -> Result<(Reader, Option<Session>), Failed> {
    if let Some(session) = &visit.session {
        return Ok((session.reader, None));
    }
    let keys = visit.node.keys();
    let reader = keys.add_reader(&given.text("sign_in"), given.raw("passphrase"))?;
    let session = keys.begin_session(reader, visit.node.clock().now())?;
    Ok((reader, Some(session)))
}

/// Goes on to a page, as somebody who has just signed in.
fn go(path: &str, session: Option<&Session>) -> Result<Response, Oops> {
    let mut response = Redirect::to(path).into_response();
    if let Some(session) = session {
        let cookie = HeaderValue::from_str(&Visit::cookie(session)).map_err(Failed::fault)?;
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
