use std::fmt;

use federation::Refusal;
use record::{Fault, NotDone, Refused};

/// Why the node did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// A rule says no. Nothing was recorded.
    Refused {
        /// The rule's short name.
        code: &'static str,
        /// The rule, the value found and what would help.
        message: String,
    },
    /// There is no such thing at this node.
    Missing {
        /// What was looked for, and what would help.
        message: String,
    },
    /// The reader must sign in first, or may not see this.
    NotSignedIn {
        /// What would help.
        message: String,
    },
    /// A disk or a program failed; the record is as it was.
    Fault {
        /// What failed, and what would help.
        message: String,
    },
}

impl Failed {
    /// A rule of the node's own saying no.
    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self::Refused { code, message: message.into() }
    }

    /// A fault of disk, network or program.
    pub fn fault(message: impl fmt::Display) -> Self {
        Self::Fault { message: message.to_string() }
    }

    /// Nothing of that name is here.
    pub fn missing(message: impl Into<String>) -> Self {
        Self::Missing { message: message.into() }
    }

    /// The short name of the rule or the kind of failure.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused { code, .. } => code,
            Self::Missing { .. } => "missing",
            Self::NotSignedIn { .. } => "not-signed-in",
            Self::Fault { .. } => "fault",
        }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { message, .. }
            | Self::Missing { message }
            | Self::NotSignedIn { message }
            | Self::Fault { message } => f.write_str(message),
        }
    }
}

impl std::error::Error for Failed {}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unknown { .. } => Self::Missing { message: refusal.to_string() },
            _ => Self::Refused { code: refusal.code(), message: refusal.to_string() },
        }
    }
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Self::fault(format!("the file of keys cannot be used: {error}; run `artel doctor`"))
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self::fault(format!("a file cannot be used: {error}; run `artel doctor`"))
    }
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Rule(refusal) => refusal.into(),
            other => Self::Refused { code: other.code(), message: other.to_string() },
        }
    }
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self::fault(fault)
    }
}

impl From<NotDone> for Failed {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            NotDone::Refused(refused) => refused.into(),
            other => Self::fault(other),
        }
    }
}
