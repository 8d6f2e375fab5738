//! What a count comes to, in words and as JSON.

use std::fmt::Write as _;

use ::tally::{Choice, Majority, Poll, Schulze, Share, Sheet, Sums};
use serde_json::{Value, json};

use super::{Method, sheet};

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
            Self::Sheet(sheet) => Some(sheet.picture(poll)),
            _ => None,
        }
    }

    pub(super) fn json(&self, poll: &Poll, method: Method) -> Value {
        let mut told = json!({
            "title": poll.title,
            "method": method.words(),
            "ballots": poll.weight(),
            "warnings": poll.warned().iter().map(|one| one.sentence(poll)).collect::<Vec<_>>(),
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
        text += &poll.warned_words();
        match self {
            Self::Sheet(sheet) => text += &sheet.words(poll),
            Self::Schulze(count) => text += &count.words(poll),
            Self::Sums(sums) => text += &sums.words(poll),
            Self::Majority(votes, share) => text += &votes.words(*share),
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
