use crate::folder::Folder;

const FILES: &str = "--offers offers.csv --needs needs.csv";

fn explained(folder: &Folder, arguments: &str) -> String {
    let said = folder.round(&format!("solve {arguments}")).printed();
    let (_, explanation) = said.split_once(" s\n").unwrap();
    explanation.to_owned()
}

#[test]
fn a_loop_is_told_with_who_begins_and_by_how_much_at_a_time() {
    let folder = Folder::with_ring("explain");
    folder.write("units.csv", "unit,allowance_hours\nbakery,\nclinic,1\nworkshop,\n");
    assert_eq!(
        explained(&folder, &format!("{FILES} --units units.csv --explain bakery")),
        "`bakery` gives 5:00 h: 5:00 h of `bread` to `clinic`.\n\
         `bakery` gets 4:00 h: 4:00 h of `repair` from `workshop`.\n\
         Loop 1, 4:00 h: `bakery` gives `bread` to `clinic`, `clinic` gives `care` to `workshop`, \
         `workshop` gives `repair` to `bakery`.\n\
         `bakery` begins, since `clinic` has room: 1:00 h at a time.\n\
         Loop 2, 1:00 h: `bakery` gives `bread` to `clinic`, `bakery` earns entitlement and `clinic` \
         uses its own.\n\
         `bakery` begins, since `clinic` has room for all of it.\n"
    );
}

#[test]
fn a_loop_in_which_nobody_has_room_says_what_would_help() {
    let folder = Folder::with_ring("no-room");
    let said = explained(&folder, &format!("{FILES} --explain clinic"));
    assert!(
        said.ends_with(
            "Nobody in it has room to get before giving. It can begin once one of `workshop`, \
             `bakery`, `clinic` has room, of its own or by backing: with 4:00 h it goes around at \
             once, with less in instalments.\n"
        ),
        "{said}"
    );
    let json = folder.round(&format!("solve {FILES} --explain clinic --json")).json();
    assert_eq!(json["explanation"].as_array().unwrap().len(), 4);
}

#[test]
fn obligations_are_set_off_without_a_beginner() {
    let folder = Folder::new("explain-owed");
    folder.write("owed.csv", "from,to,hours\na,b,1\nb,a,2\nb,c,1\n");
    assert_eq!(
        explained(&folder, "--obligations owed.csv --explain b"),
        "`b` gives 1:00 h: 1:00 h to `a`.\n\
         `b` gets 1:00 h: 1:00 h from `a`.\n\
         Loop 1, 1:00 h: `b` delivers what it owes `a`, `a` delivers what it owes `b`.\n\
         Nobody has to begin: the obligations are set off against each other.\n"
    );
    assert_eq!(
        explained(&folder, "--obligations owed.csv --explain c"),
        "`c` gives nothing.\n`c` gets nothing.\n"
    );
}

#[test]
fn an_unknown_unit_cannot_be_explained() {
    let folder = Folder::with_ring("stranger");
    let done = folder.round(&format!("solve {FILES} --explain stranger --plan plan.csv"));
    assert_eq!(done.code, Some(2));
    assert!(done.err.contains("unit `stranger` is unknown"), "{}", done.err);
    assert_eq!(folder.names(), ["needs.csv", "offers.csv"]);
}
