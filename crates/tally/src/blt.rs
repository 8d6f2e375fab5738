//! Ballots as BLT files, the form in which elections by transferable vote are published.
//!
//! Shape: `options seats`; then one ballot after the other, its weight, the numbers of the options in
//! order of preference, and a nought, on one line or on several; a nought alone; then the name of each option and the title. From
//! Hill, Wichmann and Woodall (1987), with what `OpenSTV`, Droop and Scottish councils have added:
//!
//! - before the ballots, `-2` withdraws the second option, and so does `[withdrawn bea]`; `[nick ann
//!   bea cem]` gives short names that ballots may use; what `[tie …]`, `[droop …]` and `[comment …]`
//!   say is passed over, since lots are drawn from the seed;
//! - on a ballot, `=` joins options of one rank, and so do parentheses: `1=3` or `(1 3)`; `-` leaves a
//!   rank out;
//! - before a ballot may stand its name in parentheses; such a ballot weighs one;
//! - `#` begins a comment, and `/* */` holds one; blank lines, spaces and tabs say nothing;
//! - names may be in quotes or a line each; in quotes they may go on in the next line, and hold quotes
//!   doubled or behind a backslash. The title may be missing, and a source and a comment may follow it.
//!
//! ```
//! let poll = tally::blt::read("2 1\n3 1 2 0\n2 2 0\n0\n\"Ann\"\n\"Bea\"\n\"Council\"\n")?;
//! assert_eq!((poll.title.as_str(), poll.weight()), ("Council", 5));
//! assert_eq!(tally::blt::read(&tally::blt::write(&poll))?, poll);
//! # Ok::<(), tally::FileRefused>(())
//! ```

mod ballots;
mod names;
mod words;
mod write;

use crate::choice::Choice;
use crate::poll::{CHOICES_MAX, Poll};
use crate::refused::{FileRefused, PollRefused};
use words::{Words, without_comments};

pub use write::write;

/// Reads a poll. A ballot that names an option twice counts up to there, and [`Poll::warned`] says so,
/// as it does of a ballot over several lines. Refused with the line, what stands there, and what it was
/// expected to say: in particular for weights that are not whole, and for a ballot over several lines
/// that names an option twice, since a `0` may be missing.
pub fn read(text: &str) -> Result<Poll, FileRefused> {
    let lines = without_comments(text);
    let mut words = Words::new(&lines);
    let at = words.line();
    let (choices, seats) = heading(&mut words)?;
    let body = ballots::read(&mut words, choices)?;
    let (names, title) = names::read(words, choices)?;
    let mut seen = std::collections::BTreeSet::new();
    if let Some((at, twice)) = names.iter().find(|(_, name)| !seen.insert(name.as_str())) {
        return Err(PollRefused::SameName { name: twice.clone() }.in_line(*at));
    }
    let names = names.into_iter().map(|(_, name)| name).collect();
    let mut poll = Poll::try_new(&title, seats, names).map_err(|why| why.in_line(at))?;
    for ballot in body.ballots {
        let cast = poll.cast(ballot.weight, &ballot.ranks);
        cast.map_err(|why| why.in_line(ballot.line))?;
    }
    for choice in body.withdrawn {
        poll.withdraw(choice);
    }
    body.warned.into_iter().for_each(|warned| poll.warn(warned));
    Ok(poll)
}

/// How many options and seats there are.
fn heading(words: &mut Words<'_>) -> Result<(usize, u32), FileRefused> {
    const EXPECTED: &str = "the numbers of options and of seats, such as `5 2`";
    let choices = words.next(EXPECTED)?;
    let choices: usize = choices.parse().map_err(|_| words.refused(EXPECTED))?;
    if choices == 0 || choices > CHOICES_MAX {
        let why = PollRefused::Choices { found: choices, most: CHOICES_MAX };
        return Err(why.in_line(words.line()));
    }
    let seats = words.next(EXPECTED)?;
    let seats = seats.parse().map_err(|_| words.refused(EXPECTED))?;
    if seats == 0 {
        return Err(PollRefused::Seats { found: seats }.in_line(words.line()));
    }
    Ok((choices, seats))
}

