use federation::rows::{Phase, Round};
use federation::{Federation, Id, Matched};
use measure::Measure;
use serde_json::{Value, json};

use super::answer::{Answer, Unanswered};
use super::answer_shape::ANSWER;
use super::asked::Asked;
use super::route::{Coming, Does, Gives, Method, Route, Who};
use super::shape::{Field, Shape, object};
use crate::{Failed, Hosted, Outlook, sum, words};

const DELIVERY: Shape = Shape::Object(&[
    Field::must("giver", Shape::NUMBER, "The unit that would give."),
    Field::must("giver_name", Shape::WORDS, "What it is called."),
    Field::must("receiver", Shape::NUMBER, "The unit that would get it."),
    Field::must("receiver_name", Shape::WORDS, "What it is called."),
    Field::must("version", Shape::NUMBER, "What."),
    Field::must("label", Shape::WORDS, "How people name that: `bread/2`."),
    Field::must("quantity_steps", Shape::COUNT, "How much of it."),
    Field::must("measure", Shape::WORDS, "What it is counted in."),
    Field::must("decimals", Shape::COUNT, "How many decimals of that a step has."),
    Field::must("worth_seconds", Shape::SECONDS, "What it is worth."),
    Field::must("area", Shape::OrNull(&Shape::WORDS), "Where they can meet, if it says."),
    Field::must("week", Shape::OrNull(&Shape::COUNT), "From which week on, if it says."),
]);

const DELIVERIES: Shape = Shape::List { of: &DELIVERY, least: 0, most: usize::MAX };

const ROUND: Field = Field::must("round", Shape::NUMBER, "Which round.");
const ENTRIES: Field =
    Field::must("entries", Shape::COUNT, "How many entries of the record it takes in.");
const CLOSES: Field = Field::must("closes", Shape::TIME, "When the round closes at the earliest.");

const OUTLOOK: &[Field] = &[
    ROUND,
    ENTRIES,
    CLOSES,
    Field::must("hours_seconds", Shape::SECONDS, "The hours that would be exchanged."),
    Field::must("units", Shape::COUNT, "How many units would give or get something."),
    Field::must("offers", Shape::COUNT, "How many offers stand for it."),
    Field::must("needs", Shape::COUNT, "How many needs of something that is offered."),
    Field::must("deliveries", DELIVERIES, "Who would give what to whom."),
];

const OF_UNIT: &[Field] = &[
    ROUND,
    ENTRIES,
    CLOSES,
    Field::must("unit", Shape::NUMBER, "Which unit."),
    Field::must("give_seconds", Shape::SECONDS, "The hours that it would give."),
    Field::must("get_seconds", Shape::SECONDS, "The hours that it would get."),
    Field::must("gives", DELIVERIES, "What it would give to whom."),
    Field::must("gets", DELIVERIES, "What it would get from whom."),
    Field::must("answer", ANSWER, "Why needs of it would stay open, and what would help."),
];

pub(super) fn routes() -> Vec<Route> {
    let get = |path, id, says, does: fn(Asked) -> Coming| {
        Route::new(Method::Get, path, id, says, Does::Later(does)).in_room("reads").by(Who::Readers)
    };
    vec![
        get(
            "/f/{federation}/rounds/{number}/outlook",
            "show-outlook",
            "What an open round would come to if nothing more were said before it closes.",
            show_outlook,
        )
        .gives(Gives::Found(object(OUTLOOK))),
        get(
            "/f/{federation}/rounds/{number}/outlook/{unit}",
            "show-outlook-of-unit",
            "What that means for a unit: what it would give and get, and why not all.",
            show_outlook_of_unit,
        )
        .gives(Gives::Found(object(OF_UNIT))),
    ]
}

fn show_outlook(asked: Asked) -> Coming {
    Box::pin(async move {
        let round: Id<Round> = Id::new(asked.number("number")?);
        let hosted = asked.hosted()?;
        check_open(&hosted, round)?;
        let outlook = hosted.outlook(round).await?;
        let deliveries = hosted.read(|state| rows(state, &outlook.deliveries))?;
        let mut row = row(&outlook);
        row["hours_seconds"] = json!(outlook.hours);
        row["units"] = outlook.units.into();
        row["offers"] = outlook.inputs.offers.len().into();
        row["needs"] = outlook.inputs.needs.len().into();
        row["deliveries"] = deliveries.into();
        Ok(Answer::Found(row))
    })
}

/// Only a round that takes offers and needs has an outlook.
fn check_open(hosted: &Hosted, round: Id<Round>) -> Result<(), Failed> {
    let is_open =
        |state: &Federation| state.round(round).map(|row| matches!(row.phase, Phase::Open { .. }));
    match hosted.read(is_open)?? {
        true => Ok(()),
        false => Err(Failed::missing(format!(
            "round {round} takes offers and needs no more and so has no outlook; look at its plans"
        ))),
    }
}

fn show_outlook_of_unit(asked: Asked) -> Coming {
    Box::pin(async move {
        let round: Id<Round> = Id::new(asked.number("number")?);
        let (unit, hosted) = (Id::new(asked.number("unit")?), asked.hosted()?);
        check_open(&hosted, round)?;
        let (outlook, told) = hosted.outlook_for(round, unit).await?;
        let missing = || Failed::missing(format!("unit {unit} takes no part in rounds"));
        let told = told.ok_or_else(|| Unanswered::from(missing()))?;
        let (gives, gets) = (outlook.gives(unit), outlook.gets(unit));
        let mut row = row(&outlook);
        row["unit"] = unit.number().into();
        row["give_seconds"] = json!(sum(gives.clone()));
        row["get_seconds"] = json!(sum(gets.clone()));
        let (gives, gets) = hosted.read(|state| (rows(state, gives), rows(state, gets)))?;
        row["gives"] = gives.into();
        row["gets"] = gets.into();
        row["answer"] = told.data.clone();
        Ok(Answer::Found(row))
    })
}

fn row(outlook: &Outlook) -> Value {
    json!({
        "round": outlook.round.number(),
        "entries": outlook.entries,
        "closes": outlook.closes,
    })
}

fn rows<'a>(state: &Federation, deliveries: impl IntoIterator<Item = &'a Matched>) -> Vec<Value> {
    let row = |one: &Matched| {
        let (giver, receiver) = (one.parties.giver, one.parties.receiver);
        let measure = words::measure_of(state, one.version);
        json!({
            "giver": giver.number(),
            "giver_name": words::unit_name(state, giver),
            "receiver": receiver.number(),
            "receiver_name": words::unit_name(state, receiver),
            "version": one.version.number(),
            "label": state.version_label(one.version),
            "quantity_steps": one.quantity,
            "measure": measure.map(ToString::to_string).unwrap_or_default(),
            "decimals": measure.map_or(0, Measure::decimals),
            "worth_seconds": one.hours,
            "area": one.meeting.area,
            "week": one.meeting.week,
        })
    };
    deliveries.into_iter().map(row).collect()
}
