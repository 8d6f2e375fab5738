use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use node::Failed;

use crate::frame::Frame;

/// A page that could not be shown, as a page that says why.
#[derive(Debug)]
pub(crate) struct Oops(pub(crate) Failed);

impl<F: Into<Failed>> From<F> for Oops {
    fn from(failed: F) -> Self {
        Self(failed.into())
    }
}

#[derive(Template)]
#[template(path = "oops.html")]
struct OopsPage {
    frame: Frame,
    says: String,
}

/// The answer that HTTP has for a failure.
pub(crate) fn status(failed: &Failed) -> StatusCode {
    match failed {
        Failed::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Failed::Missing { .. } => StatusCode::NOT_FOUND,
        Failed::NotSignedIn { .. } => StatusCode::UNAUTHORIZED,
        Failed::Fault { .. } => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        if let Failed::NotSignedIn { .. } = self.0 {
            return Redirect::to("/sign-in").into_response();
        }
        let title = match self.0 {
            Failed::Missing { .. } => "Not here",
            Failed::Fault { .. } => "Something is broken",
            _ => "Not done",
        };
        let frame = Frame::bare(title);
        let page = OopsPage { frame, says: self.0.to_string() };
        (status(&self.0), html(&page)).into_response()
    }
}

/// A template as an answer.
pub(crate) fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            let says = format!("the page cannot be written: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, says).into_response()
        }
    }
}
