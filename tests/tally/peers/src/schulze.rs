//! Schulze's method beside `tallystick`.
//!
//! `tallystick` gives a rank of its own to every number of paths won or level, so its order below the
//! winners is not Schulze's order; its preferences, its paths and its winners are compared, ties and all.

use std::collections::BTreeSet;

use tally::Choice;
use tallystick::schulze::{SchulzeTally, Variant};

use crate::election::{Cast, Election, draw};

pub fn compare(election: &Election) -> Result<bool, String> {
    let options: Vec<usize> = (0..election.options).collect();
    let mut theirs = SchulzeTally::<usize, u64>::with_candidates(1, Variant::Winning, options);
    for cast in &election.cast {
        theirs.ranked_add_weighted(&ranked(cast), cast.weight).map_err(|no| no.to_string())?;
    }
    let ours = tally::schulze(&election.poll(), None, draw());
    for ((one, other), votes) in theirs.totals() {
        let found = ours.preferences.of(choice(one), choice(other));
        if found != votes {
            return Err(format!("{one} before {other}: {found}; tallystick counts {votes}"));
        }
    }
    for ((one, other), strength) in theirs.strongest_paths() {
        let found = ours.paths.of(choice(one), choice(other));
        if found != strength {
            return Err(format!("path {one} to {other}: {found}; tallystick finds {strength}"));
        }
    }
    let best: BTreeSet<usize> =
        ours.levels.first().into_iter().flatten().map(|choice| choice.position()).collect();
    let winners: BTreeSet<usize> = theirs.winners().into_unranked().into_iter().collect();
    // All that `tallystick` lists win or draw against everybody, but it lists only those with most such.
    if winners == best {
        Ok(true)
    } else {
        Err(format!("best {best:?}; tallystick elects {winners:?}"))
    }
}

fn ranked(cast: &Cast) -> Vec<(usize, u32)> {
    let ranks = cast.ranks.iter().enumerate().filter(|(_, rank)| **rank > 0);
    ranks.map(|(at, &rank)| (at, u32::from(rank))).collect()
}

fn choice(at: usize) -> Choice {
    Choice(u16::try_from(at).unwrap())
}
