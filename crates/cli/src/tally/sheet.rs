//! A returning officer's sheet as JSON.

use ::tally::{Poll, Sheet, Stage};
use serde_json::{Value, json};

use super::counted::names;

pub(super) fn json(poll: &Poll, sheet: &Sheet) -> Value {
    let stage = |(number, stage): (usize, &Stage)| {
        let rows = stage.votes.iter().map(|(choice, units)| {
            json!({
                "option": poll.name(choice),
                "votes": sheet.votes(*units),
                "standing": match sheet.standing(number, choice) {
                    "" if poll.is_withdrawn(choice) => "withdrawn",
                    "" => "continuing",
                    standing => standing,
                },
            })
        });
        json!({
            "stage": number + 1,
            "action": stage.sentence(poll),
            "votes": rows.collect::<Vec<_>>(),
            "nobodys": sheet.votes(stage.lost),
            "quota": sheet.votes(stage.quota),
            "elected": names(poll, &stage.elected),
            "excluded": stage.excluded.map(|choice| poll.name(choice)),
            "ties": stage.ties.iter().map(|tie| tie.sentence(poll)).collect::<Vec<_>>(),
        })
    };
    json!({
        "seats": sheet.seats,
        "valid": sheet.valid,
        "stages": sheet.stages.iter().enumerate().map(stage).collect::<Vec<_>>(),
        "elected": names(poll, &sheet.elected),
    })
}
