use std::path::Path;

use super::findings::Finding;

/// Below this a node should not go on taking acts: 256 MiB.
const FREE_MIN: u64 = 256 * 1024 * 1024;

/// How much space the disk has left for the records.
#[cfg(unix)]
pub(crate) fn space(path: &Path) -> Finding {
    match rustix::fs::statvfs(path) {
        Err(error) => Finding::wrong("disk", format!("`{}`: {error}", path.display())),
        Ok(found) => {
            let free = found.f_bavail.saturating_mul(found.f_frsize);
            let words = format!("{} MiB are free", free / (1024 * 1024));
            if free >= FREE_MIN {
                Finding::well("disk", words)
            } else {
                Finding::wrong("disk", format!("{words}; make room, or move the directory"))
            }
        }
    }
}

#[cfg(not(unix))]
pub(crate) fn space(path: &Path) -> Finding {
    Finding::well("disk", format!("look at the free space of `{}` yourself", path.display()))
}
