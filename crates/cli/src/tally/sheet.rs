//! A returning officer's sheet, in words and as JSON.

use std::fmt::Write as _;

use ::tally::{Action, Choice, Decided, Poll, Sheet, Stage, Tie};
use serde_json::{Value, json};

use super::counted::names;

/// Votes with their decimals: `2127.00000`.
pub(super) fn votes(units: i128, decimals: u8) -> String {
    let one = 10_u128.pow(u32::from(decimals));
    let (sign, size) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
    let width = usize::from(decimals);
    if width == 0 {
        format!("{sign}{size}")
    } else {
        format!("{sign}{}.{:0width$}", size / one, size % one)
    }
}

/// What a stage did, in a sentence.
pub(super) fn sentence(poll: &Poll, stage: &Stage) -> String {
    match stage.action {
        Action::First => "first preferences".to_owned(),
        Action::Surplus(choice) => {
            format!("what {} has beyond the quota is transferred", poll.name(choice))
        }
        Action::Exclusion(choice) => {
            format!("{} has the fewest votes and is excluded", poll.name(choice))
        }
        Action::Iterations(1) => "counted once".to_owned(),
        Action::Iterations(times) => {
            format!("counted {times} times, until the elected keep what they need")
        }
        Action::Last => "as many are left as seats".to_owned(),
    }
}

/// What decided between equals, in a sentence.
fn tie_sentence(poll: &Poll, tie: &Tie) -> String {
    let among = names(poll, &tie.among).join(", ");
    let taken = poll.name(tie.taken);
    match tie.decided {
        Decided::Stage(stage) => format!("equal: {among}; stage {} decided on {taken}", stage + 1),
        Decided::Lot => format!("equal: {among}; the lot fell on {taken}"),
    }
}

pub(super) fn text(poll: &Poll, sheet: &Sheet) -> String {
    let quota = sheet.stages.first().map_or(0, |stage| stage.quota);
    let mut text = format!(
        "{} seats, {} valid, quota {}\n",
        poll.seats,
        sheet.valid,
        votes(quota, sheet.decimals)
    );
    let wide = poll.choices().map(|choice| poll.name(choice).chars().count()).max().unwrap_or(0);
    let mut before: Option<&Stage> = None;
    for (number, stage) in sheet.stages.iter().enumerate() {
        let _ = writeln!(text, "\nStage {}: {}", number + 1, sentence(poll, stage));
        for (choice, units) in stage.votes.iter().filter(|&(choice, _)| !poll.is_withdrawn(choice))
        {
            let change = before.map_or(0, |before| units - before.votes[choice]);
            let (name, figure) = (poll.name(choice), votes(*units, sheet.decimals));
            let change = if change == 0 { String::new() } else { changed(change, sheet.decimals) };
            let line = format!(
                "  {name:wide$}  {figure:>16}  {change:>16}  {}",
                standing(sheet, number, choice)
            );
            let _ = writeln!(text, "{}", line.trim_end());
        }
        let line =
            format!("  {:wide$}  {:>16}", "(nobody's any more)", votes(stage.lost, sheet.decimals));
        let _ = writeln!(text, "{line}");
        for tie in &stage.ties {
            let _ = writeln!(text, "  {}", tie_sentence(poll, tie));
        }
        before = Some(stage);
    }
    let _ = writeln!(text, "\nelected: {}", names(poll, &sheet.elected).join(", "));
    text
}

fn changed(units: i128, decimals: u8) -> String {
    let sign = if units > 0 { "+" } else { "" };
    format!("{sign}{}", votes(units, decimals))
}

/// Where an option stands at the end of a stage.
pub(super) fn standing(sheet: &Sheet, stage: usize, choice: Choice) -> &'static str {
    let so_far = || sheet.stages.iter().take(stage + 1);
    if so_far().any(|one| one.elected.contains(&choice)) {
        "elected"
    } else if so_far().any(|one| one.excluded == Some(choice)) {
        "excluded"
    } else {
        ""
    }
}

pub(super) fn json(poll: &Poll, sheet: &Sheet) -> Value {
    let stage = |(number, stage): (usize, &Stage)| {
        let rows = stage.votes.iter().map(|(choice, units)| {
            json!({
                "option": poll.name(choice),
                "votes": votes(*units, sheet.decimals),
                "standing": match standing(sheet, number, choice) {
                    "" if poll.is_withdrawn(choice) => "withdrawn",
                    "" => "continuing",
                    standing => standing,
                },
            })
        });
        json!({
            "stage": number + 1,
            "action": sentence(poll, stage),
            "votes": rows.collect::<Vec<_>>(),
            "nobodys": votes(stage.lost, sheet.decimals),
            "quota": votes(stage.quota, sheet.decimals),
            "elected": names(poll, &stage.elected),
            "excluded": stage.excluded.map(|choice| poll.name(choice)),
            "ties": stage.ties.iter().map(|tie| tie_sentence(poll, tie)).collect::<Vec<_>>(),
        })
    };
    json!({
        "seats": poll.seats,
        "valid": sheet.valid,
        "stages": sheet.stages.iter().enumerate().map(stage).collect::<Vec<_>>(),
        "elected": names(poll, &sheet.elected),
    })
}
