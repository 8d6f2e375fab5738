//! Where and when things can be handed over, who will not deal with whom, and how they are shared.

use crate::folder::Folder;

const FILES: &str = "--offers offers.csv --needs needs.csv --units units.csv";
const PROOF: &str = "--plan plan.csv --certificate cert.json";
const ROOM: &str = "unit,allowance_hours\nmill,9\ninn,9\nport,9\n";

/// What comes of a round; the plan and its proof must stand the check.
fn solved(folder: &Folder, more: &str) -> serde_json::Value {
    let found = folder.round(&format!("solve {FILES} {PROOF} --json {more}")).json();
    folder.round(&format!("check {FILES} {PROOF} {more}")).printed();
    found
}

#[test]
fn things_are_handed_over_where_and_when_both_sides_can() {
    let folder = Folder::new("where");
    folder.write("units.csv", ROOM);
    folder.write(
        "offers.csv",
        "unit,specification,quantity,value_hours,place,from,until\n\
         mill,flour,4,1,valley,2026-05-11,2026-05-24\n",
    );
    folder.write(
        "needs.csv",
        "unit,specification,quantity,place,from,until\n\
         inn,flour,1,valley/inn,,\nport,flour,1,coast,,\nport,flour,1,valley,2026-06-01,\n",
    );
    let found = solved(&folder, "--week 2026-05-06");
    assert_eq!(found["needed_seconds"], 3 * 3600);
    assert_eq!(found["matched_seconds"], 3600);
    assert_eq!(
        folder.text("plan.csv"),
        "giver,receiver,specification,quantity,value_hours,hours,place,week\n\
         mill,inn,flour,1,1,1,valley/inn,2026-05-11\n"
    );
    assert_eq!(solved(&folder, "--week 2026-05-25")["matched_seconds"], 0);
}

#[test]
fn nothing_goes_between_two_of_whom_one_refused() {
    let folder = Folder::new("refusals");
    folder.write("units.csv", ROOM);
    folder.write("offers.csv", "unit,specification,quantity,value_hours\nmill,flour,4,1\n");
    folder.write("needs.csv", "unit,specification,quantity\ninn,flour,2\nport,flour,1\n");
    folder.write("refusals.csv", "unit,partner\ninn,mill\n");
    assert_eq!(solved(&folder, "")["matched_seconds"], 3 * 3600);
    assert_eq!(solved(&folder, "--refusals refusals.csv")["matched_seconds"], 3600);
    assert!(!folder.text("plan.csv").contains("inn"));
}

#[test]
fn what_is_essential_is_shared_out_by_member() {
    let folder = Folder::new("essential");
    folder.write("units.csv", "unit,members,allowance_hours\nmill,1,9\ninn,1,9\nport,3,9\n");
    folder.write(
        "offers.csv",
        "unit,specification,quantity,value_hours,essential\nmill,flour,4,1,2\n",
    );
    folder.write("needs.csv", "unit,specification,quantity\ninn,flour,4\nport,flour,4\n");
    let found = solved(&folder, "");
    assert_eq!(found["stages"][0]["name"], "floor");
    assert_eq!(found["stages"][0]["level_seconds"], 3600);
    let floor = &found["floors"][0];
    assert_eq!(floor["specification"], "flour");
    assert_eq!(floor["levels_seconds"], serde_json::json!([3600]));
    for (unit, seconds) in [(0, 3600), (1, 3 * 3600)] {
        assert_eq!(floor["units"][unit]["essential_seconds"], seconds);
        assert_eq!(floor["units"][unit]["level_seconds"], 3600);
    }
    assert!(folder.round(&format!("solve {FILES}")).printed().contains("`flour`, 1:00 h a member"));
}

