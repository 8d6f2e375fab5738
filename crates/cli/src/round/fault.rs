use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a command on rounds was not done.
#[derive(Debug)]
pub(crate) enum Fault {
    /// An input is not what was asked for.
    Input {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1, where it is one line's fault.
        line: Option<u64>,
        /// The value found, and what is expected.
        message: String,
    },
    /// A file cannot be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// What was tried.
        act: &'static str,
        /// What the system says.
        cause: io::Error,
    },
    /// The round is beyond a limit of the engine.
    Round(String),
    /// The plan or its certificate is wrong.
    Wrong(String),
}

impl Fault {
    pub(crate) fn in_line(path: &Path, line: u64, message: impl Into<String>) -> Self {
        Self::Input { path: path.into(), line: Some(line), message: message.into() }
    }

    pub(crate) fn in_file(path: &Path, message: impl Into<String>) -> Self {
        Self::Input { path: path.into(), line: None, message: message.into() }
    }

    pub(crate) fn reading(path: &Path, cause: io::Error) -> Self {
        Self::File { path: path.into(), act: "read", cause }
    }

    pub(crate) fn writing(path: &Path, cause: io::Error) -> Self {
        Self::File { path: path.into(), act: "written", cause }
    }

    /// 1 for a plan that is wrong, 2 for a command that cannot be done as it was given.
    pub(crate) const fn exit_code(&self) -> u8 {
        match self {
            Self::Wrong(_) => 1,
            Self::Input { .. } | Self::File { .. } | Self::Round(_) => 2,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input { path, line: Some(line), message } => {
                write!(f, "{}:{line}: {message}", path.display())
            }
            Self::Input { path, line: None, message } => write!(f, "{}: {message}", path.display()),
            Self::File { path, act, cause } => {
                write!(f, "{}: cannot be {act}: {cause}", path.display())
            }
            Self::Round(message) => f.write_str(message),
            Self::Wrong(message) => write!(f, "the plan is wrong: {message}"),
        }
    }
}
