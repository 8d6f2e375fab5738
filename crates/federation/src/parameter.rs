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
    /// What it does; [`Parameter::says`] adds what it may be.
    pub does: &'static str,
    /// The least and the most that it may be: seconds of what is written in hours, the place of a word
    /// among all words of its kind, counted from 1.
    pub bounds: (i64, i64),
    /// How it is written.
    pub written: Written,
    /// Whom a version of it binds.
    pub binds: Binds,
}

/// A part of the pact that is changed by a question of its own, and binds all as soon as it passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedApart {
    /// Its name, as a statement has it: `essentials`.
    pub name: &'static str,
    /// What people call it.
    pub called: &'static str,
    /// What it does.
    pub does: &'static str,
    /// How many entries it has at most.
    pub most: i64,
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

/// The most things that are essential: each is a stage of every round.
pub(crate) const ESSENTIALS_MAX: i64 = 12;

const PARTS: &[(&str, &str)] = &[
    ("more-than-half", "more than half"),
    ("two-thirds", "two thirds or more"),
    ("three-quarters", "three quarters or more"),
];

const READING: &[(&str, &str)] = &[("public", "anybody"), ("members", "members only")];

impl Parameter {
    /// What it does, and what it may be.
    pub fn says(&self) -> String {
        let (least, most) = self.bounds;
        let may = match self.written {
            Written::Hours => {
                format!("{} to {} hours", grouped(least / 3600), grouped(most / 3600))
            }
            Written::Whole(counted_in) => {
                format!("{} to {} {counted_in}", grouped(least), grouped(most))
            }
            Written::OneOf(_) => {
                let words: Vec<_> = self.words().iter().map(|(_, means)| *means).collect();
                let says = words.join(", or ");
                let mut letters = says.chars();
                letters
                    .next()
                    .map(|first| first.to_uppercase().chain(letters).collect())
                    .unwrap_or(says)
            }
        };
        format!("{} {may}.", self.does)
    }

    /// The words that it may be, each with what it means; none for a number.
    pub fn words(&self) -> &'static [(&'static str, &'static str)] {
        let Written::OneOf(words) = self.written else { return &[] };
        let place = |bound: i64| usize::try_from(bound).unwrap_or(0);
        words.get(place(self.bounds.0 - 1)..place(self.bounds.1)).unwrap_or(words)
    }
}

/// A number with its thousands apart: `8,784`.
fn grouped(number: i64) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{},{rest:03}", grouped(thousands)),
    }
}

impl Pact {
    /// All parameters, in the order in which a pact lists them.
    pub const PARAMETERS: &[Parameter] = &[
        Parameter {
            name: "ceiling_per_member",
            called: "Ceiling per counted member",
            does: "How much a unit may have given beyond what it received, for each counted member, \
                   before rounds plan only receiving for it. Nothing is taken.",
            bounds: (3600, 3_600_000),
            written: Written::Hours,
            binds: Binds::EachUnit,
        },
        Parameter {
            name: "round_every_hours",
            called: "Hours from round to round",
            does: "How long after one round opens the next may; the most is a year.",
            bounds: (1, 8784),
            written: Written::Whole("hours"),
            binds: Binds::All,
        },
        Parameter {
            name: "round_open_hours",
            called: "Hours that a round is open",
            does: "How long a round takes offers and needs, at most until the next opens.",
            bounds: (1, 8784),
            written: Written::Whole("hours"),
            binds: Binds::All,
        },
        Parameter {
            name: "answer_hours",
            called: "Hours to answer",
            does: "How long units have to answer what a round's plan proposes; the most is two weeks. \
                   What nobody answers is declined.",
            bounds: (1, 336),
            written: Written::Whole("hours"),
            binds: Binds::All,
        },
        Parameter {
            name: "notice_days",
            called: "Days of notice",
            does: "How long a proposal to the whole is read and talked about before the first vote, \
                   the same for every matter. There is no urgent path.",
            bounds: (7, 60),
            written: Written::Whole("days"),
            binds: Binds::All,
        },
        Parameter {
            name: "majority",
            called: "Part that decides",
            does: "The part of the units, and of the ballots, that must say yes. A quarter of all \
                   enrolled units must in any case.",
            bounds: (1, 3),
            written: Written::OneOf(PARTS),
            binds: Binds::All,
        },
        Parameter {
            name: "pact_majority",
            called: "Part that decides on the pact",
            does: "The same for another pact and for expulsion.",
            bounds: (2, 3),
            written: Written::OneOf(PARTS),
            binds: Binds::All,
        },
        Parameter {
            name: "reading",
            called: "Who may read the record",
            does: "Anybody, or members and whom they hand a link. It is open to all only while every \
                   unit has accepted a pact that says so.",
            bounds: (1, 2),
            written: Written::OneOf(READING),
            binds: Binds::EachUnit,
        },
    ];

    /// The parts that have a question of their own, since signing the pact accepts in advance what comes
    /// of it: a round cannot share out by two lists.
    pub const ASKED_APART: &[AskedApart] = &[
        AskedApart {
            name: "essentials",
            called: "What is essential",
            does: "What everybody needs to live, and how much of it for each counted member: rounds \
                   share it out before anything else. No way of using the rest brings anybody below it.",
            most: ESSENTIALS_MAX,
        },
        AskedApart {
            name: "order",
            called: "What rounds prefer",
            does: "Which plans a round prefers among those that meet as many hours as evenly, the \
                   weightiest first; each at most once, and what is left out does not count.",
            most: 4,
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

    #[test]
    fn what_a_parameter_may_be_is_said_in_words_and_kept() {
        let says = |name: &str| Pact::parameter(name).unwrap().says();
        assert!(says("ceiling_per_member").ends_with("Nothing is taken. 1 to 1,000 hours."));
        assert!(says("round_every_hours").ends_with("1 to 8,784 hours."));
        assert!(says("notice_days").ends_with("There is no urgent path. 7 to 60 days."));
        let parts = "Two thirds or more, or three quarters or more.";
        assert!(says("pact_majority").ends_with(parts), "{}", says("pact_majority"));
        assert!(says("reading").ends_with("Anybody, or members only."), "{}", says("reading"));
        let pact = Pact::default();
        let notice = Pact::parameter("notice_days").unwrap().bounds;
        assert_eq!(notice.1, i64::from(Pact::NOTICE_DAYS_MAX));
        for (name, text) in [
            ("ceiling_per_member", "1001"),
            ("round_every_hours", "8785"),
            ("round_open_hours", "169"),
            ("answer_hours", "337"),
            ("notice_days", "6"),
            ("notice_days", "61"),
            ("pact_majority", "more-than-half"),
        ] {
            let other = pact.with(name, text).unwrap();
            assert!(other.check().is_err(), "{name}={text}");
        }
        for parameter in Pact::PARAMETERS {
            let (least, most) = pact.bounds_of(parameter);
            assert!((least..=most).contains(&pact.measured(parameter.name)), "{parameter:?}");
        }
    }

    #[test]
    fn the_parameters_are_all_that_a_pact_has_but_what_has_a_question_of_its_own() {
        let written = format!("{:?}", Pact::default());
        let fields = written.matches(": ").count();
        assert_eq!(fields, Pact::PARAMETERS.len() + Pact::ASKED_APART.len(), "{written}");
        for apart in Pact::ASKED_APART {
            assert!(written.contains(&format!("{}: ", apart.name)), "{written}");
        }
    }
}
