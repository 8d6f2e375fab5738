//! What a count comes to, in words and as JSON.

use std::fmt::Write as _;

use ::tally::{Choice, Majority, Poll, Schulze, Share, Sheet, Sums};
use serde_json::{Value, json};

use super::{Method, picture, sheet};

/// A count by one of the methods.
pub(super) enum Counted {
    Sheet(Sheet),
    Schulze(Schulze),
    Sums(Sums),
    Majority(Majority, Share),
}

impl Counted {
    /// The transfers as a drawing; none if the method has none.
    pub(super) fn picture(&self, poll: &Poll) -> Option<String> {
        match self {
            Self::Sheet(sheet) => Some(picture::svg(poll, sheet)),
            _ => None,
        }
    }

    pub(super) fn json(&self, poll: &Poll, method: Method) -> Value {
        let mut told = json!({
            "title": poll.title,
            "method": method.words(),
            "ballots": poll.weight(),
            "options": names(poll, &poll.choices().collect::<Vec<_>>()),
        });
        let count = match self {
            Self::Sheet(sheet) => sheet::json(poll, sheet),
            Self::Schulze(count) => json!({
                "order": levels(poll, count),
                "not_beating_the_status_quo": names(poll, &count.not_beating),
                "preferences": table(poll, |one, other| count.preferences.of(one, other)),
                "strongest_paths": table(poll, |one, other| count.paths.of(one, other)),
                "wins": count.winner().map(|choice| poll.name(choice)),
            }),
            Self::Sums(sums) => json!({
                "order": sums.order.iter().map(|&choice| json!({
                    "option": poll.name(choice),
                    "sum": sums.sums[choice],
                    "ballots": sums.said[choice],
                })).collect::<Vec<_>>(),
                "drawn": sums.drawn.iter().map(|drawn| names(poll, drawn)).collect::<Vec<_>>(),
            }),
            Self::Majority(votes, share) => json!({
                "yes": votes.yes,
                "no": votes.no,
                "abstain": votes.abstain,
                "passes": votes.passes(*share),
            }),
        };
        if let (Some(told), Value::Object(count)) = (told.as_object_mut(), count) {
            told.extend(count);
        }
        told
    }

    pub(super) fn text(&self, poll: &Poll, method: Method) -> String {
        let mut text = String::new();
        if !poll.title.is_empty() {
            let _ = writeln!(text, "{}", poll.title);
        }
        let _ = writeln!(text, "{}, {} ballots", method.words(), poll.weight());
        match self {
            Self::Sheet(sheet) => text += &sheet::text(poll, sheet),
            Self::Schulze(count) => text += &schulze_text(poll, count),
            Self::Sums(sums) => text += &sums_text(poll, sums),
            Self::Majority(votes, share) => {
                let verdict = if votes.passes(*share) { "passes" } else { "does not pass" };
                let Majority { yes, no, abstain } = votes;
                let _ = writeln!(text, "yes {yes}, no {no}, neither {abstain}: it {verdict}");
            }
        }
        text
    }
}

pub(super) fn names<'a>(poll: &'a Poll, choices: &[Choice]) -> Vec<&'a str> {
    choices.iter().map(|&choice| poll.name(choice)).collect()
}

fn levels<'a>(poll: &'a Poll, count: &Schulze) -> Vec<Vec<&'a str>> {
    count.levels.iter().map(|level| names(poll, level)).collect()
}

fn table(poll: &Poll, of: impl Fn(Choice, Choice) -> u64) -> Vec<Vec<u64>> {
    let row = |one| poll.choices().map(|other| of(one, other)).collect();
    poll.choices().map(row).collect()
}

fn schulze_text(poll: &Poll, count: &Schulze) -> String {
    let mut text = String::from("\nballots that rank the row before the column\n");
    text += &pairs(poll, |one, other| count.preferences.of(one, other));
    text += "\nstrength of the strongest path from the row to the column\n";
    text += &pairs(poll, |one, other| count.paths.of(one, other));
    text.push('\n');
    for (place, level) in count.levels.iter().enumerate() {
        let drawn = if level.len() > 1 { "  (equal; in the order drawn)" } else { "" };
        let _ = writeln!(text, "{:>3}. {}{drawn}", place + 1, names(poll, level).join(", "));
    }
    for &choice in &count.not_beating {
        let _ = writeln!(text, "out: {}, not preferred to the status quo", poll.name(choice));
    }
    if let Some(winner) = count.winner() {
        let _ = writeln!(text, "\nwins: {}", poll.name(winner));
    }
    text
}

/// A table with the options' numbers as headings, and their names beside the rows.
fn pairs(poll: &Poll, of: impl Fn(Choice, Choice) -> u64) -> String {
    let widest = poll.choices().flat_map(|one| {
        let of = &of;
        poll.choices().map(move |other| of(one, other).to_string().len())
    });
    let width = widest.max().unwrap_or(1).max(4);
    let mut text = String::from("    ");
    for choice in poll.choices() {
        let _ = write!(text, " {:>width$}", choice.0 + 1);
    }
    text.push('\n');
    for one in poll.choices() {
        let _ = write!(text, "{:>3} ", one.0 + 1);
        for other in poll.choices() {
            let cell = if one == other { "–".to_owned() } else { of(one, other).to_string() };
            let _ = write!(text, " {cell:>width$}");
        }
        let _ = writeln!(text, "  {}", poll.name(one));
    }
    text
}

fn sums_text(poll: &Poll, sums: &Sums) -> String {
    let mut text = String::new();
    for (place, &choice) in sums.order.iter().enumerate() {
        let (sum, said) = (sums.sums[choice], sums.said[choice]);
        let _ = writeln!(
            text,
            "{:>3}. {sum:>8}  {}  ({said} ballots say something)",
            place + 1,
            poll.name(choice)
        );
    }
    for drawn in &sums.drawn {
        let _ = writeln!(text, "equal, in the order drawn: {}", names(poll, drawn).join(", "));
    }
    text
}
