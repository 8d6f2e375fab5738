use federation::{BodyId, Id};
use serde_json::{Value, json};

use super::act_shapes::ACT;
use super::answer::{Answer, Unanswered};
use super::asked::Asked;
use super::route::{Coming, Does, Gives, Method, Route, Who};
use super::shape::{Field, Shape, object};
use super::statements::{
    ANNEX, BODIES, DRY_RUN, JUDGED, RECORDED, SUBMISSION_BYTES_MAX, annex, bodies, judge, recorded,
};
use crate::{Failed, Saying, read_act};

const SAYING: Shape = Shape::Object(&[
    Field::must("act", ACT, "What is done."),
    Field::may(
        "acting_for",
        Shape::OrNull(&Shape::Hex(32)),
        "For whom, where two co-members act for somebody without a device.",
    ),
    ANNEX,
    BODIES,
]);

const ERASURE: Shape =
    Shape::Object(&[Field::must("body", Shape::Hex(64), "The body by or about you.")]);

pub(super) fn routes() -> Vec<Route> {
    let later = |path, id, says, does| {
        Route::new(Method::Post, path, id, says, Does::Later(does)).in_room("acts").by(Who::Members)
    };
    vec![
        later(
            "/f/{federation}/acts",
            "do-act",
            "Does something, signed with the key that this node keeps for you.",
            act,
        )
        .query(vec![DRY_RUN])
        .takes_up_to(SAYING, SUBMISSION_BYTES_MAX)
        .gives(Gives::MadeOrJudged(RECORDED.schema(), object(JUDGED))),
        later(
            "/f/{federation}/rounds/{number}/plan",
            "work-out-plan",
            "Works out the plan that a round waits for, and submits it with its certificate.",
            work_out,
        )
        .query(vec![DRY_RUN])
        .gives(Gives::MadeOrJudged(RECORDED.schema(), object(JUDGED))),
        Route::post(
            "/f/{federation}/erasures",
            "erase-body",
            "Erases a body by or about you; the record still verifies.",
            erase,
        )
        .in_room("acts")
        .by(Who::Members)
        .takes(ERASURE)
        .gives(Gives::Made(object(&[Field::must("erased", Shape::Hex(64), "The body.")]))),
    ]
}

fn act(asked: Asked) -> Coming {
    Box::pin(async move {
        let act = read_act(asked.body.get("act").unwrap_or(&Value::Null))?;
        let acting_for = match asked.body.get("acting_for").and_then(Value::as_str) {
            Some(person) => Some(
                person
                    .parse()
                    .map_err(|wrong| Unanswered::misshapen(format!("`acting_for`: {wrong}")))?,
            ),
            None => None,
        };
        let (annex, bodies) = (annex(&asked.body)?, bodies(&asked.body)?);
        say(&asked, Saying { act, bodies, annex, acting_for }).await
    })
}

async fn say(asked: &Asked, saying: Saying) -> Result<Answer, Unanswered> {
    let (hosted, keys, person) = (asked.hosted()?, asked.node.keys(), asked.member()?.person);
    if asked.says_yes("dry_run") {
        let node = asked.node.clone();
        return judge(move || hosted.judge(node.keys(), person, saying)).await;
    }
    let key = hosted.usable_key(keys, person)?;
    let said = hosted.submit(hosted.sign(&key.signing, person, saying)?).await?;
    Ok(recorded(&said, Some(key.public())))
}

fn work_out(asked: Asked) -> Coming {
    Box::pin(async move {
        let (hosted, number) = (asked.hosted()?, asked.number("number")?);
        let solving = tokio::task::spawn_blocking(move || hosted.work_out(Id::new(number)));
        let saying = solving.await.map_err(Failed::fault)??;
        say(&asked, saying).await
    })
}

fn erase(asked: &Asked) -> Result<Answer, Unanswered> {
    let body: BodyId = asked
        .text("body")
        .parse()
        .map_err(|wrong| Unanswered::misshapen(format!("`body`: {wrong}")))?;
    asked.hosted()?.erase(asked.node.keys(), asked.member()?.person, body)?;
    Ok(Answer::Made(json!({ "erased": body })))
}
