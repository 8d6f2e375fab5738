use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Query, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter, on};
use serde_json::Value;
use tokio::sync::Semaphore;

use super::answer::{Answer, Unanswered};
use super::asked::{Asked, not_signed_in};
use super::challenge::Challenges;
use super::route::{Does, Method, Route, Who};
use super::routes::routes;
use super::shape::{Field, Shape};
use super::shape_check::check;
use crate::{Failed, Node, Session};

/// What every request is answered with.
struct Serving {
    node: Arc<Node>,
    challenges: Arc<Challenges>,
    /// Large submissions are taken a few at a time, so that they cannot fill the memory.
    large: Semaphore,
    /// So are passphrases, which are made to take time.
    slow: Semaphore,
}

/// What is larger than this waits its turn.
const LARGE: usize = 1024 * 1024;

/// How many large submissions, and how many passphrases, are taken at a time.
const AT_A_TIME: usize = 2;

/// The router of all routes, below `/api/v1`.
pub(crate) fn router(node: &Arc<Node>) -> Router {
    let serving = Arc::new(Serving {
        node: node.clone(),
        challenges: Arc::default(),
        large: Semaphore::new(AT_A_TIME),
        slow: Semaphore::new(AT_A_TIME),
    });
    let mut by_path: BTreeMap<String, MethodRouter> = BTreeMap::new();
    for route in routes() {
        let methods = by_path.remove(&route.path).unwrap_or_default();
        by_path.insert(route.path.clone(), methods.merge(serve(&serving, route)));
    }
    let routes = by_path.into_iter();
    let router = routes.fold(Router::new(), |router, (path, methods)| router.route(&path, methods));
    let router = router
        .fallback(async || {
            Unanswered::from(Failed::missing(
                "there is nothing at this address; all addresses stand in /api/v1/openapi.json",
            ))
        })
        .method_not_allowed_fallback(async || {
            Unanswered::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "this address is not asked in this way; see /api/v1/openapi.json",
            )
        });
    Router::new().nest("/api/v1", router)
}

fn serve(serving: &Arc<Serving>, route: Route) -> MethodRouter {
    let filter = match route.method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Delete => MethodFilter::DELETE,
    };
    let (serving, route) = (serving.clone(), Arc::new(route));
    on(filter, move |request: Request| async move {
        match serving.answer(route, request).await {
            Ok(answer) => answer.into_response(),
            Err(unanswered) => unanswered.into_response(),
        }
    })
}

impl Serving {
    async fn answer(&self, route: Arc<Route>, request: Request) -> Result<Answer, Unanswered> {
        let (mut parts, body) = request.into_parts();
        let session = match self.session(&parts) {
            // Whoever signs in anew may still hold a token that is over.
            Err(_) if route.who == Who::Anybody => None,
            session => session?,
        };
        let path = path(&mut parts).await?;
        let query = query(&parts, &route.query)?;
        let _turn = match () {
            () if length(&parts) > LARGE => self.large.acquire().await.ok(),
            () if route.is_slow() => self.slow.acquire().await.ok(),
            () => None,
        };
        let body = match &route.takes {
            Some(takes) => body_value(&parts, body, takes.bytes_max).await?,
            None => Value::Null,
        };
        let (node, challenges) = (self.node.clone(), self.challenges.clone());
        let asked = Asked { node, challenges, path, query, body, session };
        match route.does.clone() {
            Does::Later(does) => {
                asked.check(&route)?;
                does(asked).await
            }
            Does::Now(does) => {
                let work = move || {
                    asked.check(&route)?;
                    does(&asked)
                };
                tokio::task::spawn_blocking(work).await.map_err(Failed::fault)?
            }
        }
    }

    /// The session that a token stands for. A token that stands for none is refused, also where a
    /// public record is read, so that nobody goes on thinking that they are signed in.
    fn session(&self, parts: &Parts) -> Result<Option<Session>, Unanswered> {
        let Some(header) = parts.headers.get(header::AUTHORIZATION) else { return Ok(None) };
        let words = header.to_str().ok().and_then(|words| words.split_once(' '));
        let token = words.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let (_, token) = token.ok_or_else(not_signed_in)?;
        let found = self.node.keys().session(token.trim(), self.node.clock().now())?;
        found.map(Some).ok_or_else(not_signed_in)
    }
}

