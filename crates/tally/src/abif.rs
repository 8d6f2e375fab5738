//! Ballots as ABIF, the aggregated ballot information format.
//!
//! Shape, a line each, in any order: `#` and a comment; `{"title": "…"}` and other metadata, of which
//! only the title is used; `=Ann:[Ann Lee]`, a short name and the full one; `42:Ann>Bea=Cem/3,Dee`, how
//! many ballots and what they say. `>` is before, `=` is as good as, `,` lets the scores after `/`
//! decide. Names with signs in them stand in square brackets. A ballot may be empty. Options that no
//! line declares are those that ballots name, in the order they appear.

use crate::choice::PerChoice;
use crate::poll::Poll;
use crate::refused::PollRefused;

/// Reads a poll with one seat. Refused with the line and what it was expected to say.
pub fn read(text: &str) -> Result<Poll, PollRefused> {
    let mut found = Found::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (at, line) in text.lines().enumerate() {
        found.line(at + 1, line.trim())?;
    }
    found.poll()
}

/// What a file has said so far.
#[derive(Default)]
struct Found<'a> {
    title: String,
    /// Short names and full ones.
    names: Vec<(String, String)>,
    ballots: Vec<(usize, u64, Vec<Marked<'a>>)>,
}

/// An option on a ballot.
struct Marked<'a> {
    short: &'a str,
    score: Option<i32>,
    /// What stands before it: nothing for the first.
    sign: Option<char>,
}

impl<'a> Found<'a> {
    fn line(&mut self, at: usize, line: &'a str) -> Result<(), PollRefused> {
        match line.chars().next() {
            None | Some('#') => Ok(()),
            Some('{') => {
                self.title_in(line);
                Ok(())
            }
            Some('=') => self.declare(at, line),
            Some(_) => self.ballot(at, line),
        }
    }

    /// Takes the title out of a line of metadata.
    fn title_in(&mut self, line: &str) {
        let inner = line.trim_start_matches('{').trim_end_matches('}');
        let Some((key, value)) = inner.split_once(':') else { return };
        let bare = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
        if bare(key) == "title" {
            self.title = bare(value);
        }
    }

    fn declare(&mut self, at: usize, line: &str) -> Result<(), PollRefused> {
        let wrong =
            || PollRefused::line(at, line, "a short name and a full one, such as `=A:[Ann]`");
        let (short, full) = line.strip_prefix('=').and_then(split_name).ok_or_else(wrong)?;
        let full = full.trim_start().strip_prefix(':').ok_or_else(wrong)?.trim();
        let full = full.strip_prefix('[').and_then(|full| full.strip_suffix(']')).unwrap_or(full);
        if self.names.iter().any(|(one, _)| one == short) {
            return Err(PollRefused::line(at, line, "each short name once"));
        }
        self.names.push((short.to_owned(), if full.is_empty() { short } else { full }.to_owned()));
        Ok(())
    }

    fn ballot(&mut self, at: usize, line: &'a str) -> Result<(), PollRefused> {
        let wrong = |expected| PollRefused::line(at, line, expected);
        let line_up_to = line.split_once('#').map_or(line, |(before, _)| before).trim_end();
        let (weight, mut rest) = line_up_to
            .split_once([':', '*'])
            .ok_or_else(|| wrong("a ballot, such as `42:A>B=C`"))?;
        let weight = weight.trim().parse().map_err(|_| wrong("a whole number of ballots first"))?;
        let mut marked = Vec::new();
        let mut sign = None;
        rest = rest.trim();
        while !rest.is_empty() {
            let (one, after) = mark(rest, sign).ok_or_else(|| wrong("names with whole scores"))?;
            marked.push(one);
            let mut signs = after.chars();
            sign = signs.next();
            rest = signs.as_str().trim_start();
            let goes_on = matches!(sign, Some('>' | '=' | ',')) && !rest.is_empty();
            if sign.is_some() && !goes_on {
                return Err(wrong("`>`, `=` or `,` between names"));
            }
        }
        self.ballots.push((at, weight, marked));
        Ok(())
    }

    fn poll(mut self) -> Result<Poll, PollRefused> {
        for marked in self.ballots.iter().flat_map(|(_, _, marked)| marked) {
            if !self.names.iter().any(|(short, _)| short == marked.short) {
                self.names.push((marked.short.to_owned(), marked.short.to_owned()));
            }
        }
        let full = self.names.iter().map(|(_, full)| full.clone()).collect();
        let mut poll = Poll::try_new(&self.title, 1, full)?;
        for (at, weight, marked) in &self.ballots {
            self.cast(&mut poll, (*at, *weight), marked)?;
        }
        Ok(poll)
    }

