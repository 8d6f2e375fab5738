use std::time::Duration;

use clap::Args;
use federation::{Act, PersonId};
use serde_json::{Value, json};

use crate::said::say;
use crate::settings::Settings;
use crate::undone::Undone;

/// Which node, which federation, and how to print.
#[derive(Args, Debug, Clone)]
pub(crate) struct At {
    /// The node's address [default: `http://127.0.0.1:8080`].
    #[arg(long, global = true, value_name = "URL", env = "ARTEL_NODE", help_heading = "Where")]
    pub(crate) node: Option<String>,
    /// The federation, by the beginning of its id [default: the only one there].
    #[arg(
        long,
        global = true,
        value_name = "ID",
        env = "ARTEL_FEDERATION",
        help_heading = "Where"
    )]
    pub(crate) federation: Option<String>,
    /// The token of your session; `artel key sign-in` keeps one.
    #[arg(
        long,
        global = true,
        value_name = "TOKEN",
        env = "ARTEL_TOKEN",
        hide_env_values = true,
        help_heading = "Where"
    )]
    pub(crate) token: Option<String>,
    /// Print JSON.
    #[arg(long, global = true, help_heading = "How")]
    pub(crate) json: bool,
    /// Only say what would come of it; nothing is recorded.
    #[arg(long, global = true, help_heading = "How")]
    dry_run: bool,
    /// Act for a co-member without a device, by the id of the person; two members must.
    #[arg(long = "for", global = true, value_name = "PERSON", help_heading = "How")]
    acting_for: Option<PersonId>,
}

/// A way to a node over HTTP.
pub(crate) struct Reach {
    agent: ureq::Agent,
    node: String,
    federation: Option<String>,
    token: Option<String>,
    at: At,
}

/// The node that is asked if none is named.
const NODE: &str = "http://127.0.0.1:8080";

/// The most bytes of an answer.
const ANSWER_BYTES_MAX: u64 = 64 * 1024 * 1024;

impl At {
    /// The way to the node that was named, by option, environment or settings.
    pub(crate) fn reach(&self) -> Result<Reach, Undone> {
        let settings = Settings::read()?;
        let node = self.node.clone().or(settings.node.clone());
        let node = node.unwrap_or_else(|| NODE.to_owned()).trim_end_matches('/').to_owned();
        if !node.starts_with("http://") {
            return Err(Undone::misused(format!(
                "`{node}`: only http:// is spoken here; reach a node behind TLS through a tunnel, \
                 such as `ssh -L 8080:127.0.0.1:8080 host`"
            )));
        }
        // A token kept for one node is not shown to another.
        let same_node = settings.node.as_deref().unwrap_or(NODE).trim_end_matches('/') == node;
        let token = self.token.clone().or(settings.token.filter(|_| same_node));
        let federation = self.federation.clone().or(settings.federation.filter(|_| same_node));
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_mins(2)))
            .http_status_as_error(false);
        Ok(Reach { agent: config.build().into(), node, federation, token, at: self.clone() })
    }
}

impl Reach {
    /// Whether JSON is printed.
    pub(crate) const fn prints_json(&self) -> bool {
        self.at.json
    }

    /// The node's address.
    pub(crate) fn node(&self) -> &str {
        &self.node
    }

    /// Asks for something below `/api/v1`.
    pub(crate) fn get(&self, path: &str) -> Result<Value, Undone> {
        let mut request = self.agent.get(self.url(path));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.answer(request.call())
    }