async fn path(parts: &mut Parts) -> Result<BTreeMap<String, String>, Unanswered> {
    let params = RawPathParams::from_request_parts(parts, &())
        .await
        .map_err(|_| Failed::missing("the address is not written in UTF-8"))?;
    Ok(params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// The query, each field known, once at most, and of its shape.
fn query(parts: &Parts, fields: &[Field]) -> Result<BTreeMap<String, Value>, Unanswered> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
        .map_err(|error| Unanswered::unreadable(format!("the query cannot be read: {error}")))?;
    let mut query = BTreeMap::new();
    for (name, text) in pairs {
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            let names: Vec<_> = fields.iter().map(|field| field.name).collect();
            let known = if names.is_empty() { "none".to_owned() } else { names.join("`, `") };
            return Err(Unanswered::unreadable(format!(
                "this address is not asked by `{name}`; it knows `{known}`"
            )));
        };
        let value = value_of(&field.shape, text);
        check(&field.shape, &value)
            .map_err(|wrong| Unanswered::unreadable(format!("`{name}`: {wrong}")))?;
        if query.insert(name, value).is_some() {
            let name = field.name;
            return Err(Unanswered::unreadable(format!("`{name}` stands twice; write it once")));
        }
    }
    Ok(query)
}

/// A text of the query as its shape has it.
fn value_of(shape: &Shape, text: String) -> Value {
    match shape {
        Shape::Whole { .. } => match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => number.into(),
            _ => text.into(),
        },
        Shape::Flag if text == "true" => true.into(),
        Shape::Flag if text == "false" => false.into(),
        _ => text.into(),
    }
}

/// How long what comes along says it is; as long as can be if it does not say.
fn length(parts: &Parts) -> usize {
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    match header(header::CONTENT_LENGTH) {
        Some(length) => length.parse().unwrap_or(usize::MAX),
        None if parts.headers.contains_key(header::TRANSFER_ENCODING) => usize::MAX,
        None => 0,
    }
}

async fn body_value(parts: &Parts, body: Body, bytes_max: usize) -> Result<Value, Unanswered> {
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let essence = content_type.and_then(|text| text.split(';').next()).unwrap_or_default();
    if !essence.trim().eq_ignore_ascii_case("application/json") {
        return Err(Unanswered::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "what is sent here is JSON; say `Content-Type: application/json`",
        ));
    }
    let too_large = || {
        Unanswered::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large-to-take",
            format!("at most {bytes_max} bytes are taken here; send less"),
        )
    };
    let said = parts.headers.get(header::CONTENT_LENGTH).map(|_| length(parts));
    if said.is_some_and(|length| length > bytes_max) {
        return Err(too_large());
    }
    let bytes = to_bytes(body, bytes_max).await.map_err(|_| too_large())?;
    let mut value = serde_json::from_slice(&bytes)
        .map_err(|error| Unanswered::unreadable(format!("this is no JSON: {error}; mend it")))?;
    write_whole_numbers_plainly(&mut value);
    Ok(value)
}

/// JSON Schema, and so our document, takes `3.0` for a whole number; the acts are read with `3`.
fn write_whole_numbers_plainly(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let written = number.to_string();
            if let Some(whole) = written.strip_suffix(".0").and_then(|n| n.parse::<i64>().ok()) {
                *value = whole.into();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(write_whole_numbers_plainly),
        Value::Object(fields) => fields.values_mut().for_each(write_whole_numbers_plainly),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_number_may_be_written_with_a_nought_behind_the_point() {
        let mut value = json!({ "a": [3.0, -2.0, 2.5], "b": "3.0" });
        write_whole_numbers_plainly(&mut value);
        assert_eq!(value, json!({ "a": [3, -2, 2.5], "b": "3.0" }));
    }
}
