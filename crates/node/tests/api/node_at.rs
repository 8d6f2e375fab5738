use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use node::Node;
use serde_json::{Value, json};
use tower::ServiceExt;

/// A node in a directory of its own, which goes with it.
pub(crate) struct At {
    pub(crate) node: Arc<Node>,
    router: Router,
    directory: PathBuf,
}

/// An answer over HTTP.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Drop for At {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

impl At {
    pub(crate) fn new() -> Self {
        Self::opened(Node::open)
    }

    pub(crate) fn demo() -> Self {
        Self::opened(Node::open_demo)
    }

    fn opened(open: impl Fn(&std::path::Path) -> Result<Node, node::Failed>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("artel-api-{}-{number}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        let node = Arc::new(open(&directory).unwrap());
        Self { router: node::api::router(node.clone()), node, directory }
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub(crate) async fn get(&self, path: &str, token: Option<&str>) -> Answer {
        self.ask(request(Method::GET, path, token).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Answer {
        let request =
            request(Method::POST, path, token).header(header::CONTENT_TYPE, "application/json");
        self.ask(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A new reader's token.
    pub(crate) async fn reader(&self, name: &str) -> String {
        let body = json!({ "name": name, "passphrase": "bread and roses" });
        let answer = self.post("/api/v1/readers", None, &body).await;
        answer.made()["token"].as_str().unwrap().to_owned()
    }

    /// A federation of a bakery and a farm, founded by Rosa of the bakery: its address, and her token.
    pub(crate) async fn founded(&self, pact: Option<Value>) -> (String, String) {
        let rosa = self.reader("rosa").await;
        let mut body = json!({
            "name": "Valley",
            "units": [{ "name": "Bakery", "counted_members": 2 }, { "name": "=Farm" }],
            "about": { "name": "Rosa" },
        });
        if let Some(pact) = pact {
            body["pact"] = pact;
        }
        let founded = self.post("/api/v1/federations", Some(&rosa), &body).await.made();
        (format!("/api/v1/f/{}", founded["federation"].as_str().unwrap()), rosa)
    }

    /// Does an act as somebody.
    pub(crate) async fn act(&self, federation: &str, token: &str, act: Value) -> Answer {
        self.post(&format!("{federation}/acts"), Some(token), &json!({ "act": act })).await
    }
}

fn request(method: Method, path: &str, token: Option<&str>) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path);
    match token {
        Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        None => request,
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn found(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }

    pub(crate) fn made(&self) -> Value {
        assert_eq!(self.status, 201, "{}", self.text());
        self.json()
    }

    /// The status and the code of something that was not answered.
    pub(crate) fn refused(&self) -> (u16, String) {
        let code = self.json()["code"].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), code)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
