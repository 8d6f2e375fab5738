use std::fmt;
use std::process::ExitCode;

use node::Failed;

/// Why a command was not done.
#[derive(Debug)]
pub(crate) enum Undone {
    /// A rule, a node or a disk says no: exit code 1.
    Refused(String),
    /// The command cannot be done as it was given: exit code 2.
    Misused(String),
}

impl Undone {
    pub(crate) fn refused(message: impl fmt::Display) -> Self {
        Self::Refused(message.to_string())
    }

    pub(crate) fn misused(message: impl fmt::Display) -> Self {
        Self::Misused(message.to_string())
    }
}

impl fmt::Display for Undone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(message) | Self::Misused(message) => f.write_str(message),
        }
    }
}

impl From<Failed> for Undone {
    fn from(failed: Failed) -> Self {
        Self::refused(failed)
    }
}

impl From<std::io::Error> for Undone {
    fn from(error: std::io::Error) -> Self {
        Self::refused(error)
    }
}

/// Says on stderr what was wrong, and gives the exit code.
pub(crate) fn ended(done: Result<(), Undone>) -> ExitCode {
    let Err(undone) = done else { return ExitCode::SUCCESS };
    eprintln!("artel: {undone}");
    match undone {
        Undone::Refused(_) => ExitCode::from(1),
        Undone::Misused(_) => ExitCode::from(2),
    }
}
