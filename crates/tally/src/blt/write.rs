use std::fmt::Write as _;

use crate::poll::Poll;

/// Writes a poll, so that programs of others can count it again.
///
/// Options of one rank are joined by `=`, and `-` stands for a rank left out. Ballots of no weight are
/// left out, and so are scores, which this form has no place for. What was written is read as the same
/// poll, as long as names are single lines without spaces around them or a backslash before a quote.
pub fn write(poll: &Poll) -> String {
    let mut text = format!("{} {}\n", poll.choice_count(), poll.seats);
    for choice in poll.choices().filter(|&choice| poll.is_withdrawn(choice)) {
        let _ = writeln!(text, "-{}", choice.position() + 1);
    }
    for ballot in poll.ballots().filter(|ballot| ballot.weight > 0) {
        let _ = writeln!(text, "{} {}0", ballot.weight, preferences(ballot.ranks));
    }
    text.push_str("0\n");
    for choice in poll.choices() {
        let _ = writeln!(text, "{}", in_quotes(poll.name(choice)));
    }
    let _ = writeln!(text, "{}", in_quotes(&poll.title));
    text
}

fn preferences(ranks: &[u16]) -> String {
    let mut ranked: Vec<(u16, usize)> = ranks
        .iter()
        .zip(1..)
        .filter(|(rank, _)| **rank > 0)
        .map(|(rank, at)| (*rank, at))
        .collect();
    ranked.sort_unstable();
    let mut text = String::new();
    let mut before = 0;
    for same in ranked.chunk_by(|a, b| a.0 == b.0) {
        let rank = same.first().map_or(0, |(rank, _)| *rank);
        for _ in before + 1..rank {
            text.push_str("- ");
        }
        let numbers: Vec<String> = same.iter().map(|(_, at)| at.to_string()).collect();
        let _ = write!(text, "{} ", numbers.join("="));
        before = rank;
    }
    text
}

fn in_quotes(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
