use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use federation::rows::{Drawn, Inputs, Pass, RoomLeft};
use federation::{BodyId, Id};
use record::FoundBody;
use serde_json::{Value, json};

use super::answer::{Answer, Unanswered};
use super::answer_shape::ANSWER;
use super::asked::{Asked, ROWS_MAX};
use super::route::{Gives, Route, Who};
use super::shape::{Field, Shape, object};
use super::spreadsheet::Spreadsheet;
use super::table::{Rows, Table, page_schema, row_reference};
use super::tables::{self, ENTRY, TABLES, entry_row};
use crate::Failed;

const FROM: Field = Field::may("from", Shape::COUNT, "The number to begin at.");
const LIMIT: Field =
    Field::may("limit", Shape::Whole { least: 1, most: 1000 }, "How many rows; 100 if left out.");

pub(super) fn routes() -> Vec<Route> {
    let mut routes: Vec<Route> = TABLES.iter().copied().flat_map(table_routes).collect();
    routes.push(row_route(&tables::UNITS));
    routes.push(row_route(&tables::PERSONS));
    routes.push(row_route(&tables::SPECIFICATIONS));
    routes.push(row_route(&tables::VERSIONS));
    routes.push(row_route(&tables::OFFERS));
    routes.push(row_route(&tables::THINGS));
    routes.push(row_route(&tables::PROPOSALS));
    routes.push(row_route(&tables::COMMONS));
    routes.push(row_route(&tables::CONTRIBUTIONS));
    routes.push(row_route(&tables::RESOURCES));
    routes.push(row_route(&tables::CLAIMS));
    routes.push(row_route(&tables::CONFLICTS));
    routes.push(row_route(&tables::NEEDS));
    routes.push(row_route(&tables::ROUNDS));
    routes.push(row_route(&tables::CONTRACTS));
    routes.push(row_route(&tables::DELIVERIES));
    routes.push(row_route(&tables::CIRCLES));
    routes.push(row_route(&tables::POSTS));
    routes.push(row_route(&tables::LOTS));
    routes.push(row_route(&tables::MANDATES));
    routes.extend(other_routes());
    routes.into_iter().map(|route| route.in_room("reads")).collect()
}

/// A table as JSON, page by page, and the whole of it as CSV.
fn table_routes(table: &'static dyn Table) -> [Route; 2] {
    let (name, says) = (table.name(), table.says());
    let mut query = table.filters();
    let path = format!("/f/{{federation}}/{name}");
    let csv = Route::get(&format!("{path}.csv"), &format!("{name}-as-csv"), says, move |asked| {
        whole_table(asked, table)
    });
    let csv = csv.by(Who::Readers).query(query.clone()).gives(Gives::Spreadsheet);
    query.extend([FROM, LIMIT]);
    let json = Route::get(&path, &format!("list-{name}"), says, move |asked| {
        let page = table.page(&asked.view()?, &asked.wanted())?;
        Ok(Answer::Found(json!({ "rows": page.rows, "next": page.next })))
    });
    [json.by(Who::Readers).query(query).gives(Gives::Found(page_schema(table))), csv]
}

fn whole_table(asked: &Asked, table: &dyn Table) -> Result<Answer, Unanswered> {
    let (view, mut wanted) = (asked.view()?, asked.wanted());
    wanted.limit = ROWS_MAX;
    let names = table.fields().iter().map(|field| field.name).collect();
    let mut spreadsheet = Spreadsheet::begin(names)?;
    loop {
        let page = table.page(&view, &wanted)?;
        spreadsheet.add(&page.rows)?;
        match page.next {
            Some(next) => wanted.from = next,
            None => break,
        }
    }
    Ok(Answer::Spreadsheet(table.name().to_owned(), spreadsheet.end()?))
}

