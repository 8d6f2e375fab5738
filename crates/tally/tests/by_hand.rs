//! Counts worked out by hand, where one vote or one unit in the ninth decimal decides.

use tally::{Action, Choice, Draw, Poll, meek, schulze, scottish};

const A: Choice = Choice(0);
const B: Choice = Choice(1);
const C: Choice = Choice(2);
const D: Choice = Choice(3);

/// A poll of options with a letter each; a ballot names them best first.
fn poll(seats: u32, names: &str, ballots: &[(u64, &str)]) -> Poll {
    let mut poll = Poll::try_new("", seats, names.chars().map(String::from).collect()).unwrap();
    for &(weight, order) in ballots {
        let rank = |name: char| order.find(name).map_or(0, |at| u16::try_from(at).unwrap() + 1);
        poll.cast(weight, &names.chars().map(rank).collect::<Vec<_>>()).unwrap();
    }
    poll
}

fn draw(seed: u8) -> Draw {
    Draw::new([seed; 32])
}

#[test]
fn whoever_has_exactly_the_quota_is_elected() {
    // Eight papers and two seats: the quota is three.
    let poll = poll(2, "abc", &[(3, "a"), (3, "b"), (2, "c")]);
    let sheet = scottish(&poll, draw(0));
    assert_eq!(sheet.stages[0].elected, [A, B]);
}

#[test]
fn what_ties_with_leaving_things_as_they_are_is_out() {
    let poll = poll(1, "ab", &[(1, "ab"), (1, "ba")]);
    for seed in 0..8 {
        let found = schulze(&poll, Some(B), draw(seed));
        assert_eq!((found.not_beating.as_slice(), found.winner()), (&[A][..], Some(B)));
    }
}

/// Of eighty papers and three seats a and b are elected; c gets 20 votes from a, and d 10 from b
/// beside 10 of its own.
fn nearly_tied() -> Poll {
    poll(3, "abcd", &[(40, "ac"), (30, "bd"), (10, "d")])
}

#[test]
fn what_the_elected_keep_is_rounded_up_at_nine_decimals() {
    let sheet = meek(&nearly_tied(), draw(0));
    let stage = sheet.stages.iter().find(|stage| stage.excluded.is_some()).unwrap();
    assert_eq!(stage.quota, 20_000_000_001);
    // a keeps 0.500000001 of 40 votes, b 0.666666667 of 30.
    let votes = [A, B, C, D].map(|choice| stage.votes[choice]);
    assert_eq!(votes, [20_000_000_040, 20_000_000_010, 19_999_999_960, 19_999_999_990]);
}

#[test]
fn votes_that_rounding_alone_keeps_apart_are_equal_and_the_lot_decides() {
    let poll = nearly_tied();
    let excluded = |seed| {
        let sheet = meek(&poll, draw(seed));
        let stage = sheet.stages.iter().find(|stage| stage.excluded.is_some()).unwrap();
        assert!(matches!(stage.action, Action::Iterations(_)) && stage.ties.len() == 1);
        stage.excluded.unwrap()
    };
    let drawn: Vec<Choice> = (0..32).map(excluded).collect();
    assert!(drawn.contains(&C) && drawn.contains(&D), "{drawn:?}");
}
