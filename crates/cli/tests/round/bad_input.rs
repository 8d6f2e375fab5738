use crate::folder::{Folder, OFFERS};

const SOLVE: &str =
    "solve --offers offers.csv --needs needs.csv --plan plan.csv --certificate cert.json";

/// What is said of files that are refused; nothing may be written.
#[track_caller]
fn refused(name: &str, files: &[(&str, &[u8])]) -> String {
    let folder = Folder::with_ring(&format!("bad-{name}"));
    for (file, content) in files {
        folder.write(file, content);
    }
    let names = folder.names();
    let units = if names.contains(&"units.csv".to_owned()) { " --units units.csv" } else { "" };
    let done = folder.round(&format!("{SOLVE}{units}"));
    assert_eq!(done.code, Some(2), "{}", done.err);
    assert_eq!(done.out, "");
    assert_eq!(folder.names(), names);
    done.err.strip_prefix("artel: ").unwrap().trim_end().to_owned()
}

#[track_caller]
fn of_offers(name: &str, content: impl AsRef<[u8]>) -> String {
    refused(name, &[("offers.csv", content.as_ref())])
}

/// The offers with one line more.
fn with(line: &str) -> String {
    format!("{OFFERS}{line}\n")
}

#[test]
fn a_missing_column_is_named() {
    assert_eq!(
        of_offers("column", "unit,specification,quantity\nbakery,bread,10\n"),
        "offers.csv:1: column `value_hours` is missing; expected \
         `unit,specification,quantity,value_hours[,decimals][,essential][,place][,from][,until]`"
    );
    assert_eq!(
        of_offers("semicolons", OFFERS.replace(',', ";")),
        "offers.csv:1: column `unit` is missing in `unit;specification;quantity;value_hours`; \
         expected `unit,specification,quantity,value_hours[,decimals][,essential][,place][,from][,until]`, with commas \
         between them"
    );
    assert_eq!(
        of_offers("twice", "unit,unit,specification,quantity,value_hours\n"),
        "offers.csv:1: column `unit` stands there twice; expected it once"
    );
}

#[test]
fn a_number_that_is_none_is_shown_with_its_line() {
    for (name, line, message) in [
        ("negative", "inn,bed,-1,1", "quantity: `-1` is below nought; expected nought or more"),
        (
            "decimals",
            "inn,bed,1.0005,1",
            "quantity: `1.0005` has too many decimals; expected at most 3",
        ),
        ("text", "inn,bed,many,1", "quantity: `many` is not a number such as `12` or `0.5`"),
        ("nothing", "inn,bed,,1", "quantity: nothing stands where a number is expected"),
        ("value", "inn,bed,1,-2", "value_hours: `-2` is below nought; expected nought or more"),
        (
            "seconds",
            "inn,bed,1,0.33333",
            "value_hours: `0.33333` hours are not whole seconds; write them as h:mm:ss, such as `0:20:00`",
        ),
        (
            "large",
            "inn,bed,9007199254740992,1",
            "quantity: `9007199254740992` is too large; expected at most 9007199254740.991",
        ),
        (
            "product",
            "inn,bed,9007199254740,1",
            "quantity times value is too large; expected at most 2⁵³ − 1 seconds",
        ),
        ("unit", ",bed,1,1", "column `unit` is empty; expected a name"),
        ("fields", "inn,bed,1", "the line has 3 fields; expected 4, as the heading"),
    ] {
        assert_eq!(of_offers(name, with(line)), format!("offers.csv:5: {message}"));
    }
}

#[test]
fn two_values_of_one_specification_name_both_lines() {
    assert_eq!(
        of_offers("values", with("inn,bread,1,0:40")),
        "offers.csv:5: `bread` has the value `0:40:00`, but `0.5` in line 2; expected one value for \
         a specification: write `bread@asked` for a version of its own"
    );
}

#[test]
fn a_unit_that_the_list_does_not_have_is_refused() {
    let units = b"unit\nbakery\nclinic\n";
    assert_eq!(
        refused("unknown", &[("units.csv", units)]),
        "offers.csv:4: unit `workshop` is unknown; expected one of --units"
    );
    assert_eq!(
        refused("again", &[("units.csv", b"unit\nbakery\nclinic\nbakery\n")]),
        "units.csv:4: unit `bakery` stands in line 2 too; expected it once"
    );
}

#[test]
fn a_file_that_is_no_table_is_refused() {
    let expected =
        "`unit,specification,quantity,value_hours[,decimals][,essential][,place][,from][,until]`";
    assert_eq!(
        of_offers("empty", ""),
        format!("offers.csv: the file is empty; expected the columns {expected}")
    );
    assert_eq!(
        of_offers("blank", "\n\n"),
        format!("offers.csv: the file is empty; expected the columns {expected}")
    );
    assert_eq!(
        of_offers("latin", [with("").as_bytes(), b"caf\xe9,bed,1,1\n"].concat()),
        "offers.csv:5: the line is not UTF-8; save the file as UTF-8"
    );
    assert_eq!(
        of_offers("wide", [0xff, 0xfe, b'u', 0]),
        "offers.csv: the file is in UTF-16; save it as UTF-8"
    );
}

