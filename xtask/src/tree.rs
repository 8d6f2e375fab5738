//! The files of the repository, as the checks see them.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::Command;

/// One text file: its path from the root of the repository, and what it says.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// The part after the last dot, or nothing.
    pub(crate) fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The last part of the path.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The lines, counted from one.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Something wrong at a line of this file.
    pub(crate) fn complaint(&self, line: usize, says: impl Into<String>) -> Complaint {
        Complaint { path: self.path.clone(), line, says: says.into() }
    }
}

/// Every text file that is in the repository or would be added to it.
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
    paths: Vec<String>,
}

impl Tree {
    /// Reads the work tree below `root`; what is ignored by git is no part of it.
    pub(crate) fn read(root: &Path) -> io::Result<Tree> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()?;
        if !listed.status.success() {
            return Err(io::Error::other("`git ls-files` failed; run this in a clone"));
        }
        let mut tree = Tree { files: Vec::new(), paths: Vec::new() };
        for name in listed.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
            let path = String::from_utf8_lossy(name).into_owned();
            let Ok(bytes) = std::fs::read(root.join(&path)) else { continue };
            tree.paths.push(path.clone());
            if let Ok(text) = String::from_utf8(bytes) {
                tree.files.push(File { path, text });
            }
        }
        Ok(tree)
    }

    /// The file at a path.
    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a file or a folder stands at the path, pictures included.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.paths.iter().any(|held| held == path || held.starts_with(&folder))
    }

    /// The files below a folder.
    pub(crate) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.starts_with(folder))
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Tree {
        Tree {
            paths: files.iter().map(|(path, _)| (*path).to_owned()).collect(),
            files: files
                .iter()
                .map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() })
                .collect(),
        }
    }
}

/// What is wrong, and where.
#[derive(Debug)]
pub(crate) struct Complaint {
    path: String,
    line: usize,
    says: String,
}

impl Complaint {
    /// Something wrong with a file as a whole, or with one that should be there.
    pub(crate) fn about(path: &str, says: impl Into<String>) -> Complaint {
        Complaint { path: path.to_owned(), line: 1, says: says.into() }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.says)
    }
}
