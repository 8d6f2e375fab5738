//! What stands between the heading and the names: who was withdrawn, and the ballots.

use std::collections::BTreeMap;

use super::numbered;
use super::words::Words;
use crate::choice::Choice;
use crate::lines::whole;
use crate::refused::FileRefused;
use crate::warned::{Warned, Why};

/// A ballot and the line it ends on.
pub(super) struct Cast {
    pub(super) line: usize,
    pub(super) weight: u64,
    pub(super) ranks: Vec<u16>,
    /// The option that it names again. It counts up to there.
    twice: Option<Choice>,
}

/// What was found so far.
pub(super) struct Body {
    pub(super) ballots: Vec<Cast>,
    pub(super) withdrawn: Vec<Choice>,
    pub(super) warned: Vec<Warned>,
    choices: usize,
    nicks: BTreeMap<String, Choice>,
}

/// Reads up to the nought that stands alone.
pub(super) fn read(words: &mut Words<'_>, choices: usize) -> Result<Body, FileRefused> {
    let (ballots, withdrawn, nicks) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut body = Body { ballots, withdrawn, warned: Vec::new(), choices, nicks };
    loop {
        let word = words.next("a ballot, or `0` after the last")?;
        if word == "0" {
            let ends = words.line_ends() || words.rest().starts_with('"');
            return if ends { Ok(body) } else { Err(words.refused("`0` alone after the ballots")) };
        } else if let Some(name) = word.strip_prefix('[') {
            body.directive(name, words)?;
        } else if let Some(number) = word.strip_prefix('-') {
            let choice = numbered(number, choices);
            let expected = "numbers of withdrawn options of this poll, such as `-3 -4`";
            body.withdrawn.push(choice.ok_or_else(|| words.refused(expected))?);
        } else {
            body.ballot(word, words)?;
        }
    }
}

impl Body {
    /// What stands in square brackets: its name, then words up to the closing bracket.
    fn directive(&mut self, name: &str, words: &mut Words<'_>) -> Result<(), FileRefused> {
        let mut said = Vec::new();
        let (name, mut closed) = name.strip_suffix(']').map_or((name, false), |name| (name, true));
        while !closed {
            let word = words.next("`]` after what stands in brackets")?;
            let (word, ends) = word.strip_suffix(']').map_or((word, false), |word| (word, true));
            said.extend((!word.is_empty()).then(|| word.to_owned()));
            closed = ends;
        }
        match name {
            "nick" => self.nick(said, words),
            "withdrawn" => {
                let found: Option<Vec<Choice>> =
                    said.iter().map(|word| self.option(word)).collect();
                self.withdrawn.extend(found.ok_or_else(|| words.refused("options of this poll"))?);
                Ok(())
            }
            "tie" | "droop" | "comment" => Ok(()),
            _ => Err(words.refused(
                "`[nick …]`, `[withdrawn …]`, `[tie …]`, `[droop …]` or `[comment …]` in brackets",
            )),
        }
    }

    fn nick(&mut self, said: Vec<String>, words: &Words<'_>) -> Result<(), FileRefused> {
        let named = said.len();
        self.nicks =
            said.into_iter().enumerate().map(|(at, nick)| (nick, Choice::at(at))).collect();
        if named == self.choices && self.nicks.len() == named {
            Ok(())
        } else {
            Err(words.refused("one short name for each option, each once"))
        }
    }

    fn option(&self, word: &str) -> Option<Choice> {
        numbered(word, self.choices).or_else(|| self.nicks.get(word).copied())
    }

    /// A ballot whose first word has been read. It ends with `0`, on its line or on a later one.
    fn ballot(&mut self, first: &str, words: &mut Words<'_>) -> Result<(), FileRefused> {
        let begun = words.line();
        let cast = self.cast(first, words)?;
        let mut warn = |why| {
            self.warned.push(Warned { line: cast.line, weight: cast.weight, why });
        };
        match cast.twice {
            // Nobody can tell a ballot that names an option twice from two of which one lacks its end.
            Some(_) if cast.line != begun => {
                let expected = "a ballot that ends with `0`; this one has gone on from an earlier \
                                line and names an option twice, so a `0` may be missing";
                return Err(words.refused(expected));
            }
            Some(choice) => warn(Why::NamedTwice(choice)),
            None if cast.line != begun => warn(Why::ManyLines(begun)),
            None => {}
        }
        self.ballots.push(cast);
        Ok(())
    }

    fn cast(&self, first: &str, words: &mut Words<'_>) -> Result<Cast, FileRefused> {
        let mut word = first;
        let named = word.starts_with('(');
        if named {
            while !word.ends_with(')') {
                word = words.next(ENDS)?;
            }
            word = words.next(ENDS)?;
        }
        let (weight, ranks) = (1, vec![0; self.choices]);
        let mut cast = Cast { line: words.line(), weight, ranks, twice: None };
        if named && word == "0" {
            return Ok(cast);
        }
        cast.weight = whole(word).ok_or_else(|| {
            words.refused("a whole weight first; multiply all weights if some have fractions")
        })?;
        if named && cast.weight != 1 {
            let expected = "that a ballot with a name weighs 1: `(b 17) 1 3 2 0`";
            return Err(words.refused(expected));
        }
        let mut rank = 0_u16;
        loop {
            let word = words.next(ENDS)?;
            if word == "0" {
                cast.line = words.line();
                return Ok(cast);
            }
            rank = rank.checked_add(1).ok_or_else(|| words.refused("at most 65,535 ranks"))?;
            if word != "-" {
                match self.option(word) {
                    Some(choice) => cast.mark(rank, &[choice]),
                    None => cast.mark(rank, &self.one_rank(word, words)?),
                }
            }
        }
    }

    /// The options of one rank: joined by `=`, or in parentheses.
    fn one_rank<'a>(
        &self,
        word: &'a str,
        words: &mut Words<'a>,
    ) -> Result<Vec<Choice>, FileRefused> {
        let mut found: Vec<&str> = Vec::new();
        if word.starts_with('(') {
            let mut word = word;
            found.push(word.trim_start_matches('(').trim_end_matches(')'));
            while !word.ends_with(')') {
                word = words.next(ENDS)?;
                found.push(word.trim_start_matches('(').trim_end_matches(')'));
            }
            found.retain(|option| !option.is_empty());
        } else {
            found.extend(word.split('='));
        }
        let options: Option<Vec<Choice>> = found.iter().map(|word| self.option(word)).collect();
        options.ok_or_else(|| words.refused("numbers of options of this poll"))
    }
}

impl Cast {
    /// Gives options their rank, unless one of them has been named before: there the ballot ends.
    fn mark(&mut self, rank: u16, options: &[Choice]) {
        if self.twice.is_some() {
            return;
        }
        for &choice in options {
            match self.ranks.get_mut(choice.position()) {
                Some(slot) if *slot == 0 => *slot = rank,
                _ => self.twice = self.twice.or(Some(choice)),
            }
        }
        if self.twice.is_some() {
            self.ranks.iter_mut().filter(|slot| **slot == rank).for_each(|slot| *slot = 0);
        }
    }
}

/// What a ballot is expected to end with.
const ENDS: &str = "a ballot that ends with `0`";
