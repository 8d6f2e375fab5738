//! `artel tally` on files of ballots.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ELECTIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/elections");

fn tally(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_artel")).arg("tally").args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let done = tally(arguments);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let done = tally(arguments);
    assert_eq!(done.status.code(), Some(2));
    assert!(done.stdout.is_empty());
    String::from_utf8(done.stderr).unwrap()
}

fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tally-{name}"));
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_ward_is_counted_in_words_as_json_and_as_a_drawing() {
    let ward = format!("{ELECTIONS}/fife_2012_ward10.blt");
    let drawing = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ward.svg");
    let drawing = drawing.to_str().unwrap();
    let said = printed(&["--method", "stv", &ward, "--svg", drawing]);
    assert!(said.contains("3 seats, 4780 valid, quota 1196.00000"), "{said}");
    assert!(said.contains("George KAY (SNP)"), "{said}");
    assert!(said.ends_with("elected: Peter GEORGE (Lab), George KAY (SNP), Susan LESLIE (LD)\n"));
    let drawn = std::fs::read_to_string(drawing).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.contains("<path") && drawn.ends_with("</svg>\n"));
    let json = printed(&["--method", "stv", &ward, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["elected"][2], "Susan LESLIE (LD)");
    assert_eq!(json["stages"][1]["votes"][1]["votes"], "1196.00000");
    assert_eq!(json["stages"][3]["excluded"], "Louche Lord LANCASTER (MVR)");
    let two = printed(&["--method", "stv", &ward, "--seats", "2"]);
    assert!(two.contains("2 seats, 4780 valid, quota 1594.00000"), "{two}");
}

#[test]
fn pairs_scores_marks_and_majorities_are_counted_from_abif() {
    let tennessee = file(
        "tennessee.abif",
        "{\"title\": \"Capitol\"}\n=M:[Memphis]\n42:M/5>Nash/2>Chat/1>Knox/0\n26:Nash/5>Chat/3>Knox/2>M/0\n\
         15:Chat/5>Knox/3>Nash/2>M/0\n17:Knox/5>Chat/3>Nash/1>M/0\n",
    );
    let schulze = printed(&["--method", "schulze", &tennessee]);
    assert!(schulze.ends_with("wins: Nash\n"), "{schulze}");
    let irv = printed(&["--method", "irv", &tennessee]);
    assert!(irv.ends_with("elected: Knox\n"), "{irv}");
    let quo = printed(&["--method", "schulze", &tennessee, "--status-quo", "Memphis", "--json"]);
    let quo: serde_json::Value = serde_json::from_str(&quo).unwrap();
    assert_eq!(quo["wins"], "Nash");
    let score = printed(&["--method", "score", &tennessee, "--json"]);
    let score: serde_json::Value = serde_json::from_str(&score).unwrap();
    assert_eq!(score["order"][0]["sum"], 42 * 2 + 26 * 5 + 15 * 2 + 17);
    let vote = file("vote.abif", "7:yes\n4:no\n2:\n");
    assert!(
        printed(&["--method", "majority", &vote]).contains("yes 7, no 4, neither 2: it passes")
    );
    let thirds = printed(&["--method", "majority", &vote, "--share", "2/3"]);
    assert!(thirds.contains("it does not pass"), "{thirds}");
}

#[test]
fn names_of_older_programs_are_read_and_it_is_said_how() {
    let latin = file("latin.blt", b"1 1\r\n1 1 0\r\n0\r\n\"Ren\xe9e \x93R\x94\"\r\n\"Hall\"");
    let done = tally(&["--method", "stv", &latin]);
    assert!(String::from_utf8_lossy(&done.stdout).ends_with("elected: Renée “R”\n"));
    assert!(String::from_utf8_lossy(&done.stderr).contains("latin.blt:4: this is not UTF-8"));
}

#[test]
fn the_sheet_of_debians_vote_is_counted_as_it_was_published() {
    let sheet = format!("{ELECTIONS}/debian_leader_2007.txt");
    let quo = ["--status-quo", "None Of The Above"];
    let done = tally(&["--method", "schulze", &sheet, quo[0], quo[1]]);
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(said.contains("Schulze's method, 482 ballots"), "{said}");
    assert!(said.contains("  3. Raphaël Hertzog\n"), "{said}");
    assert!(said.ends_with("wins: Sam Hocevar\n"), "{said}");
}

#[test]
fn a_ballot_that_names_an_option_twice_counts_up_to_there_and_the_sheet_says_so() {
    let twice = file("twice.blt", "2 2\n1.0 1 2 1 0\n3 2 0\n0\na\nb\n");
    let warning = "line 2: the ballot names `a` twice; it counts up to the second time";
    let said = printed(&["--method", "stv", &twice]);
    assert!(said.contains(&format!("4 ballots\nwarning: {warning}\n2 seats")), "{said}");
    let json = printed(&["--method", "irv", &twice, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["warnings"], serde_json::json!([warning]));
    assert_eq!((&json["seats"], &json["elected"]), (&1.into(), &serde_json::json!(["b"])));
}

#[test]
fn what_is_wrong_is_said_with_the_file_and_the_line() {
    let short = file("short.blt", "2 1\n1 3 0\n0\na\nb\n");
    assert!(refused(&["--method", "stv", &short]).contains("short.blt:2: found `1 3 0`; expected"));
    let wide = file("wide.blt", b"\xff\xfe1\0 \x001\0");
    assert!(refused(&["--method", "stv", &wide]).contains("wide.blt:1: this is UTF-16"));
    let good = file("good.abif", "3:A>B\n");
    assert!(refused(&["--method", "score", &good]).contains("no ballot has a score"));
    assert!(refused(&["--method", "majority", &good]).contains("`yes` and `no`"));
    assert!(refused(&["--method", "schulze", &good, "--status-quo", "C"]).contains("`A`, `B`"));
    assert!(refused(&["--method", "schulze", &good, "--seed", "12"]).contains("64 hexadecimal"));
    assert!(refused(&["--method", "approval", &good, "--svg", "x.svg"]).contains("only transfers"));
    assert!(refused(&["--method", "stv", ELECTIONS]).contains("directory"));
    assert!(refused(&["--method", "stv", "nowhere.blt"]).contains("cannot be read"));
    assert!(refused(&["--method", "majority", &good, "--share", "3/2"]).contains("at most one"));
}