#[test]
fn a_floor_whose_levels_are_used_up_says_so() {
    let folder = Folder::new("levels");
    let head = "unit,specification,quantity,value_hours,essential,place\n".to_owned();
    let all = |line: &dyn Fn(u32) -> String| (1..=1200).map(line).collect::<String>();
    let offers = all(&|n| format!("mill,flour,{n},1,10000,p{n}\n"));
    folder.write("offers.csv", &(head + &offers + "mill,flour,9999,1,10000,port\n"));
    let needs = all(&|n| format!("inn{n},flour,9999,p{n}\n"));
    let head = "unit,specification,quantity,place\n".to_owned();
    folder.write("needs.csv", &(head + &needs + "b,flour,9999,port\nc,flour,9999,port\n"));
    let units = all(&|n| format!("inn{n},1,99999\n"));
    let head = "unit,members,allowance_hours\nmill,1,0\n".to_owned();
    folder.write("units.csv", &(head + &units + "b,1,99999\nc,1,99999\n"));
    let found = solved(&folder, "");
    assert_eq!(found["floors"][0]["levels_used_up"], true);
    // Offers, needs and the rooms of units are the arcs; all levels look at no more than 2²².
    let most = (1 << 22) / (1201 + 1202 + 1203);
    assert_eq!(found["floors"][0]["levels_seconds"].as_array().unwrap().len(), most);
    assert!(folder.round(&format!("solve {FILES}")).printed().contains("its levels are used up"));
}

#[test]
fn who_stays_out_because_a_round_would_be_too_large_is_named() {
    let folder = Folder::new("crowded");
    let all = |line: &dyn Fn(u32) -> String| (0..20).map(line).collect::<String>();
    let odd =
        (0..30).map(|n| format!("odd,flour,1,1,p{n},{}-01-01,{}-06-01\n", 2030 + n, 2030 + n));
    let head = "unit,specification,quantity,value_hours,place,from,until\n".to_owned();
    let offers = all(&|n| format!("mill{n},flour,1,1,,,\n"));
    folder.write("offers.csv", &(head + &offers + &odd.collect::<String>()));
    let needs = all(&|n| format!("inn{n},flour,1\n"));
    folder.write("needs.csv", &("unit,specification,quantity\n".to_owned() + &needs));
    folder.write(
        "refusals.csv",
        &("unit,partner\n".to_owned() + &all(&|n| format!("inn{n},mill{n}\n"))),
    );
    let units = all(&|n| format!("inn{n},9\nmill{n},\n"));
    folder.write("units.csv", &("unit,allowance_hours\nodd,\n".to_owned() + &units));
    let found = solved(&folder, "--refusals refusals.csv --week 2026-05-01");
    let out = serde_json::json!([{ "unit": "odd", "specification": "flour" }]);
    assert_eq!(found["crowded_out"], out);
    assert_eq!(found["matched_seconds"], 20 * 3600);
    let printed = folder.round(&format!("solve {FILES} --refusals refusals.csv --week 2026-05-01"));
    assert!(printed.printed().contains("what `odd` offers and needs of `flour`"));
}

#[test]
fn the_plan_before_changes_as_little_as_it_can() {
    let folder = Folder::new("before");
    folder.write("units.csv", "unit,allowance_hours\nmill,\nfarm,\ninn,1\n");
    folder.write(
        "offers.csv",
        "unit,specification,quantity,value_hours\nmill,flour,1,1\nfarm,flour,1,1\n",
    );
    folder.write("needs.csv", "unit,specification,quantity\ninn,flour,1\n");
    for giver in ["mill", "farm"] {
        folder.write(
            "before.csv",
            format!("giver,receiver,specification,hours\n{giver},inn,flour,1\nold,inn,cake,2\n"),
        );
        let found = solved(&folder, "--before before.csv");
        assert_eq!(found["stages"][1]["name"], "changes");
        assert!(folder.text("plan.csv").contains(&format!("{giver},inn,flour,1,1,1\n")));
        let found = solved(&folder, "--before before.csv --order none");
        assert_ne!(found["stages"][1]["name"], "changes");
    }
}

#[test]
fn who_owes_may_have_room_and_a_place() {
    let folder = Folder::new("owed-room");
    folder.write("owed.csv", "from,to,hours\na,b,2\nb,c,2\n");
    folder.write("units.csv", "unit,allowance_hours,place\na,,hill\nb,,hill\nc,1,port\n");
    let files = "--obligations owed.csv";
    let matched = |more: &str| {
        folder.round(&format!("solve {files} {more} --json")).json()["matched_seconds"].clone()
    };
    assert_eq!(matched(""), 0);
    assert_eq!(matched("--units units.csv"), 2 * 3600);
}
