//! Files of ballots: whatever stands in them is read, or refused with a line and what would help; and
//! what is written is read as it was.

use proptest::prelude::*;
use tally::{Choice, FileRefused, Poll, abif, blt, devotee};

/// Files as they are found, to be damaged.
const WILD: [&str; 5] = [
    "4 2 # four\r\n[nick a b c d]\n-2\n3 1 3 4 0\n4 1=3 - 2 0\n(b 17) 1 4 0\n2 (1 3) d 0\n0\n\"Ann \"\"R\"\"\"\n\
     Bea\n\"Cem\nLee\"\n\"Dee # 2\"\n\"Council\"\n",
    "3 1\n/* held\nin */ 5 1 2 0 7 - 3 0\n0 \"Ann\" \"Bea\" \"Cem\" \"Hall\" \"source\"",
    "ABIF 1.0\n{\"title\": \"Capitol\", max: 5}\n=A:[Ann Lee]\n42:A/5>B/2=C/2\n26: A > [C \"c\"] # so\n7:\n\
     3:A/1,B/-4: {\"precinct\": 1}\n",
    "27*\"Ann \\\"A\\\"\"/5, [Bea #2]/2, Cem/1\n4:Cem=[Bea #2]>\"Ann \\\"A\\\"\"\n",
    "Tally\n   Option 1---->: Ann\n /  Option 2--->: Bea\n |/  Option 3-->: None\n V: 1-2\t5d\nV: 33- 8f\n",
];

/// What stands in files of ballots, and what does harm there.
const SIGNS: [&str; 24] = [
    "0",
    "1",
    "-1",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\"",
    "(",
    ")",
    "[",
    "]",
    "#",
    "/*",
    "*/",
    ":",
    ">",
    "=",
    ",",
    "/",
    "{",
    "99999999999999999999",
    "é",
    "\u{feff}",
];

fn refused_well(text: &str, refused: &FileRefused) -> Result<(), TestCaseError> {
    let lines = text.split(['\n', '\r']).count();
    let said = refused.to_string();
    prop_assert!((1..=lines).contains(&refused.line), "{said} of {lines} lines");
    prop_assert!(said.starts_with(&format!("line {}: ", refused.line)), "{said}");
    let helps = ["; expected ", "; give ", "; count ", "expected"];
    prop_assert!(helps.iter().any(|help| said.contains(help)), "{said}");
    Ok(())
}

fn read_or_refused(text: &str) -> Result<(), TestCaseError> {
    for read in [blt::read(text), abif::read(text), devotee::read(text)] {
        match read {
            Ok(poll) => {
                let width = poll.choice_count();
                prop_assert!(poll.ballots().all(|one| one.ranks.len() == width));
            }
            Err(refused) => refused_well(text, &refused)?,
        }
    }
    Ok(())
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-zé#>=,:;/0-9'()*{}-]{1,3}( [\"A-Zé#.]{1,4}x)?"
}

/// Polls without two options of one name. Ranks may leave numbers out.
fn poll() -> impl Strategy<Value = Poll> {
    let names = prop::collection::btree_set(name(), 1..7);
    let ballots = prop::collection::vec((1..50_u64, prop::collection::vec(0..7_u16, 7)), 0..12);
    (names, ballots, 1..4_u32, name()).prop_map(|(names, ballots, seats, title)| {
        let mut poll = Poll::try_new(&title, seats, names.into_iter().collect()).unwrap();
        for (weight, ranks) in ballots {
            poll.cast(weight, &ranks[..poll.choice_count()]).unwrap();
        }
        poll
    })
}

/// The poll with one seat, and ranks that follow one another: what ABIF has a place for.
fn without_gaps(poll: &Poll, scores: &[i32]) -> Poll {
    let names = poll.choices().map(|choice| poll.name(choice).to_owned()).collect();
    let mut close = Poll::try_new(&poll.title, 1, names).unwrap();
    for ballot in poll.ballots() {
        let mut used: Vec<u16> = ballot.ranks.iter().copied().filter(|rank| *rank > 0).collect();
        used.sort_unstable();
        used.dedup();
        let place = |rank: u16| used.iter().position(|one| *one == rank).map_or(0, |at| at + 1);
        if scores.is_empty() {
            let ranks: Vec<u16> =
                ballot.ranks.iter().map(|rank| u16::try_from(place(*rank)).unwrap()).collect();
            close.cast(ballot.weight, &ranks).unwrap();
        } else {
            let score = |rank: &u16| (*rank > 0).then(|| scores[usize::from(*rank)]);
            let scored: Vec<Option<i32>> = ballot.ranks.iter().map(score).collect();
            close.cast_scores(ballot.weight, &scored).unwrap();
        }
    }
    close
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_or_refused_with_its_line(
        text in "[ -~\n\r]{0,200}",
        lines in prop::collection::vec("[0-9 =>/:,#a-c\\[\\]\"()-]{0,12}", 0..9),
    ) {
        let lines = lines.join("\n");
        for text in [text, format!("3 1\n{lines}\n0\na\nb\nc"), lines] {
            read_or_refused(&text)?;
        }
    }

    #[test]
    fn a_damaged_file_is_read_or_refused_with_its_line(
        file in prop::sample::select(&WILD[..]),
        cuts in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..3_usize, prop::sample::select(&SIGNS[..])),
            1..6,
        ),
    ) {
        let mut signs: Vec<char> = file.chars().collect();
        for (at, gone, put) in cuts {
            let at = at.index(signs.len() + 1);
            let end = (at + gone).min(signs.len());
            signs.splice(at..end, put.chars());
        }
        read_or_refused(&signs.into_iter().collect::<String>())?;
    }

    #[test]
    fn what_is_written_as_blt_is_read_as_it_was(poll in poll(), out in any::<prop::sample::Index>()) {
        let mut poll = poll;
        prop_assert_eq!(blt::read(&blt::write(&poll)).unwrap(), poll.clone());
        let gone = Choice(u16::try_from(out.index(poll.choice_count())).unwrap());
        poll.withdraw(gone);
        prop_assert_eq!(blt::read(&blt::write(&poll)).unwrap(), poll);
    }

    #[test]
    fn what_is_written_as_abif_is_read_as_it_was(
        poll in poll(),
        scores in prop::collection::vec(-9..9_i32, 7),
    ) {
        for poll in [without_gaps(&poll, &[]), without_gaps(&poll, &scores)] {
            prop_assert_eq!(abif::read(&abif::write(&poll)).unwrap(), poll);
        }
    }
}

#[test]
fn the_files_of_the_wild_are_read_as_they_stand() {
    for (at, text) in WILD.iter().enumerate() {
        let read = [blt::read, blt::read, abif::read, abif::read, devotee::read][at];
        let poll = read(text);
        assert!(poll.unwrap_or_else(|no| panic!("{at}: {no}")).weight() > 0);
    }
}