fn row_route<T: 'static>(rows: &'static Rows<T>) -> Route {
    let path = format!("/f/{{federation}}/{}/{{number}}", rows.name);
    let says = format!("One {}.", rows.one);
    let route = Route::get(&path, &format!("show-{}", rows.one), &says, |asked| {
        Ok(Answer::Found(rows.row(&asked.view()?, asked.number("number")?)?))
    });
    route.by(Who::Readers).gives(Gives::Found(row_reference(rows.one)))
}

const ROOM: Shape = Shape::Object(&[
    Field::must("unit", Shape::NUMBER, "Which unit."),
    Field::must("down_seconds", Shape::SECONDS, "How much more than it gives it may receive."),
    Field::must("up_seconds", Shape::SECONDS, "How much more than it receives it may give."),
    Field::must("members", Shape::COUNT, "How many members count."),
    Field::must("short_sixteenths", Shape::COUNT, "What of its needs stayed open last."),
    Field::must("area", Shape::OrNull(&Shape::WORDS), "In which area it is at home."),
]);
const DRAWN: Shape = Shape::Object(&[
    Field::must("wish", Shape::NUMBER, "Which offer or need."),
    Field::must("version", Shape::NUMBER, "The version; of a need, the one it draws on."),
    Field::must("quantity_steps", Shape::COUNT, "What of it stands."),
]);
const STAYING: Shape = Shape::Object(&[
    Field::must("giver", Shape::NUMBER, "Who gives."),
    Field::must("receiver", Shape::NUMBER, "Who receives."),
    Field::must("left_seconds", Shape::SECONDS, "The hours still to come."),
]);

const LET_DOWN: Shape = Shape::Object(&[
    Field::must("giver", Shape::NUMBER, "Who was to give."),
    Field::must("receiver", Shape::NUMBER, "Who was to receive."),
    Field::must("version", Shape::NUMBER, "Under which version."),
    Field::must("seconds", Shape::SECONDS, "The hours of it."),
]);
const REFUSED: Shape = Shape::Object(&[
    Field::must("unit", Shape::NUMBER, "Who said so."),
    Field::must("partner", Shape::NUMBER, "With whom it will not be joined."),
]);

/// What a plan is for.
pub(super) const PROBLEM: Shape = Shape::Named(
    "Problem",
    &Shape::Object(&[
        Field::must("size", Shape::COUNT, "How many entries there were when it was frozen."),
        Field::must("at", Shape::TIME, "When that was."),
        Field::must("rooms", any_number(&ROOM), "What each unit may use and earn."),
        Field::must("offers", any_number(&DRAWN), "What stands of each offer."),
        Field::must("needs", any_number(&DRAWN), "What stands of each need."),
        Field::must("accepted", any_number(&STAYING), "Contracts of the first plan that stay."),
        Field::must("let_down", any_number(&LET_DOWN), "What of the first plan fell through."),
        Field::must("refused", any_number(&REFUSED), "Who will not be joined with whom."),
    ]),
);

const fn any_number(of: &'static Shape) -> Shape {
    Shape::List { of, least: 0, most: usize::MAX }
}

