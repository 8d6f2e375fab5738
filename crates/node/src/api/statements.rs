use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use federation::{Effect, Id, Outcome, PublicKey};
use record::{ANNEX_BYTES_MAX, Body, SignatureBytes, Submission};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::answer::{Answer, Unanswered};
use super::asked::Asked;
use super::route::{Coming, Does, Gives, Method, Route, Who};
use super::shape::{Field, Shape, object};
use crate::{Failed, Recorded};

/// Only to be told what would come of it.
pub(super) const DRY_RUN: Field =
    Field::may("dry_run", Shape::Flag, "Only says what would come of it; records nothing.");

/// Bodies, as they are named: 32 bytes of salt, then the content.
pub(super) const BODIES: Field = Field::may(
    "bodies",
    Shape::List { of: &Shape::WORDS, least: 0, most: 200 },
    "The bodies that the act names, each in base64: 32 bytes of salt, then the content.",
);

/// What goes along with a plan.
pub(super) const ANNEX: Field =
    Field::may("annex", Shape::OrNull(&Shape::WORDS), "The annex that the act names, in base64.");

const SUBMISSION: Shape = Shape::Object(&[
    Field::must("statement", Shape::WORDS, "The statement, exactly as signed."),
    Field::must("signature", Shape::Hex(128), "The Ed25519 signature over its UTF-8 bytes."),
    ANNEX,
    BODIES,
]);

/// The most bytes of a submission: its annex in base64, and a few bodies.
pub(super) const SUBMISSION_BYTES_MAX: usize = ANNEX_BYTES_MAX / 3 * 4 + 16 * 1024 * 1024;

/// What came of an act.
pub(super) const OUTCOME: Shape = Shape::Named(
    "Outcome",
    &Shape::Object(&[
        Field::must(
            "effect",
            Shape::Word(&[
                "done",
                "gathering",
                "unit",
                "specification",
                "version",
                "offer",
                "need",
                "thing",
                "circle",
                "post",
                "lot",
                "round",
                "planned",
                "contract",
                "delivery",
            ]),
            "That it holds, that it waits for signatures, or what is there now.",
        ),
        Field::must("number", Shape::OrNull(&Shape::NUMBER), "The number of what is there now."),
        Field::must("signed", Shape::OrNull(&Shape::COUNT), "How many have signed so far."),
        Field::must("needed", Shape::OrNull(&Shape::COUNT), "How many must sign."),
        Field::must("contracts", Shape::OrNull(&Shape::COUNT), "How many a plan proposes."),
    ]),
);

/// What is given back for something that was recorded.
pub(super) const RECORDED: Shape = Shape::Named(
    "Recorded",
    &Shape::Object(&[
        Field::must("entry", Shape::COUNT, "Its place in the record."),
        Field::must(
            "outcome",
            Shape::OrNull(&OUTCOME),
            "What came of it; `null` if it was in the record before.",
        ),
        Field::must(
            "kept_key",
            Shape::OrNull(&Shape::Hex(64)),
            "The key kept for you by this node that signed; `null` if it was signed elsewhere.",
        ),
        Field::must(
            "receipt",
            Shape::WORDS,
            "The proof that it is in the record: a C2SP `tlog-proof` with the entry and a signed \
             checkpoint.",
        ),
    ]),
);

/// What is given back for something that was only tried.
pub(super) const JUDGED: &[Field] =
    &[Field::must("outcome", OUTCOME, "What would come of it now.")];

pub(super) fn routes() -> Vec<Route> {
    let submit = Route::new(
        Method::Post,
        "/f/{federation}/statements",
        "submit-statement",
        "Hands in a statement that its author has signed, and gives the receipt.",
        Does::Later(submit),
    );
    vec![
        submit
            .in_room("acts")
            .by(Who::Anybody)
            .query(vec![DRY_RUN])
            .takes_up_to(SUBMISSION, SUBMISSION_BYTES_MAX)
            .gives(Gives::MadeOrJudged(RECORDED.schema(), object(JUDGED))),
    ]
}

fn submit(asked: Asked) -> Coming {
    Box::pin(async move {
        let hosted = asked.hosted()?;
        let submission = Submission {
            statement: asked.text("statement").as_bytes().to_vec(),
            signature: signature(asked.text("signature"))?,
            annex: annex(&asked.body)?,
            bodies: bodies(&asked.body)?.iter().map(Body::to_bytes).collect(),
        };
        if asked.says_yes("dry_run") {
            let now = asked.node.clock().now();
            return judge(move || Ok(hosted.record().judge(now, submission)?)).await;
        }
        Ok(recorded(&hosted.submit(submission).await?, None))
    })
}

