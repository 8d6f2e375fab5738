//! Every refusal of the domain stands in the error museum.

use crate::tree::{Complaint, File, Tree};

const MUSEUM: &str = "docs/errors.md";
const REFUSALS: &str = "crates/federation/src/refusal.rs";

pub(crate) fn check(tree: &Tree) -> Vec<Complaint> {
    let Some(refusals) = tree.file(REFUSALS) else { return Vec::new() };
    let museum = tree.file(MUSEUM).map_or("", |file| &file.text);
    let shown = |name: &str| museum.contains(&format!("`{name}`"));
    let missing = variants(refusals).filter(|(_, name)| !shown(name));
    missing
        .map(|(line, name)| refusals.complaint(line, format!("`{name}` is missing in {MUSEUM}")))
        .collect()
}

/// The variants of `Refusal`: what begins with a capital, one step inside the enum.
fn variants(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let inside = file.lines().skip_while(|(_, line)| !line.starts_with("pub enum Refusal"));
    inside.take_while(|(_, line)| *line != "}").filter_map(|(number, line)| {
        let name = line.strip_prefix("    ")?;
        let name = name.split(|letter: char| !letter.is_alphanumeric()).next()?;
        name.starts_with(|first: char| first.is_ascii_uppercase()).then_some((number, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_missing_in_the_museum_is_named() {
        let source = "pub enum Refusal {\n    /// No room.\n    RoomUsedUp {\n        unit: u8,\n    },\n}\n";
        let tree = |museum| Tree::of(&[(REFUSALS, source), (MUSEUM, museum)]);
        assert_eq!(check(&tree("## `RoomUsedUp`\n")).len(), 0);
        assert_eq!(check(&tree("## `NotAMember`\n")).len(), 1);
    }
}
