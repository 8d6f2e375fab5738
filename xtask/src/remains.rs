//! Nothing unfinished, and nothing of one machine, stays in the tree.

use crate::tree::{Complaint, File, Tree};

/// Marks of unfinished work. Written in two parts, so that this file passes its own check.
const UNFINISHED: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("to", "do!"),
    concat!("unimpl", "emented!"),
];

/// Folders of the machine that somebody worked on, and hosts that only a lockfile should know.
const PLACES: [&str; 11] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/tmp", "/w/"),
    concat!("../sha", "red"),
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("deb.debian", ".org"),
];

pub(crate) fn check(tree: &Tree) -> Vec<Complaint> {
    let read = tree
        .files
        .iter()
        .filter(|file| !file.path.ends_with("Cargo.lock") && file.path != "LICENSE");
    read.flat_map(remains).collect()
}

fn remains(file: &File) -> Vec<Complaint> {
    let lines = file.lines().map(|(number, line)| (number, line, held(line)));
    let told = lines.filter_map(|(number, _, held)| held.map(|held| (number, held)));
    told.map(|(number, held)| file.complaint(number, format!("`{held}` may not stay in the tree")))
        .collect()
}

fn held(line: &str) -> Option<&'static str> {
    let unfinished = UNFINISHED.into_iter().find(|mark| stands_alone(line, mark));
    unfinished.or_else(|| PLACES.into_iter().find(|place| line.contains(place)))
}

/// Whether the mark stands in the line with no letter or digit before or behind it.
fn stands_alone(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + mark.len()..].chars().next();
        let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !inside(before) && (mark.ends_with('!') || !inside(after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> usize {
        check(&Tree::of(&[("crates/node/src/act.rs", text)])).len()
    }

    #[test]
    fn unfinished_work_is_found_and_look_alikes_are_not() {
        assert_eq!(complaints(&format!("// {}: later\n", UNFINISHED[0])), 1);
        assert_eq!(complaints(&format!("    {}()\n", UNFINISHED[3])), 1);
        assert_eq!(complaints("const MASTODON: u8 = 1;\n"), 0);
    }

    #[test]
    fn a_path_of_somebodys_machine_is_found() {
        assert_eq!(complaints(&format!("let path = \"{}x\";\n", PLACES[0])), 1);
        assert_eq!(complaints("let path = \"/var/lib/artel\";\n"), 0);
    }
}
