use std::fmt::Write as _;

use crate::folder::Folder;

/// Three units with a tool each that go round, two that trade, and one that nobody wants.
const THINGS: &str = "thing,unit,what\n\
     drill,bakery,18 volts\ntent,clinic,for four\nbicycle,farm,a blue one\n\
     saw,school,\nladder,smithy,6 m\nboat,inn,leaks\n";
const WISHES: &str = "thing,wanted,rank\n\
     drill,tent,1\ndrill,boat,2\ntent,bicycle,1\nbicycle,tent,2\nbicycle,drill,1\n\
     saw,drill,1\nsaw,ladder,2\nladder,saw,1\nboat,drill,1\n";
const SWAP: &str = "swap --things things.csv --wishes wishes.csv";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(&format!("swap-{name}"));
    folder.write("things.csv", THINGS);
    folder.write("wishes.csv", WISHES);
    folder
}

/// What is said of a table that is refused; nothing may be written.
#[track_caller]
fn refused(name: &str, file: &str, content: impl AsRef<[u8]>) -> String {
    let folder = folder(&format!("bad-{name}"));
    folder.write(file, content);
    let done = folder.round(&format!("{SWAP} --plan plan.csv"));
    assert_eq!(done.code, Some(2), "{}", done.err);
    assert_eq!(done.out, "");
    assert_eq!(folder.names(), ["things.csv", "wishes.csv"]);
    done.err.strip_prefix("artel: ").unwrap().trim_end().to_owned()
}

#[test]
fn everybody_gets_the_best_on_their_list_that_can_be_had() {
    let folder = folder("best");
    let said = folder.round(&format!("{SWAP} --plan plan.csv")).printed();
    assert!(said.contains("things       6\nwishes       9\nswapped      5, 83.3 %\n"), "{said}");
    assert!(said.contains("first choice 4\nrings        2, in 2 steps\n"), "{said}");
    assert!(
        said.contains(
            "Ring 1, step 1: `farm` gives `bicycle` to `clinic`, `clinic` gives `tent` to `bakery`, \
             `bakery` gives `drill` to `farm`.\nRing 2, step 2: "
        ),
        "{said}"
    );
    assert_eq!(
        folder.text("plan.csv"),
        "ring,step,giver,thing,receiver,for,choice\n\
         1,1,farm,bicycle,clinic,tent,1\n\
         1,1,clinic,tent,bakery,drill,1\n\
         1,1,bakery,drill,farm,bicycle,1\n\
         2,2,smithy,ladder,school,saw,2\n\
         2,2,school,saw,smithy,ladder,1\n"
    );
}

#[test]
fn json_has_every_ring_and_what_stays_where_it_is() {
    let found = folder("json").round(&format!("{SWAP} --json")).json();
    assert_eq!((&found["things"], &found["swapped"]), (&6.into(), &5.into()));
    assert_eq!(found["choices"], serde_json::json!([4, 1]));
    assert_eq!(found["kept"], serde_json::json!(["boat"]));
    assert_eq!(found["rings"][1]["step"], 2);
    assert_eq!(
        found["rings"][1]["given"][0],
        serde_json::json!({
            "giver": "smithy", "thing": "ladder", "receiver": "school", "for": "saw", "choice": 2,
        })
    );
    assert!(found["solve_seconds"].is_number());
}

#[test]
fn neither_order_nor_marks_nor_line_endings_change_a_byte() {
    let folder = folder("bytes");
    folder.round(&format!("{SWAP} --plan plan.csv")).printed();
    let plan = folder.read("plan.csv");
    for (file, table) in [("things.csv", THINGS), ("wishes.csv", WISHES)] {
        let mut lines: Vec<&str> = table.lines().collect();
        lines[1..].reverse();
        folder.write(file, format!("\u{feff}{}\r\n", lines.join("\r\n")));
    }
    folder.round(&format!("{SWAP} --plan plan.csv")).printed();
    assert_eq!(folder.read("plan.csv"), plan);
}

#[test]
fn without_ranks_the_order_of_the_lines_says_what_is_liked_better() {
    let folder = folder("lines");
    folder.write("wishes.csv", "thing,wanted\ndrill,tent\ndrill,saw\ntent,drill\nsaw,drill\n");
    folder.round(&format!("{SWAP} --plan plan.csv")).printed();
    let plan = folder.text("plan.csv");
    assert!(plan.contains("1,1,clinic,tent,bakery,drill,1\n"), "{plan}");
    folder.write("wishes.csv", "thing,wanted\ndrill,saw\ndrill,tent\ntent,drill\nsaw,drill\n");
    folder.round(&format!("{SWAP} --plan plan.csv")).printed();
    let plan = folder.text("plan.csv");
    assert!(plan.contains("1,1,school,saw,bakery,drill,1\n"), "{plan}");
}