#[test]
fn a_directory_or_a_missing_file_is_refused() {
    let folder = Folder::with_ring("bad-directory");
    let refused = |arguments: &str| {
        let done = folder.round(arguments);
        assert_eq!(done.code, Some(2));
        assert_eq!(folder.names(), ["needs.csv", "offers.csv"]);
        done.err
    };
    let said = refused("solve --offers . --needs needs.csv");
    assert_eq!(said, "artel: .: this is a directory; expected a file\n");
    let said = refused("solve --offers none.csv --needs needs.csv");
    assert!(said.starts_with("artel: none.csv: cannot be read: "), "{said}");
    let said =
        refused("solve --offers offers.csv --needs needs.csv --certificate cert.json --plan .");
    assert_eq!(said, "artel: .: this is a directory; expected a file to write\n");
    let both = "solve --offers offers.csv --needs needs.csv";
    let said = refused(&format!("{both} --plan ./needs.csv"));
    assert_eq!(said, "artel: ./needs.csv: this file is read; expected another to write\n");
    let said = refused(&format!("{both} --plan out.csv --certificate out.csv"));
    assert_eq!(said, "artel: out.csv: the plan and the certificate need a file each\n");
    let said = refused("solve --offers offers.csv");
    assert!(said.contains("--needs"), "{said}");
    refused("solve");
    refused("solve --offers offers.csv --needs needs.csv --obligations offers.csv");
}

#[test]
fn a_place_or_a_date_that_is_none_is_refused() {
    let of = |name: &str, columns: &str, fields: &str| {
        let offers = "unit,specification,quantity,value_hours";
        of_offers(name, format!("{offers},{columns}\nbakery,bread,1,1,{fields}\n"))
    };
    let line = "offers.csv:2:";
    assert_eq!(
        of("place", "place", "valley//mill"),
        format!(
            "{line} place `valley//mill`: an area has a name that is empty, or has blanks at its \
             ends; expected names with a slash between, such as `valley/mill`"
        )
    );
    assert_eq!(
        of("date", "from", "2026-02-30"),
        format!(
            "{line} from: `2026-02-30` is no date from 1970 to 9999; expected one such as \
             `2026-05-01`"
        )
    );
    assert_eq!(
        of("window", "from,until", "2026-05-20,2026-05-01"),
        format!("{line} until is `2026-05-01`, before from, `2026-05-20`; expected it afterwards")
    );
    assert_eq!(
        of("week", "until", "2026-05-01"),
        format!("{line} the line has a date; expected --week, when the round closes")
    );
}

#[test]
fn a_mark_that_differs_names_both_places() {
    let heading = "unit,specification,quantity,value_hours";
    let offers = |more: &str, first: &str, second: &str| {
        format!("{heading},{more}\ninn,bread,1,1,{first}\nbakery,bread,1,1,{second}\n")
    };
    assert_eq!(
        of_offers("decimals-differ", offers("decimals", "0", "")),
        "offers.csv:3: `bread` has `3` decimals, but `0` in line 2; expected the same wherever it \
         is offered"
    );
    assert_eq!(
        of_offers("decimals-many", offers("decimals", "4", "")),
        "offers.csv:2: decimals is `4`; expected 0 to 3"
    );
    let needs = "unit,specification,quantity,essential\nclinic,bread,1,2.5\n";
    assert_eq!(
        refused(
            "essential",
            &[
                ("offers.csv", offers("essential", "2", "").as_bytes()),
                ("needs.csv", needs.as_bytes())
            ]
        ),
        "needs.csv:2: essential is `2.5`, but `2` in offers.csv:2; expected one quantity for each \
         member, the same wherever it stands"
    );
}

#[test]
fn what_a_unit_cannot_be_is_refused() {
    let of = |name: &str, columns: &str, fields: &str| {
        refused(name, &[("units.csv", format!("unit,{columns}\nbakery,{fields}\n").as_bytes())])
    };
    assert_eq!(
        of("nobody", "members", "0"),
        "units.csv:2: members is `0`; expected 1 to 4294967295"
    );
    assert_eq!(
        of("half", "members", "1.5"),
        "units.csv:2: members: `1.5` has decimals; expected a whole number"
    );
    assert_eq!(
        of("short", "short_percent", "101"),
        "units.csv:2: short_percent is `101`; expected 0 to 100"
    );
}

#[test]
fn who_refuses_whom_must_be_in_the_round() {
    let folder = Folder::with_ring("bad-refusals");
    let said = |refusals: &str| {
        folder.write("refusals.csv", refusals);
        let done = folder.round(&format!("{SOLVE} --refusals refusals.csv"));
        assert_eq!(done.code, Some(2));
        done.err
    };
    assert_eq!(
        said("unit,partner\nbakery,mill\n"),
        "artel: refusals.csv:2: unit `mill` is unknown; expected one of the round\n"
    );
    assert_eq!(
        said("unit,partner\nbakery,bakery\n"),
        "artel: refusals.csv:2: unit `bakery` refuses itself; expected another\n"
    );
}

#[test]
fn an_order_or_a_week_that_is_none_is_refused() {
    let folder = Folder::with_ring("bad-order");
    for (option, expected) in [
        ("--order nearness,luck", "`luck` is no preference; expected nearness, expiry, memory"),
        ("--order memory,memory", "`memory` stands there twice; expected it once"),
        ("--week tomorrow", "`tomorrow` is no date from 1970 to 9999"),
    ] {
        let done = folder.round(&format!("{SOLVE} {option}"));
        assert_eq!(done.code, Some(2));
        assert!(done.err.contains(expected), "{}", done.err);
    }
}

#[test]
fn a_column_that_is_not_used_is_told_and_no_fault() {
    let folder = Folder::with_ring("note");
    folder.write(
        "offers.csv",
        "unit,note,specification,quantity,value_hours\nbakery,fresh,bread,1,1\n",
    );
    let done = folder.round("solve --offers offers.csv --needs needs.csv");
    assert_eq!(done.code, Some(0));
    assert_eq!(done.err, "artel: offers.csv:1: column `note` is not used\n");
}
