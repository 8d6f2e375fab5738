use std::path::PathBuf;

use clap::Args;

use crate::places;
use crate::settings::Settings;
use crate::undone::Undone;

/// Where a node's files lie.
#[derive(Args, Debug, Clone)]
pub(crate) struct Directory {
    /// The data directory [default: `$XDG_DATA_HOME/artel`].
    #[arg(long, value_name = "DIR", env = "ARTEL_DATA")]
    data: Option<PathBuf>,
}

impl Directory {
    /// The directory that was named, or the usual one.
    pub(crate) fn path(&self) -> Result<PathBuf, Undone> {
        match (&self.data, Settings::read()?.data) {
            (Some(data), _) => Ok(data.clone()),
            (None, Some(data)) => Ok(data),
            (None, None) => places::data(),
        }
    }

    /// The directory, in which `artel init` has been.
    pub(crate) fn made(&self) -> Result<PathBuf, Undone> {
        let path = self.path()?;
        if path.join("keys.sqlite").is_file() {
            return Ok(path);
        }
        Err(Undone::misused(format!(
            "there is no node in `{}`; make one with `artel init`, or name another with --data",
            path.display()
        )))
    }
}
