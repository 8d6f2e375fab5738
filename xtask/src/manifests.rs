//! Arrows between crates point one way, and the pure crates know nothing of the world.

use crate::tree::{Complaint, File, Tree};

/// From the numbers up to the binary: a crate may depend on those before it.
const ORDER: [&str; 8] =
    ["measure", "tally", "circuits", "federation", "record", "node", "pages", "cli"];

/// What the pure crates may depend on, and nothing else.
const PURE: [(&str, &[&str]); 4] = [
    ("measure", &["serde"]),
    ("tally", &["sha2"]),
    ("circuits", &["measure", "serde", "sha2"]),
    ("federation", &["measure", "tally", "circuits", "serde", "sha2", "postcard"]),
];

/// What every pure crate denies at the top of its `lib.rs`.
const DENIED: [&str; 8] = [
    "clippy::unwrap_used",
    "clippy::expect_used",
    "clippy::panic",
    "clippy::indexing_slicing",
    "clippy::float_arithmetic",
    "clippy::as_conversions",
    "clippy::disallowed_methods",
    "clippy::disallowed_types",
];

pub(crate) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut found = Vec::new();
    for file in tree.below("crates/").filter(|file| file.name() == "Cargo.toml") {
        let name = file.path.split('/').nth(1).unwrap_or_default();
        found.extend(dependencies(file).filter_map(|(line, used)| {
            forbidden(name, used).map(|says| file.complaint(line, says))
        }));
    }
    for (name, _) in PURE {
        found.extend(denials(tree, name));
    }
    found
}

/// The names below `[dependencies]` and its like; tests may depend on anything.
fn dependencies(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let mut listed = false;
    file.lines().filter_map(move |(line, text)| {
        if let Some(section) = text.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            listed = section.ends_with("dependencies") && !section.ends_with("dev-dependencies");
            let single = section.strip_prefix("dependencies.");
            return single.map(|used| (line, used));
        }
        let used = text.split(['=', '.', ' ']).next().unwrap_or_default();
        (listed && !used.is_empty() && !used.starts_with('#')).then_some((line, used))
    })
}

fn forbidden(name: &str, used: &str) -> Option<String> {
    if let Some((_, allowed)) = PURE.iter().find(|(pure, _)| *pure == name)
        && !allowed.contains(&used)
    {
        return Some(format!("`{name}` is pure: it may depend on {allowed:?}, not on `{used}`"));
    }
    let place = |wanted: &str| ORDER.iter().position(|held| *held == wanted);
    match (place(name), place(used)) {
        (Some(here), Some(there)) if there >= here => {
            Some(format!("arrows point one way: `{name}` may not depend on `{used}`"))
        }
        (Some(_), None) if ["testkit", "xtask"].contains(&used) => {
            Some(format!("`{used}` is for tests: move it to [dev-dependencies]"))
        }
        _ => None,
    }
}

fn denials(tree: &Tree, name: &str) -> Vec<Complaint> {
    let path = format!("crates/{name}/src/lib.rs");
    let Some(file) = tree.file(&path) else {
        return vec![Complaint::about(&path, "a pure crate has a lib.rs")];
    };
    let block = file
        .text
        .split_once("\n#![deny(")
        .and_then(|(_, rest)| rest.split_once(")]"))
        .map_or("", |(block, _)| block);
    let missing = DENIED.iter().filter(|lint| !block.contains(**lint));
    missing.map(|lint| file.complaint(1, format!("a pure crate denies `{lint}`"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(name: &str, manifest: &str) -> Vec<String> {
        let path = format!("crates/{name}/Cargo.toml");
        let tree = Tree::of(&[(&path, manifest)]);
        let told = check(&tree).into_iter().map(|complaint| complaint.to_string());
        told.filter(|says| says.contains("Cargo.toml")).collect()
    }

    #[test]
    fn a_pure_crate_may_not_depend_on_the_world() {
        assert_eq!(says("measure", "[dependencies]\nserde = \"1\"\n").len(), 0);
        assert_eq!(says("measure", "[dependencies]\ntokio.workspace = true\n").len(), 1);
        assert_eq!(says("measure", "[dependencies.tokio]\nversion = \"1\"\n").len(), 1);
        assert_eq!(says("measure", "[dev-dependencies]\ntokio = \"1\"\n").len(), 0);
    }

    #[test]
    fn no_crate_depends_on_one_above_it() {
        assert_eq!(says("record", "[dependencies]\nfederation = { workspace = true }\n").len(), 0);
        assert_eq!(says("record", "[dependencies]\nnode = { workspace = true }\n").len(), 1);
        assert_eq!(says("node", "[dependencies]\ntestkit = { workspace = true }\n").len(), 1);
    }

    #[test]
    fn a_lint_that_a_pure_crate_does_not_deny_is_named() {
        let text = format!("//! Pure.\n\n#![deny({})]\n", DENIED[1..].join(", "));
        let tree = Tree::of(&[("crates/measure/src/lib.rs", &text)]);
        let found = denials(&tree, "measure");
        assert_eq!(found.len(), 1);
        assert!(found[0].to_string().contains("clippy::unwrap_used"));
    }
}