#[test]
fn a_table_that_is_not_as_asked_is_refused_with_its_line() {
    let with = |table: &str, line: &str| format!("{table}{line}\n");
    for (name, file, content, message) in [
        (
            "column",
            "things.csv",
            "thing,what\n".to_owned(),
            "things.csv:1: column `unit` is missing; expected `thing,unit[,what]`",
        ),
        (
            "twice",
            "things.csv",
            with(THINGS, "tent,inn,"),
            "things.csv:8: thing `tent` stands in line 3 too; expected a name of its own for each, \
             such as `tent 2`",
        ),
        (
            "unknown",
            "wishes.csv",
            with(WISHES, "boat,moon,2"),
            "wishes.csv:11: wanted `moon` is unknown; expected one of the things in --things",
        ),
        (
            "nobody",
            "wishes.csv",
            with(WISHES, "car,boat,2"),
            "wishes.csv:11: thing `car` is unknown; expected one of the things in --things",
        ),
        (
            "own",
            "wishes.csv",
            with(WISHES, "boat,boat,2"),
            "wishes.csv:11: `boat` and `boat` are both of `inn`; expected a thing of another unit, \
             one's own stays if none comes",
        ),
        (
            "pair",
            "wishes.csv",
            with(WISHES, "drill,boat,3"),
            "wishes.csv:11: `boat` for `drill` stands in line 3 too; expected it once",
        ),
        (
            "tie",
            "wishes.csv",
            with(WISHES, "drill,saw,2"),
            "wishes.csv:11: rank `2` for `drill` stands in line 3 too; expected one thing for a \
             rank: say which you like better",
        ),
        (
            "rank",
            "wishes.csv",
            with(WISHES, "drill,saw,best"),
            "wishes.csv:11: rank is `best`; expected a whole number, 1 for what is liked best",
        ),
        (
            "empty",
            "wishes.csv",
            with(WISHES, "drill,saw,"),
            "wishes.csv:11: rank is empty; expected a whole number, 1 for what is liked best",
        ),
        (
            "nought",
            "wishes.csv",
            with(WISHES, "drill,saw,0"),
            "wishes.csv:11: rank is `0`; expected a whole number, 1 for what is liked best",
        ),
        (
            "name",
            "wishes.csv",
            with(WISHES, ",saw,1"),
            "wishes.csv:11: column `thing` is empty; expected a name",
        ),
    ] {
        assert_eq!(refused(name, file, content), message);
    }
}

#[test]
fn a_plan_is_never_written_over_what_is_read() {
    let folder = folder("over");
    let done = folder.round(&format!("{SWAP} --plan ./wishes.csv"));
    assert_eq!(done.code, Some(2));
    assert_eq!(done.err, "artel: ./wishes.csv: this file is read; expected another to write\n");
    assert_eq!(folder.text("wishes.csv"), WISHES);
    assert_eq!(folder.round("swap --things things.csv").code, Some(2));
}

#[test]
fn nobody_who_brings_nothing_swaps_nothing() {
    let folder = folder("nothing");
    folder.write("things.csv", "thing,unit\n");
    folder.write("wishes.csv", "thing,wanted\n");
    let said = folder.round(SWAP).printed();
    assert!(said.contains("swapped      0, 0.0 %"), "{said}");
}

#[test]
fn twenty_thousand_things_are_swapped() {
    let folder = folder("large");
    let count = 20_000_u64;
    let mut things = String::from("thing,unit\n");
    let mut wishes = String::from("thing,wanted,rank\n");
    for thing in 0..count {
        writeln!(things, "t{thing},u{thing}").unwrap();
        for (rank, step) in [(1, 7919), (2, 1), (3, 31)] {
            let wanted = (thing * step + 13 * rank) % count;
            if wanted != thing {
                writeln!(wishes, "t{thing},t{wanted},{rank}").unwrap();
            }
        }
    }
    folder.write("things.csv", things);
    folder.write("wishes.csv", wishes);
    let found = folder.round(&format!("{SWAP} --json")).json();
    let rings = found["rings"].as_array().unwrap();
    let in_rings: usize = rings.iter().map(|ring| ring["given"].as_array().unwrap().len()).sum();
    assert_eq!(found["swapped"], in_rings);
    assert_eq!(in_rings + found["kept"].as_array().unwrap().len(), 20_000);
    assert!(in_rings > 10_000, "{in_rings}");
}
