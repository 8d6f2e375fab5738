//! Ballots as ABIF, the aggregated ballot information format.
//!
//! Shape, a line each, in any order: `#` and a comment; `{"title": "…"}` and other metadata, of which
//! only the title is used; `=Ann:[Ann Lee]`, a short name and the full one; `42:Ann>Bea=Cem/3,Dee`, how
//! many ballots and what they say. `>` is before, `=` is as good as, `,` lets the scores after `/`
//! decide. Names with signs in them stand in square brackets or in quotes. A ballot may be empty.
//! A ballot may also write the full name. Options that no line declares are those that ballots name, in
//! the order they appear.
//!
//! Of the drafts before 0.31 are read: the line `ABIF 1.0`, a declaration without its `=`, `*` in place
//! of the colon behind a number of ballots, and data in braces at the end of a ballot, which is passed
//! over.
//!
//! ```
//! let poll = tally::abif::read("=A:[Ann Lee]\n5: A/2 > \"Bea Day\"/1\n3: [Bea Day] # late\n4:\n")?;
//! assert_eq!((poll.choice_count(), poll.weight()), (2, 12));
//! assert_eq!(tally::abif::read(&tally::abif::write(&poll))?, poll);
//! # Ok::<(), tally::FileRefused>(())
//! ```

mod ballot;
mod names;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::choice::{Choice, PerChoice};
use crate::lines::lines;
use crate::poll::Poll;
use crate::refused::{FileRefused, PollRefused};
use crate::warned::{Warned, Why};
use ballot::{Cast, Mark, Shorts};
use names::{declaration, title};

pub use write::write;

/// Reads a poll with one seat. A ballot that names an option twice counts up to there, and
/// [`Poll::warned`] says so. Refused with the line, what stands there, and what it was expected to say:
/// in particular for numbers of ballots and scores that are not whole.
pub fn read(text: &str) -> Result<Poll, FileRefused> {
    let mut found = Found::default();
    for (at, line) in lines(text) {
        found.line(line).map_err(|why| why.in_line(at))?;
        found.read = at;
    }
    found.poll()
}

/// What a file has said so far.
#[derive(Default)]
struct Found {
    title: String,
    /// The lines that were read.
    read: usize,
    shorts: Shorts,
    /// Declared options, by their numbers in `shorts`: the line, and the full name.
    declared: Vec<(usize, usize, String)>,
    ballots: Vec<(usize, Cast)>,
}

impl Found {
    fn line(&mut self, line: &str) -> Result<(), PollRefused> {
        let at = self.read + 1;
        let is_head = line.split_whitespace().next() == Some("ABIF");
        match line.chars().next() {
            None | Some('#') => {}
            Some('{') => {
                let expected = "metadata on one line, such as `{\"title\": \"Council\"}`";
                if !line.contains('}') {
                    return Err(PollRefused::unexpected(line, expected));
                }
                self.title = title(line).unwrap_or_else(|| std::mem::take(&mut self.title));
            }
            Some(_) if is_head && self.ballots.is_empty() => {}
            Some(_) => match declaration(line)? {
                Some((short, full)) => self.declare(line, &short, full)?,
                None => self.ballots.push((at, Cast::read(line, &mut self.shorts)?)),
            },
        }
        Ok(())
    }

    fn declare(&mut self, line: &str, short: &str, full: String) -> Result<(), PollRefused> {
        let number = self.shorts.number(short);
        if self.declared.iter().any(|&(_, one, _)| one == number) {
            return Err(PollRefused::unexpected(line, "each short name once; leave one out"));
        }
        self.declared.push((self.read + 1, number, full));
        Ok(())
    }

    fn poll(self) -> Result<Poll, FileRefused> {
        let names = self.names();
        let mut seen = BTreeSet::new();
        if let Some((line, _, twice)) = names.iter().find(|(_, _, name)| !seen.insert(name)) {
            return Err(PollRefused::SameName { name: twice.clone() }.in_line(*line));
        }
        let places = self.places(&names);
        let full = names.into_iter().map(|(_, _, name)| name).collect();
        let mut poll =
            Poll::try_new(&self.title, 1, full).map_err(|why| why.in_line(self.read.max(1)))?;
        for (line, cast) in &self.ballots {
            put(&mut poll, cast, &places, *line).map_err(|why| why.in_line(*line))?;
        }
        Ok(poll)
    }

