use std::sync::Arc;

use axum::Router;
use axum::http::{Method, Uri};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use node::{Failed, Node};

use crate::doors::{demo, found, home, invite, newcomer, recover, sign_in};
use crate::oops::Oops;
use crate::rooms::{
    circle, circles, commons, conflict, contract, contracts, decision, decisions, delegates,
    directory, election, entry, invites, lots, me, pact, record, resources, round, rounds,
    specification, specifications, swaps, today, unit, wishes,
};
use crate::{doing, files, guard, known_reader};

/// Everything that a node serves: pages for people, the interface for programs, and the paths by
/// which the record is read.
pub fn router(node: Arc<Node>) -> Router {
    let knows = node.clone();
    Router::new()
        .merge(doors())
        .nest("/f/{federation}", rooms())
        .fallback(nowhere)
        .with_state(node.clone())
        .merge(node::api::router(node))
        .layer(from_fn_with_state(knows, known_reader::known_reader))
        .layer(from_fn(guard::guard))
}

fn doors() -> Router<Arc<Node>> {
    Router::new()
        .route("/", get(home::show))
        .route("/found", get(found::show).post(found::enter))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/device", post(sign_in::enter_by_device))
        .route("/sign-out", post(sign_in::leave))
        .route("/demo", get(demo::show))
        .route("/demo/act-as", post(demo::become_somebody))
        .route("/demo/pass", post(demo::pass))
        .route("/static/artel.css", get(files::styles))
        .route("/static/artel.js", get(files::script))
        .route("/static/artel.svg", get(files::picture))
}

fn rooms() -> Router<Arc<Node>> {
    Router::new()
        .route("/", get(today::show))
        .route("/offers", get(wishes::show))
        .route("/swaps", get(swaps::show))
        .route("/rounds", get(rounds::show))
        .route("/rounds/{round}", get(round::show))
        .route("/unit", get(unit::ours))
        .route("/unit/invites", get(invites::show))
        .route("/units/{unit}", get(unit::show))
        .route("/specifications", get(specifications::show))
        .route("/specifications/{specification}", get(specification::show))
        .route("/contracts", get(contracts::show))
        .route("/contracts/{contract}", get(contract::show))
        .route("/decisions", get(decisions::show))
        .route("/decisions/{proposal}", get(decision::show))
        .route("/decisions/{proposal}/vote", post(decision::check))
        .route("/pact", get(pact::show))
        .route("/delegates", get(delegates::show))
        .route("/delegates/{mandate}", get(delegates::one))
        .route("/elections/{proposal}", get(election::show))
        .route("/circles", get(circles::show))
        .route("/circles/{circle}", get(circle::show))
        .route("/lots", get(lots::show))
        .route("/resources", get(resources::list))
        .route("/resources/{resource}", get(resources::show))
        .route("/conflicts/{conflict}", get(conflict::show))
        .route("/commons", get(commons::list))
        .route("/commons/{common}", get(commons::show))
        .route("/directory", get(directory::show))
        .route("/record", get(record::show))
        .route("/record/{entry}", get(entry::show))
        .route("/me", get(me::show))
        .route("/me/tends", post(me::tends))
        .route("/me/erase", post(me::erase))
        .route("/me/erase/signed", post(me::erase_signed))
        .route("/do/{act}", get(doing::show).post(doing::act))
        .route("/check/{act}", post(doing::check))
        .route("/cosign", post(doing::cosign))
        .route("/join", get(newcomer::show).post(newcomer::enter))
        .route("/recover", get(recover::show).post(recover::begin))
        .route("/recover/{key}", get(recover::how_far))
        .route("/invite/{code}", get(invite::show).post(invite::enter))
}

/// An address in a federation with a slash too many at its end means the page without it.
async fn nowhere(method: Method, uri: Uri) -> Response {
    let without = uri.path().strip_suffix('/').filter(|path| path.starts_with("/f/"));
    match without {
        Some(path) if method == Method::GET => Redirect::permanent(path).into_response(),
        _ => Oops::from(Failed::missing("there is no such page here; go back to the beginning"))
            .into_response(),
    }
}
