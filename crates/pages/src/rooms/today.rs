use askama::Template;
use axum::response::Response;
use federation::rows::Unit;
use federation::{Federation, Id};

use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::rooms::outlook::{AheadLine, ahead_line};
use crate::rooms::waiting::{Waiting, waiting};

#[derive(Template)]
#[template(path = "today.html")]
struct Today {
    frame: Frame,
    base: String,
    member: bool,
    standing: Option<OurStanding>,
    ahead: Option<AheadLine>,
    waiting: Vec<Waiting>,
    came: Vec<Came>,
    testified: String,
}

/// How the reader's unit stands, in hours.
pub(crate) struct OurStanding {
    pub(crate) unit: String,
    pub(crate) entitlement: String,
    pub(crate) room: String,
    pub(crate) allowance: String,
    pub(crate) ceiling: String,
    pub(crate) reserved: String,
}

/// Something that lately came into the record.
pub(crate) struct Came {
    pub(crate) entry: u64,
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) what: String,
}

/// How many of the newest entries are shown.
const NEWEST: u64 = 8;

impl OurStanding {
    pub(crate) fn of(federation: &Federation, id: Id<Unit>) -> Option<Self> {
        let unit = federation.unit(id).ok()?;
        let reserved = unit.allowance().plus(unit.entitlement)?.minus(federation.room(id))?;
        Some(Self {
            unit: unit.name.to_string(),
            entitlement: unit.entitlement.to_string(),
            room: federation.room(id).to_string(),
            allowance: unit.allowance().to_string(),
            ceiling: federation.ceiling(id).to_string(),
            reserved: reserved.to_string(),
        })
    }
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    here.visit.node.tend_if_member(&here.hosted, here.me.is_some()).await;
    let (came, ahead) = (newest(&here)?, ahead_line(&here).await?);
    let page = here.read(|federation| Today {
        frame: Frame::inside(&here, "Today", ""),
        base: here.base.clone(),
        member: here.me.is_some(),
        standing: here.my_unit().and_then(|unit| OurStanding::of(federation, unit)),
        ahead,
        waiting: waiting(&here, federation),
        came,
        testified: federation.testified().to_string(),
    })?;
    Ok(html(&page))
}

fn newest(here: &Here) -> Result<Vec<Came>, Oops> {
    let size = here.read(Federation::size)?;
    let said = here.hosted.said_in(size.saturating_sub(NEWEST)..size)?;
    Ok(here.read(|federation| {
        let came = said.iter().rev().map(|said| {
            let person = federation.person_by_id(said.statement.person);
            Came {
                entry: said.sequence,
                at: said.time.to_string(),
                who: person.map(|id| here.called(federation, id)).unwrap_or_default(),
                what: node::words::act_sentence(federation, &said.statement.act),
            }
        });
        came.collect()
    })?)
}
