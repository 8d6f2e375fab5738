use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use node::Node;

use crate::visit::token;

/// Lets a reader who is signed in on the pages also follow the links from them to tables, plans
/// and the whole record. Only what reads is let through: what writes needs a form of our own.
pub(crate) async fn known_reader(
    State(node): State<Arc<Node>>,
    mut request: Request,
    next: Next,
) -> Response {
    let reads = request.method() == Method::GET;
    if reads && !request.headers().contains_key(header::AUTHORIZATION) {
        let session = token(request.headers())
            .and_then(|token| node.keys().session(token, node.clock().now()).ok()?);
        let bearer = session.map(|session| format!("Bearer {}", session.token));
        if let Some(Ok(value)) = bearer.map(|bearer| HeaderValue::from_str(&bearer)) {
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
    }
    next.run(request).await
}
