use std::path::Path;

use super::findings::Finding;

/// Whether nobody but its owner reads the file of private keys.
#[cfg(unix)]
pub(crate) fn owner_only(path: &Path) -> Finding {
    use std::os::unix::fs::PermissionsExt;
    let shown = path.display();
    match std::fs::metadata(path) {
        Err(error) => {
            Finding::wrong("key file", format!("`{shown}`: {error}; put back a copy of it"))
        }
        Ok(found) if found.permissions().mode() & 0o077 != 0 => Finding::wrong(
            "key file",
            format!(
                "others can read `{shown}`; run `chmod 600 {shown}`, and make new keys if somebody has"
            ),
        ),
        Ok(_) => Finding::well("key file", format!("only its owner reads `{shown}`")),
    }
}

#[cfg(not(unix))]
pub(crate) fn owner_only(path: &Path) -> Finding {
    match std::fs::metadata(path) {
        Err(error) => Finding::wrong("key file", format!("`{}`: {error}", path.display())),
        Ok(_) => Finding::well("key file", format!("`{}` is there", path.display())),
    }
}
