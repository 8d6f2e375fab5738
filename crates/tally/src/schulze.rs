//! Schulze's method, with winning votes.

use crate::choice::{Choice, PerChoice};
use crate::draw::Draw;
use crate::poll::Poll;

/// One number for each ordered pair of options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    rows: PerChoice<PerChoice<u64>>,
}

impl Pairs {
    /// The number of a pair.
    pub fn of(&self, one: Choice, other: Choice) -> u64 {
        self.rows[one][other]
    }

    /// How much of the ballots ranks each option before each other; unranked is tied last.
    fn preferences(poll: &Poll) -> Self {
        let width = poll.choice_count();
        let (weights, ranks) = poll.columns();
        let mut sums = vec![0_u64; width * width];
        let mut places = vec![0_u16; width];
        for (&weight, ranks) in weights.iter().zip(ranks.chunks_exact(width)) {
            for (place, rank) in places.iter_mut().zip(ranks) {
                // Nought, unranked, becomes the last place of all.
                *place = rank.wrapping_sub(1);
            }
            for (&place, row) in places.iter().zip(sums.chunks_exact_mut(width)) {
                for (sum, &other) in row.iter_mut().zip(&places) {
                    *sum += if place < other { weight } else { 0 };
                }
            }
        }
        Self { rows: sums.chunks_exact(width).map(|row| row.iter().copied().collect()).collect() }
    }

    /// The strength of the strongest path from each option to each other: a path is as strong as its
    /// weakest link, and a link is as strong as the votes that win it (Floyd and Warshall).
    fn strongest_paths(&self, standing: &[Choice]) -> Self {
        let mut paths = self.clone();
        for (one, row) in paths.rows.values_mut().iter_mut().enumerate() {
            let one = Choice::at(one);
            for (other, link) in row.values_mut().iter_mut().enumerate() {
                let back = self.of(Choice::at(other), one);
                *link = if *link > back { *link } else { 0 };
            }
        }
        for &middle in standing {
            for &from in standing.iter().filter(|&&from| from != middle) {
                let first = paths.rows[from][middle];
                for &to in standing.iter().filter(|&&to| to != from && to != middle) {
                    let through = first.min(paths.rows[middle][to]);
                    let strongest = &mut paths.rows[from][to];
                    *strongest = (*strongest).max(through);
                }
            }
        }
        paths
    }
}

/// A count by Schulze's method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schulze {
    /// How much of the ballots ranks each option before each other.
    pub preferences: Pairs,
    /// The strength of the strongest path from each option to each other.
    pub paths: Pairs,
    /// Options that do not beat leaving things as they are; they are out.
    pub not_beating: Vec<Choice>,
    /// The others from the best to the last; those on one level are not decided between by votes,
    /// and stand in the order drawn.
    pub levels: Vec<Vec<Choice>>,
}

impl Schulze {
    /// The option that wins: the first in the order drawn if votes do not decide. None without
    /// options.
    pub fn winner(&self) -> Option<Choice> {
        self.levels.first()?.first().copied()
    }
}

/// Counts a poll by Schulze's method (Schulze 2011) with winning votes.
///
/// An option beats another if its strongest path to it is stronger than the one back. That is a
/// strict order, so there is always an option that none beats. Unranked is tied last, not "no
/// opinion". With a status quo, an option that no majority prefers to it is out before paths are
/// looked for. Options that are not decided between stand in the order that the lot draws.
///
/// ```
/// # use tally::{Draw, Poll, schulze};
/// let mut poll = Poll::try_new("", 1, ["path", "wall", "stay"].map(str::to_owned).to_vec())?;
/// poll.cast(3, &[1, 3, 2])?;
/// poll.cast(2, &[2, 1, 2])?;
/// let count = schulze(&poll, poll.named("stay"), Draw::new([0; 32]));
/// assert_eq!(count.winner(), poll.named("path"));
/// assert_eq!(count.not_beating, [poll.named("wall").unwrap()]);
/// # Ok::<(), tally::PollRefused>(())
/// ```
pub fn schulze(poll: &Poll, status_quo: Option<Choice>, draw: Draw) -> Schulze {
    let preferences = Pairs::preferences(poll);
    let beats = |one: Choice, quo: Choice| preferences.of(one, quo) > preferences.of(quo, one);
    let (mut standing, mut not_beating) = (Vec::new(), Vec::new());
    for choice in poll.choices().filter(|&choice| !poll.is_withdrawn(choice)) {
        match status_quo {
            Some(quo) if choice != quo && !beats(choice, quo) => not_beating.push(choice),
            _ => standing.push(choice),
        }
    }
    let paths = preferences.strongest_paths(&standing);
    let places = draw.order(standing.iter().map(|&choice| poll.name(choice).as_bytes()));
    let drawn: Vec<Choice> = places.iter().filter_map(|&at| standing.get(at).copied()).collect();
    let levels = levels(drawn, |one, other| paths.of(one, other) > paths.of(other, one));
    Schulze { preferences, paths, not_beating, levels }
}

/// Options that nobody left beats, again and again.
fn levels(mut left: Vec<Choice>, beats: impl Fn(Choice, Choice) -> bool) -> Vec<Vec<Choice>> {
    let mut levels = Vec::new();
    while !left.is_empty() {
        let beaten = |one: Choice| left.iter().any(|&other| beats(other, one));
        let (next, level): (Vec<_>, Vec<_>) = left.iter().partition(|&&one| beaten(one));
        levels.push(level);
        left = next;
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll(names: &str, ballots: &[(u64, &str)]) -> Poll {
        let mut poll = Poll::try_new("", 1, names.chars().map(String::from).collect()).unwrap();
        for &(weight, order) in ballots {
            let rank = |name: char| order.find(name).map_or(0, |at| u16::try_from(at).unwrap() + 1);
            poll.cast(weight, &names.chars().map(rank).collect::<Vec<_>>()).unwrap();
        }
        poll
    }

    #[test]
    fn the_example_of_the_paper_elects_e() {
        let ballots = [
            (5, "acbed"),
            (5, "adecb"),
            (8, "bedac"),
            (3, "cabed"),
            (7, "caebd"),
            (2, "cbade"),
            (7, "dceba"),
            (8, "ebadc"),
        ];
        let found = schulze(&poll("abcde", &ballots), None, Draw::new([0; 32]));
        let order: Vec<u16> = found.levels.iter().map(|level| level[0].0).collect();
        assert_eq!(order, [4, 0, 2, 1, 3]);
        assert!(found.levels.iter().all(|level| level.len() == 1));
        assert_eq!(found.paths.of(Choice(0), Choice(1)), 28);
        assert_eq!(found.paths.of(Choice(1), Choice(0)), 25);
        assert_eq!(found.preferences.of(Choice(0), Choice(1)), 20);
    }

    #[test]
    fn what_does_not_beat_leaving_it_as_it_is_is_out() {
        let ballots = [(3, "a"), (2, "sb"), (1, "ba")];
        let found = schulze(&poll("abs", &ballots), Some(Choice(2)), Draw::new([0; 32]));
        assert_eq!(found.not_beating, [Choice(1)]);
        assert_eq!(found.winner(), Some(Choice(0)));
        let none = schulze(&poll("abs", &[(1, "s")]), Some(Choice(2)), Draw::new([0; 32]));
        assert_eq!(none.winner(), Some(Choice(2)));
    }

    #[test]
    fn a_tie_of_all_is_one_level_in_the_order_drawn() {
        let found = schulze(&poll("abc", &[]), None, Draw::new([3; 32]));
        assert_eq!(found.levels.len(), 1);
        assert_eq!(found.levels[0].len(), 3);
    }
}
