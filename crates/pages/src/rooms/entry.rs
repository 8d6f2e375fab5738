use askama::Template;
use axum::response::Response;
use federation::Federation;
use federation::act::HeldBy;
use node::Failed;

use crate::frame::Frame;
use crate::here::Here;
use crate::hex::hex;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "entry.html")]
struct EntryPage {
    frame: Frame,
    base: String,
    number: u64,
    at: String,
    author_time: String,
    who: String,
    what: String,
    key: String,
    held: &'static str,
    signature: String,
    statement: String,
    receipt: String,
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let number: u64 = here.path("entry").parse().unwrap_or(u64::MAX);
    let size = here.read(Federation::size)?;
    let missing = || Failed::missing(format!("there is no entry {number}; this copy has {size}"));
    let said = here.hosted.said(number)?.ok_or_else(missing)?;
    let receipt = here.hosted.record().receipt(number).map_err(Failed::from)?;
    let page = here.read(|federation| {
        let person = federation.person_by_id(said.statement.person);
        let held_by = federation.key(said.statement.key).map(|key| key.held_by);
        EntryPage {
            frame: Frame::inside(&here, format!("Entry {number}"), "/record"),
            base: here.base.clone(),
            number,
            at: said.time.to_string(),
            author_time: said.statement.time.to_string(),
            who: person.map(|id| here.called(federation, id)).unwrap_or_default(),
            what: node::words::act_sentence(federation, &said.statement.act),
            key: said.statement.key.to_string(),
            held: held(held_by),
            signature: hex(&said.leaf.signature),
            statement: readable(&said.leaf.statement),
            receipt: receipt.map(|receipt| receipt.to_string()).unwrap_or_default(),
        }
    })?;
    Ok(html(&page))
}

fn held(held_by: Option<HeldBy>) -> &'static str {
    match held_by {
        Some(HeldBy::Node) => "a key that was kept for them by a node",
        Some(HeldBy::Invite) => "the key of an invite link",
        Some(HeldBy::Device) => "a key in their own device",
        None => "a key that the record does not know",
    }
}

/// The statement with line breaks, for reading; the bytes that were signed have none.
fn readable(statement: &[u8]) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_slice(statement);
    let pretty = value.and_then(|value| serde_json::to_string_pretty(&value));
    pretty.unwrap_or_else(|_| String::from_utf8_lossy(statement).into_owned())
}
