use federation::act::{AdmitMember, HeldBy, NewKey};
use federation::{Act, Line, Name, Prose};
use serde_json::{Value, json};

use super::answer::{Answer, Unanswered};
use super::asked::Asked;
use super::route::{Coming, Does, Gives, Method, Route, Who};
use super::shape::{Field, Shape, object};
use super::statements::{RECORDED, recorded, recorded_row};
use crate::{About, Failed, OpenInvite, Saying};

/// What somebody says of themselves.
pub(super) const ABOUT: Shape = Shape::Named(
    "About",
    &Shape::Object(&[
        Field::must("name", Shape::Text { least: 1, most: 80 }, "What they are called."),
        Field::may("contact", Shape::Text { least: 0, most: 300 }, "How to reach them."),
        Field::may("words", Shape::Text { least: 0, most: 4000 }, "What else there is to say."),
    ]),
);

const ME: Field = Field::must("about", ABOUT, "Who you are; only members see it.");

const AS_UNIT: Shape = Shape::Object(&[
    Field::must("name", Shape::Text { least: 1, most: 80 }, "What the unit is called."),
    Field::may("place", Shape::Text { least: 0, most: 300 }, "Where it is."),
    ME,
]);

const BY_INVITE: Shape = Shape::Object(&[
    Field::must("code", Shape::Text { least: 1, most: 100 }, "What the invite's link ends with."),
    ME,
]);

const INVITE: Shape = Shape::Object(&[Field::must(
    "label",
    Shape::Text { least: 1, most: 80 },
    "Whom you mean; only you see it.",
)]);

pub(super) fn routes() -> Vec<Route> {
    let later = |path, id, says, does| {
        Route::new(Method::Post, path, id, says, Does::Later(does)).in_room("joining")
    };
    let invited = [
        Field::must("code", Shape::WORDS, "What the invite's link ends with."),
        Field::must("recorded", RECORDED, "The receipt."),
    ];
    vec![
        later(
            "/f/{federation}/join",
            "join-as-unit",
            "Joins as a new unit; the node keeps a key for you.",
            join_as_unit,
        )
        .by(Who::SignedIn)
        .takes(AS_UNIT)
        .gives(Gives::Made(RECORDED.schema())),
        later(
            "/f/{federation}/join-by-invite",
            "join-by-invite",
            "Joins a unit by its invite; the node keeps a key for you.",
            join_by_invite,
        )
        .by(Who::SignedIn)
        .takes(BY_INVITE)
        .gives(Gives::Made(RECORDED.schema())),
        later("/f/{federation}/invites", "make-invite", "Invites somebody to your unit.", invite)
            .by(Who::Members)
            .takes(INVITE)
            .gives(Gives::Made(object(&invited))),
    ]
}

/// What somebody says of themselves, as it was sent.
pub(super) fn about(described: Option<&Value>) -> Result<About, Failed> {
    let text = |field| described.and_then(|about| about.get(field)?.as_str()).unwrap_or_default();
    let prose = |wrong| Failed::refused("text-refused", format!("`about.words`: {wrong}"));
    Ok(About {
        name: name("about.name", text("name"))?.to_string(),
        contact: line("about.contact", text("contact"))?.to_string(),
        words: Prose::parse(text("words")).map_err(prose)?.to_string(),
    })
}

/// A name as the record takes it.
pub(super) fn name(field: &str, text: &str) -> Result<Name, Failed> {
    Name::parse(text)
        .map_err(|wrong| Failed::refused("text-refused", format!("`{field}`: {wrong}")))
}

/// A line as the record takes it.
pub(super) fn line(field: &str, text: &str) -> Result<Line, Failed> {
    Line::parse(text)
        .map_err(|wrong| Failed::refused("text-refused", format!("`{field}`: {wrong}")))
}

fn join_as_unit(asked: Asked) -> Coming {
    Box::pin(async move {
        let hosted = asked.hosted()?;
        let reader = asked.session()?.reader;
        if asked.seat()?.is_some() {
            let says = "you are known in this federation already; act there as who you are";
            return Err(Failed::refused("seated", says).into());
        }
        let unit = (name("name", asked.text("name"))?, line("place", asked.text("place"))?);
        let about = about(asked.body.get("about"))?;
        let said = hosted.join_as_unit(asked.node.keys(), reader, unit, &about).await?;
        let key = key_of(&asked)?;
        Ok(recorded(&said, key))
    })
}

fn join_by_invite(asked: Asked) -> Coming {
    Box::pin(async move {
        let hosted = asked.hosted()?;
        let reader = asked.session()?.reader;
        let joining = hosted.open_invite(asked.text("code"))?;
        let about = about(asked.body.get("about"))?;
        let said = hosted.join(asked.node.keys(), reader, &joining, &about).await?;
        let key = key_of(&asked)?;
        Ok(recorded(&said, key))
    })
}

/// The key that the node keeps for whoever asks.
fn key_of(asked: &Asked) -> Result<Option<federation::PublicKey>, Unanswered> {
    let Some(seat) = asked.seat()? else { return Ok(None) };
    let key = asked.hosted()?.usable_key(asked.node.keys(), seat.person)?;
    Ok(Some(key.public()))
}

fn invite(asked: Asked) -> Coming {
    Box::pin(async move {
        let (hosted, keys, seat) = (asked.hosted()?, asked.node.keys(), asked.member()?);
        let invite = OpenInvite::make(asked.text("label"))?;
        let key = NewKey { key: invite.key.public(), held_by: HeldBy::Invite };
        let admit = AdmitMember { person: invite.key.person, key: Some(key), about: None };
        let signer = hosted.usable_key(keys, seat.person)?;
        let saying = Saying::from(Act::AdmitMember(admit));
        let said = hosted.submit(hosted.sign(&signer.signing, seat.person, saying)?).await?;
        keys.keep_invite(hosted.id(), seat.person, &invite)?;
        let recorded = recorded_row(&said, Some(signer.public()));
        Ok(Answer::Made(json!({ "code": invite.code(), "recorded": recorded })))
    })
}
