//! A parameter's value in a pact: read from a text, and written again.

use std::fmt;

use measure::Hours;

use super::{Parameter, Written};
use crate::act::Threshold;
use crate::{Pact, Reading};

/// A text that is no value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterRefused {
    /// The parameter, as it was named.
    pub parameter: String,
    /// The text.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl fmt::Display for ParameterRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { parameter, found, expected } = self;
        write!(f, "`{parameter}` is {expected}, found `{found}`; write it so")
    }
}

impl std::error::Error for ParameterRefused {}

impl Pact {
    /// A parameter's value as it is written; empty if there is no such parameter.
    pub fn written(&self, name: &str) -> String {
        match name {
            "ceiling_per_member" => self.ceiling_per_member.to_string(),
            "round_every_hours" => self.round_every_hours.to_string(),
            "round_open_hours" => self.round_open_hours.to_string(),
            "answer_hours" => self.answer_hours.to_string(),
            "notice_days" => self.notice_days.to_string(),
            "majority" => part(self.majority).to_owned(),
            "pact_majority" => part(self.pact_majority).to_owned(),
            "reading" => match self.reading {
                Reading::Public => "public".to_owned(),
                Reading::Members => "members".to_owned(),
            },
            _ => String::new(),
        }
    }

    /// A parameter's value as its bounds measure it; nought if there is no such parameter.
    pub(crate) fn measured(&self, name: &str) -> i64 {
        match name {
            "ceiling_per_member" => self.ceiling_per_member.seconds(),
            "round_every_hours" => i64::from(self.round_every_hours),
            "round_open_hours" => i64::from(self.round_open_hours),
            "answer_hours" => i64::from(self.answer_hours),
            "notice_days" => i64::from(self.notice_days),
            "majority" => self.majority.rank(),
            "pact_majority" => self.pact_majority.rank(),
            "reading" => match self.reading {
                Reading::Public => 1,
                Reading::Members => 2,
            },
            _ => 0,
        }
    }

    /// The bounds of a parameter in this pact: a round is not open for longer than until the next.
    pub(crate) fn bounds_of(&self, parameter: &Parameter) -> (i64, i64) {
        match (parameter.name, parameter.bounds) {
            ("round_open_hours", (least, _)) => (least, i64::from(self.round_every_hours)),
            (_, bounds) => bounds,
        }
    }

    /// A parameter's value in words: `14 days`.
    pub fn in_words(&self, parameter: &Parameter) -> String {
        let written = self.written(parameter.name);
        match parameter.written {
            Written::Hours => format!("{written} hours"),
            Written::Whole(counted_in) => format!("{written} {counted_in}"),
            Written::OneOf(words) => {
                let word = words.iter().find(|(word, _)| *word == written);
                word.map_or(written, |(_, means)| (*means).to_owned())
            }
        }
    }

    /// This pact with one parameter changed. Refused for an unknown name and a text that is no value
    /// of it; whether the value is within its bounds, [`Pact::check`] says.
    pub fn with(&self, name: &str, text: &str) -> Result<Self, ParameterRefused> {
        let mut pact = self.clone();
        match pact.set(name, text) {
            Some(()) => Ok(pact),
            None => Err(ParameterRefused {
                parameter: name.to_owned(),
                found: text.to_owned(),
                expected: expected(name),
            }),
        }
    }

    fn set(&mut self, name: &str, text: &str) -> Option<()> {
        match name {
            "ceiling_per_member" => self.ceiling_per_member = Hours::parse(text).ok()?,
            "round_every_hours" => self.round_every_hours = text.parse().ok()?,
            "round_open_hours" => self.round_open_hours = text.parse().ok()?,
            "answer_hours" => self.answer_hours = text.parse().ok()?,
            "notice_days" => self.notice_days = text.parse().ok()?,
            "majority" => self.majority = threshold(text)?,
            "pact_majority" => self.pact_majority = threshold(text)?,
            "reading" => {
                self.reading = match text {
                    "public" => Reading::Public,
                    "members" => Reading::Members,
                    _ => return None,
                };
            }
            _ => return None,
        }
        Some(())
    }

    /// The parameters in which two pacts differ.
    pub fn differs_from(&self, other: &Self) -> Vec<&'static Parameter> {
        let differs = |one: &&Parameter| self.written(one.name) != other.written(one.name);
        Self::PARAMETERS.iter().filter(differs).collect()
    }
}

const fn part(threshold: Threshold) -> &'static str {
    match threshold {
        Threshold::MoreThanHalf => "more-than-half",
        Threshold::TwoThirds => "two-thirds",
        Threshold::ThreeQuarters => "three-quarters",
        Threshold::All => "all",
    }
}

fn threshold(text: &str) -> Option<Threshold> {
    match text {
        "more-than-half" => Some(Threshold::MoreThanHalf),
        "two-thirds" => Some(Threshold::TwoThirds),
        "three-quarters" => Some(Threshold::ThreeQuarters),
        _ => None,
    }
}

fn expected(name: &str) -> String {
    match Pact::parameter(name).map(|parameter| parameter.written) {
        Some(Written::Hours) => "hours such as 80:00".to_owned(),
        Some(Written::Whole(counted_in)) => format!("a whole number of {counted_in}"),
        Some(Written::OneOf(_)) => {
            let words = Pact::parameter(name).map(Parameter::words).unwrap_or_default();
            let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            format!("one of {}", words.join(", "))
        }
        None => {
            let names: Vec<_> = Pact::PARAMETERS.iter().map(|one| one.name).collect();
            format!("no parameter of the pact, which are {}", names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_written_and_read_again() {
        let pact = Pact::default();
        for parameter in Pact::PARAMETERS {
            let written = pact.written(parameter.name);
            assert_eq!(pact.with(parameter.name, &written).as_ref(), Ok(&pact), "{written}");
            assert!(!pact.in_words(parameter).is_empty());
            assert!(pact.with(parameter.name, "no such thing").is_err());
        }
        let other = pact.with("notice_days", "14").unwrap();
        assert_eq!(other.differs_from(&pact).first().map(|one| one.name), Some("notice_days"));
        let wrong = pact.with("haste", "1").unwrap_err().to_string();
        assert!(wrong.contains("no parameter of the pact"), "{wrong}");
    }
}
