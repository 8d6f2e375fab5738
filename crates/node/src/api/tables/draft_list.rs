use serde_json::{Value, json};

use super::{seconds, unit_name};
use crate::Failed;
use crate::api::shape::{Field, Shape};
use crate::api::table::{Page, Sight, Table, View, Wanted};
use crate::words::list_row_words;

/// The list that could be put to the vote now.
pub(super) struct DraftList;

impl Table for DraftList {
    fn name(&self) -> &'static str {
        "draft-list"
    }

    fn one(&self) -> &'static str {
        "draft-list-row"
    }

    fn says(&self) -> &'static str {
        "The list of members, bases and enrolment that could be put to the vote now."
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::must("number", Shape::NUMBER, "Its place in this list."),
            Field::must("unit", Shape::NUMBER, "The unit."),
            Field::must("unit_name", Shape::WORDS, "What it is called."),
            Field::must("counted_members", Shape::COUNT, "How many of its members would count."),
            Field::must("base_seconds", Shape::SECONDS, "Its base then."),
            Field::must("enrolled", Shape::Flag, "Whether it would be enrolled."),
            Field::must("says", Shape::WORDS, "The same in words."),
        ]
    }

    fn filters(&self) -> Vec<Field> {
        Vec::new()
    }

    fn page(&self, view: &View, wanted: &Wanted) -> Result<Page, Failed> {
        view.look(|sight| rows(sight, wanted))
    }
}

fn rows(sight: &Sight<'_>, wanted: &Wanted) -> Page {
    let draft = (1_u64..).zip(sight.state.draft_list());
    let units = draft
        .filter_map(|(number, row)| Some((number, sight.state.find_unit(row.unit).ok()?, row)));
    let mut rows = units.skip_while(|&(number, ..)| number < wanted.from);
    let page = rows.by_ref().take(wanted.limit).map(|(number, unit, row)| -> Value {
        json!({
            "number": number,
            "unit": unit.number(),
            "unit_name": unit_name(sight, unit),
            "counted_members": row.counted_members,
            "base_seconds": seconds(row.base),
            "enrolled": row.enrolled,
            "says": list_row_words(sight.state, &row),
        })
    });
    let page = page.collect();
    Page { rows: page, next: rows.next().map(|(number, ..)| number) }
}