/// A signature in hex; its shape was checked before.
pub(super) fn signature(text: &str) -> Result<SignatureBytes, Unanswered> {
    let wrong = || Unanswered::misshapen("a signature has 128 lower-case hex digits");
    let (first, second) = text.split_at_checked(64).ok_or_else(wrong)?;
    let half = |text: &str| text.parse::<PublicKey>().map(|key| key.0).map_err(|_| wrong());
    let mut bytes = [0; 64];
    let (front, back) = bytes.split_at_mut(32);
    front.copy_from_slice(&half(first)?);
    back.copy_from_slice(&half(second)?);
    Ok(bytes)
}

fn from_base64(field: &str, text: &str) -> Result<Vec<u8>, Unanswered> {
    let wrong = |error| Failed::refused("not-base64", format!("`{field}` is no base64: {error}"));
    Ok(STANDARD.decode(text).map_err(wrong)?)
}

/// The annex that came along.
pub(super) fn annex(body: &Value) -> Result<Option<Vec<u8>>, Unanswered> {
    body.get("annex").and_then(Value::as_str).map(|text| from_base64("annex", text)).transpose()
}

/// The bodies that came along.
pub(super) fn bodies(body: &Value) -> Result<Vec<Body>, Unanswered> {
    let texts = body.get("bodies").and_then(Value::as_array).into_iter().flatten();
    let read = |text: &Value| {
        let bytes = from_base64("bodies", text.as_str().unwrap_or_default())?;
        let short = || Failed::refused("body-too-short", "a body begins with 32 bytes of salt");
        Body::from_bytes(bytes).ok_or_else(|| short().into())
    };
    texts.map(read).collect()
}

/// The answer for something that was recorded.
pub(super) fn recorded(recorded: &Recorded, kept: Option<PublicKey>) -> Answer {
    Answer::Made(recorded_row(recorded, kept))
}

/// What was recorded.
pub(super) fn recorded_row(recorded: &Recorded, kept: Option<PublicKey>) -> Value {
    json!({
        "entry": recorded.entry,
        "outcome": recorded.outcome.as_ref().map(outcome_row),
        "kept_key": kept,
        "receipt": recorded.receipt.to_string(),
    })
}

/// Trying something takes a copy of the whole state, so one thing is tried at a time.
static TRYING: Semaphore = Semaphore::const_new(1);

/// The answer for something that is only tried, on a thread that may take its time.
pub(super) async fn judge(
    work: impl FnOnce() -> Result<Outcome, Failed> + Send + 'static,
) -> Result<Answer, Unanswered> {
    let turn = TRYING.acquire().await.map_err(Failed::fault)?;
    let outcome = tokio::task::spawn_blocking(work).await.map_err(Failed::fault)??;
    drop(turn);
    Ok(Answer::Found(json!({ "outcome": outcome_row(&outcome) })))
}

fn outcome_row(outcome: &Outcome) -> Value {
    let mut row = json!({
        "effect": "done",
        "number": null,
        "signed": null,
        "needed": null,
        "contracts": null,
    });
    let (effect, number) = match outcome.effect {
        Effect::Done => ("done", None),
        Effect::Gathering { signed, needed } => {
            row["signed"] = signed.into();
            row["needed"] = needed.into();
            ("gathering", None)
        }
        Effect::Unit(id) => ("unit", Some(id.number())),
        Effect::Specification(id) => ("specification", Some(id.number())),
        Effect::Version(id) => ("version", Some(id.number())),
        Effect::Wish(side, id) => (side.word(), Some(id.number())),
        Effect::Thing(id) => ("thing", Some(id.number())),
        Effect::Circle(id) => ("circle", Some(id.number())),
        Effect::Post(id) => ("post", Some(id.number())),
        Effect::Lot(id) => ("lot", Some(id.number())),
        Effect::Round(id) => ("round", Some(id.number())),
        Effect::Planned { round, contracts } => {
            row["contracts"] = contracts.into();
            ("planned", Some(Id::number(round)))
        }
        Effect::Contract(id) => ("contract", Some(id.number())),
        Effect::Delivery(id) => ("delivery", Some(id.number())),
        Effect::Common(id) => ("common", Some(id.number())),
        Effect::Resource(id) => ("resource", Some(id.number())),
        Effect::Claim(id) => ("claim", Some(id.number())),
        Effect::Usage(id) => ("use", Some(id.number())),
        Effect::Conflict(id) => ("conflict", Some(id.number())),
        Effect::Contribution(id) => ("contribution", Some(id.number())),
        Effect::Proposal(id) => ("proposal", Some(id.number())),
        Effect::Late => ("late", None),
    };
    row["effect"] = effect.into();
    row["number"] = number.into();
    row
}
