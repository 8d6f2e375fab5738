use std::fmt;
use std::path::{Path, PathBuf};

use crate::Refused;

/// A disk, a database or a machine that does not do its part. The record refuses to go on rather
/// than to guess; the message says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A file cannot be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The database does not do what was asked.
    Database {
        /// What it says.
        why: String,
    },
    /// What was read is not what was written.
    Damaged {
        /// What, as a sentence.
        what: String,
    },
    /// A record is made where one is.
    Exists {
        /// The database.
        path: PathBuf,
    },
    /// There is no record.
    Missing {
        /// The database.
        path: PathBuf,
    },
    /// The database has fewer entries than the host has signed for.
    Behind {
        /// The database.
        path: PathBuf,
        /// The entries it has.
        size: u64,
        /// The entries signed for.
        signed: u64,
    },
    /// The file with the last signed checkpoint is gone.
    CheckpointMissing {
        /// Where it belongs.
        path: PathBuf,
    },
    /// The checkpoint is not this key's, or is no checkpoint.
    CheckpointWrong {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The entries in the database are not those that the host has signed for.
    OtherHistory {
        /// The database.
        path: PathBuf,
        /// The entries signed for.
        signed: u64,
    },
    /// An entry on disk does not hold by the rules.
    EntryWrong {
        /// Which one.
        sequence: u64,
        /// Why.
        why: String,
    },
    /// The system has no randomness to give.
    Randomness {
        /// What it says.
        why: String,
    },
    /// The system does not start a thread.
    Thread {
        /// What it says.
        why: String,
    },
    /// Somebody is reading, so that an erased body is still in the journal.
    ErasureWaits,
    /// Another program writes to the same database.
    Contended {
        /// The database.
        path: PathBuf,
    },
}

impl Fault {
    pub(crate) fn file(path: &Path, why: &std::io::Error) -> Self {
        Self::File { path: path.to_owned(), why: why.to_string() }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(why: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match why.sqlite_error_code() {
            Some(DatabaseCorrupt | NotADatabase) => {
                Self::Damaged { what: format!("the database says: {why}") }
            }
            _ => Self::Database { why: why.to_string() },
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const RESTORE: &str = "put back the newest copy of the whole record (`artel export` \
            makes one); `artel record verify` says which copies hold";
        match self {
            Self::File { path, why } => write!(
                f,
                "cannot read or write `{}`: {why}; look at the disk and at the rights of the \
                 directory",
                path.display()
            ),
            Self::Database { why } => write!(
                f,
                "the database refuses: {why}; look at the disk and its free space, and try again"
            ),
            Self::Damaged { what } => {
                write!(f, "the record on this disk is damaged: {what}; {RESTORE}")
            }
            Self::Exists { path } => write!(
                f,
                "there is a record in `{}`; open it, or begin another one elsewhere",
                path.display()
            ),
            Self::Missing { path } => {
                write!(
                    f,
                    "there is no record in `{}`; found one, or put a copy there",
                    path.display()
                )
            }
            Self::Behind { path, size, signed } => write!(
                f,
                "`{}` has {size} entries and this host has signed for {signed}; going on would \
                 show two histories: put back the newer database with its `-wal` file, or a copy \
                 with at least {signed} entries",
                path.display()
            ),
            Self::CheckpointMissing { path } => write!(
                f,
                "the last signed checkpoint `{}` is gone, so nobody knows whether the database \
                 is the newest; put the file back, or put back an exported copy, which holds its \
                 own",
                path.display()
            ),
            Self::CheckpointWrong { path, why } => write!(
                f,
                "the last signed checkpoint `{}` {why}; put back the file, and the key it was \
                 signed with",
                path.display()
            ),
            Self::OtherHistory { path, signed } => write!(
                f,
                "the first {signed} entries of `{}` are not those that this host has signed for; \
                 {RESTORE}",
                path.display()
            ),
            Self::EntryWrong { sequence, why } => {
                write!(f, "entry {sequence} on this disk does not hold: {why}; {RESTORE}")
            }
            Self::Randomness { why } => {
                write!(
                    f,
                    "the system gives no random bytes: {why}; look at its kernel and try again"
                )
            }
            Self::Thread { why } => {
                write!(f, "the system starts no thread: {why}; look at its limits and try again")
            }
            Self::ErasureWaits => write!(
                f,
                "the body is erased but still in the journal, because another program reads the \
                 bodies; close it and ask again"
            ),
            Self::Contended { path } => write!(
                f,
                "another program goes on writing to `{}`; stop one of the two",
                path.display()
            ),
        }
    }
}

impl std::error::Error for Fault {}

/// Why something was not done: a rule, or a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDone {
    /// A rule says no.
    Refused(Refused),
    /// A disk or a machine fails.
    Fault(Fault),
    /// More is waiting than the host can take.
    Busy {
        /// How many submissions wait.
        waiting: usize,
    },
    /// The host has stopped.
    Stopped,
}

impl From<Refused> for NotDone {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Fault> for NotDone {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl fmt::Display for NotDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => refused.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
            Self::Busy { waiting } => {
                write!(
                    f,
                    "{waiting} submissions are waiting, as many as fit; send it again in a moment"
                )
            }
            Self::Stopped => write!(f, "the host of this record has stopped; start it again"),
        }
    }
}

impl std::error::Error for NotDone {}
