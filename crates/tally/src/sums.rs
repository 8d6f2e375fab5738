//! Counts that add up what each ballot gives each option.

use crate::choice::{Choice, PerChoice};
use crate::draw::Draw;
use crate::poll::{Ballot, Poll};

/// What each option got, and who got most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// What each option got; withdrawn ones nought.
    pub sums: PerChoice<i64>,
    /// How much of the ballots said something about each option.
    pub said: PerChoice<u64>,
    /// The options from the most to the least, without withdrawn ones; equal ones in the order drawn.
    pub order: Vec<Choice>,
    /// Options of equal sums whose order the lot drew, each group in that order.
    pub drawn: Vec<Vec<Choice>>,
}

/// Approval: an option gets a vote from every ballot that ranks or marks it at all.
///
/// A ballot of scores approves of what it scores above nought.
///
/// ```
/// # use tally::{Draw, Poll, approval};
/// let mut poll = Poll::try_new("", 1, ["path", "wall", "stay"].map(str::to_owned).to_vec())?;
/// poll.cast(3, &[1, 1, 0])?;
/// poll.cast(2, &[1, 0, 0])?;
/// let count = approval(&poll, Draw::new([0; 32]));
/// assert_eq!(count.sums.values(), [5, 3, 0]);
/// assert_eq!(poll.name(count.order[0]), "path");
/// # Ok::<(), tally::PollRefused>(())
/// ```
pub fn approval(poll: &Poll, draw: Draw) -> Sums {
    add_up(poll, draw, |ballot, at| {
        let approves = match ballot.scores.get(at).copied().flatten() {
            Some(score) => score > 0,
            None => ballot.ranks.get(at).is_some_and(|rank| *rank > 0),
        };
        approves.then_some(1)
    })
}

/// Score: an option gets the sum of its scores; no opinion adds nothing.
///
/// In a poll of −2 to +2 the sum is above nought if the option is wanted more than not. A ballot
/// without scores says nothing.
///
/// ```
/// # use tally::{Draw, Poll, score};
/// let mut poll = Poll::try_new("", 1, ["path", "wall", "stay"].map(str::to_owned).to_vec())?;
/// poll.cast_scores(3, &[Some(2), Some(-2), Some(0)])?;
/// poll.cast_scores(2, &[Some(-1), Some(2), None])?;
/// assert_eq!(score(&poll, Draw::new([0; 32])).sums.values(), [4, -2, 0]);
/// # Ok::<(), tally::PollRefused>(())
/// ```
pub fn score(poll: &Poll, draw: Draw) -> Sums {
    add_up(poll, draw, |ballot, at| ballot.scores.get(at).copied().flatten().map(i64::from))
}

fn add_up(poll: &Poll, draw: Draw, gives: impl Fn(&Ballot<'_>, usize) -> Option<i64>) -> Sums {
    let mut sums = PerChoice::filled(0_i64, poll.choice_count());
    let mut said = PerChoice::filled(0_u64, poll.choice_count());
    let standing: Vec<Choice> = poll.choices().filter(|&one| !poll.is_withdrawn(one)).collect();
    for ballot in poll.ballots() {
        // All ballots together weigh at most 2⁴⁰ and a score is below 2²⁰, so sums stay below 2⁶⁰.
        let weight = i64::try_from(ballot.weight).unwrap_or(i64::MAX);
        for &choice in &standing {
            if let Some(given) = gives(&ballot, choice.position()) {
                sums[choice] += given * weight;
                said[choice] += ballot.weight;
            }
        }
    }
    let (order, drawn) = in_order(poll, &standing, &sums, draw);
    Sums { sums, said, order, drawn }
}

fn in_order(
    poll: &Poll,
    standing: &[Choice],
    sums: &PerChoice<i64>,
    draw: Draw,
) -> (Vec<Choice>, Vec<Vec<Choice>>) {
    let places = draw.order(standing.iter().map(|&choice| poll.name(choice).as_bytes()));
    let mut order: Vec<Choice> =
        places.iter().filter_map(|&at| standing.get(at).copied()).collect();
    order.sort_by_key(|&choice| std::cmp::Reverse(sums[choice]));
    let groups = order.chunk_by(|&a, &b| sums[a] == sums[b]);
    let drawn = groups.filter(|group| group.len() > 1).map(<[Choice]>::to_vec).collect();
    (order, drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_add_up_and_equal_sums_are_drawn() {
        let names = ["path", "wall", "stay"].map(str::to_owned).to_vec();
        let mut poll = Poll::try_new("", 1, names).unwrap();
        poll.cast_scores(3, &[Some(2), Some(-2), Some(0)]).unwrap();
        poll.cast_scores(2, &[Some(-1), Some(3), None]).unwrap();
        let found = score(&poll, Draw::new([0; 32]));
        assert_eq!(found.sums.values(), [4, 0, 0]);
        assert_eq!(found.said.values(), [5, 5, 3]);
        assert_eq!(found.order[0], Choice(0));
        assert_eq!(found.drawn.len(), 1);
        let approved = approval(&poll, Draw::new([0; 32]));
        assert_eq!(approved.sums.values(), [3, 2, 0]);
        poll.withdraw(Choice(0));
        assert_eq!(approval(&poll, Draw::new([0; 32])).order[0], Choice(1));
    }
}
