use federation::{Id, Pact};
use measure::Hours;
use serde_json::{Value, json};

use super::act_shapes::PACT;
use super::answer::{Answer, Unanswered};
use super::asked::Asked;
use super::joining::{ABOUT, about, line, name};
use super::route::{Gives, Route, Who};
use super::shape::{Field, Shape, object};
use crate::{Failed, Foundation, FoundingUnit, Hosted};

const FOUNDING_UNIT: Shape = Shape::Object(&[
    Field::must("name", Shape::Text { least: 1, most: 80 }, "What it is called."),
    Field::may("place", Shape::Text { least: 0, most: 300 }, "Where it is."),
    Field::may(
        "counted_members",
        Shape::Whole { least: 1, most: 100_000 },
        "How many members count; 1 if left out.",
    ),
    Field::may("base_seconds", Shape::COUNT, "Its base; 20 hours a member if left out."),
    Field::may("opening_seconds", Shape::SECONDS, "Its opening entitlement; all sum to zero."),
]);

const FOUNDATION: Shape = Shape::Object(&[
    Field::must("name", Shape::Text { least: 1, most: 80 }, "What it is called."),
    Field::may("pact", PACT, "Its pact; weekly rounds and public reading if left out."),
    Field::must(
        "units",
        Shape::List { of: &FOUNDING_UNIT, least: 1, most: 200 },
        "Its units; you are the first member of the first.",
    ),
    Field::must("about", ABOUT, "Who you are; only members see it."),
]);

const INVITE: Shape = Shape::Object(&[
    Field::must("label", Shape::WORDS, "For which unit."),
    Field::must("code", Shape::WORDS, "What the invite's link ends with."),
]);

const FOUNDED: &[Field] = &[
    Field::must("federation", Shape::Hex(64), "Its id."),
    Field::must("person", Shape::Hex(32), "Who you are there."),
    Field::must(
        "invites",
        Shape::List { of: &INVITE, least: 0, most: 200 },
        "For the first member of each other unit.",
    ),
];

const MAYBE_WORDS: Shape = Shape::OrNull(&Shape::WORDS);
const MAYBE_TIME: Shape = Shape::OrNull(&Shape::TIME);

/// What is told of a federation.
pub(super) const FEDERATION: Shape = Shape::Named(
    "Federation",
    &Shape::Object(&[
        Field::must("federation", Shape::Hex(64), "Its id."),
        Field::must("name", MAYBE_WORDS, "What it is called; for members where it is not public."),
        Field::must("reading", Shape::Word(&["public", "members"]), "Who may read its record."),
        Field::must("pact", Shape::OrNull(&PACT), "Its pact, for those who may read."),
        Field::must("founded", MAYBE_TIME, "When it was founded."),
        Field::must("entries", Shape::COUNT, "How many entries its record has."),
        Field::must("time", Shape::TIME, "The host's time of the last entry."),
        Field::must("testified", Shape::TIME, "The time that enough units vouch for."),
        Field::must("units", Shape::COUNT, "How many units are in it."),
        Field::must("room_left_seconds", Shape::SECONDS, "What all may still use."),
        Field::must("next_round_due", MAYBE_TIME, "When the next round can open."),
        Field::must("host_person", Shape::OrNull(&Shape::NUMBER), "Who hosts it."),
        Field::must("host_key", Shape::Hex(64), "The key that signs its checkpoints."),
        Field::must("checkpoint", MAYBE_WORDS, "The last signed checkpoint, for readers."),
    ]),
);

pub(super) fn routes() -> Vec<Route> {
    let all = object(&[Field::must(
        "federations",
        Shape::List { of: &FEDERATION, least: 0, most: usize::MAX },
        "What this node hosts.",
    )]);
    let routes = vec![
        Route::get("/federations", "list-federations", "The federations hosted here.", |asked| {
            Ok(Answer::Found(list(asked)))
        })
        .gives(Gives::Found(all)),
        Route::post("/federations", "found-federation", "Founds a federation here.", found)
            .by(Who::SignedIn)
            .takes_up_to(FOUNDATION, 256 * 1024)
            .gives(Gives::Made(object(FOUNDED))),
        Route::get("/f/{federation}", "show-federation", "A federation and its pact.", show)
            .by(Who::Readers)
            .gives(Gives::Found(FEDERATION.schema())),
    ];
    routes.into_iter().map(|route| route.in_room("federations")).collect()
}

