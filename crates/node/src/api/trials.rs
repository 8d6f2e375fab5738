use serde_json::Value;

use super::answer::{Answer, Unanswered};
use super::asked::Asked;
use super::route::{Coming, Does, Gives, Method, Route, Who};
use super::shape::{Field, Shape, object};
use crate::Failed;

const CHANGES: Shape = Shape::Object(&[Field::must(
    "changes",
    Shape::List {
        of: &Shape::Object(&[
            Field::must("parameter", Shape::WORDS, "Its name, such as `notice_days`."),
            Field::must("is", Shape::WORDS, "Its value, as a pact has it: `14`."),
        ]),
        least: 1,
        most: 16,
    },
    "What would be otherwise, from the founding on.",
)]);

const TRIED: &[Field] = &[
    Field::must(
        "refused",
        Shape::List {
            of: &Shape::Object(&[
                Field::must("entry", Shape::COUNT, "Its place in the record."),
                Field::must("code", Shape::WORDS, "The rule that says no."),
                Field::must("message", Shape::WORDS, "What it says."),
                Field::must(
                    "follows",
                    Shape::Flag,
                    "Whether it is about something whose own entry would be refused before.",
                ),
            ]),
            least: 0,
            most: usize::MAX,
        },
        "Entries that would be refused, also for want of something refused before.",
    ),
    Field::must(
        "decisions",
        Shape::List {
            of: &Shape::Object(&[
                Field::must("proposal", Shape::NUMBER, "Which proposal."),
                Field::must("about", Shape::WORDS, "What it asked."),
                Field::must("passed", Shape::Flag, "Whether it passed."),
                Field::must("would_pass", Shape::Flag, "Whether it would."),
            ]),
            least: 0,
            most: usize::MAX,
        },
        "Decisions that would come out otherwise.",
    ),
    Field::must(
        "rounds",
        Shape::List {
            of: &Shape::Object(&[
                Field::must("round", Shape::NUMBER, "Which round."),
                Field::must("seconds", Shape::COUNT, "The hours that its plans matched."),
                Field::must(
                    "would_seconds",
                    Shape::OrNull(&Shape::COUNT),
                    "The hours they would; none where it would not come to a plan.",
                ),
            ]),
            least: 0,
            most: usize::MAX,
        },
        "Rounds that would match other hours.",
    ),
];

pub(super) fn routes() -> Vec<Route> {
    let (path, id) = ("/f/{federation}/pact/try", "try-pact");
    let says = "Replays the record under other parameters of the pact: what would differ.";
    let route = Route::new(Method::Post, path, id, says, Does::Later(tries));
    let gives = Gives::Found(object(TRIED));
    vec![route.in_room("federations").by(Who::Readers).takes(CHANGES).gives(gives)]
}

fn tries(asked: Asked) -> Coming {
    Box::pin(async move {
        let hosted = asked.hosted()?;
        let listed = asked.body.get("changes").and_then(Value::as_array).into_iter().flatten();
        let text = |row: &Value, field| row[field].as_str().unwrap_or_default().to_owned();
        let changes = listed.map(|row| (text(row, "parameter"), text(row, "is"))).collect();
        // Anybody may ask, and a record takes a while: one after the other.
        let turn = hosted.clone();
        let _turn = turn.trying.lock().await;
        let trying = tokio::task::spawn_blocking(move || hosted.try_pact(changes));
        let found = trying.await.map_err(Failed::fault)??;
        Ok::<_, Unanswered>(Answer::Found(found.told()))
    })
}