fn other_routes() -> Vec<Route> {
    let mut entry = ENTRY.to_vec();
    entry.extend([
        Field::must("text", Shape::WORDS, "The statement, exactly as signed."),
        Field::must("signature", Shape::Hex(128), "The signature over it."),
        Field::must("receipt", Shape::OrNull(&Shape::WORDS), "The proof that it is there."),
    ]);
    let body = [
        Field::must("body", Shape::Hex(64), "Its name."),
        Field::must("erased", Shape::OrNull(&Shape::TIME), "When it was erased."),
        Field::must("bytes", Shape::OrNull(&Shape::WORDS), "Salt and content, in base64."),
        Field::must("text", Shape::OrNull(&Shape::WORDS), "The content, where it is text."),
    ];
    let plan = [
        Field::must("annex", Shape::Hex(64), "The annex with plan and certificate."),
        Field::must("at", Shape::TIME, "When it was recorded."),
        Field::must("problem", PROBLEM, "What it was for."),
        Field::must("contracts", any_number(&Shape::NUMBER), "The contracts it proposed."),
    ];
    let get = |path, id, says, answer: fn(&Asked) -> Result<Answer, Unanswered>| {
        Route::get(path, id, says, answer).by(Who::Readers)
    };
    vec![
        get(
            "/f/{federation}/entries/{number}",
            "show-entry",
            "One entry of the record, with its receipt.",
            show_entry,
        )
        .gives(Gives::Found(object(&entry))),
        get(
            "/f/{federation}/rounds/{number}/problem",
            "show-problem",
            "What a round waits to have solved.",
            show_problem,
        )
        .gives(Gives::Found(PROBLEM.schema())),
        get(
            "/f/{federation}/rounds/{number}/plans/{pass}",
            "show-plan",
            "A round's first plan, or the one after the answers.",
            show_plan,
        )
        .gives(Gives::Found(object(&plan))),
        get(
            "/f/{federation}/rounds/{number}/plans/{pass}/answers/{unit}",
            "show-answer",
            "Why needs of a unit stayed open in one of a round's plans, and what would help.",
            show_answer,
        )
        .gives(Gives::Found(ANSWER.schema())),
        get(
            "/f/{federation}/bodies/{body}",
            "show-body",
            "Words or pictures by or about a person; for members.",
            show_body,
        )
        .by(Who::Members)
        .gives(Gives::Found(object(&body))),
        get(
            "/f/{federation}/capability",
            "show-capability",
            "What lets a mirror read a record that is not public; for members.",
            show_capability,
        )
        .by(Who::Members)
        .gives(Gives::Found(object(&[Field::must(
            "prefix",
            Shape::WORDS,
            "The address under which the record is read.",
        )]))),
    ]
}

fn show_entry(asked: &Asked) -> Result<Answer, Unanswered> {
    let (view, number) = (asked.view()?, u64::from(asked.number("number")?));
    let missing = || Failed::missing(format!("the record has no entry {number} yet"));
    let said = view.hosted.said(number)?.ok_or_else(missing)?;
    let receipt = view.hosted.record().receipt(number).map_err(Failed::from)?;
    let mut row = view.look(|sight| entry_row(sight, &said))?;
    let text = String::from_utf8_lossy(&said.leaf.statement);
    row["text"] = text.as_ref().into();
    row["signature"] = hex(&said.leaf.signature).into();
    row["receipt"] = receipt.map(|receipt| receipt.to_string()).into();
    Ok(Answer::Found(row))
}

/// A signature as hex digits, half by half.
fn hex(signature: &record::SignatureBytes) -> String {
    let (halves, _) = signature.as_chunks();
    halves.iter().map(|half| federation::Root(*half).to_string()).collect()
}

fn show_problem(asked: &Asked) -> Result<Answer, Unanswered> {
    let (view, number) = (asked.view()?, asked.number("number")?);
    let problem = view.look(|sight| {
        let round = sight.state.round(Id::new(number))?;
        Ok::<_, federation::Refusal>(round.inputs.as_ref().map(problem_row))
    })??;
    let nothing = || Failed::missing(format!("round {number} waits for no plan now"));
    Ok(Answer::Found(problem.ok_or_else(nothing)?))
}

fn show_plan(asked: &Asked) -> Result<Answer, Unanswered> {
    let (view, number) = (asked.view()?, asked.number("number")?);
    let place = match pass(asked)? {
        Pass::First => 0,
        Pass::Again => 1,
    };
    let plan = view.look(|sight| {
        let round = sight.state.round(Id::new(number))?;
        let row = round.plans.get(place).map(|plan| {
            let contracts: Vec<_> = plan.contracts.iter().map(|id| id.number()).collect();
            json!({
                "annex": plan.annex,
                "at": plan.at,
                "problem": problem_row(&plan.inputs),
                "contracts": contracts,
            })
        });
        Ok::<_, federation::Refusal>(row)
    })??;
    let missing = || Failed::missing(format!("round {number} has no such plan yet"));
    Ok(Answer::Found(plan.ok_or_else(missing)?))
}