/// The option of a number, from 1.
fn numbered(word: &str, choices: usize) -> Option<Choice> {
    let number: usize = word.parse().ok()?;
    (1..=choices).contains(&number).then(|| Choice::at(number - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::warned::Why;

    fn ballots(poll: &Poll) -> Vec<(u64, Vec<u16>)> {
        poll.ballots().map(|one| (one.weight, one.ranks.to_vec())).collect()
    }

    fn names(poll: &Poll) -> Vec<&str> {
        poll.choices().map(|choice| poll.name(choice)).collect()
    }

    #[test]
    fn what_is_found_in_the_wild_is_read() {
        let text = "\u{feff}4 2 # four for two\r\n-2\r\n\n3 1 3 4 0\n4\t1=3 - 2 0 \n(b 17) 1 4 0 # late\n\
                    2 0\n(b 18) 0\n0\n\"Ann \"\"Red\"\" O'B\" \"Bea\"\nCem #1\n\"Dee # 2\"\n\"Council\"";
        let poll = read(text).unwrap();
        assert_eq!(names(&poll), ["Ann \"Red\" O'B", "Bea", "Cem", "Dee # 2"]);
        assert_eq!((poll.title.as_str(), poll.seats), ("Council", 2));
        let expected = [
            (3, vec![1, 0, 2, 3]),
            (4, vec![1, 3, 1, 0]),
            (1, vec![0, 0, 0, 1]),
            (2, vec![0; 4]),
            (1, vec![0; 4]),
        ];
        assert_eq!(ballots(&poll), expected);
        assert!(poll.is_withdrawn(Choice(1)));
    }

    #[test]
    fn what_programs_have_added_is_read() {
        let text = "3 1\n[nick ann bea\n cem]\n[withdrawn bea] [tie cem ann bea]\n/* from the\nhall */\
                    \n2 ann cem 0 1 (3 ann) bea 0 /* one */ 4 - cem=1 0\n0 \"Ann\nLee\"\n\
                    \"Bea \\\"B\\\" Lee\"\n\"Cem \"C\" Lee\"\n\"Hall\"\n\"a source\"\n\"a comment\"\n";
        let poll = read(text).unwrap();
        assert_eq!(names(&poll), ["Ann Lee", "Bea \"B\" Lee", "Cem \"C\" Lee"]);
        assert_eq!(poll.title, "Hall");
        let expected = [(2, vec![1, 0, 2]), (1, vec![1, 2, 1]), (4, vec![2, 0, 2])];
        assert_eq!(ballots(&poll), expected);
        assert!(poll.is_withdrawn(Choice(1)));
    }

    #[test]
    fn a_weight_may_have_noughts_behind_a_point() {
        let poll = read("2 1\n1.0 1 0\n2.00 2 0\n0\na\nb\n").unwrap();
        assert_eq!(ballots(&poll), [(1, vec![1, 0]), (2, vec![0, 1])]);
    }

    #[test]
    fn a_ballot_over_several_lines_is_read_with_a_warning() {
        let poll = read("3 1\n4 3\n1 2 0\n2 1\n0\n0\na\nb\nc\n").unwrap();
        assert_eq!(ballots(&poll), [(4, vec![2, 3, 1]), (2, vec![1, 0, 0])]);
        let lines: Vec<_> = poll.warned().iter().map(|one| (one.line, one.why)).collect();
        assert_eq!(lines, [(3, Why::ManyLines(2)), (5, Why::ManyLines(4))]);
        assert!(poll.warned_words().starts_with(
            "warning: line 3: the ballot, which weighs 4, has gone on from line 2; if its `0` is"
        ));
    }

    #[test]
    fn a_ballot_ends_where_it_names_an_option_again() {
        let poll = read("3 1\n4 3 1 3 2 0\n1 2 1=3=2 0\n1 1=1 0\n0\na\nb\nc\n").unwrap();
        let expected = [(4, vec![2, 0, 1]), (1, vec![0, 1, 0]), (1, vec![0, 0, 0])];
        assert_eq!(ballots(&poll), expected);
        let twice: Vec<_> = poll.warned().iter().map(|one| one.why).collect();
        assert_eq!(twice, [2, 1, 0].map(|at| Why::NamedTwice(Choice(at))));
        assert!(poll.warned_words().starts_with(
            "warning: line 2: the ballot, which weighs 4, names `c` twice; it counts up to the"
        ));
        assert_eq!(poll.warned_words().lines().count(), 3);
    }

    #[test]
    fn many_warnings_are_counted() {
        let poll = read(&format!("1 1\n{}0\na\n", "1 1 1 0\n".repeat(12))).unwrap();
        assert_eq!(poll.warned_words().lines().count(), 6);
        assert!(poll.warned_words().ends_with("warning: and 7 more such ballots\n"));
    }

    #[test]
    fn a_file_of_one_line_is_read() {
        let poll = read("2 1 -2 3 1 0 2 2 1 0 0 \"Ann\" \"Bea\" \"Council\"").unwrap();
        assert_eq!(names(&poll), ["Ann", "Bea"]);
        assert_eq!(ballots(&poll), [(3, vec![1, 0]), (2, vec![2, 1])]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_what_would_help() {
        let said = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            said(""),
            "line 1: found `the end of the file`; expected the numbers of options and of seats, \
             such as `5 2`"
        );
        assert!(said("3\n").starts_with("line 1: found `the end"));
        assert!(said("2 0\n").contains("line 1: a poll fills 0 seats; expected at least 1"));
        assert!(said("9999999999999 1\n").contains("line 1: a poll has 9999999999999 options"));
        assert!(said("2 1\n1 3 0\n0\na\nb\n").contains("line 2: found `1 3 0`; expected"));
        assert!(said("2 1\n1 1 2\n0\na\nb\n").contains("line 4: found `a`; expected"));
        assert!(said("2 1\n1 1 2\n1 2 0\n0\na\nb\n").contains("line 3: found `1 2 0`; expected a"));
        assert!(said("2 1\n0.5 1 2 0\n0\na\nb\n").contains("multiply all weights"));
        assert!(said("2 1\n-3\n0\na\nb\n").contains("line 2"));
        assert!(said("2 1\n1 1 0\n").contains("line 2: found `the end of the file`"));
        assert!(said("2 1\n1 1 0\n0\na\n").contains("line 4"));
        assert!(said("2 1\n1 1 0\n0 1 0\na\nb\n").contains("line 3"));
        assert!(said("2 1\n(b 1) 2 1 0\n0\na\nb\n").contains("a ballot with a name weighs 1"));
        assert!(said("2 1\n[nick a]\n0\na\nb\n").contains("line 2"));
        assert!(said("2 1\n[order a]\n0\na\nb\n").contains("`[withdrawn …]`"));
        assert!(said("2 1\n1 1 0\n0\n\"a\n\"b\"\n").contains("line 4: found `\"a`"));
        assert!(said("1 1\n1 1 0\n0\na\nt\nu\nv\nw\n").contains("line 8"));
        assert!(said("2 1\n0\na\na\n").contains("line 4: two options are called `a`"));
        assert!(said("1 1\n1099511627777 1 0\n0\na\n").contains("line 2: all ballots together"));
        let gaps = "- ".repeat(70_000);
        assert!(said(&format!("1 1\n1 {gaps}1 0\n0\na\n")).contains("at most 65,535 ranks"));
    }
}
