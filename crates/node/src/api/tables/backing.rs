use serde_json::{Value, json};

use super::unit_name;
use crate::Failed;
use crate::api::shape::{Field, Shape};
use crate::api::table::{OF_UNIT, Page, Sight, Table, View, Wanted};

/// Who backs whom with how much.
pub(super) struct Backings;

impl Table for Backings {
    fn name(&self) -> &'static str {
        "backings"
    }

    fn one(&self) -> &'static str {
        "backing"
    }

    fn says(&self) -> &'static str {
        "The room that units lend each other."
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::must("number", Shape::NUMBER, "Its place in this list."),
            Field::must("backer", Shape::NUMBER, "The unit that lends."),
            Field::must("backer_name", Shape::WORDS, "What it is called."),
            Field::must("backed", Shape::NUMBER, "The unit that is backed."),
            Field::must("backed_name", Shape::WORDS, "What it is called."),
            Field::must("lent_seconds", Shape::SECONDS, "How much."),
            Field::must("releasing_seconds", Shape::SECONDS, "What of it was asked back."),
        ]
    }

    fn filters(&self) -> Vec<Field> {
        vec![OF_UNIT]
    }

    fn page(&self, view: &View, wanted: &Wanted) -> Result<Page, Failed> {
        view.look(|sight| rows(sight, wanted))
    }
}

fn rows(sight: &Sight<'_>, wanted: &Wanted) -> Page {
    let of_unit = |&(_, (backer, backed, _)): &(u64, (_, _, _))| {
        wanted.unit.is_none_or(|unit| unit == backer || unit == backed)
    };
    let all = (1_u64..).zip(sight.state.backings());
    let mut wanted_rows = all.skip_while(|&(n, _)| n < wanted.from).filter(of_unit);
    let row = |(number, (backer, backed, backing))| -> Value {
        let federation::rows::Backing { hours, releasing, .. } = backing;
        json!({
            "number": number,
            "backer": federation::Id::number(backer),
            "backer_name": unit_name(sight, backer),
            "backed": federation::Id::number(backed),
            "backed_name": unit_name(sight, backed),
            "lent_seconds": hours,
            "releasing_seconds": releasing,
        })
    };
    let rows = wanted_rows.by_ref().take(wanted.limit).map(row).collect();
    Page { rows, next: wanted_rows.next().map(|(number, _)| number) }
}
