use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

/// The style sheet of every page.
pub(crate) const STYLES: &[u8] = include_bytes!("../static/artel.css");

/// What a browser can do besides, with a key of its own.
pub(crate) const SCRIPT: &[u8] = include_bytes!("../static/artel.js");

const PICTURE: &[u8] = include_bytes!("../static/artel.svg");

const A_DAY: &str = "public, max-age=86400";

pub(crate) async fn styles() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, A_DAY)], STYLES)
}

pub(crate) async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, A_DAY)], SCRIPT)
}

pub(crate) async fn picture() -> impl IntoResponse {
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, A_DAY)], PICTURE)
}
