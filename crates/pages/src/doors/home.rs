use askama::Template;
use axum::response::Response;

use crate::frame::Frame;
use crate::oops::{Oops, html};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    signed_in: bool,
    demo: bool,
    federations: Vec<Row>,
    broken: Vec<String>,
}

struct Row {
    base: String,
    name: String,
    units: usize,
    entries: u64,
    mine: bool,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Oops> {
    let mut federations = Vec::new();
    for hosted in visit.node.federations() {
        let seat = match &visit.session {
            Some(session) => visit.node.keys().seat_in(session.reader, hosted.id())?,
            None => None,
        };
        federations.push(hosted.read(|state| Row {
            base: format!("/f/{}", hosted.short_id()),
            name: state.name().map(ToString::to_string).unwrap_or_default(),
            units: state.units().filter(|(_, unit)| unit.is_in()).count(),
            entries: state.size(),
            mine: seat.is_some(),
        })?);
    }
    let broken = visit.node.broken().iter().map(|broken| broken.says.clone()).collect();
    let page = Home {
        frame: Frame::outside(&visit, "Federations at this node"),
        signed_in: visit.session.is_some(),
        demo: visit.node.is_demo(),
        federations,
        broken,
    };
    Ok(html(&page))
}
