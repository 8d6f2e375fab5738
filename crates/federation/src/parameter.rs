mod value;

pub use value::ParameterRefused;

use crate::Pact;

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
}

#[cfg(test)]
mod tests {
    use super::*;

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
