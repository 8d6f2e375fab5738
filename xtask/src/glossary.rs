//! Every public type of the pure crates stands in the glossary, and the glossary names no other.

use std::collections::BTreeSet;

use crate::tree::{Complaint, File, Tree};

const GLOSSARY: &str = "GLOSSARY.md";
const DOMAIN: [&str; 4] =
    ["crates/measure/src/", "crates/tally/src/", "crates/circuits/src/", "crates/federation/src/"];

pub(crate) fn check(tree: &Tree) -> Vec<Complaint> {
    let Some(glossary) = tree.file(GLOSSARY) else {
        return vec![Complaint::about(GLOSSARY, "there is no glossary")];
    };
    let named = names_in_backticks(glossary);
    let mut held = BTreeSet::new();
    let mut found = Vec::new();
    for file in DOMAIN.iter().flat_map(|folder| tree.below(folder)) {
        for (line, name) in public_types(file) {
            if !named.iter().any(|(_, other)| *other == name) {
                found.push(file.complaint(line, format!("`{name}` is missing in {GLOSSARY}")));
            }
            held.insert(name);
        }
    }
    let strange = named.iter().filter(|(_, name)| !held.contains(name));
    found.extend(strange.map(|(line, name)| {
        glossary.complaint(*line, format!("no public type of the domain is named `{name}`"))
    }));
    found
}

/// The types that a file gives to everybody: those it makes, and those it passes on.
fn public_types(file: &File) -> Vec<(usize, &str)> {
    let tests = file.lines().find(|(_, line)| *line == "#[cfg(test)]");
    let end = tests.map_or(usize::MAX, |(line, _)| line);
    let mut found = Vec::new();
    let mut passing_on = false;
    for (number, line) in file.lines().take_while(|(number, _)| *number < end) {
        passing_on |= line.starts_with("pub use ");
        if passing_on {
            found.extend(capitalised(line).map(|name| (number, name)));
        } else if let Some(name) = made(line) {
            found.push((number, name));
        }
        passing_on &= !line.ends_with(';');
    }
    found
}

fn made(line: &str) -> Option<&str> {
    let kinds = ["pub struct ", "pub enum ", "pub trait ", "pub type "];
    let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    rest.split(|letter: char| !letter.is_alphanumeric()).next()
}

/// Names of types in a line of `pub use`; a constant has no small letter.
fn capitalised(line: &str) -> impl Iterator<Item = &str> {
    let names = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    names.filter(|name| {
        name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.contains(|letter: char| letter.is_ascii_lowercase())
    })
}

/// Names in backticks that begin with a capital.
fn names_in_backticks(file: &File) -> Vec<(usize, &str)> {
    let quoted = file.lines().flat_map(|(number, line)| {
        line.split('`').skip(1).step_by(2).map(move |name| (number, name))
    });
    quoted.filter(|(_, name)| name.starts_with(|first: char| first.is_ascii_uppercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(glossary: &str, source: &str) -> Vec<String> {
        let tree = Tree::of(&[(GLOSSARY, glossary), ("crates/measure/src/hours.rs", source)]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_public_type_missing_in_the_glossary_is_named() {
        assert!(complaints("`Hours`", "pub struct Hours(i64);\n").is_empty());
        let found = complaints("hours", "pub enum Hours<'a> {\n");
        assert_eq!(found, ["crates/measure/src/hours.rs:1: `Hours` is missing in GLOSSARY.md"]);
    }

    #[test]
    fn a_type_that_is_passed_on_needs_a_word_and_a_constant_does_not() {
        let source = "pub use id::{\n    PersonId, LENGTH_MAX,\n};\nuse serde::Serialize;\n";
        assert_eq!(complaints("", source).len(), 1);
        assert_eq!(complaints("`PersonId`", source).len(), 0);
    }

    #[test]
    fn a_name_that_the_code_has_not_is_named() {
        assert_eq!(complaints("`Minutes`", "").len(), 1);
        assert_eq!(complaints("`artel round`", "struct Hidden;\n").len(), 0);
    }
}
