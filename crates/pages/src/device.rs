use axum::Json;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use federation::PublicKey;
use node::{Failed, Saying, write_act};
use serde_json::json;

use crate::given::Given;
use crate::here::Here;

/// What a device needs to sign an act itself: everything of the statement but the time, and what
/// goes along. It hands the statement in at `/api/v1`.
///
/// The device names its key, and gets the next serial number that the record would take.
pub(crate) fn to_sign(
    here: &Here,
    given: &Given,
    saying: Saying,
    after: &str,
) -> Result<Response, Failed> {
    let me = here.member()?;
    let wrong =
        |wrong: federation::WrittenWrong| Failed::refused("key-name", format!("the key: {wrong}"));
    let key: PublicKey = given.raw("device_key").parse().map_err(wrong)?;
    let highest = here.read(|state| state.key(key).and_then(|key| key.serials.highest()))?;
    let seen = here.hosted.record().checkpoint().checkpoint().seen();
    let bodies: Vec<_> =
        saying.bodies.iter().map(|body| STANDARD.encode(body.to_bytes())).collect();
    Ok(Json(json!({
        "statement": {
            "form": 1,
            "federation": here.hosted.id(),
            "person": saying.acting_for.unwrap_or(me.id),
            "key": key,
            "serial": highest.map_or(0, |highest| highest + 1),
            "seen": seen,
            "act": write_act(&saying.act),
        },
        "bodies": bodies,
        "annex": saying.annex.map(|annex| STANDARD.encode(annex)),
        "after": after,
    }))
    .into_response())
}
