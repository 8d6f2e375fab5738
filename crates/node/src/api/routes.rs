use serde_json::{Value, json};

use super::answer::{Answer, Unanswered};
use super::asked::Asked;
use super::route::{Gives, Route};
use super::shape::{Field, Shape, object};
use super::{acts, document, federations, joining, outlook, reads, sessions, statements, trials};

const BROKEN: Shape = Shape::Object(&[
    Field::must("file", Shape::WORDS, "Its database."),
    Field::must("says", Shape::WORDS, "What is wrong, and what to do."),
]);

const STATUS: &[Field] = &[
    Field::must("version", Shape::WORDS, "The program's version."),
    Field::must("time", Shape::TIME, "The node's time."),
    Field::must("federations", Shape::COUNT, "How many federations it serves."),
    Field::must("host_key", Shape::Hex(64), "The key that signs its checkpoints."),
    Field::must("demo", Shape::Flag, "Whether it is there to be tried out."),
    Field::must(
        "broken",
        Shape::List { of: &BROKEN, least: 0, most: usize::MAX },
        "Records that are not served, because what is on disk does not hold.",
    ),
];

/// Everything that programs can ask for and do.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/openapi.json", "show-document", "This document.", |asked| {
            Ok(Answer::Found(show_document(asked)))
        })
        .gives(Gives::Found(json!({ "type": "object" }))),
        Route::get("/status", "show-status", "How the node does.", status)
            .gives(Gives::Found(object(STATUS))),
    ];
    routes.extend(sessions::routes());
    routes.extend(federations::routes());
    routes.extend(joining::routes());
    routes.extend(reads::routes());
    routes.extend(outlook::routes());
    routes.extend(trials::routes());
    routes.extend(acts::routes());
    routes.extend(statements::routes());
    routes
}

fn show_document(asked: &Asked) -> Value {
    let example = asked.node.federations().first().map(|hosted| hosted.short_id());
    document::document(&routes(), example.as_deref())
}

fn status(asked: &Asked) -> Result<Answer, Unanswered> {
    let broken = asked.node.broken().iter().map(|broken| {
        // The directory is the host's own business.
        let file = broken.path.file_name().unwrap_or_default().to_string_lossy();
        json!({ "file": file, "says": broken.says })
    });
    Ok(Answer::Found(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "time": asked.node.clock().now(),
        "federations": asked.node.federations().len(),
        "host_key": asked.node.keys().host_key()?.public(),
        "demo": asked.node.is_demo(),
        "broken": broken.collect::<Vec<_>>(),
    })))
}
