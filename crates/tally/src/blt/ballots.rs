//! What stands between the heading and the names: who was withdrawn, and the ballots.

use std::collections::BTreeMap;

use super::numbered;
use super::words::Words;
use crate::choice::Choice;
use crate::refused::FileRefused;

/// A ballot and the line it stands on.
pub(super) struct Cast {
    pub(super) line: usize,
    pub(super) weight: u64,
    pub(super) ranks: Vec<u16>,
}

/// What was found so far.
pub(super) struct Body {
    pub(super) ballots: Vec<Cast>,
    pub(super) withdrawn: Vec<Choice>,
    choices: usize,
    nicks: BTreeMap<String, Choice>,
}

/// Reads up to the nought that stands alone.
pub(super) fn read(words: &mut Words<'_>, choices: usize) -> Result<Body, FileRefused> {
    let (ballots, withdrawn, nicks) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut body = Body { ballots, withdrawn, choices, nicks };
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
            let ballot = body.ballot(word, words)?;
            body.ballots.push(ballot);
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

    /// A ballot whose first word has been read. It ends on its line.
    fn ballot(&self, first: &str, words: &mut Words<'_>) -> Result<Cast, FileRefused> {
        let (line, mut word) = (words.line(), first);
        let named = word.starts_with('(');
        if named {
            while !word.ends_with(')') {
                word = next_here(words)?;
            }
            word = next_here(words)?;
        }
        let mut ranks = vec![0; self.choices];
        if named && word == "0" {
            return Ok(Cast { line, weight: 1, ranks });
        }
        let whole = "a whole weight first; multiply all weights if some have fractions";
        let weight = word.parse().map_err(|_| words.refused(whole))?;
        if named && weight != 1 {
            let expected = "that a ballot with a name weighs 1: `(b 17) 1 3 2 0`";
            return Err(words.refused(expected));
        }
        let mut rank = 0_u16;
        loop {
            let word = next_here(words)?;
            if word == "0" {
                return Ok(Cast { line, weight, ranks });
            }
            rank = rank.checked_add(1).ok_or_else(|| words.refused("at most 65,535 ranks"))?;
            if word != "-" {
                self.mark(&mut ranks, rank, &one_rank(word, words)?, words)?;
            }
        }
    }

    /// Gives options their rank.
    fn mark(
        &self,
        ranks: &mut [u16],
        rank: u16,
        options: &[&str],
        words: &Words<'_>,
    ) -> Result<(), FileRefused> {
        for option in options {
            let choice = self.option(option);
            let slot = choice.and_then(|choice| ranks.get_mut(choice.position()));
            let slot = slot.ok_or_else(|| words.refused("numbers of options of this poll"))?;
            if *slot != 0 {
                return Err(words.refused("each option once on a ballot; leave the later one out"));
            }
            *slot = rank;
        }
        Ok(())
    }
}

/// The options of one rank: joined by `=`, or in parentheses.
fn one_rank<'a>(word: &'a str, words: &mut Words<'a>) -> Result<Vec<&'a str>, FileRefused> {
    if !word.starts_with('(') {
        return Ok(word.split('=').collect());
    }
    let mut options = Vec::new();
    let mut word = word;
    loop {
        options.push(word.trim_start_matches('(').trim_end_matches(')'));
        if word.ends_with(')') {
            options.retain(|option| !option.is_empty());
            return Ok(options);
        }
        word = next_here(words)?;
    }
}

/// The next word, if it stands on the same line.
fn next_here<'a>(words: &mut Words<'a>) -> Result<&'a str, FileRefused> {
    const EXPECTED: &str = "a ballot that ends with `0` on its line";
    if words.line_ends() { Err(words.refused(EXPECTED)) } else { words.next(EXPECTED) }
}
