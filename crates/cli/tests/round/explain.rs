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
         `bakery` begins, since `clinic` has room: 1:00 h at a time, 4 times \
         around.\n\
         Loop 2, 1:00 h: `bakery` gives `bread` to `clinic`, `bakery` earns entitlement and `clinic` \
         uses its own.\n\
         `bakery` begins, since `clinic` has room for all of it.\n\
         Since this way the most hours of needs are met: `bakery` gives `clinic` 5:00 hours of \
         `bread`; `workshop` gives `bakery` 4:00 hours of `repair`.\n"
    );
}

#[test]
fn a_loop_in_which_nobody_has_room_says_what_would_help() {
    let folder = Folder::with_ring("no-room");
    let said = explained(&folder, &format!("{FILES} --explain clinic"));
    assert!(
        said.contains(
            "Nobody in it has room to get before giving. It can begin once one of `workshop`, \
             `bakery`, `clinic` has room, of its own or by backing: with 4:00 h it goes around at \
             once, with less in instalments.\n"
        ),
        "{said}"
    );
    let json = folder.round(&format!("solve {FILES} --explain clinic --json")).json();
    assert_eq!(json["answer"]["unit"], "clinic");
    assert_eq!(json["answer"]["deliveries"][0]["decided"], "hours");
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
         Nobody has to begin: the obligations are set off against each other.\n\
         Since this way the most hours of needs are met: `b` gives `a` 1:00 hours of what it owes; \
         `a` gives `b` 1:00 hours of what it owes.\n"
    );
    assert_eq!(
        explained(&folder, "--obligations owed.csv --explain c"),
        "`c` gives nothing.\n`c` gets nothing.\n\
         `c` needs 1:00 hours of what `b` owes it. The plan meets none of them.\n\
         1:00 hours: `b` could give them, but can give no more before getting something.\n"
    );
}

#[test]
fn a_need_that_stayed_open_is_told_with_its_reasons_and_what_would_help() {
    let folder = Folder::new("why-not");
    folder.write("offers.csv", "unit,specification,quantity,value_hours\nbakery,bread,4,1\n");
    folder.write("needs.csv", "unit,specification,quantity\nclinic,bread,6\n");
    folder.write("units.csv", "unit,allowance_hours\nbakery,\nclinic,1\nmill,9\n");
    let said = explained(&folder, &format!("{FILES} --units units.csv --explain clinic"));
    for sentence in [
        "`clinic` needs 6:00 hours of `bread`. The plan meets 1:00 of them; 5:00 stay open.\n",
        "3:00 hours: the room of `clinic` is used up. With 3:00 hours more room it would get them, \
         and nobody would get less.\n",
        "2:00 hours: nobody offers so much of `bread`.\n",
        "With 3:00 hours more room for `clinic`, 3:00 more hours of needs would be met in all.\n",
        "`mill` could back `clinic` with 3:00 hours: then 3:00 more hours of needs would be met.\n",
    ] {
        assert!(said.contains(sentence), "{said}");
    }
    let json = folder.round(&format!("solve {FILES} --units units.csv --explain clinic --json"));
    let need = &json.json()["answer"]["open_needs"][0];
    assert_eq!(need["parts"][0]["why"], "room-used-up");
    assert_eq!(need["parts"][0]["seconds"], 3 * 3600);
    assert_eq!(need["parts"][1]["why"], "not-offered");
}

#[test]
fn an_unknown_unit_cannot_be_explained() {
    let folder = Folder::with_ring("stranger");
    let done = folder.round(&format!("solve {FILES} --explain stranger --plan plan.csv"));
    assert_eq!(done.code, Some(2));
    assert!(done.err.contains("unit `stranger` is unknown"), "{}", done.err);
    assert_eq!(folder.names(), ["needs.csv", "offers.csv"]);
}
