use serde_json::{Map, Value, json};

use super::route::{Gives, Method, Route, Who};
use super::shape::{Field, Presence, Shape, object};
use super::table::row_name;
use super::tables::TABLES;

/// The shapes that answers refer to by name.
const NAMED_IN_ANSWERS: [Shape; 3] =
    [super::statements::RECORDED, super::federations::FEDERATION, super::reads::PROBLEM];

/// The OpenAPI 3.1 document of these routes. `example` is the id of a federation that is here.
pub(crate) fn document(routes: &[Route], example: Option<&str>) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let path = paths.entry(route.path.clone()).or_insert_with(|| json!({}));
        path[route.method.word()] = operation(route, example);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Artel",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Units exchange what they make, without money.",
            "description": "The same acts and reads as the pages. Hours are whole seconds, and \
                quantities whole numbers of the smallest step of their measure. A rule that says \
                no answers with 409, its code and what would help; 422 means that what came in is \
                not of the shape described here.",
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/api/v1" }],
        "paths": paths,
        "components": {
            "schemas": schemas(routes),
            "responses": responses(),
            "securitySchemes": {
                "session": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token of a session.",
                },
            },
        },
    })
}

fn operation(route: &Route, example: Option<&str>) -> Value {
    let parts = route.parts().map(|name| part(name, example));
    let query = route.query.iter().map(|field| {
        json!({
            "name": field.name,
            "in": "query",
            "required": field.presence == Presence::Must,
            "description": field.says,
            "schema": field.shape.schema(),
        })
    });
    let mut operation = json!({
        "operationId": route.id,
        "summary": route.says,
        "tags": [route.room],
        "parameters": parts.chain(query).collect::<Vec<_>>(),
        "responses": answers(route),
    });
    if let Some(takes) = &route.takes {
        let content = json!({ "application/json": { "schema": takes.shape.schema() } });
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    match route.who {
        Who::Anybody => {}
        Who::Readers => operation["security"] = json!([{}, { "session": [] }]),
        Who::SignedIn | Who::Members => operation["security"] = json!([{ "session": [] }]),
    }
    operation
}

/// A part of the address.
fn part(name: &str, example: Option<&str>) -> Value {
    let (schema, says) = match name {
        "federation" => (
            json!({ "type": "string", "pattern": "^[0-9a-f]{8,64}$" }),
            "The federation's id, or its beginning: 8 digits at least.",
        ),
        "body" => (Shape::Hex(64).schema(), "The body's name."),
        "pass" => (Shape::Word(&["first", "again"]).schema(), "Which of the two plans."),
        _ => (Shape::NUMBER.schema(), "Its number, counted from 1."),
    };
    let mut part = json!({ "name": name, "in": "path", "required": true, "schema": schema, "description": says });
    match (name, example) {
        ("federation", Some(example)) => part["example"] = example.into(),
        ("number", _) => part["example"] = 1.into(),
        _ => {}
    }
    part
}

fn answers(route: &Route) -> Value {
    let json_of = |says: &str, schema: &Value| json!({ "description": says, "content": { "application/json": { "schema": schema } } });
    let mut answers = Map::new();
    let mut add = |status: &str, answer: Value| answers.insert(status.to_owned(), answer);
    match &route.gives {
        Gives::Found(schema) => drop(add("200", json_of("It is here.", schema))),
        Gives::Made(schema) => drop(add("201", json_of("It is made.", schema))),
        Gives::MadeOrJudged(made, judged) => {
            add("201", json_of("It is recorded.", made));
            drop(add("200", json_of("It would be recorded; nothing was.", judged)));
        }
        Gives::Spreadsheet => {
            let content = json!({ "text/csv": { "schema": { "type": "string" } } });
            drop(add("200", json!({ "description": "The table.", "content": content })));
        }
        Gives::Nothing => drop(add("204", json!({ "description": "It is done." }))),
    }
    for (status, name, _) in failures(route) {
        add(status, json!({ "$ref": format!("#/components/responses/{name}") }));
    }
    Value::Object(answers)
}

/// A way in which something is not answered: its status, its name, and what it means.
type Failure = (&'static str, &'static str, &'static str);

const FAILURES: [Failure; 10] = [
    ("400", "Unreadable", "The query or the JSON cannot be read."),
    ("401", "NotSignedIn", "There is no session, or it is over."),
    ("403", "NotAMember", "Only members of the federation see and do this."),
    ("404", "Missing", "There is no such thing here."),
    ("405", "MethodNotAllowed", "The address is not asked in this way."),
    ("409", "Refused", "A rule says no; nothing was recorded."),
    ("413", "TooLarge", "It is more than is taken here."),
    ("415", "NotJson", "What is sent is not said to be JSON."),
    ("422", "Misshapen", "It is not of the shape that is described here."),
    ("503", "Fault", "A disk or a program failed, or too much is waiting; try again."),
];

/// In which ways a route may give no answer.
fn failures(route: &Route) -> impl Iterator<Item = Failure> {
    let takes = route.takes.is_some();
    let writes = route.method == Method::Post;
    let of_federation = route.parts().any(|part| part == "federation");
    let signs_in = route.path.starts_with("/sessions");
    let who = route.who;
    FAILURES.into_iter().filter(move |(status, ..)| match *status {
        "401" => who != Who::Anybody || signs_in,
        "403" => of_federation,
        "404" => of_federation || writes,
        "409" => writes,
        "413" | "415" | "422" => takes,
        _ => true,
    })
}

fn responses() -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Failure" });
    let content = json!({ "application/json": { "schema": schema } });
    let response = |(_, name, says): Failure| {
        (name.to_owned(), json!({ "description": says, "content": content }))
    };
    Value::Object(FAILURES.into_iter().map(response).collect())
}

fn schemas(routes: &[Route]) -> Value {
    let mut schemas = Map::new();
    let failure = [
        Field::must("code", Shape::WORDS, "The rule's short name, or the kind of failure."),
        Field::must("message", Shape::WORDS, "The rule, the value found and what would help."),
    ];
    schemas.insert("Failure".to_owned(), object(&failure));
    let mut named = Vec::new();
    for takes in routes.iter().filter_map(|route| route.takes.as_ref()) {
        takes.shape.names(&mut named);
    }
    for shape in NAMED_IN_ANSWERS {
        shape.names(&mut named);
    }
    for table in TABLES {
        let fields = table.fields();
        for field in &fields {
            field.shape.names(&mut named);
        }
        schemas.insert(row_name(table.one()), object(&fields));
    }
    schemas.extend(named.into_iter().map(|(name, shape)| (name.to_owned(), shape.schema())));
    Value::Object(schemas)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::routes::routes;

    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn whatever_the_document_refers_to_stands_in_it() {
        let document = document(&routes(), None);
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 100);
        for reference in found {
            let pointer = reference.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn no_two_routes_have_one_name_or_one_address() {
        let routes = routes();
        let mut names: Vec<_> = routes.iter().map(|route| &route.id).collect();
        names.sort();
        names.dedup();
        let mut addresses: Vec<_> =
            routes.iter().map(|route| (route.method.word(), &route.path)).collect();
        addresses.sort();
        addresses.dedup();
        assert_eq!((names.len(), addresses.len()), (routes.len(), routes.len()));
    }
}
