use std::fs::{File, TryLockError};
use std::path::Path;

use crate::undone::Undone;

/// A data directory that this program works in, and no other meanwhile: two nodes on one record
/// would get into each other's way.
#[derive(Debug)]
pub(crate) struct Hold {
    _file: File,
}

impl Hold {
    /// Takes hold of a directory. Refused while another program has it.
    pub(crate) fn take(directory: &Path) -> Result<Self, Undone> {
        std::fs::create_dir_all(directory)?;
        let file = File::create(directory.join("held"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Undone::refused(format!(
                "a node works in `{}`; stop it first, or ask it over HTTP",
                directory.display()
            ))),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Whether some program has hold of it.
    pub(crate) fn is_taken(directory: &Path) -> bool {
        let file = File::open(directory.join("held"));
        file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}
