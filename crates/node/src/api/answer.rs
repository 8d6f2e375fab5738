use std::borrow::Cow;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use federation::Refusal;
use serde_json::{Value, json};

use crate::Failed;

/// What a program gets.
#[derive(Debug)]
pub(crate) enum Answer {
    /// What was asked for.
    Found(Value),
    /// What was made.
    Made(Value),
    /// A table for a spreadsheet, under a file's name.
    Spreadsheet(String, Vec<u8>),
    /// It is done, and nothing is left to say.
    Done,
}

/// Why a program gets no answer.
#[derive(Debug)]
pub(crate) struct Unanswered {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
}

impl Unanswered {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { status, code, message: message.into() }
    }

    /// What came in cannot be read at all.
    pub(crate) fn unreadable(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unreadable", message)
    }

    /// What came in is not of the shape that the document describes.
    pub(crate) fn misshapen(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "misshapen", message)
    }
}

/// A rule saying no is a conflict with the federation as it is: 409.
impl From<Failed> for Unanswered {
    fn from(failed: Failed) -> Self {
        let status = match &failed {
            Failed::Refused { code: "sign-in-wrong" | "challenge-wrong", .. }
            | Failed::NotSignedIn { .. } => StatusCode::UNAUTHORIZED,
            Failed::Refused { .. } => StatusCode::CONFLICT,
            Failed::Missing { .. } => StatusCode::NOT_FOUND,
            Failed::Fault { .. } => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self::new(status, failed.code(), failed.to_string())
    }
}

impl From<Refusal> for Unanswered {
    fn from(refusal: Refusal) -> Self {
        Failed::from(refusal).into()
    }
}

impl IntoResponse for Unanswered {
    fn into_response(self) -> Response {
        let body = Json(json!({ "code": self.code, "message": self.message }));
        let mut response = (self.status, body).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Self::Found(value) => Json(value).into_response(),
            Self::Made(value) => (StatusCode::CREATED, Json(value)).into_response(),
            Self::Spreadsheet(name, bytes) => {
                let saved_as = format!("attachment; filename=\"{name}.csv\"");
                let headers = [
                    (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                    (header::CONTENT_DISPOSITION, saved_as),
                ];
                (headers, bytes).into_response()
            }
            Self::Done => StatusCode::NO_CONTENT.into_response(),
        }
    }
}
