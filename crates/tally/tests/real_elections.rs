//! Elections that were really held, counted again from their published ballots.

use std::path::Path;

use tally::{Action, Choice, Draw, Poll, Sheet, blt, devotee, meek, schulze, scottish};

fn bytes(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/elections").join(name);
    std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

fn ward(name: &str) -> Poll {
    blt::read(&String::from_utf8(bytes(name)).unwrap()).unwrap()
}

fn draw() -> Draw {
    Draw::new([0; 32])
}

fn elected<'a>(poll: &'a Poll, sheet: &Sheet) -> Vec<&'a str> {
    sheet.elected.iter().map(|&choice| poll.name(choice)).collect()
}

#[test]
fn scottish_wards_elect_who_was_elected() {
    let wards: [(&str, u64, i128, &[&str]); 5] = [
        (
            "aberdeen_2017_ward12.blt",
            5598,
            1120,
            &[
                "Alan DONNELLY (Con)",
                "Yvonne ALLAN (Lab)",
                "Christian Guy ALLARD (SNP)",
                "Catriona MACKENZIE (SNP)",
            ],
        ),
        (
            "edinburgh_2017_ward14.blt",
            10_630,
            2127,
            &[
                "John MCLELLAN (C)",
                "Ian CAMPBELL (SNP)",
                "Joan GRIFFITHS (Lab)",
                "Alex STANIFORTH (Grn)",
            ],
        ),
        (
            "edinburgh_2022_ward11.blt",
            8857,
            1772,
            &[
                "Jo MOWAT \"Scottish Conservative and Unionist\"",
                "Claire MILLER \"Scottish Green Party\"",
                "Finlay MCFARLANE \"Scottish National Party (SNP)\"",
                "Margaret Arma GRAHAM \"Labour and Co-operative Party\"",
            ],
        ),
        (
            "fife_2012_ward10.blt",
            4780,
            1196,
            &["Peter GEORGE (Lab)", "George KAY (SNP)", "Susan LESLIE (LD)"],
        ),
        (
            "highland_2022_aird_and_loch_ness.blt",
            5198,
            1040,
            &[
                "Emma KNOX \"Scottish National Party (SNP)\"",
                "David FRASER \"Independent\"",
                "Helen CRAWFORD \"Scottish Conservative and Unionist\"",
                "Chris BALLANCE \"Scottish Greens - Think Global Act Local\"",
            ],
        ),
    ];
    for (file, valid, quota, names) in wards {
        let poll = ward(file);
        let sheet = scottish(&poll, draw());
        assert_eq!(elected(&poll, &sheet), names, "{file}");
        assert_eq!((sheet.valid, sheet.stages[0].quota), (valid, quota * 100_000), "{file}");
        assert!(sheet.stages.iter().all(|stage| stage.ties.is_empty()), "{file}");
    }
}

#[test]
fn the_sheet_of_a_ward_says_every_transfer_to_five_decimals() {
    let sheet = scottish(&ward("aberdeen_2017_ward12.blt"), draw());
    let second = &sheet.stages[1];
    assert_eq!(second.action, Action::Surplus(Choice(2)));
    let votes = [
        87_367_470,
        91_357_060,
        112_000_000,
        61_667_980,
        85_121_980,
        33_274_240,
        6_571_690,
        27_468_050,
        47_479_040,
        1_048_690,
    ];
    assert_eq!(second.votes.values(), votes);
    assert_eq!(second.lost, 6_443_800);
}

#[test]
fn by_meeks_method_one_ward_elects_somebody_else() {
    let poll = ward("edinburgh_2017_ward14.blt");
    let names = elected(&poll, &meek(&poll, draw())).join(", ");
    let expected = "John MCLELLAN (C), Ian CAMPBELL (SNP), Joan GRIFFITHS (Lab), Alex LUNN (SNP)";
    assert_eq!(names, expected);
}

#[test]
fn debian_elects_its_leader_of_2007() {
    // The sheet is Latin-1, in which every byte is one letter.
    let sheet: String = bytes("debian_leader_2007.txt").into_iter().map(char::from).collect();
    let poll = devotee::read(&sheet).unwrap();
    let count = schulze(&poll, Some(Choice(8)), draw());
    assert_eq!(poll.weight(), 482);
    let order: Vec<&str> = count.levels.iter().map(|level| poll.name(level[0])).collect();
    let expected = [
        "Sam Hocevar",
        "Steve McIntyre",
        "Raphaël Hertzog",
        "Wouter Verhelst",
        "Anthony Towns",
        "Gustavo Franco",
        "None Of The Above",
    ];
    assert_eq!(order, expected);
    assert_eq!(count.not_beating, [Choice(1), Choice(7)]);
}
