//! Files hold one noun or one act, and their names say which.

use crate::tree::{Complaint, File, Tree};

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] =
    ["utils", "util", "helpers", "helper", "common", "manager", "types", "misc", "shared"];

/// Above this many lines a file owes a reason, given in `LONG`.
const LINES_MAX: usize = 400;

/// Files above the limit that hold one thing all the same, and why.
const LONG: [(&str, &str); 1] =
    [("crates/federation/src/refusal.rs", "one closed list, so that the compiler knows all of it")];

pub(crate) fn check(tree: &Tree) -> Vec<Complaint> {
    let sources = tree.files.iter().filter(|file| is_source(file));
    sources.flat_map(|file| named(file).into_iter().chain(long(file))).chain(gone(tree)).collect()
}

/// Files on the list that are no longer there, where the tree is this one.
fn gone(tree: &Tree) -> impl Iterator<Item = Complaint> {
    let whole = tree.holds("xtask/src/files.rs");
    LONG.iter().filter(move |(path, _)| whole && !tree.holds(path)).map(|(path, _)| {
        Complaint::about("xtask/src/files.rs", format!("`{path}` is gone; take it off the list"))
    })
}

pub(crate) fn is_source(file: &File) -> bool {
    ["rs", "js", "mjs", "css", "html", "py", "cc", "cpp", "sh"].contains(&file.extension())
        || ["test", "bench", ".ci/run"].contains(&file.path.as_str())
}

fn named(file: &File) -> Option<Complaint> {
    let mut parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
    let empty = parts.find(|part| EMPTY_NAMES.contains(part))?;
    Some(file.complaint(1, format!("`{empty}` names no noun and no act; say what is inside")))
}

fn long(file: &File) -> Option<Complaint> {
    let lines = file.text.lines().count();
    let excused = LONG.iter().any(|(path, _)| *path == file.path);
    (lines > LINES_MAX && !excused).then(|| {
        file.complaint(
            lines,
            format!("{lines} lines; split it below {LINES_MAX}, or give a reason"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_named_after_nothing_is_refused() {
        let tree =
            Tree::of(&[("crates/node/src/utils.rs", ""), ("crates/node/src/utils/x.rs", "")]);
        assert_eq!(check(&tree).len(), 2);
    }

    #[test]
    fn a_file_above_the_limit_owes_a_reason() {
        let tree = |lines| Tree::of(&[("crates/node/src/act.rs", &"\n".repeat(lines))]);
        assert_eq!(check(&tree(LINES_MAX)).len(), 0);
        assert_eq!(check(&tree(LINES_MAX + 1)).len(), 1);
    }
}
