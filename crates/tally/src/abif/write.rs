use std::fmt::Write as _;

use crate::choice::Choice;
use crate::poll::{Ballot, Poll};

/// Writes a poll, so that programs of others can count it again.
///
/// Withdrawn options are left out, and so are ranks that nobody has: this form has no place for them.
/// What was written is read as the same poll, as long as no option is withdrawn, ballots leave no rank
/// out, and names are not empty, single lines without spaces around them, and without a backslash
/// before a quote.
pub fn write(poll: &Poll) -> String {
    let mut text = String::new();
    if !poll.title.is_empty() {
        let _ = writeln!(text, "{{\"title\": {}}}", in_quotes(&poll.title));
    }
    let standing = || poll.choices().filter(|&choice| !poll.is_withdrawn(choice));
    for choice in standing() {
        let name = poll.name(choice);
        let plain = !name.contains(['[', ']']);
        let name = if plain { format!("[{name}]") } else { in_quotes(name) };
        let _ = writeln!(text, "={}:{name}", short(choice));
    }
    for ballot in poll.ballots() {
        let _ = writeln!(text, "{}:{}", ballot.weight, said(&ballot, standing()));
    }
    text
}

fn said(ballot: &Ballot<'_>, standing: impl Iterator<Item = Choice>) -> String {
    let rank = |choice: Choice| ballot.ranks.get(choice.position()).copied().unwrap_or(0);
    let mut ranked: Vec<Choice> = standing.filter(|&choice| rank(choice) > 0).collect();
    ranked.sort_by_key(|&choice| rank(choice));
    let mut text = String::new();
    let mut before = None;
    for choice in ranked {
        match before {
            None => {}
            Some(before) if before == rank(choice) => text.push('='),
            Some(_) => text.push('>'),
        }
        before = Some(rank(choice));
        text.push_str(&short(choice));
        if let Some(score) = ballot.scores.get(choice.position()).copied().flatten() {
            let _ = write!(text, "/{score}");
        }
    }
    text
}

fn short(choice: Choice) -> String {
    format!("c{}", choice.0 + 1)
}

fn in_quotes(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\\\""))
}
