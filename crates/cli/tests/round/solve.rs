use crate::folder::{Folder, NEEDS, OFFERS};

const FILES: &str = "--offers offers.csv --needs needs.csv";
const PROOF: &str = "--plan plan.csv --certificate cert.json";

#[test]
fn a_ring_without_room_clears_what_goes_all_the_way_around() {
    let folder = Folder::with_ring("ring");
    let found = folder.round(&format!("solve {FILES} {PROOF} --json")).json();
    assert_eq!(found["units"], 3);
    assert_eq!(found["arcs"], 6);
    assert_eq!(found["needed_seconds"], 15 * 3600);
    assert_eq!(found["matched_seconds"], 12 * 3600);
    assert_eq!(found["matches"], 3);
    assert_eq!(found["rounding_drift_seconds"], 0);
    assert_eq!(found["certificate"], "valid");
    assert!(found["solve_seconds"].is_number());
    assert_eq!(
        folder.text("plan.csv"),
        "giver,receiver,specification,quantity,value_hours,hours\n\
         bakery,clinic,bread,8,0.5,4\n\
         clinic,workshop,care,2,2,4\n\
         workshop,bakery,repair,4,1,4\n"
    );
    let said = folder.round(&format!("check {FILES} {PROOF}")).printed();
    assert!(said.starts_with("valid:"), "{said}");
    assert!(folder.round(&format!("solve {FILES}")).printed().contains("12:00 h, 80.0 %"));
}

#[test]
fn room_lets_units_give_before_they_get() {
    let folder = Folder::with_ring("room");
    let matched = |units: &str| {
        folder.write("units.csv", units);
        let found = folder.round(&format!("solve {FILES} --units units.csv --json")).json();
        found["matched_seconds"].as_i64().unwrap() / 3600
    };
    let heading = "unit,members,entitlement_hours,allowance_hours,ceiling_hours\n";
    assert_eq!(matched("unit\nbakery\nclinic\nworkshop\n"), 12);
    assert_eq!(matched(&format!("{heading}bakery,3,,,\nclinic,1,,2,\nworkshop,,,,\n")), 13);
    assert_eq!(matched(&format!("{heading}bakery,3,,,0.5\nclinic,1,,2,\nworkshop,,,,\n")), 12);
    assert_eq!(matched(&format!("{heading}bakery,3,,,\nclinic,1,2,,\nworkshop,,,2,\n")), 15);
    assert_eq!(matched(&format!("{heading}bakery,3,1,,1\nclinic,1,,2,\nworkshop,,,2,\n")), 14);
}

#[test]
fn obligations_are_set_off_line_by_line_the_smallest_first() {
    let folder = Folder::new("obligations");
    folder.write("owed.csv", "from,to,hours\na,b,3\na,b,1\nb,c,2:30\nc,a,9\nc,c,4\nd,a,1\na,b,1\n");
    let files = "--obligations owed.csv";
    let found = folder.round(&format!("solve {files} {PROOF} --json")).json();
    assert_eq!(found["arcs"], 7);
    assert_eq!(found["matched_seconds"], 3 * 9000);
    assert_eq!(
        folder.text("plan.csv"),
        "line,from,to,hours\n2,a,b,0.5\n3,a,b,1\n4,b,c,2.5\n5,c,a,2.5\n6,c,c,0\n7,d,a,0\n8,a,b,1\n"
    );
    folder.round(&format!("check {files} {PROOF}")).printed();
}

#[test]
fn neither_order_nor_marks_nor_line_endings_change_a_byte() {
    let folder = Folder::with_ring("bytes");
    folder.round(&format!("solve {FILES} {PROOF}")).printed();
    let (plan, proof) = (folder.read("plan.csv"), folder.read("cert.json"));
    let turned = |table: &str| {
        let mut lines: Vec<&str> = table.lines().collect();
        lines[1..].reverse();
        format!("\u{feff}{}\r\n", lines.join("\r\n"))
    };
    folder.write("offers.csv", turned(OFFERS));
    folder.write("needs.csv", turned(NEEDS));
    folder.round(&format!("solve {FILES} {PROOF}")).printed();
    assert_eq!((folder.read("plan.csv"), folder.read("cert.json")), (plan, proof));
}

#[test]
fn whole_steps_are_kept_and_the_drift_is_told() {
    let folder = Folder::new("whole");
    let heading = "unit,specification,quantity,value_hours";
    let planned = |value: &str| {
        folder.write("offers.csv", format!("{heading}\na,x,1,0:00:07\nb,y,9,{value}\n"));
        folder.write("needs.csv", "unit,specification,quantity\nb,x,1\na,y,9\n");
        let found = folder.round(&format!("solve {FILES} {PROOF} --json")).json();
        folder.round(&format!("check {FILES} {PROOF}")).printed();
        assert_eq!(found["matched_seconds"], 14);
        (found["rounding_drift_seconds"].as_i64().unwrap(), folder.text("plan.csv"))
    };
    let heading = "giver,receiver,specification,quantity,value_hours,hours\n";
    let x = "a,b,x,1,0:00:07,0:00:07\n";
    // A thousandth of y is worth 3.6 s, so seven seconds are two of them, part seconds dropped.
    assert_eq!(planned("1"), (0, format!("{heading}{x}b,a,y,0.002,1,0:00:07\n")));
    // Here it is worth 10.8 s, to which seven seconds are nearer than to none.
    assert_eq!(planned("3"), (3, format!("{heading}{x}b,a,y,0.001,3,0:00:10\n")));
    // Here it is worth 18 s, and seven seconds are nearer to none.
    assert_eq!(planned("5"), (7, format!("{heading}{x}")));
}

#[test]
fn a_need_without_an_offer_or_of_a_lower_value_is_counted_and_left_open() {
    let folder = Folder::with_ring("open");
    folder.write(
        "needs.csv",
        "unit,specification,quantity,max_value_hours\nclinic,bread,1,0.4\nclinic,bread,2,0.5\nbakery,cake,1,\n",
    );
    let found = folder.round(&format!("solve {FILES} --json")).json();
    assert_eq!(found["needs_not_offered"], 1);
    assert_eq!(found["needs_valued_lower"], 1);
    assert_eq!(found["needed_seconds"], 3600);
}

#[test]
fn another_seed_may_choose_another_of_the_best_plans_and_is_part_of_the_proof() {
    let folder = Folder::new("seed");
    let rows: Vec<_> = (0..20).map(|unit| format!("b,x{unit},1\nx{unit},a,1")).collect();
    folder.write("owed.csv", format!("from,to,hours\na,b,3\n{}\n", rows.join("\n")));
    let seed = "ab".repeat(32);
    let solved = |more: &str| {
        folder.round(&format!("solve --obligations owed.csv {PROOF} {more}")).printed();
        folder.text("plan.csv")
    };
    assert_ne!(solved(""), solved(&format!("--seed {seed}")));
    let check = format!("check --obligations owed.csv {PROOF}");
    assert_eq!(folder.round(&check).code, Some(1));
    folder.round(&format!("{check} --seed {seed}")).printed();
    assert_eq!(folder.round(&format!("{check} --seed 12")).code, Some(2));
}
