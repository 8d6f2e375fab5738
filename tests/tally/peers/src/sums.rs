//! Approval and scores beside `tallystick`.

use tally::{Choice, Poll, Sums};
use tallystick::approval::ApprovalTally;
use tallystick::score::ScoreTally;

use crate::election::{Election, draw, name};

pub fn compare_approval(election: &Election) -> Result<bool, String> {
    let mut theirs = ApprovalTally::<usize, i64>::new(1);
    for cast in &election.cast {
        let marked = cast.order().into_iter().flatten().collect();
        theirs.add_weighted(marked, i64::try_from(cast.weight).unwrap());
    }
    same(&tally::approval(&election.poll(), draw()), theirs.totals())
}

pub fn compare_score(election: &Election) -> Result<bool, String> {
    let names = (0..election.options).map(name).collect();
    let mut poll = Poll::try_new("", 1, names).unwrap();
    let mut theirs = ScoreTally::<usize, i64>::new(1);
    for cast in &election.cast {
        let weight = i64::try_from(cast.weight).unwrap();
        let scores: Vec<Option<i32>> = cast.scores.iter().copied().map(Some).collect();
        poll.cast_scores(cast.weight, &scores).unwrap();
        let scores = cast.scores.iter().enumerate().map(|(at, score)| (at, i64::from(*score)));
        theirs.add_weighted(scores.collect(), weight);
    }
    same(&tally::score(&poll, draw()), theirs.totals())
}

fn same(ours: &Sums, theirs: Vec<(usize, i64)>) -> Result<bool, String> {
    for (at, sum) in theirs {
        let found = ours.sums[Choice(u16::try_from(at).unwrap())];
        if found != sum {
            return Err(format!("option {at}: {found}; tallystick adds up {sum}"));
        }
    }
    Ok(true)
}
