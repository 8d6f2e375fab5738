//! The paths by which a record is read with tools that others wrote (C2SP `tlog-tiles`), and what
//! a machine asks to know whether the node is well.

mod export;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use federation::{FederationId, Reading};
use record::{Lasts, sha256};

use crate::{Failed, Hosted, Node};

/// The routes. A record that is not public is read by members' sessions, or below the address
/// that [`reading_prefix`] gives.
pub(crate) fn router(node: Arc<Node>) -> Router {
    let mut router = Router::new().route("/healthz", get(healthy)).route("/readyz", get(ready));
    for prefix in ["/f/{federation}", "/f/{federation}/by/{capability}"] {
        router = router
            .route(&format!("{prefix}/checkpoint"), get(checkpoint))
            .route(&format!("{prefix}/host-key"), get(host_key))
            .route(&format!("{prefix}/tile/{{*rest}}"), get(tile))
            .route(&format!("{prefix}/annex/{{rest}}"), get(annex))
            .route(&format!("{prefix}/export"), get(export::export));
    }
    router.with_state(node)
}

/// The parts of an address.
type Parts = Path<BTreeMap<String, String>>;

/// The beginning of the addresses under which a federation's record is read; with a capability
/// where its pact does not make it public.
pub fn reading_prefix(node: &Node, hosted: &Hosted) -> Result<String, Failed> {
    let id = hosted.id();
    if is_public(hosted)? {
        return Ok(format!("/f/{id}"));
    }
    Ok(format!("/f/{id}/by/{}", capability(node, id)?))
}

/// What lets whoever holds it read one record: derived from the host's key, so that nothing is kept.
fn capability(node: &Node, federation: FederationId) -> Result<String, Failed> {
    let seed = node.keys().host_key()?.to_seed();
    let hash = sha256(&[b"artel reading\n".as_slice(), &seed, &federation.0].concat());
    Ok(federation::Root(hash).to_string())
}

fn is_public(hosted: &Hosted) -> Result<bool, Failed> {
    let reading = hosted.read(federation::Federation::reading)?;
    Ok(reading == Reading::Public)
}

/// Why nothing is given.
pub(super) struct NotGiven(StatusCode, String);

impl IntoResponse for NotGiven {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

impl From<Failed> for NotGiven {
    fn from(failed: Failed) -> Self {
        let status = match failed {
            Failed::Missing { .. } => StatusCode::NOT_FOUND,
            Failed::NotSignedIn { .. } => StatusCode::UNAUTHORIZED,
            Failed::Refused { .. } => StatusCode::CONFLICT,
            Failed::Fault { .. } => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self(status, failed.to_string())
    }
}

/// The federation that an address names, if whoever asks may read its record.
pub(super) fn readable(
    node: &Node,
    parts: &BTreeMap<String, String>,
    headers: &HeaderMap,
) -> Result<Arc<Hosted>, NotGiven> {
    let hosted = node.find(parts.get("federation").map(String::as_str).unwrap_or_default())?;
    if is_public(&hosted)? {
        return Ok(hosted);
    }
    let may = match parts.get("capability") {
        Some(found) => *found == capability(node, hosted.id())?,
        None => is_member(node, &hosted, headers)?,
    };
    if may {
        return Ok(hosted);
    }
    let message = "only members read this record, and whom they give its address; ask a member";
    Err(Failed::NotSignedIn { message: message.to_owned() }.into())
}

fn is_member(node: &Node, hosted: &Hosted, headers: &HeaderMap) -> Result<bool, Failed> {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(token) = header.and_then(|words| words.strip_prefix("Bearer ")) else {
        return Ok(false);
    };
    let Some(session) = node.keys().session(token, node.clock().now())? else { return Ok(false) };
    let Some(person) = node.keys().seat_in(session.reader, hosted.id())? else { return Ok(false) };
    hosted.read(|state| state.person_by_id(person).is_some())
}

async fn checkpoint(
    State(node): State<Arc<Node>>,
    Path(parts): Parts,
    headers: HeaderMap,
) -> Result<Response, NotGiven> {
    resource(&node, &parts, &headers, "checkpoint")
}

async fn host_key(
    State(node): State<Arc<Node>>,
    Path(parts): Parts,
    headers: HeaderMap,
) -> Result<Response, NotGiven> {
    resource(&node, &parts, &headers, "host-key")
}

async fn tile(
    State(node): State<Arc<Node>>,
    Path(parts): Parts,
    headers: HeaderMap,
) -> Result<Response, NotGiven> {
    let rest = parts.get("rest").map(String::as_str).unwrap_or_default();
    resource(&node, &parts, &headers, &format!("tile/{rest}"))
}

async fn annex(
    State(node): State<Arc<Node>>,
    Path(parts): Parts,
    headers: HeaderMap,
) -> Result<Response, NotGiven> {
    let rest = parts.get("rest").map(String::as_str).unwrap_or_default();
    resource(&node, &parts, &headers, &format!("annex/{rest}"))
}

fn resource(
    node: &Node,
    parts: &BTreeMap<String, String>,
    headers: &HeaderMap,
    path: &str,
) -> Result<Response, NotGiven> {
    let hosted = readable(node, parts, headers)?;
    let found = hosted.record().resource(path).map_err(Failed::from)?;
    let missing = || Failed::missing(format!("the record has no `{path}`, or not yet"));
    let found = found.ok_or_else(missing)?;
    let whose = if is_public(&hosted)? { "public" } else { "private" };
    let cache = match found.lasts {
        Lasts::Forever => format!("{whose}, max-age=31536000, immutable"),
        Lasts::Seconds => "no-cache".to_owned(),
    };
    let headers =
        [(header::CONTENT_TYPE, found.content_type.to_owned()), (header::CACHE_CONTROL, cache)];
    Ok((headers, found.bytes).into_response())
}

/// The program runs.
async fn healthy() -> &'static str {
    "ok\n"
}

/// Every record is served.
async fn ready(State(node): State<Arc<Node>>) -> Result<&'static str, NotGiven> {
    let broken = node.broken().iter().map(|broken| broken.says.clone());
    let unread = node
        .federations()
        .into_iter()
        .filter_map(|hosted| hosted.read(|_| ()).err().map(|failed| failed.to_string()));
    let wrong: Vec<_> = broken.chain(unread).collect();
    if wrong.is_empty() {
        return Ok("ready\n");
    }
    Err(NotGiven(StatusCode::SERVICE_UNAVAILABLE, wrong.join("\n")))
}
