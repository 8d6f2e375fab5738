//! The interface for programs, at `/api/v1`: the acts and reads of the pages, as JSON and CSV.
//!
//! One table of routes (`routes`) makes both the router and the document that describes it.

mod act_shapes;
mod acts;
mod answer;
mod answer_shape;
mod asked;
mod challenge;
mod document;
mod federations;
mod joining;
mod outlook;
mod reads;
mod route;
mod routes;
mod serving;
mod sessions;
mod shape;
mod shape_check;
mod spreadsheet;
mod statements;
mod table;
mod tables;
mod trials;

use std::sync::Arc;

use axum::Router;

use crate::Node;

/// The interface for programs, and the paths by which a record is read.
pub fn router(node: Arc<Node>) -> Router {
    serving::router(&node).merge(crate::read_paths::router(node))
}