    /// The place of the option that each short name stands for. A name that no line declares as a short
    /// one may be the full name of an option.
    fn places(&self, names: &[(usize, usize, String)]) -> BTreeMap<usize, usize> {
        let places = || names.iter().enumerate();
        let short = places().map(|(place, (_, number, _))| (*number, place));
        let full: BTreeMap<&str, usize> =
            places().map(|(place, (_, _, name))| (name.as_str(), place)).collect();
        let also = (0..self.shorts.len())
            .filter_map(|number| Some((number, *full.get(self.shorts.name(number))?)));
        also.chain(short).collect()
    }

    /// All options: those declared, then those that ballots name. With the line that names each first.
    fn names(&self) -> Vec<(usize, usize, String)> {
        let mut names = self.declared.clone();
        let mut known: BTreeSet<usize> = names.iter().map(|(_, number, _)| *number).collect();
        let full: BTreeSet<&str> = self.declared.iter().map(|(_, _, full)| full.as_str()).collect();
        for (line, cast) in &self.ballots {
            for mark in cast.marks.iter().filter(|mark| known.insert(mark.short)) {
                let name = self.shorts.name(mark.short);
                if !full.contains(name) {
                    names.push((*line, mark.short, name.to_owned()));
                }
            }
        }
        names
    }
}

