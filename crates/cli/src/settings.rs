use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::places;
use crate::undone::Undone;

/// What a person has set once, so that they need not say it again: which node, which federation,
/// and the token of their session there. Nothing in it gives anyone rights.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// The node's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) node: Option<String>,
    /// The federation's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) federation: Option<String>,
    /// The session's token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<String>,
    /// The data directory of a node run here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data: Option<PathBuf>,
    /// The address that a node run here listens on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) listen: Option<String>,
}

impl Settings {
    /// The settings in the person's file; none if there is no file.
    pub(crate) fn read() -> Result<Self, Undone> {
        Self::read_from(&places::settings()?)
    }

    fn read_from(path: &Path) -> Result<Self, Undone> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => return Err(wrong(path, &error)),
        };
        serde_json::from_str(&text).map_err(|error| wrong(path, &error))
    }

    /// Writes them; nobody but the person reads the file.
    pub(crate) fn write(&self) -> Result<(), Undone> {
        self.write_to(&places::settings()?)
    }

    fn write_to(&self, path: &Path) -> Result<(), Undone> {
        let text = serde_json::to_string_pretty(self).map_err(|error| wrong(path, &error))?;
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory).map_err(|error| wrong(path, &error))?;
        }
        let mut file = private(path).map_err(|error| wrong(path, &error))?;
        writeln!(file, "{text}").map_err(|error| wrong(path, &error))
    }
}

fn wrong(path: &Path, error: &dyn std::error::Error) -> Undone {
    Undone::misused(format!("`{}`: {error}; mend the file, or take it away", path.display()))
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<fs::File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    // The file may have been there before, readable by others.
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    Ok(file)
}

#[cfg(not(unix))]
fn private(path: &Path) -> std::io::Result<fs::File> {
    fs::File::create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_only_its_owner_reads_it() {
        let directory = std::env::temp_dir().join(format!("artel-settings-{}", std::process::id()));
        let path = directory.join("config.json");
        assert_eq!(Settings::read_from(&path).unwrap(), Settings::default());
        let settings = Settings { token: Some("t".to_owned()), ..Settings::default() };
        settings.write_to(&path).unwrap();
        assert_eq!(Settings::read_from(&path).unwrap(), settings);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        fs::write(&path, "{\"tokens\": 1}").unwrap();
        let said = Settings::read_from(&path).unwrap_err().to_string();
        assert!(said.contains("unknown field `tokens`"), "{said}");
        fs::remove_dir_all(&directory).unwrap();
    }
}
