//! Somebody who visits a node's pages with a browser that knows no JavaScript.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use node::Node;
use tower::ServiceExt;

/// A node of its own for one test.
pub(crate) struct Place {
    pub(crate) node: Arc<Node>,
    pub(crate) router: Router,
}

impl Place {
    pub(crate) fn new(test: &str) -> Self {
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = std::fs::remove_dir_all(&directory);
        let node = Arc::new(Node::open_demo(&directory).unwrap());
        Self { router: pages::router(node.clone()), node }
    }

    pub(crate) fn visitor(&self) -> Visitor {
        Visitor { router: self.router.clone(), cookie: None }
    }
}

/// A browser, with its cookie.
#[derive(Clone)]
pub(crate) struct Visitor {
    router: Router,
    cookie: Option<String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
    pub(crate) location: Option<String>,
}

impl Visitor {
    async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let text = |name| {
            response.headers().get(name).and_then(|v| v.to_str().ok()).map(ToOwned::to_owned)
        };
        let location = text(header::LOCATION);
        if let Some(cookie) = text(header::SET_COOKIE) {
            self.cookie = cookie.split(';').next().map(ToOwned::to_owned);
        }
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, text: String::from_utf8_lossy(&bytes).into_owned(), location }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request =
            Request::builder().method(method).uri(path).header(header::HOST, "artel.test");
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    /// Looks at a page, whatever its status.
    pub(crate) async fn look(&mut self, path: &str) -> Answer {
        let request = self.request("GET", path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Opens a page that is there.
    pub(crate) async fn open(&mut self, path: &str) -> String {
        let answer = self.look(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        answer.text
    }

    /// Sends a form as a page gave it, with the token that any page shows.
    pub(crate) async fn send_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let home = self.look("/sign-in").await.text;
        let token = between(&home, "name=\"token\" value=\"", "\"").unwrap_or_default();
        let mut pairs = vec![("token", token.as_str())];
        pairs.extend_from_slice(fields);
        let body: Vec<_> = pairs
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(request).await
    }

    /// Sends a form that is taken, and follows to the page that comes after it.
    pub(crate) async fn done(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.send_form(path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", main_of(&answer.text));
        let location = answer.location.unwrap();
        self.open(&location).await
    }

    /// Sends a form that a rule refuses; gives the page that says why.
    pub(crate) async fn refused(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.send_form(path, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.text);
        answer.text
    }
}

/// The part of a text between two others.
pub(crate) fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let from = text.find(before)? + before.len();
    let to = text[from..].find(after)? + from;
    Some(text[from..to].to_owned())
}

/// The content of a page, without what stands around it.
pub(crate) fn main_of(page: &str) -> String {
    between(page, "<main id=\"content\">", "</main>").unwrap_or_else(|| page.to_owned())
}

/// Form encoding, as browsers do it.
pub(crate) fn encode(text: &str) -> String {
    let letter = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(letter).collect::<Vec<_>>().concat()
}

/// A federation of three units with a member each, founded and joined through the pages.
pub(crate) struct Three {
    pub(crate) place: Place,
    pub(crate) base: String,
    pub(crate) baker: Visitor,
    pub(crate) miller: Visitor,
    pub(crate) smith: Visitor,
}

/// The form that founds a valley, with some fields filled in otherwise.
pub(crate) fn founding<'a>(otherwise: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Valley"),
        ("kind", "units"),
        ("your_name", "Rosa"),
        ("own_unit", "Bakery; 2"),
        ("units", ""),
        ("base", "20"),
        ("ceiling", "80"),
        ("round_every_hours", "168"),
        ("round_open_hours", "96"),
        ("answer_hours", "48"),
        ("reading", "public"),
        ("sign_in", "rosa"),
        ("passphrase", "bread and roses"),
    ];
    for field in &mut fields {
        if let Some(other) = otherwise.iter().find(|(name, _)| *name == field.0) {
            *field = *other;
        }
    }
    fields
}

impl Three {
    pub(crate) async fn found(test: &str) -> Self {
        let place = Place::new(test);
        let mut baker = place.visitor();
        let page = baker
            .done(
                "/found",
                &founding(&[
                    ("own_unit", "Bakery; 2; Mill Street"),
                    ("units", "Mill; 2; River\nSmithy; 1"),
                ]),
            )
            .await;
        let base = between(&page, "<a class=\"name\" href=\"", "\"").unwrap();
        let links: Vec<_> = page
            .split("<a href=\"http://artel.test")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        assert_eq!(links.len(), 2, "{page}");
        let miller = join(&place, &links[0], "Karl").await;
        let smith = join(&place, &links[1], "Emma").await;
        Self { place, base, baker, miller, smith }
    }

    /// Lets days pass, and the node take every step that is due.
    pub(crate) async fn pass(&self, days: u32) {
        self.place.node.clock().pass(days * 86_400);
        for hosted in self.place.node.federations() {
            self.place.node.tend(&hosted).await.unwrap();
        }
    }

    /// A page of the federation.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

/// Joins with an invite link.
pub(crate) async fn join(place: &Place, link: &str, name: &str) -> Visitor {
    let mut visitor = place.visitor();
    visitor.open(link).await;
    let fields = [
        ("name", name),
        ("contact", "by the river"),
        ("sign_in", name),
        ("passphrase", "a long passphrase"),
    ];
    let page = visitor.done(link, &fields).await;
    assert!(page.contains(name), "{page}");
    visitor
}

/// A member signs what waits for their signature first.
pub(crate) async fn cosign(base: &str, member: &mut Visitor) {
    let today = member.open(base).await;
    let act = between(&today, "name=\"act\" value=\"", "\"").unwrap().replace("&#34;", "\"");
    let person = between(&today, "name=\"person\" value=\"", "\"").unwrap_or_default();
    member.done(&format!("{base}/cosign"), &[("act", &act), ("person", &person)]).await;
}

/// Specifies something and asks a value for it, as its first two versions after those of others.
pub(crate) async fn specify(
    visitor: &mut Visitor,
    base: &str,
    name: &str,
    version: &str,
    value: &str,
) {
    let fields = [
        ("name", name),
        ("nature", "good"),
        ("measure", "kg"),
        ("decimals", "3"),
        ("clauses", "fresh"),
        ("about", ""),
    ];
    visitor.done(&format!("{base}/do/propose-specification"), &fields).await;
    let asked = [("version", version), ("value", value)];
    visitor.done(&format!("{base}/do/ask-value"), &asked).await;
}

/// What to write into the form of an offer or a need that stands for rounds and says yes in advance.
pub(crate) fn wish<'a>(
    version: &'a str,
    quantity: &'a str,
    value_max: &'a str,
) -> [(&'a str, &'a str); 8] {
    [
        ("version", version),
        ("quantity", quantity),
        ("value_max", value_max),
        ("stands_for", "rounds"),
        ("consent", "standing"),
        ("every_days", ""),
        ("until", ""),
        ("area", ""),
    ]
}
