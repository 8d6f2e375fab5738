use std::fmt;

use measure::Hours;

use crate::act::Threshold;
use crate::{Pact, Reading};

/// A parameter of the pact: what it is called, what it does, and what it may be. Pages, commands and
/// the interface take their words from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, as a statement has it: `notice_days`.
    pub name: &'static str,
    /// What people call it.
    pub called: &'static str,
    /// What it does, and what it may be.
    pub says: &'static str,
    /// How it is written.
    pub written: Written,
    /// Whom a version of it binds.
    pub binds: Binds,
}

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Hours, as 80:00.
    Hours,
    /// A whole number, of hours or of days.
    Whole(&'static str),
    /// One of these words, each with what it means.
    OneOf(&'static [(&'static str, &'static str)]),
}

/// Whom a version of a parameter binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binds {
    /// Each unit by the version that it has accepted.
    EachUnit,
    /// All by the newest version in force, for what begins after it: a calendar or a rule of polls
    /// cannot be two things at once.
    All,
}

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

const PARTS: &[(&str, &str)] = &[
    ("more-than-half", "more than half"),
    ("two-thirds", "two thirds or more"),
    ("three-quarters", "three quarters or more"),
];

impl Pact {
    /// All parameters, in the order in which a pact lists them.
    pub const PARAMETERS: &[Parameter] = &[
        Parameter {
            name: "ceiling_per_member",
            called: "Ceiling per counted member",
            says: "How much a unit may have given beyond what it received, for each counted member, \
                   before rounds plan only receiving for it. Nothing is taken. 1 to 1,000 hours.",
            written: Written::Hours,
            binds: Binds::EachUnit,
        },
        Parameter {
            name: "round_every_hours",
            called: "Hours from round to round",
            says: "How long after one round opens the next may: 1 to 8,784 hours, a year.",
            written: Written::Whole("hours"),
            binds: Binds::All,
        },
        Parameter {
            name: "round_open_hours",
            called: "Hours that a round is open",
            says: "How long a round takes offers and needs: 1 hour up to the time from round to round.",
            written: Written::Whole("hours"),
            binds: Binds::All,
        },
        Parameter {
            name: "answer_hours",
            called: "Hours to answer",
            says: "How long units have to answer what a round's plan proposes: 1 to 336 hours, two \
                   weeks. What nobody answers is declined.",
            written: Written::Whole("hours"),
            binds: Binds::All,
        },
        Parameter {
            name: "notice_days",
            called: "Days of notice",
            says: "How long a proposal to the whole is read and talked about before the first vote: 7 \
                   to 60 days, the same for every matter. There is no urgent path.",
            written: Written::Whole("days"),
            binds: Binds::All,
        },
        Parameter {
            name: "majority",
            called: "Part that decides",
            says: "The part of the units, and of the ballots, that must say yes: more than half, two \
                   thirds or three quarters. A quarter of all enrolled units must in any case.",
            written: Written::OneOf(PARTS),
            binds: Binds::All,
        },
        Parameter {
            name: "pact_majority",
            called: "Part that decides on the pact",
            says: "The same for another pact and for expulsion: two thirds or three quarters.",
            written: Written::OneOf(PARTS.split_at(1).1),
            binds: Binds::All,
        },
        Parameter {
            name: "reading",
            called: "Who may read the record",
            says: "Anybody, or members and whom they hand a link. It is open to all only while every \
                   unit has accepted a pact that says so.",
            written: Written::OneOf(&[("public", "anybody"), ("members", "members only")]),
            binds: Binds::EachUnit,
        },
    ];

    /// The parameter with this name.
    pub fn parameter(name: &str) -> Option<&'static Parameter> {
        Self::PARAMETERS.iter().find(|parameter| parameter.name == name)
    }

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
        Some(Written::OneOf(words)) => {
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

    #[test]
    fn the_parameters_are_all_that_a_pact_has_but_what_has_a_question_of_its_own() {
        let written = format!("{:?}", Pact::default());
        let fields = written.matches(": ").count();
        assert_eq!(fields, Pact::PARAMETERS.len() + 2, "{written}");
    }
}
