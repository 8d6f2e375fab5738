//! Every refusal of the domain stands in the error museum.

use crate::tree::{Complaint, File, Tree};

const MUSEUM: &str = "docs/errors.md";
const REFUSALS: &str = "crates/federation/src/refusal.rs";

pub(crate) fn check(tree: &Tree) -> Vec<Complaint> {
    let Some(refusals) = tree.file(REFUSALS) else { return Vec::new() };
    let museum = tree.file(MUSEUM).map_or("", |file| &file.text);
    let shown = |name: &str| museum.contains(&format!("`{name}`"));
    let missing = variants(refusals).filter(|(_, name)| !shown(name));
    let mut found: Vec<Complaint> = missing
        .map(|(line, name)| refusals.complaint(line, format!("`{name}` is missing in {MUSEUM}")))
        .collect();
    if variants(refusals).next().is_none() {
        found.push(refusals.complaint(1, "the list `refusals! {` is not where tidy looks for it"));
    }
    found
}

/// The variants of `Refusal`: what begins with a capital, one step inside their list.
fn variants(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let inside = file.lines().skip_while(|(_, line)| !line.starts_with("refusals! {"));
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
    fn a_list_of_refusals_that_cannot_be_found_is_told() {
        assert_eq!(check(&Tree::of(&[(REFUSALS, "pub enum Refusal {}\n")])).len(), 1);
    }

    #[test]
    fn a_refusal_missing_in_the_museum_is_named() {
        let source = "refusals! {\n    /// No room.\n    RoomUsedUp { unit: u8 } \"room\"\n        \"no room\"\n}\n";
        let tree = |museum| Tree::of(&[(REFUSALS, source), (MUSEUM, museum)]);
        assert_eq!(check(&tree("## `RoomUsedUp`\n")).len(), 0);
        assert_eq!(check(&tree("## `NotAMember`\n")).len(), 1);
    }
}