    fn cast(
        &self,
        poll: &mut Poll,
        (at, weight): (usize, u64),
        marked: &[Marked<'_>],
    ) -> Result<(), PollRefused> {
        let mut ranks = PerChoice::filled(0_u16, poll.choice_count());
        let mut scores = PerChoice::filled(None, poll.choice_count());
        let mut rank = 1;
        for one in marked {
            rank += u16::from(one.sign == Some('>'));
            let place = self.names.iter().position(|(short, _)| short == one.short);
            let choice = place.and_then(|place| poll.choices().nth(place));
            let choice = choice.filter(|&choice| ranks[choice] == 0);
            let twice = || PollRefused::line(at, one.short, "each option once on a ballot");
            let choice = choice.ok_or_else(twice)?;
            (ranks[choice], scores[choice]) = (rank, one.score);
        }
        let by_scores = marked.iter().any(|one| one.sign == Some(','));
        if by_scores && marked.iter().all(|one| one.score.is_some()) {
            poll.cast_scores(weight, scores.values())
        } else if marked.iter().any(|one| one.score.is_some()) {
            poll.cast_both(weight, ranks.values(), scores.values())
        } else {
            poll.cast(weight, ranks.values())
        }
    }
}

/// A name, in brackets or bare, and what follows it.
fn split_name(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    if let Some(inner) = text.strip_prefix('[') {
        return inner.split_once(']');
    }
    let end = text.find([':', '>', '=', ',', '/']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let name = name.trim_end();
    (!name.is_empty()).then_some((name, rest))
}

/// An option with its score, and what follows from the next sign on.
fn mark(text: &str, sign: Option<char>) -> Option<(Marked<'_>, &str)> {
    let (short, rest) = split_name(text)?;
    let rest = rest.trim_start();
    let Some(scored) = rest.strip_prefix('/') else {
        return Some((Marked { short, score: None, sign }, rest));
    };
    let end = scored.find(['>', '=', ',']).unwrap_or(scored.len());
    let (score, rest) = scored.split_at_checked(end)?;
    let score = score.trim().parse().ok()?;
    Some((Marked { short, score: Some(score), sign }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_in_the_wild_is_read() {
        let text = "# a comment\n{\"title\": \"Capitol\"}\n{\"max_rating\": 5}\n=Nash:[Nashville, TN]\n\
                    42:Memph/5>Nash/2=Chat/2\n 26 : Nash > [Knox \"K\" ville] \n7:\n3:Nash/1,Chat/4 # so\n";
        let poll = read(text).unwrap();
        let names: Vec<_> = poll.choices().map(|choice| poll.name(choice).to_owned()).collect();
        assert_eq!(names, ["Nashville, TN", "Memph", "Chat", "Knox \"K\" ville"]);
        assert_eq!(poll.title, "Capitol");
        let ranks: Vec<_> = poll.ballots().map(|one| (one.weight, one.ranks.to_vec())).collect();
        let expected = [
            (42, vec![2, 1, 2, 0]),
            (26, vec![1, 0, 0, 2]),
            (7, vec![0; 4]),
            (3, vec![2, 0, 1, 0]),
        ];
        assert_eq!(ranks, expected);
        let scores: Vec<_> = poll.ballots().map(|one| one.scores.to_vec()).collect();
        assert_eq!(scores[0], [Some(2), Some(5), Some(2), None]);
        assert_eq!(scores[1], [None; 4]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let line = |text: &str| match read(text) {
            Err(PollRefused::Line { line, .. }) => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(line("3:A\n4:A>>B"), 2);
        assert_eq!(line("3:A>A"), 1);
        assert_eq!(line("A>B"), 1);
        assert_eq!(line("x:A>B"), 1);
        assert_eq!(line("3:A/five"), 1);
        assert_eq!(line("3:A>"), 1);
        assert_eq!(line("3:[A"), 1);
        assert_eq!(line("=A:[Ann]\n=A:[Abe]"), 2);
        assert_eq!(line("=A"), 1);
        assert!(matches!(read("# nothing\n"), Err(PollRefused::Choices { found: 0, .. })));
    }
}