fn list(asked: &Asked) -> Value {
    let rows = asked.node.federations().into_iter().map(|hosted| {
        let federation = hosted.id();
        let seat = match &asked.session {
            Some(session) => asked.node.keys().seat_in(session.reader, federation)?,
            None => None,
        };
        federation_row(&hosted, |state| seat.is_some_and(|id| state.person_by_id(id).is_some()))
    });
    // A record that cannot be read now is told of at `/api/v1/status`.
    json!({ "federations": rows.filter_map(Result::ok).collect::<Vec<_>>() })
}

fn show(asked: &Asked) -> Result<Answer, Unanswered> {
    Ok(Answer::Found(federation_row(&*asked.hosted()?, |_| true)?))
}

fn federation_row(
    hosted: &Hosted,
    may_read: impl FnOnce(&federation::Federation) -> bool,
) -> Result<Value, Failed> {
    let checkpoint = hosted.record().checkpoint();
    hosted.read(|state| {
        let pact = state.pact();
        let reading = state.reading();
        let open = reading == federation::Reading::Public || may_read(state);
        json!({
            "federation": hosted.id(),
            "name": state.name().filter(|_| open),
            "reading": reading,
            "pact": pact.filter(|_| open),
            "founded": state.founded(),
            "entries": state.size(),
            "time": state.time(),
            "testified": state.testified(),
            "units": state.units().filter(|(_, unit)| unit.is_in()).count(),
            "room_left_seconds": state.room_left(),
            "next_round_due": state.next_round_due(),
            "host_person": state.host().map(Id::number),
            "host_key": hosted.record().host(),
            "checkpoint": open.then(|| checkpoint.to_string()),
        })
    })
}

fn found(asked: &Asked) -> Result<Answer, Unanswered> {
    let pact = match asked.body.get("pact") {
        Some(pact) => serde_json::from_value(pact.clone())
            // Its shape was checked; what a shape cannot say is a rule's business, as in an act.
            .map_err(|error| {
                Failed::refused("pact-unreadable", format!("the pact is not taken: {error}"))
            })?,
        None => Pact::default(),
    };
    let units = asked.body.get("units").and_then(Value::as_array).into_iter().flatten();
    let foundation = Foundation {
        name: name("name", asked.text("name"))?,
        pact,
        units: units.map(founding_unit).collect::<Result<_, _>>()?,
        founder: about(asked.body.get("about"))?,
    };
    let founded = asked.node.found(asked.session()?.reader, foundation)?;
    let federation = founded.hosted.id();
    let invites = asked.node.keys().invites_by(federation, founded.founder)?;
    let invites: Vec<_> = invites
        .iter()
        .map(|invite| json!({ "label": invite.label, "code": invite.code() }))
        .collect();
    let person = founded.founder;
    Ok(Answer::Made(json!({ "federation": federation, "person": person, "invites": invites })))
}

fn founding_unit(described: &Value) -> Result<FoundingUnit, Failed> {
    let text = |field| described.get(field).and_then(Value::as_str).unwrap_or_default();
    let number = |field| described.get(field).and_then(Value::as_i64);
    let hours = |field| number(field).and_then(Hours::from_seconds);
    let counted = number("counted_members").and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
    let base = hours("base_seconds").or_else(|| Pact::BASE_PER_MEMBER.times(counted));
    Ok(FoundingUnit {
        name: name("name", text("name"))?,
        place: line("place", text("place"))?,
        counted_members: counted,
        base: base.unwrap_or_default(),
        opening: hours("opening_seconds").unwrap_or_default(),
    })
}
