//! Checks of the house: `cargo run -p xtask -- tidy`. The same checks run as a test.

mod documents;
mod files;
mod glossary;
mod manifests;
mod museum;
mod remains;
mod tree;
mod words;

use std::path::Path;
use std::process::ExitCode;

use tree::{Complaint, Tree};

fn main() -> ExitCode {
    if std::env::args().skip(1).ne(["tidy".to_owned()]) {
        eprintln!("usage: cargo run -p xtask -- tidy");
        return ExitCode::from(2);
    }
    match Tree::read(&root()) {
        Ok(tree) => report(&complaints(&tree)),
        Err(fault) => {
            eprintln!("tidy: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn complaints(tree: &Tree) -> Vec<Complaint> {
    let checks = [
        manifests::check,
        files::check,
        remains::check,
        words::check,
        glossary::check,
        documents::check,
        museum::check,
    ];
    checks.iter().flat_map(|check| check(tree)).collect()
}

fn report(complaints: &[Complaint]) -> ExitCode {
    for complaint in complaints {
        println!("{complaint}");
    }
    println!("tidy: {} complaints", complaints.len());
    if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let found = complaints(&Tree::read(&root()).expect("a clone with git"));
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }
}
