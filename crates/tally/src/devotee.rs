//! Ballots as the tally sheets of devotee, the program that Debian's votes are held with.
//!
//! Shape: a line `Option 1----->: Ann Lee` for each option, with any signs of a drawing before it; then
//! `V: 21-3` for each ballot, the rank of each option as a digit and `-` for unranked, and after it what
//! the voter finds the ballot by. All other lines say nothing. Each ballot weighs one.
//!
//! ```
//! let poll = tally::devotee::read(" Option 1--->: Ann\n/  Option 2-->: Bea\nV: -1\t\t5de2\n")?;
//! assert_eq!((poll.choice_count(), poll.weight()), (2, 1));
//! # Ok::<(), tally::FileRefused>(())
//! ```

use crate::lines::lines;
use crate::poll::Poll;
use crate::refused::{FileRefused, PollRefused};

/// Whether a text is such a sheet: it has a line for its first option.
pub fn is_sheet(text: &str) -> bool {
    lines(text).any(|(_, line)| option(line).is_some_and(|(number, _)| number == 1))
}

/// Reads a poll with one seat. Refused with the line, what stands there, and what it was expected to say:
/// options that are not numbered one after the other, and a ballot that has not one rank for each.
pub fn read(text: &str) -> Result<Poll, FileRefused> {
    let (mut names, mut ballots, mut last) = (Vec::new(), Vec::new(), 1);
    for (at, line) in lines(text) {
        let wrong = |expected| PollRefused::unexpected(line, expected).in_line(at);
        if let Some((number, name)) = option(line) {
            if number != names.len() + 1 || !ballots.is_empty() {
                return Err(wrong("options numbered from 1, all before the ballots"));
            }
            names.push(name.to_owned());
        } else if let Some(said) = line.strip_prefix("V:") {
            let marks = said.split_whitespace().next().unwrap_or_default();
            let ranks = marks.chars().map(rank).collect::<Option<Vec<u16>>>();
            let ranks = ranks.filter(|ranks| ranks.len() == names.len());
            let expected = "a digit for each option, or `-`, such as `V: 21-3`";
            ballots.push((at, ranks.ok_or_else(|| wrong(expected))?));
        }
        last = at;
    }
    let mut poll = Poll::try_new("", 1, names).map_err(|why| why.in_line(last))?;
    for (at, ranks) in ballots {
        poll.cast(1, &ranks).map_err(|why| why.in_line(at))?;
    }
    Ok(poll)
}

/// The number and the name of an option, if the line tells one.
fn option(line: &str) -> Option<(usize, &str)> {
    let (before, told) = line.split_once("Option ")?;
    let drawing = before.chars().all(|sign| "/| ".contains(sign));
    let (number, name) = told.split_once(">:")?;
    let number = number.trim_end_matches('-').parse().ok()?;
    drawing.then(|| (number, name.trim()))
}

fn rank(mark: char) -> Option<u16> {
    if mark == '-' { Some(0) } else { u16::try_from(mark.to_digit(10)?).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_read_through_its_drawing() {
        let text = "\n   Tally Sheet for the votes cast.\n  \"V: vote \t\tMD5SUM\"\n -=-=-\n\n  \
                    Option 1---------->: Ann Lee\n/  Option 2--------->: Bea\n|/  Option 3-------->: \
                    None Of The Above\n|||/\nV: 1-2 \t\t5de2\nV: --- \t\t8277\nV: 331\n";
        assert!(is_sheet(text));
        let poll = read(text).unwrap();
        let names: Vec<_> = poll.choices().map(|choice| poll.name(choice)).collect();
        assert_eq!(names, ["Ann Lee", "Bea", "None Of The Above"]);
        let ranks: Vec<_> = poll.ballots().map(|one| one.ranks.to_vec()).collect();
        assert_eq!(ranks, [[1, 0, 2], [0, 0, 0], [3, 3, 1]]);
        assert!(!is_sheet("3 1\n1 1 0\n0\n\"Option 1\"\n"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_what_would_help() {
        let said = |text: &str| read(text).unwrap_err().to_string();
        let two = "Option 1-->: Ann\n/ Option 2->: Bea\n";
        assert_eq!(
            said(&format!("{two}V: 1- 5de2\nV: 1 8277\n")),
            "line 4: found `V: 1 8277`; expected a digit for each option, or `-`, such as `V: 21-3`"
        );
        assert!(said(&format!("{two}V: 1a\n")).contains("line 3: found `V: 1a`"));
        assert!(said(&format!("{two}V:\n")).contains("line 3"));
        assert!(said("Option 1-->: Ann\n/ Option 3->: Bea\n").contains("line 2: found"));
        assert!(said("Option 1-->: Ann\n/ Option 2->: Ann\n").contains("called `Ann`"));
        assert!(said("V: 1\n").contains("line 1"));
        assert!(said("").contains("a poll has 0 options"));
    }
}
