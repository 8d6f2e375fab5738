use std::sync::Arc;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use node::{Failed, Node, Session};

use crate::frame::ReaderLine;
use crate::given::Given;
use crate::oops::Oops;

/// Somebody asking for a page.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) node: Arc<Node>,
    pub(crate) session: Option<Session>,
    pub(crate) query: Given,
    /// Where this node is reached, as the reader's browser says: `http://192.168.1.7:8080`.
    pub(crate) origin: String,
    same_origin: SameOrigin,
}

/// Whether the request comes from one of the node's own pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SameOrigin {
    Yes,
    No,
}

/// The cookie that carries a session.
const COOKIE: &str = "artel";

impl FromRequestParts<Arc<Node>> for Visit {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, node: &Arc<Node>) -> Result<Self, Oops> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, node)
            .await
            .map_err(|error| Failed::missing(format!("the address cannot be read: {error}")))?;
        let session = match token(&parts.headers) {
            Some(token) => node.keys().session(token, node.clock().now())?,
            None => None,
        };
        let host = text(parts, header::HOST.as_str()).unwrap_or("localhost");
        let scheme = text(parts, "x-forwarded-proto").filter(|&scheme| scheme == "https");
        let origin = format!("{}://{host}", scheme.unwrap_or("http"));
        let same_origin = same_origin(parts, host);
        Ok(Self { node: node.clone(), session, query: Given::new(pairs), origin, same_origin })
    }
}

fn text<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts.headers.get(name)?.to_str().ok()
}

/// The session's token in the browser's cookie.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE);
    let mut pairs =
        cookies.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Browsers say where a form was sent from; programs that say nothing carry no cookie by accident.
fn same_origin(parts: &Parts, host: &str) -> SameOrigin {
    if let Some(site) = text(parts, "sec-fetch-site") {
        return if matches!(site, "same-origin" | "none") {
            SameOrigin::Yes
        } else {
            SameOrigin::No
        };
    }
    match text(parts, header::ORIGIN.as_str()) {
        Some(origin) if origin.split("://").nth(1) != Some(host) => SameOrigin::No,
        _ => SameOrigin::Yes,
    }
}

impl Visit {
    /// Refused for a form that was not sent from one of this node's pages.
    pub(crate) fn check_form(&self, given: &Given) -> Result<(), Failed> {
        let token = self.session.as_ref().map(Session::form_token);
        let holds = token.is_none_or(|token| token == given.raw("token"));
        if holds && self.same_origin == SameOrigin::Yes {
            return Ok(());
        }
        Err(Failed::refused(
            "form-from-elsewhere",
            "the form does not come from a page that this node gave you; open the page again and \
             fill it in there",
        ))
    }

    /// The reader's name to sign in with.
    pub(crate) fn reader_line(&self) -> Option<ReaderLine> {
        let session = self.session.as_ref()?;
        let name = self.node.keys().sign_in_name(session.reader).ok()??;
        Some(ReaderLine { name, unit: String::new() })
    }

    /// The header that begins a session in the browser.
    pub(crate) fn cookie(session: &Session) -> String {
        let seconds = Session::SECONDS;
        format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}", session.token)
    }

    /// The header that ends the session in the browser.
    pub(crate) fn no_cookie() -> String {
        format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
    }
}
