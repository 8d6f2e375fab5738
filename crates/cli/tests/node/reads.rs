use crate::served::{Place, Served};

#[test]
fn lists_are_tables_for_people_and_json_for_programs() {
    let served = Served::valley();
    let table = served.says("rosa", &["unit", "list"]);
    assert!(table.lines().next().unwrap().contains("entitlement"), "{table}");
    assert!(table.contains("Bakery") && table.contains("80:00"), "{table}");
    let rows = served.json("rosa", &["unit", "list"]);
    let names: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["name"]).collect();
    assert_eq!(names, ["Bakery", "Farm"]);
    assert_eq!(served.says("rosa", &["offer", "list"]), "none\n");
}

#[test]
fn who_the_members_are_is_told_to_members_only() {
    let served = Served::valley();
    assert!(served.says("rosa", &["unit", "members"]).contains("Olga"));
    assert!(!served.says("nobody", &["unit", "members"]).contains("Olga"));
}

#[test]
fn every_command_has_its_help_its_completions_and_its_manual() {
    let place = Place::new();
    let run = |words: &[&str]| {
        let output = place.artel().args(words).output().unwrap();
        assert!(output.status.success(), "{words:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let help = run(&["--help"]);
    for command in [
        "demo", "doctor", "unit", "offer", "need", "round", "contract", "deliver", "spec", "value",
        "key",
    ] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(command)), "{command}");
        assert!(run(&[command, "--help"]).contains("Usage:"), "{command}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(run(&["completions", shell]).contains("contract"), "{shell}");
    }
    let pages = place.0.join("man");
    run(&["manual", pages.to_str().unwrap()]);
    assert!(pages.join("artel-contract-propose.1").is_file());
}
