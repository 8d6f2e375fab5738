use std::fmt;

/// Why a poll or a ballot could not be made from what was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PollRefused {
    /// A poll has no options, or too many.
    Choices {
        /// How many were found.
        found: usize,
        /// The most there may be.
        most: usize,
    },
    /// A poll has no seats to fill.
    Seats {
        /// How many were found.
        found: u32,
    },
    /// Two options have one name.
    SameName {
        /// The name.
        name: String,
    },
    /// A ballot has not one rank for each option.
    Ranks {
        /// How many it has.
        found: usize,
        /// How many options there are.
        expected: usize,
    },
    /// A score is too far from nought.
    Score {
        /// The score.
        found: i32,
        /// The most it may be either way.
        most: i32,
    },
    /// All ballots together weigh too much.
    TooHeavy {
        /// The most they may weigh.
        most: u64,
    },
    /// A file does not say what its kind of file says at that place.
    Unexpected {
        /// What stands there.
        found: String,
        /// What would stand there.
        expected: &'static str,
    },
}

impl PollRefused {
    pub(crate) fn unexpected(found: &str, expected: &'static str) -> Self {
        Self::Unexpected { found: found.chars().take(80).collect(), expected }
    }

    /// The same, with the line of the file where it came up.
    pub(crate) fn in_line(self, line: usize) -> FileRefused {
        FileRefused { line, why: self }
    }
}

/// Why a file of ballots could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRefused {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub why: PollRefused,
}

impl fmt::Display for FileRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for FileRefused {}

impl fmt::Display for PollRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choices { found, most } => {
                write!(f, "a poll has {found} options; expected 1 to {most}")
            }
            Self::Seats { found } => {
                write!(f, "a poll fills {found} seats; expected at least 1")
            }
            Self::SameName { name } => {
                write!(f, "two options are called `{name}`; give each a name of its own")
            }
            Self::Ranks { found, expected } => {
                write!(f, "a ballot ranks {found} options; the poll has {expected}")
            }
            Self::Score { found, most } => {
                write!(f, "a score is {found}; expected −{most} to {most}")
            }
            Self::TooHeavy { most } => {
                write!(f, "all ballots together weigh more than {most}; count them in parts")
            }
            Self::Unexpected { found, expected } => {
                write!(f, "found `{found}`; expected {expected}")
            }
        }
    }
}

impl std::error::Error for PollRefused {}
