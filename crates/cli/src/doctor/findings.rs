use std::fmt;

use serde_json::{Value, json};

/// What was found of one thing.
#[derive(Debug)]
pub(crate) struct Finding {
    about: String,
    says: String,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Well,
    Wrong,
}

/// All that was found.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Finding {
    /// It is as it should be.
    pub(crate) fn well(about: impl Into<String>, says: impl Into<String>) -> Self {
        Self { about: about.into(), says: says.into(), state: State::Well }
    }

    /// It is not; the words say what to do.
    pub(crate) fn wrong(about: impl Into<String>, says: impl fmt::Display) -> Self {
        Self { about: about.into(), says: says.to_string(), state: State::Wrong }
    }

    pub(crate) fn row(&self) -> Value {
        json!({ "about": self.about, "says": self.says, "well": self.state == State::Well })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.state == State::Well { "well " } else { "WRONG" };
        write!(f, "{mark}  {}: {}", self.about, self.says)
    }
}

impl Findings {
    pub(crate) fn add(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// How many things are not as they should be.
    pub(crate) fn wrong(&self) -> usize {
        self.0.iter().filter(|finding| finding.state == State::Wrong).count()
    }
}