fn pass(asked: &Asked) -> Result<Pass, Failed> {
    match asked.part("pass") {
        "first" => Ok(Pass::First),
        "again" => Ok(Pass::Again),
        _ => Err(Failed::missing("a round has a `first` plan and one made `again`")),
    }
}

fn show_answer(asked: &Asked) -> Result<Answer, Unanswered> {
    let (number, unit) = (asked.number("number")?, asked.number("unit")?);
    let pass = pass(asked)?;
    let told = asked.hosted()?.told(Id::new(number), pass, Id::new(unit))?;
    let missing = || {
        Failed::missing(format!(
            "round {number} has no such plan yet, or unit {unit} had no part in it"
        ))
    };
    Ok(Answer::Found(told.ok_or_else(missing)?.data))
}

fn problem_row(inputs: &Inputs) -> Value {
    let rooms = inputs.rooms.iter().map(|&RoomLeft { unit, down, up, members, short }| {
        json!({
            "unit": unit.number(),
            "down_seconds": down,
            "up_seconds": up,
            "members": members,
            "short_sixteenths": short,
            "area": inputs.homes.get(&unit),
        })
    });
    let refused = inputs
        .refused
        .iter()
        .map(|(unit, partner)| json!({ "unit": unit.number(), "partner": partner.number() }));
    let let_down = inputs.let_down.iter().map(|(parties, version, hours)| {
        let (giver, receiver) = (parties.giver.number(), parties.receiver.number());
        let version = version.number();
        json!({ "giver": giver, "receiver": receiver, "version": version, "seconds": hours })
    });
    let drawn = |side: &[Drawn]| -> Vec<Value> {
        let rows = side.iter().map(|drawn| {
            let (wish, version) = (drawn.wish.number(), drawn.version.number());
            json!({ "wish": wish, "version": version, "quantity_steps": drawn.quantity })
        });
        rows.collect()
    };
    let accepted = inputs.accepted.iter().map(|(parties, left)| {
        let (giver, receiver) = (parties.giver.number(), parties.receiver.number());
        json!({ "giver": giver, "receiver": receiver, "left_seconds": left })
    });
    json!({
        "size": inputs.size,
        "at": inputs.at,
        "rooms": rooms.collect::<Vec<_>>(),
        "offers": drawn(&inputs.offers),
        "needs": drawn(&inputs.needs),
        "accepted": accepted.collect::<Vec<_>>(),
        "let_down": let_down.collect::<Vec<_>>(),
        "refused": refused.collect::<Vec<_>>(),
    })
}

fn show_body(asked: &Asked) -> Result<Answer, Unanswered> {
    let missing = || Failed::missing("no such body is kept here; look its name up in the record");
    let id: BodyId = asked.part("body").parse().map_err(|_| missing())?;
    let found = asked.hosted()?.record().body(id).map_err(Failed::from)?;
    let row = match found.ok_or_else(missing)? {
        FoundBody::Kept(body) => {
            let bytes = STANDARD.encode(body.to_bytes());
            let text = std::str::from_utf8(body.content()).ok();
            json!({ "body": id, "erased": null, "bytes": bytes, "text": text })
        }
        FoundBody::Erased { at } => {
            json!({ "body": id, "erased": at, "bytes": null, "text": null })
        }
    };
    Ok(Answer::Found(row))
}

fn show_capability(asked: &Asked) -> Result<Answer, Unanswered> {
    let hosted = asked.hosted()?;
    let prefix = crate::read_paths::reading_prefix(&asked.node, &hosted)?;
    Ok(Answer::Found(json!({ "prefix": prefix })))
}
