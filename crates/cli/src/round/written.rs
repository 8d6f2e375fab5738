//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Fault;

/// A file that is being written beside its place, and moved there when it is whole.
pub(crate) struct Written {
    place: PathBuf,
    beside: PathBuf,
    kept: bool,
}

impl Written {
    /// Writes a file beside its place. Nothing is there before [`Written::keep`].
    pub(crate) fn write(
        place: &Path,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Self, Fault> {
        if place.is_dir() {
            return Err(Fault::in_file(place, "this is a directory; expected a file to write"));
        }
        if place.exists() && !place.is_file() {
            // A pipe or a device: there is nothing to move.
            let mut file = File::create(place).map_err(|cause| Fault::writing(place, cause))?;
            content(&mut file).map_err(|cause| Fault::writing(place, cause))?;
            return Ok(Self { place: place.into(), beside: place.into(), kept: true });
        }
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let beside = place.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let written = Self { place: place.into(), beside, kept: false };
        let fault = |cause| Fault::writing(place, cause);
        let mut file = BufWriter::new(File::create(&written.beside).map_err(fault)?);
        content(&mut file).and_then(|()| file.flush()).map_err(fault)?;
        Ok(written)
    }

    /// Puts the file in its place.
    pub(crate) fn keep(mut self) -> Result<(), Fault> {
        if std::mem::replace(&mut self.kept, true) {
            return Ok(());
        }
        fs::rename(&self.beside, &self.place).map_err(|cause| Fault::writing(&self.place, cause))
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        if !self.kept {
            // If it was never made there is nothing to take away.
            let _ = fs::remove_file(&self.beside);
        }
    }
}
