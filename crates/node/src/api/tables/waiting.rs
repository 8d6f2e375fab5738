use federation::rows::Person;
use federation::{Act, Id};
use serde_json::json;

use super::{json, numbers, unit_name};
use crate::Failed;
use crate::api::act_shapes::ACT;
use crate::api::shape::{Field, Shape};
use crate::api::table::{OF_UNIT, Page, Sees, Sight, Table, View, Wanted};

/// What one member of a unit has signed and another one has not yet.
pub(super) struct Waiting;

impl Table for Waiting {
    fn name(&self) -> &'static str {
        "waiting"
    }

    fn one(&self) -> &'static str {
        "waiting-act"
    }

    fn says(&self) -> &'static str {
        "The acts of units that wait for another member to sign the same."
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::must("number", Shape::NUMBER, "Its place in this list."),
            Field::must("unit", Shape::NUMBER, "The unit."),
            Field::must("unit_name", Shape::WORDS, "What it is called."),
            Field::must("act", ACT, "What is to be signed."),
            Field::must("says", Shape::WORDS, "The same in words."),
            Field::must("lines", super::LINES, "What it comes to, where that is more."),
            Field::must("signed", super::NUMBERS, "Who has signed, by the numbers of persons."),
        ]
    }

    fn filters(&self) -> Vec<Field> {
        vec![OF_UNIT]
    }

    fn page(&self, view: &View, wanted: &Wanted) -> Result<Page, Failed> {
        view.look(|sight| rows(sight, wanted))
    }
}

/// What was counted in a room, so that whoever signs it too can read it first.
fn lines(sight: &Sight<'_>, act: &Act) -> Vec<String> {
    let Act::CountRoom(act) = act else { return Vec::new() };
    let called = |person: Id<Person>| match sight.sees {
        Sees::Persons => sight.hosted.called(sight.state, person),
        Sees::Record => format!("person {person}"),
    };
    crate::words::room_lines(sight.state, &called, act)
}

fn rows(sight: &Sight<'_>, wanted: &Wanted) -> Page {
    let units = sight.state.units().map(|(id, _)| id);
    let acts = units.flat_map(|unit| {
        let waiting = sight.state.waiting_for_signatures(unit);
        waiting.map(move |(act, signed)| (unit, act, signed))
    });
    let all = (1_u64..).zip(acts).skip_while(|&(number, _)| number < wanted.from);
    let mut rows = all.filter(|(_, (unit, ..))| wanted.unit.is_none_or(|one| one == *unit));
    let page = rows.by_ref().take(wanted.limit).map(|(number, (unit, act, signed))| {
        json!({
            "number": number,
            "unit": unit.number(),
            "unit_name": unit_name(sight, unit),
            "act": json(act),
            "says": crate::words::act_sentence(sight.state, act),
            "lines": lines(sight, act),
            "signed": numbers(signed.iter().copied()),
        })
    });
    let page = page.collect();
    Page { rows: page, next: rows.next().map(|(number, _)| number) }
}
