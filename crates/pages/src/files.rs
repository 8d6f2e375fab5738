use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

/// The style sheet of every page.
pub(crate) const STYLES: &[u8] = include_bytes!("../static/artel.css");

const PICTURE: &[u8] = include_bytes!("../static/artel.svg");

const A_DAY: &str = "public, max-age=86400";

pub(crate) async fn styles() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, A_DAY)], STYLES)
}

pub(crate) async fn picture() -> impl IntoResponse {
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, A_DAY)], PICTURE)
}
