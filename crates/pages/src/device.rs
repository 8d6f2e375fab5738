use axum::Json;
use axum::response::{IntoResponse, Response};
use federation::PersonId;
use node::Failed;
use serde_json::json;

use crate::acts::Said;
use crate::doing;
use crate::here::Here;
use crate::hex::hex;

/// What a device needs to sign an act itself: everything of the statement but the key, its serial
/// number and the time, and the bodies that go along.
///
/// An invite or a key that the act names is kept here at once; should the act be refused, it opens
/// nothing.
pub(crate) fn to_sign(
    here: &Here,
    said: &Said,
    acting_for: Option<PersonId>,
) -> Result<Response, Failed> {
    doing::keep_names(here, said)?;
    let me = here.member()?;
    let bodies: Vec<String> = said.bodies.iter().map(|body| hex(&body.to_bytes())).collect();
    let seen = here.hosted.record().checkpoint().checkpoint().seen();
    Ok(Json(json!({
        "form": 1,
        "federation": here.hosted.id(),
        "person": acting_for.unwrap_or(me.id),
        "seen": seen,
        "act": said.act,
        "bodies": bodies,
    }))
    .into_response())
}
