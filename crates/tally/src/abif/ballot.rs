//! A line of ballots: how many, and what they say.

use std::collections::BTreeMap;

use super::names::name;
use crate::lines::whole;
use crate::refused::PollRefused;

/// The short names of options, numbered as they appear.
#[derive(Default)]
pub(super) struct Shorts {
    numbers: BTreeMap<String, usize>,
    names: Vec<String>,
}

impl Shorts {
    /// The number of a short name, a new one if it has not appeared before.
    pub(super) fn number(&mut self, short: &str) -> usize {
        if let Some(number) = self.numbers.get(short) {
            return *number;
        }
        let number = self.names.len();
        self.numbers.insert(short.to_owned(), number);
        self.names.push(short.to_owned());
        number
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn name(&self, number: usize) -> &str {
        self.names.get(number).map_or("", String::as_str)
    }
}

/// Ballots that say the same.
pub(super) struct Cast {
    pub(super) weight: u64,
    pub(super) marks: Vec<Mark>,
}

/// An option on a ballot.
pub(super) struct Mark {
    /// Its number among the short names.
    pub(super) short: usize,
    pub(super) score: Option<i32>,
    /// What stands before it: nothing for the first.
    pub(super) sign: Option<char>,
}

impl Cast {
    pub(super) fn read(line: &str, shorts: &mut Shorts) -> Result<Self, PollRefused> {
        let wrong = |expected| PollRefused::unexpected(line, expected);
        let (weight, said) =
            line.split_once([':', '*']).ok_or_else(|| wrong("a ballot, such as `42:A>B=C`"))?;
        let first = "a whole number of ballots first; multiply all of them if some have fractions";
        let weight = whole(weight.trim()).ok_or_else(|| wrong(first))?;
        let mut marks: Vec<Mark> = Vec::new();
        let (mut rest, mut sign) = (said.trim_start(), None);
        while sign.is_some() || !ends(rest) {
            let behind = "a name behind each sign, in brackets if it holds signs";
            let (short, after) = name(rest).ok_or_else(|| wrong(behind))?;
            let short = shorts.number(&short);
            let (score, after) = score(after)
                .ok_or_else(|| wrong("whole scores; multiply them all if some have fractions"))?;
            marks.push(Mark { short, score, sign });
            let mut signs = after.chars();
            (rest, sign) = match signs.next() {
                Some(next) if !ends(after) => (signs.as_str().trim_start(), Some(next)),
                _ => (after, None),
            };
            if sign.is_some_and(|sign| !">=,".contains(sign)) {
                return Err(wrong("`>`, `=` or `,` between names"));
            }
        }
        Ok(Self { weight, marks })
    }
}

/// Whether a ballot says no more: a comment or data follows, or nothing.
fn ends(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['#', ':'])
}

/// The score behind a name, if there is one, and what follows.
fn score(text: &str) -> Option<(Option<i32>, &str)> {
    let text = text.trim_start();
    let Some(scored) = text.strip_prefix('/') else { return Some((None, text)) };
    let end = scored.find(['>', '=', ',', ':', '#']).unwrap_or(scored.len());
    let (score, rest) = scored.split_at_checked(end)?;
    Some((Some(whole(score.trim())?), rest))
}
