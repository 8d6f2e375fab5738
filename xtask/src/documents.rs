//! Links in the documents lead somewhere, and the changelog has room for what comes next.

use crate::tree::{Complaint, File, Tree};

const CHANGELOG: &str = "CHANGELOG.md";

pub(crate) fn check(tree: &Tree) -> Vec<Complaint> {
    let documents = tree.files.iter().filter(|file| file.extension() == "md");
    let mut found: Vec<Complaint> = documents.flat_map(|file| dead_links(tree, file)).collect();
    let changelog = tree.file(CHANGELOG).map_or("", |file| &file.text);
    if !changelog.lines().any(|line| line == "## Unreleased") {
        found.push(Complaint::about(CHANGELOG, "a section `## Unreleased` is missing"));
    }
    found
}

fn dead_links(tree: &Tree, file: &File) -> Vec<Complaint> {
    let links = file.lines().flat_map(|(number, line)| {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        targets.map(move |target| (number, target))
    });
    let inside = links.filter(|(_, target)| !target.contains("://"));
    let dead = inside.filter(|(_, target)| !leads_somewhere(tree, file, target));
    dead.map(|(number, target)| file.complaint(number, format!("`{target}` leads nowhere")))
        .collect()
}

fn leads_somewhere(tree: &Tree, file: &File, target: &str) -> bool {
    let (path, heading) = target.split_once('#').unwrap_or((target, ""));
    let path = if path.is_empty() { file.path.clone() } else { resolved(&file.path, path) };
    let whole = heading.is_empty() && tree.holds(&path);
    whole || tree.file(&path).is_some_and(|other| headings(other).any(|held| held == heading))
}

fn resolved(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.trim_end_matches('/').split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// The headings as the names that links use: lower case, words joined by hyphens.
fn headings(file: &File) -> impl Iterator<Item = String> {
    let lines = file.text.lines().filter(|line| line.starts_with('#'));
    lines.map(|line| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept =
            title.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
        kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(readme: &str) -> usize {
        let files = [
            ("README.md", readme),
            ("docs/errors.md", "# Errors\n\n## What `apply` says\n"),
            (CHANGELOG, "## Unreleased\n"),
        ];
        check(&Tree::of(&files)).len()
    }

    #[test]
    fn links_lead_to_files_and_headings() {
        assert_eq!(
            complaints("[a](docs/errors.md) [b](docs) [c](docs/errors.md#what-apply-says)"),
            0
        );
        assert_eq!(complaints("[a](docs/error.md)"), 1);
        assert_eq!(complaints("[a](docs/errors.md#elsewhere)"), 1);
    }

    #[test]
    fn a_changelog_without_an_unreleased_section_is_incomplete() {
        assert_eq!(check(&Tree::of(&[(CHANGELOG, "# Changes\n")])).len(), 1);
    }
}
