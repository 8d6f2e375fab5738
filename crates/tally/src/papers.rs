//! Ballots as the papers that transferable votes are counted with.

use std::collections::BTreeMap;

use crate::choice::Choice;
use crate::poll::{Ballot, Poll};

/// Papers that say the same: options from the first preference on, withdrawn ones left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paper {
    pub(crate) weight: u64,
    pub(crate) choices: Vec<Choice>,
}

/// What a number left out between two preferences does to those that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// They do not count.
    Ends,
    /// They move up.
    MovesUp,
}

/// The papers of a poll, those that say the same together. Where two options share a rank the paper
/// ends before them, since nobody can tell which one was meant first. Papers that say nothing are
/// left out.
pub(crate) fn papers(poll: &Poll, gap: Gap) -> Vec<Paper> {
    let mut same: BTreeMap<Vec<Choice>, u64> = BTreeMap::new();
    for ballot in poll.ballots() {
        let mut choices = clear(&ballot, gap);
        choices.retain(|&choice| !poll.is_withdrawn(choice));
        if !choices.is_empty() && ballot.weight > 0 {
            *same.entry(choices).or_default() += ballot.weight;
        }
    }
    same.into_iter().map(|(choices, weight)| Paper { weight, choices }).collect()
}

/// The preferences of a ballot as far as they are clear.
fn clear(ballot: &Ballot<'_>, gap: Gap) -> Vec<Choice> {
    let ranked = ballot.ranks.iter().enumerate().filter(|(_, rank)| **rank > 0);
    let mut ranked: Vec<(u16, Choice)> = ranked.map(|(at, &rank)| (rank, Choice::at(at))).collect();
    ranked.sort_unstable();
    let mut choices = Vec::with_capacity(ranked.len());
    for (place, same) in ranked.chunk_by(|a, b| a.0 == b.0).enumerate() {
        let [(rank, choice)] = same else { break };
        if gap == Gap::Ends && usize::from(*rank) != place + 1 {
            break;
        }
        choices.push(*choice);
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_counts_as_far_as_it_is_clear() {
        let names = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let mut poll = Poll::try_new("", 1, names).unwrap();
        poll.cast(2, &[1, 2, 2, 3]).unwrap();
        poll.cast(1, &[1, 3, 0, 4]).unwrap();
        poll.cast(5, &[1, 1, 0, 0]).unwrap();
        poll.cast(4, &[0, 0, 0, 0]).unwrap();
        let paper = |weight, choices: &[u16]| Paper {
            weight,
            choices: choices.iter().map(|&at| Choice(at)).collect(),
        };
        assert_eq!(papers(&poll, Gap::Ends), [paper(3, &[0])]);
        assert_eq!(papers(&poll, Gap::MovesUp), [paper(2, &[0]), paper(1, &[0, 1, 3])]);
        poll.withdraw(Choice(0));
        assert_eq!(papers(&poll, Gap::MovesUp), [paper(1, &[1, 3])]);
        assert_eq!(papers(&poll, Gap::Ends), []);
    }
}
