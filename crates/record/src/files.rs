//! The files of one record: the database, the last signed checkpoint, the bodies.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::Fault;
use crate::checkpoint::SignedCheckpoint;

/// Where the files of a record lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The database.
    pub database: PathBuf,
    /// The last signed checkpoint, so that a database behind it is noticed.
    pub checkpoint: PathBuf,
    /// The bodies.
    pub bodies: PathBuf,
}

impl Files {
    /// The files of the record in this database: beside it, with `.checkpoint` and `.bodies` after
    /// its name.
    pub fn of(database: &Path) -> Self {
        let beside = |ending: &str| {
            let mut name = database.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        };
        Self {
            database: database.to_owned(),
            checkpoint: beside(".checkpoint"),
            bodies: beside(".bodies"),
        }
    }

    /// The last signed checkpoint, or `None` if its file is not there.
    pub fn read_checkpoint(&self) -> Result<Option<SignedCheckpoint>, Fault> {
        match fs::read(&self.checkpoint) {
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(Fault::file(&self.checkpoint, &why)),
            Ok(bytes) => {
                let wrong = Fault::CheckpointWrong {
                    path: self.checkpoint.clone(),
                    why: "is not readable",
                };
                let text = std::str::from_utf8(&bytes).map_err(|_| wrong.clone())?;
                SignedCheckpoint::parse(text).map(Some).map_err(|_| wrong)
            }
        }
    }

    /// Puts a newer checkpoint in place of the last one, so that after a crash at any moment one
    /// of the two is there, whole.
    pub(crate) fn write_checkpoint(&self, checkpoint: &SignedCheckpoint) -> Result<(), Fault> {
        let mut name = self.checkpoint.as_os_str().to_owned();
        name.push(".new");
        let new = PathBuf::from(name);
        let fault = |path: &Path| {
            let path = path.to_owned();
            move |why| Fault::file(&path, &why)
        };
        let mut file = File::create(&new).map_err(fault(&new))?;
        file.write_all(checkpoint.to_string().as_bytes()).map_err(fault(&new))?;
        file.sync_all().map_err(fault(&new))?;
        fs::rename(&new, &self.checkpoint).map_err(fault(&self.checkpoint))?;
        let directory = match self.checkpoint.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let opened = File::open(directory).map_err(fault(directory))?;
        opened.sync_all().map_err(fault(directory))
    }
}
