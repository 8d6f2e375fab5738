use askama::Template;
use axum::extract::Form;
use axum::response::Response;
use federation::PersonId;
use node::{Failed, Seat};

use crate::doors::go;
use crate::frame::Frame;
use crate::given::Given;
use crate::oops::{Oops, html};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "demo.html")]
struct Demo {
    frame: Frame,
    now: String,
    federations: Vec<Sample>,
}

struct Sample {
    base: String,
    id: String,
    name: String,
    units: Vec<SampleUnit>,
}

struct SampleUnit {
    name: String,
    entitlement: String,
    people: Vec<(String, String)>,
}

fn check(visit: &Visit) -> Result<(), Failed> {
    if visit.node.is_demo() {
        return Ok(());
    }
    Err(Failed::missing("this node is no demonstration; start one with `artel demo`"))
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Oops> {
    check(&visit)?;
    let mut federations = Vec::new();
    for hosted in visit.node.federations() {
        let keys = visit.node.keys();
        let id = hosted.id();
        let can_act =
            |person| matches!(keys.reader_of(Seat { federation: id, person }), Ok(Some(_)));
        federations.push(hosted.read(|state| {
            let units = state.units().map(|(_, unit)| {
                let people = unit.members.iter().filter_map(|&person| {
                    let row = state.person(person).ok().filter(|row| can_act(row.id))?;
                    Some((row.id.to_string(), hosted.called(state, person)))
                });
                let (name, entitlement) = (unit.name.to_string(), unit.entitlement.to_string());
                SampleUnit { name, entitlement, people: people.collect() }
            });
            Sample {
                base: format!("/f/{}", hosted.short_id()),
                id: id.to_string(),
                name: state.name().map(ToString::to_string).unwrap_or_default(),
                units: units.filter(|unit| !unit.people.is_empty()).collect(),
            }
        })?);
    }
    let now = visit.node.clock().now().to_string();
    Ok(html(&Demo { frame: Frame::outside(&visit, "Try it out"), now, federations }))
}

/// Acts as somebody of the sample.
pub(crate) async fn become_somebody(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    check(&visit)?;
    let given = Given::new(pairs);
    visit.check_form(&given)?;
    let hosted = visit.node.find(given.raw("federation"))?;
    let wrong = |wrong: federation::WrittenWrong| Failed::refused("person-name", wrong.to_string());
    let person: PersonId = given.raw("person").parse().map_err(wrong)?;
    let seat = Seat { federation: hosted.id(), person };
    let missing = || Failed::missing("nobody acts as that person at this node; choose another");
    let reader = visit.node.keys().reader_of(seat)?.ok_or_else(missing)?;
    let session = visit.node.keys().begin_session(reader, visit.node.clock().now())?;
    go(&format!("/f/{}", hosted.short_id()), Some(&session))
}

/// Lets time pass, by moving this node's clock on.
pub(crate) async fn pass(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    check(&visit)?;
    let given = Given::new(pairs);
    visit.check_form(&given)?;
    let seconds = match given.raw("what") {
        "hour" => 3600,
        "day" => 86_400,
        _ => 7 * 86_400,
    };
    visit.node.clock().pass(seconds);
    for hosted in visit.node.federations() {
        visit.node.tend(&hosted).await?;
    }
    go("/demo", None)
}