/// Casts a ballot in a poll whose options stand in these places, up to the rank in which one of them
/// stands again.
fn put(
    poll: &mut Poll,
    cast: &Cast,
    places: &BTreeMap<usize, usize>,
    line: usize,
) -> Result<(), PollRefused> {
    let mut seen = BTreeSet::new();
    let place = |mark: &Mark| places.get(&mark.short).copied().unwrap_or(usize::MAX);
    let again = cast.marks.iter().position(|mark| !seen.insert(place(mark)));
    let mut marks = cast.marks.as_slice();
    if let Some((at, mark)) = again.and_then(|at| Some((at, marks.get(at)?))) {
        let why = Why::NamedTwice(Choice::at(place(mark)));
        poll.warn(Warned { line, weight: cast.weight, why });
        let up_to = marks.iter().take(at + 1).rposition(|mark| mark.sign != Some('='));
        marks = marks.get(..up_to.unwrap_or(0)).unwrap_or_default();
    }
    let mut ranks = PerChoice::filled(0_u16, poll.choice_count());
    let mut scores = PerChoice::filled(None, poll.choice_count());
    let mut rank = 1;
    for mark @ Mark { score, sign, .. } in marks {
        rank += u16::from(*sign == Some('>'));
        let place = place(mark);
        if let Some(slot) = ranks.values_mut().get_mut(place) {
            *slot = rank;
        }
        if let Some(slot) = scores.values_mut().get_mut(place) {
            *slot = *score;
        }
    }
    let by_scores = marks.iter().any(|mark| mark.sign == Some(','));
    if by_scores && marks.iter().all(|mark| mark.score.is_some()) {
        poll.cast_scores(cast.weight, scores.values())
    } else if marks.iter().any(|mark| mark.score.is_some()) {
        poll.cast_both(cast.weight, ranks.values(), scores.values())
    } else {
        poll.cast(cast.weight, ranks.values())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(poll: &Poll) -> Vec<&str> {
        poll.choices().map(|choice| poll.name(choice)).collect()
    }

    fn ballots(poll: &Poll) -> Vec<(u64, Vec<u16>)> {
        poll.ballots().map(|one| (one.weight, one.ranks.to_vec())).collect()
    }

    #[test]
    fn what_is_found_in_the_wild_is_read() {
        let text = "# a comment\n{\"title\": \"Capitol\"}\n{\"max_rating\": 5}\n=Nash:[Nashville, TN]\n\
                    42:Memph/5>Nash/2=Chat/2\n 26 : Nash > [Knox \"K\" ville] \n7:\n3:Nash/1,Chat/4 # so\n";
        let poll = read(text).unwrap();
        assert_eq!(names(&poll), ["Nashville, TN", "Memph", "Chat", "Knox \"K\" ville"]);
        assert_eq!(poll.title, "Capitol");
        let expected = [
            (42, vec![2, 1, 2, 0]),
            (26, vec![1, 0, 0, 2]),
            (7, vec![0; 4]),
            (3, vec![2, 0, 1, 0]),
        ];
        assert_eq!(ballots(&poll), expected);
        let scores: Vec<_> = poll.ballots().map(|one| one.scores.to_vec()).collect();
        assert_eq!(scores[0], [Some(2), Some(5), Some(2), None]);
        assert_eq!(scores[1], [None; 4]);
    }

    #[test]
    fn what_drafts_and_programs_have_written_is_read() {
        let text = "\u{feff}ABIF 1.0 { }\r\n{version: \"0.1\", title: \"Hall \\\"A\\\"\"} # so\r\n{all: [1, 2]}\n\
                    c1:[Do\u{f1}a Garc\u{ed}a]\r\n=c2:\"Steven #2, Jr.\"\r\n=c3\r\n\r\n\
                    27*c1 > c2\t> \"Sue: 3\" # late\r\n5:c2=[c1]: {\"precinct\": 51}\r\n10:\r\n2:c3/-1,c1/+2";
        let poll = read(text).unwrap();
        assert_eq!(names(&poll), ["Do\u{f1}a Garc\u{ed}a", "Steven #2, Jr.", "c3", "Sue: 3"]);
        assert_eq!(poll.title, "Hall \"A\"");
        let expected = [
            (27, vec![1, 2, 0, 3]),
            (5, vec![1, 1, 0, 0]),
            (10, vec![0; 4]),
            (2, vec![1, 0, 2, 0]),
        ];
        assert_eq!(ballots(&poll), expected);
    }

    #[test]
    fn a_ballot_may_write_a_full_name() {
        let text = "3:[Ann Lee]>B\n=A:[Ann Lee]\n=B:[C]\n=C:[B]\n2:\"Ann Lee\">C>D\n1:A>[Dee]\n";
        let poll = read(text).unwrap();
        assert_eq!(names(&poll), ["Ann Lee", "C", "B", "D", "Dee"]);
        let expected =
            [(3, vec![1, 2, 0, 0, 0]), (2, vec![1, 0, 2, 3, 0]), (1, vec![1, 0, 0, 0, 2])];
        assert_eq!(ballots(&poll), expected);
        assert!(poll.warned().is_empty());
    }

    #[test]
    fn a_ballot_ends_where_it_names_an_option_again() {
        let text = "=A:[Ann]\n3.0:A/5.0>B>[Ann]/4>C\n1:B=C>D=B>A\n1:A=A>B\n1:A/2,B/3,A/5\n2:C>D\n";
        let poll = read(text).unwrap();
        assert_eq!(names(&poll), ["Ann", "B", "C", "D"]);
        let expected = [
            (3, vec![1, 2, 0, 0]),
            (1, vec![0, 1, 1, 0]),
            (1, vec![0; 4]),
            (1, vec![2, 1, 0, 0]),
            (2, vec![0, 0, 1, 2]),
        ];
        assert_eq!(ballots(&poll), expected);
        let twice: Vec<_> = poll.warned().iter().map(|one| (one.line, one.why)).collect();
        let named = |line, at| (line, Why::NamedTwice(Choice(at)));
        assert_eq!(twice, [named(2, 0), named(3, 1), named(4, 0), named(5, 0)]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_what_would_help() {
        let said = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            said("3:A\n4:A>>B"),
            "line 2: found `4:A>>B`; expected a name behind each sign, in brackets if it holds signs"
        );
        assert!(said("A>B").contains("a ballot, such as `42:A>B=C`"));
        assert!(said("x:A>B").contains("a whole number of ballots first"));
        assert!(said("0.5:A>B").contains("multiply all of them"));
        assert!(said("3:A/five").contains("whole scores"));
        assert!(said("3:A/3.5").contains("whole scores"));
        assert!(said("3:A/2000000").contains("line 1: a score is 2000000"));
        assert!(said("3:A>").contains("a name behind each sign"));
        assert!(said("3:[A").contains("line 1"));
        assert!(said("3:\"A").contains("line 1"));
        assert!(said("3:A*2,B*1").contains("`>`, `=` or `,`"));
        assert!(said("=A:[Ann]\n=A:[Abe]").contains("line 2: found `=A:[Abe]`"));
        assert!(said("=A:[Ann]\n=B:[Ann]").contains("line 2: two options are called `Ann`"));
        assert!(said("=:[Ann]").contains("line 1"));
        assert!(said("{\"title\": \"x\"").contains("metadata on one line"));
        assert!(said("1099511627777:A").contains("line 1: all ballots together"));
        assert!(said("# nothing\n").contains("a poll has 0 options; expected 1 to 1000"));
    }
}
