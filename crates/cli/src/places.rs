use std::env;
use std::path::PathBuf;

use crate::undone::Undone;

/// Where the data of a node lies if nothing is said: `$XDG_DATA_HOME/artel`.
pub(crate) fn data() -> Result<PathBuf, Undone> {
    below("XDG_DATA_HOME", ".local/share")
}

/// Where a person's settings lie: `$XDG_CONFIG_HOME/artel/config.json`.
pub(crate) fn settings() -> Result<PathBuf, Undone> {
    Ok(below("XDG_CONFIG_HOME", ".config")?.join("config.json"))
}

fn below(variable: &str, in_home: &str) -> Result<PathBuf, Undone> {
    let named = env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(in_home));
    let directory = named.or_else(home).ok_or_else(|| {
        Undone::misused(format!("neither {variable} nor HOME is set; say where with an option"))
    })?;
    Ok(directory.join("artel"))
}
