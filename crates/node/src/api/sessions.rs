use federation::Id;
use serde_json::{Value, json};

use super::answer::{Answer, Unanswered};
use super::asked::Asked;
use super::challenge::{Challenges, Shown};
use super::route::{Gives, Method, Route, Who};
use super::shape::{Field, Shape, object};
use super::statements::signature;
use crate::{Failed, Reader, Seat, Session};

const SIGN_IN: Shape = Shape::Object(&[
    Field::must("name", Shape::Text { least: 1, most: 80 }, "The name to sign in with."),
    Field::must("passphrase", Shape::Text { least: 1, most: 200 }, "The passphrase."),
]);

const KEY: Shape = Shape::Object(&[
    Field::must("federation", Shape::Hex(64), "The federation's id."),
    Field::must("key", Shape::Hex(64), "The device's public key."),
]);

const SIGNED_CHALLENGE: Shape = Shape::Object(&[
    Field::must("challenge", Shape::Text { least: 1, most: 400 }, "The text, as it was given."),
    Field::must("signature", Shape::Hex(128), "The Ed25519 signature over its UTF-8 bytes."),
]);

const AS: Shape = Shape::Object(&[Field::must("person", Shape::NUMBER, "The person's number.")]);

const SESSION: &[Field] = &[
    Field::must("token", Shape::WORDS, "To be sent as `Authorization: Bearer …`."),
    Field::must("until", Shape::TIME, "When the session is over."),
];

const CHALLENGE: &[Field] = &[
    Field::must("challenge", Shape::WORDS, "The text to sign."),
    Field::must("until", Shape::TIME, "Until when it can be signed."),
];

const SEAT: Shape = Shape::Object(&[
    Field::must("federation", Shape::Hex(64), "The federation."),
    Field::must("federation_name", Shape::OrNull(&Shape::WORDS), "What it is called."),
    Field::must("person", Shape::Hex(32), "Who the reader is there."),
    Field::must("person_number", Shape::OrNull(&Shape::NUMBER), "The person's number there."),
    Field::must("unit", Shape::OrNull(&Shape::NUMBER), "The unit they are a member of."),
    Field::must("unit_name", Shape::OrNull(&Shape::WORDS), "What that is called."),
]);

const WHO: &[Field] = &[
    Field::must("name", Shape::OrNull(&Shape::WORDS), "The name signed in with."),
    Field::must(
        "seats",
        Shape::List { of: &SEAT, least: 0, most: usize::MAX },
        "Who that is in which federation.",
    ),
];

pub(super) fn routes() -> Vec<Route> {
    let routes = vec![
        Route::post("/readers", "add-reader", "Makes somebody known at this node.", add_reader)
            .takes(SIGN_IN)
            .gives(Gives::Made(object(SESSION))),
        Route::post("/sessions", "sign-in", "Signs in with a name and a passphrase.", sign_in)
            .takes(SIGN_IN)
            .gives(Gives::Made(object(SESSION))),
        Route::post(
            "/challenges",
            "ask-for-challenge",
            "Gives a device a text to sign.",
            challenge,
        )
        .takes(KEY)
        .gives(Gives::Made(object(CHALLENGE))),
        Route::post(
            "/sessions/by-device",
            "sign-in-by-device",
            "Signs in with a challenge that a device has signed.",
            sign_in_by_device,
        )
        .takes(SIGNED_CHALLENGE)
        .gives(Gives::Made(object(SESSION))),
        Route::post(
            "/f/{federation}/sessions-as",
            "act-as",
            "Signs in as anybody, at a node that is there to be tried out.",
            act_as,
        )
        .takes(AS)
        .gives(Gives::Made(object(SESSION))),
        Route::get("/session", "show-session", "Says who is signed in.", who)
            .by(Who::SignedIn)
            .gives(Gives::Found(object(WHO))),
        Route::new(
            Method::Delete,
            "/session",
            "sign-out",
            "Ends the session.",
            super::route::Does::Now(std::sync::Arc::new(sign_out)),
        )
        .by(Who::SignedIn),
    ];
    routes.into_iter().map(|route| route.in_room("sessions")).collect()
}

fn add_reader(asked: &Asked) -> Result<Answer, Unanswered> {
    let reader = asked.node.keys().add_reader(asked.text("name"), asked.text("passphrase"))?;
    begin(asked, reader)
}