    /// Sends something below `/api/v1`.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, Undone> {
        let request = self.agent.post(self.url(path)).header("content-type", "application/json");
        let request = match &self.token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        };
        self.answer(request.send(body.to_string()))
    }

    /// Ends something below `/api/v1`.
    pub(crate) fn delete(&self, path: &str) -> Result<Value, Undone> {
        let mut request = self.agent.delete(self.url(path));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.answer(request.call())
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.node)
    }

    fn answer(
        &self,
        answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<Value, Undone> {
        let mut response = answer.map_err(|error| {
            Undone::refused(format!(
                "the node at {} does not answer: {error}; start it with `artel serve`, or name \
                 another with --node",
                self.node
            ))
        })?;
        let status = response.status();
        let body = response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string();
        let text = body.map_err(Undone::refused)?;
        if status.as_u16() == 204 {
            return Ok(Value::Null);
        }
        let value: Value = serde_json::from_str(&text).map_err(|_| {
            Undone::refused(format!("{} answers {status} with no JSON; is it Artel?", self.node))
        })?;
        if status.is_success() {
            return Ok(value);
        }
        let message = value.get("message").and_then(Value::as_str).unwrap_or(text.as_str());
        Err(Undone::refused(message))
    }

    /// The address of something of the federation that is meant.
    pub(crate) fn of_federation(&self, path: &str) -> Result<String, Undone> {
        Ok(format!("/f/{}{path}", self.federation()?))
    }

    /// The federation that is meant: the one named, or the only one there.
    pub(crate) fn federation(&self) -> Result<String, Undone> {
        if let Some(federation) = &self.federation {
            return Ok(federation.clone());
        }
        let list = self.get("/federations")?;
        let all = list["federations"].as_array().cloned().unwrap_or_default();
        match all.as_slice() {
            [one] => Ok(one["federation"].as_str().unwrap_or_default().to_owned()),
            [] => Err(Undone::refused(
                "this node hosts no federation yet; found one with `artel federation found`",
            )),
            _ => Err(Undone::misused(
                "this node hosts several federations; name one with --federation, or \
                 ARTEL_FEDERATION; `artel status` lists them",
            )),
        }
    }

    /// All rows of a table, page after page.
    pub(crate) fn rows(&self, table: &str, filter: &str) -> Result<Vec<Value>, Undone> {
        let base = self.of_federation(&format!("/{table}?limit=1000{filter}"))?;
        let (mut rows, mut from) = (Vec::new(), 0);
        loop {
            let page = self.get(&format!("{base}&from={from}"))?;
            rows.extend(page["rows"].as_array().cloned().unwrap_or_default());
            match page["next"].as_u64() {
                Some(next) => from = next,
                None => return Ok(rows),
            }
        }
    }

    /// One row of a table.
    pub(crate) fn row(&self, table: &str, number: u32) -> Result<Value, Undone> {
        self.get(&self.of_federation(&format!("/{table}/{number}"))?)
    }

    /// Does an act with the key that the node keeps, and says what came of it.
    pub(crate) fn act(&self, act: &Act, bodies: &[String]) -> Result<(), Undone> {
        self.act_as_json(&node::write_act(act), bodies)
    }

    /// As [`Reach::act`], for an act written as JSON.
    pub(crate) fn act_as_json(&self, act: &Value, bodies: &[String]) -> Result<(), Undone> {
        let body = json!({ "act": act, "acting_for": self.at.acting_for, "bodies": bodies });
        self.do_at("/acts", &body)
    }

    /// Does something in the federation that can be tried, and says what came of it.
    pub(crate) fn do_at(&self, path: &str, body: &Value) -> Result<(), Undone> {
        let dry = if self.at.dry_run { "?dry_run=true" } else { "" };
        let answer = self.post(&self.of_federation(&format!("{path}{dry}"))?, body)?;
        self.say_recorded(&answer);
        Ok(())
    }

    /// Prints what was recorded, or would be.
    pub(crate) fn say_recorded(&self, answer: &Value) {
        if self.at.json {
            say!("{answer:#}");
        } else {
            say!("{}", recorded_words(answer));
        }
    }
}

/// What was recorded, or would be, in a line.
fn recorded_words(answer: &Value) -> String {
    let outcome = &answer["outcome"];
    let number = outcome["number"].as_u64().unwrap_or_default();
    let came = match outcome["effect"].as_str() {
        None => "it was in the record before".to_owned(),
        Some("done") => "it holds".to_owned(),
        Some("gathering") => {
            let (signed, needed) = (&outcome["signed"], &outcome["needed"]);
            format!("{signed} of {needed} have signed; let another member sign the same")
        }
        Some("planned") => format!("the plan proposes {} contracts", outcome["contracts"]),
        Some(kind) => format!("{kind} {number} is there"),
    };
    match answer["entry"].as_u64() {
        None => format!("would be recorded: {came}"),
        Some(entry) => {
            let kept = if answer["kept_key"].is_string() {
                ", signed with the key that the node keeps for you"
            } else {
                ""
            };
            format!("recorded as entry {entry}{kept}: {came}")
        }
    }
}
