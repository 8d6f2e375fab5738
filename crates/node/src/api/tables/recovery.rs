use federation::rows::Waiting;
use serde_json::{Value, json};

use super::{MAYBE_TIME, MAYBE_WORDS, NUMBERS, numbers, person_name};
use crate::Failed;
use crate::api::shape::{Field, Shape};
use crate::api::table::{Page, Sight, Table, View, Wanted};
use crate::words::recovery_words;

/// New keys on their way to people who have lost theirs.
pub(super) struct Recoveries;

impl Table for Recoveries {
    fn name(&self) -> &'static str {
        "recoveries"
    }

    fn one(&self) -> &'static str {
        "recovery"
    }

    fn says(&self) -> &'static str {
        "New keys on their way to people who have lost theirs."
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::must("number", Shape::NUMBER, "Its place in this list."),
            Field::must("person", Shape::NUMBER, "For whom."),
            Field::must("person_name", MAYBE_WORDS, "What they are called; for members."),
            Field::must("key", Shape::Hex(64), "The key that is to replace theirs."),
            Field::must("helpers", NUMBERS, "Who can sign it."),
            Field::must("signed", NUMBERS, "Who has signed it."),
            Field::must("needed", Shape::COUNT, "How many it takes."),
            Field::must("vetoed", Shape::Flag, "Whether an old key has said no."),
            Field::must("again", NUMBERS, "Who has signed again since."),
            Field::must("needed_again", Shape::COUNT, "How many it then takes."),
            Field::must("until", MAYBE_TIME, "When it comes into use, if it does."),
            Field::must("says", Shape::WORDS, "How far it is, in words."),
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
    let all = (1_u64..).zip(sight.state.recoveries());
    let mut rows = all.skip_while(|&(number, _)| number < wanted.from);
    let page = rows.by_ref().take(wanted.limit).map(|(number, row)| -> Value {
        let again = match &row.waiting {
            Waiting::SecondPetition { again, .. } => again.iter().copied().collect(),
            Waiting::Signatures | Waiting::Veto { .. } => Vec::new(),
        };
        json!({
            "number": number,
            "person": row.person.number(),
            "person_name": person_name(sight, row.person),
            "key": row.key.key,
            "helpers": numbers(row.helpers.persons.iter().copied()),
            "signed": numbers(row.signed.iter().copied()),
            "needed": row.helpers.needed,
            "vetoed": matches!(row.waiting, Waiting::SecondPetition { .. }),
            "again": numbers(again),
            "needed_again": row.helpers.needed_again(),
            "until": row.until(),
            "says": recovery_words(row),
        })
    });
    let page = page.collect();
    Page { rows: page, next: rows.next().map(|(number, _)| number) }
}