fn sign_in(asked: &Asked) -> Result<Answer, Unanswered> {
    let reader = asked.node.keys().sign_in(asked.text("name"), asked.text("passphrase"))?;
    begin(asked, reader)
}

fn act_as(asked: &Asked) -> Result<Answer, Unanswered> {
    let hosted = asked.hosted()?;
    if !asked.node.is_demo() {
        let says = "only a demonstration lets anybody act as anybody; sign in as yourself";
        return Err(Failed::refused("no-demo", says).into());
    }
    let number = asked.body.get("person").and_then(Value::as_u64).unwrap_or(u64::MAX);
    let id = Id::new(u32::try_from(number).unwrap_or(u32::MAX));
    let person = hosted.read(|state| state.person(id).map(|person| person.id))??;
    begin(asked, reader_of(asked, Seat { federation: hosted.id(), person })?)
}

/// The reader who is this person, made if there is none yet.
fn reader_of(asked: &Asked, seat: Seat) -> Result<Reader, Failed> {
    let keys = asked.node.keys();
    if let Some(reader) = keys.reader_of(seat)? {
        return Ok(reader);
    }
    let reader = keys.add_reader_without_name()?;
    keys.seat(reader, seat)?;
    Ok(reader)
}

fn begin(asked: &Asked, reader: Reader) -> Result<Answer, Unanswered> {
    let now = asked.node.clock().now();
    let session = asked.node.keys().begin_session(reader, now)?;
    let until = now.plus_seconds(Session::SECONDS);
    Ok(Answer::Made(json!({ "token": session.token, "until": until })))
}

fn challenge(asked: &Asked) -> Result<Answer, Unanswered> {
    let wrong = |error: federation::WrittenWrong| Unanswered::misshapen(error.to_string());
    let shown = Shown {
        federation: asked.text("federation").parse().map_err(wrong)?,
        key: asked.text("key").parse().map_err(wrong)?,
    };
    let host = asked.node.keys().host_key()?;
    let (challenge, until) = Challenges::make(&host, shown, asked.node.clock().now())?;
    Ok(Answer::Made(json!({ "challenge": challenge, "until": until })))
}

fn sign_in_by_device(asked: &Asked) -> Result<Answer, Unanswered> {
    let host = asked.node.keys().host_key()?;
    let signature = signature(asked.text("signature"))?;
    let now = asked.node.clock().now();
    let shown = asked.challenges.read(&host, asked.text("challenge"), &signature, now)?;
    let hosted = asked.node.find(&shown.federation.to_string())?;
    let person = hosted.read(|state| {
        let key = state.key(shown.key).filter(|key| key.revoked.is_none())?;
        Some(state.person(key.person).ok()?.id)
    })?;
    let person = person.ok_or_else(|| {
        Failed::refused(
            "challenge-wrong",
            "the key is in use by nobody in this federation; add it to your keys first",
        )
    })?;
    begin(asked, reader_of(asked, Seat { federation: shown.federation, person })?)
}

fn who(asked: &Asked) -> Result<Answer, Unanswered> {
    let (keys, session) = (asked.node.keys(), asked.session()?);
    let seats = keys.seats_of(session.reader)?;
    let seats = seats.iter().map(|seat| seat_row(asked, *seat));
    let seats = seats.collect::<Result<Vec<_>, _>>()?;
    let name = keys.sign_in_name(session.reader)?;
    Ok(Answer::Found(json!({ "name": name, "seats": seats })))
}

fn seat_row(asked: &Asked, seat: Seat) -> Result<Value, Failed> {
    let Seat { federation, person } = seat;
    let blank = json!({
        "federation": federation,
        "federation_name": null,
        "person": person,
        "person_number": null,
        "unit": null,
        "unit_name": null,
    });
    // A record that does not hold is not served; the reader still has their seat in it.
    let Ok(hosted) = asked.node.find(&federation.to_string()) else { return Ok(blank) };
    hosted.read(|state| {
        let number = state.person_by_id(person);
        let unit = number.and_then(|id| state.person(id).ok()?.unit);
        json!({
            "federation": federation,
            "federation_name": state.name(),
            "person": person,
            "person_number": number.map(Id::number),
            "unit": unit.map(Id::number),
            "unit_name": unit.map(|id| crate::words::unit_name(state, id)),
        })
    })
}

fn sign_out(asked: &Asked) -> Result<Answer, Unanswered> {
    asked.node.keys().end_session(&asked.session()?.token)?;
    Ok(Answer::Done)
}
