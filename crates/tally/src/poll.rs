use std::collections::BTreeSet;

use crate::choice::{Choice, PerChoice};
use crate::refused::PollRefused;
use crate::warned::Warned;

/// The most options of one poll.
pub(crate) const CHOICES_MAX: usize = 1000;

/// The most that all ballots of a poll weigh together, so that no count leaves `i64`.
const WEIGHT_MAX: u64 = 1 << 40;

/// The largest score either way, so that no sum of scores leaves `i64`.
const SCORE_MAX: i32 = 1_000_000;

/// What was asked, and the ballots that were cast.
///
/// What holds: one to 1,000 options with different names; every ballot has a rank for each option,
/// nought for unranked, else 1 for the best and up to 65,535; several options may share a rank, and
/// ranks may be left out. All ballots together weigh at most 2⁴⁰.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// What the poll is called.
    pub title: String,
    /// How many are to be elected: 1 or more.
    pub seats: u32,
    names: Vec<String>,
    withdrawn: PerChoice<bool>,
    turns: Vec<u32>,
    weights: Vec<u64>,
    /// The ranks of all ballots, one after the other.
    ranks: Vec<u16>,
    /// Scores as they were given, in the same order; empty if no ballot has any.
    scores: Vec<Option<i32>>,
    weight: u64,
    warned: Vec<Warned>,
}

/// One ballot, or several that say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ballot<'a> {
    /// How many say this.
    pub weight: u64,
    /// The rank of each option: nought for unranked, 1 for the best.
    pub ranks: &'a [u16],
    /// The score of each option, if scores were given.
    pub scores: &'a [Option<i32>],
}

impl Poll {
    /// A poll without ballots yet. Refused without seats or options, with too many, or if two options
    /// have one name.
    pub fn try_new(title: &str, seats: u32, names: Vec<String>) -> Result<Self, PollRefused> {
        if names.is_empty() || names.len() > CHOICES_MAX {
            return Err(PollRefused::Choices { found: names.len(), most: CHOICES_MAX });
        }
        if seats == 0 {
            return Err(PollRefused::Seats { found: 0 });
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = names.iter().find(|name| !seen.insert(name.as_str())) {
            return Err(PollRefused::SameName { name: twice.clone() });
        }
        let withdrawn = PerChoice::filled(false, names.len());
        let (weights, ranks, scores) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self {
            title: title.to_owned(),
            seats,
            names,
            withdrawn,
            turns: Vec::new(),
            weights,
            ranks,
            scores,
            weight: 0,
            warned: Vec::new(),
        })
    }

    /// Adds a ballot. Refused if it has not one rank for each option, or if the ballots together
    /// weigh more than 2⁴⁰.
    pub fn cast(&mut self, weight: u64, ranks: &[u16]) -> Result<(), PollRefused> {
        let expected = self.names.len();
        if ranks.len() != expected {
            return Err(PollRefused::Ranks { found: ranks.len(), expected });
        }
        let heavier = self.weight.checked_add(weight).filter(|sum| *sum <= WEIGHT_MAX);
        self.weight = heavier.ok_or(PollRefused::TooHeavy { most: WEIGHT_MAX })?;
        self.weights.push(weight);
        self.ranks.extend_from_slice(ranks);
        if !self.scores.is_empty() {
            self.scores.resize(self.ranks.len(), None);
        }
        Ok(())
    }

    /// Adds a ballot of scores: the higher, the better; none is no opinion. Its ranks follow from
    /// the scores. Refused as [`Poll::cast`] is, and for a score beyond ±1,000,000.
    pub fn cast_scores(&mut self, weight: u64, scores: &[Option<i32>]) -> Result<(), PollRefused> {
        let mut levels: Vec<i32> = scores.iter().copied().flatten().collect();
        levels.sort_unstable();
        levels.dedup();
        let better = |score: i32| levels.iter().filter(|level| **level > score).count();
        let rank = |score: &Option<i32>| {
            score.map_or(0, |score| u16::try_from(better(score) + 1).unwrap_or(u16::MAX))
        };
        let ranks: Vec<u16> = scores.iter().map(rank).collect();
        self.cast_both(weight, &ranks, scores)
    }

    /// Adds a ballot of ranks with the scores that stand beside them.
    pub(crate) fn cast_both(
        &mut self,
        weight: u64,
        ranks: &[u16],
        scores: &[Option<i32>],
    ) -> Result<(), PollRefused> {
        let beyond = |score: &i32| !(-SCORE_MAX..=SCORE_MAX).contains(score);
        if let Some(found) = scores.iter().copied().flatten().find(beyond) {
            return Err(PollRefused::Score { found, most: SCORE_MAX });
        }
        if scores.iter().all(Option::is_none) {
            return self.cast(weight, ranks);
        }
        let before = self.ranks.len();
        self.cast(weight, ranks)?;
        self.scores.resize(before, None);
        self.scores.extend_from_slice(scores);
        self.scores.resize(self.ranks.len(), None);
        Ok(())
    }

    /// Takes an option out of the count: ballots pass it over. False if there is no such option.
    pub fn withdraw(&mut self, choice: Choice) -> bool {
        let slot = self.withdrawn.values_mut().get_mut(choice.position());
        slot.is_some_and(|slot| {
            *slot = true;
            true
        })
    }

    /// Whose turn it is between equals, one place for each option: the lowest is taken before the
    /// lot is asked. Without turns, and between equal ones, the lot decides.
    pub fn set_turns(&mut self, turns: &[u32]) {
        turns.clone_into(&mut self.turns);
    }

    /// An option's turn; the lowest comes first.
    pub(crate) fn turn(&self, choice: Choice) -> u32 {
        self.turns.get(choice.position()).copied().unwrap_or(u32::MAX)
    }

    /// Whether an option was withdrawn.
    pub fn is_withdrawn(&self, choice: Choice) -> bool {
        self.withdrawn[choice]
    }

    /// How many options there are, withdrawn ones included.
    pub fn choice_count(&self) -> usize {
        self.names.len()
    }

    /// All options, withdrawn ones included, in order.
    pub fn choices(&self) -> impl ExactSizeIterator<Item = Choice> + use<> {
        (0..self.names.len()).map(Choice::at)
    }

    /// What an option is called.
    pub fn name(&self, choice: Choice) -> &str {
        self.names.get(choice.position()).map_or("", String::as_str)
    }

    /// The option of a name.
    pub fn named(&self, name: &str) -> Option<Choice> {
        self.names.iter().position(|one| one == name).map(Choice::at)
    }

    /// What a reader of the file should know of ballots that it did not take as they stand.
    pub fn warned(&self) -> &[Warned] {
        &self.warned
    }

    pub(crate) fn warn(&mut self, warned: Warned) {
        self.warned.push(warned);
    }

    /// How much all ballots weigh together.
    pub fn weight(&self) -> u64 {
        self.weight
    }

    /// Whether ballots carry scores, not only ranks.
    pub fn has_scores(&self) -> bool {
        !self.scores.is_empty()
    }

    /// The ballots, in the order they were cast.
    pub fn ballots(&self) -> impl ExactSizeIterator<Item = Ballot<'_>> {
        let width = self.names.len();
        let ranks = self.ranks.chunks_exact(width);
        self.weights.iter().zip(ranks).enumerate().map(move |(at, (&weight, ranks))| {
            let scores = self.scores.get(at * width..(at + 1) * width).unwrap_or_default();
            Ballot { weight, ranks, scores }
        })
    }

    /// All ranks of all ballots, and their weights: for counts that look at nothing else.
    pub(crate) fn columns(&self) -> (&[u64], &[u16]) {
        (&self.weights, &self.ranks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll(names: &[&str]) -> Result<Poll, PollRefused> {
        Poll::try_new("", 1, names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn what_cannot_be_a_poll_is_refused() {
        assert_eq!(poll(&[]), Err(PollRefused::Choices { found: 0, most: CHOICES_MAX }));
        assert_eq!(poll(&["a", "a"]), Err(PollRefused::SameName { name: "a".to_owned() }));
        let none = Poll::try_new("", 0, vec!["a".to_owned()]);
        assert_eq!(none, Err(PollRefused::Seats { found: 0 }));
        let mut one = poll(&["a", "b"]).unwrap();
        assert_eq!(one.cast(1, &[1]), Err(PollRefused::Ranks { found: 1, expected: 2 }));
        assert_eq!(one.cast(u64::MAX, &[1, 2]), Err(PollRefused::TooHeavy { most: WEIGHT_MAX }));
        assert_eq!(one.ballots().len(), 0);
        assert!(!one.withdraw(Choice(2)));
    }

    #[test]
    fn scores_make_ranks_and_stand_beside_ballots_without_them() {
        let mut poll = poll(&["a", "b", "c"]).unwrap();
        poll.cast(2, &[1, 2, 0]).unwrap();
        poll.cast_scores(1, &[Some(-1), Some(2), None]).unwrap();
        poll.cast(1, &[0, 0, 1]).unwrap();
        let ballots: Vec<_> = poll.ballots().collect();
        assert_eq!(ballots[1].ranks, [2, 1, 0]);
        assert_eq!(ballots[1].scores, [Some(-1), Some(2), None]);
        assert_eq!(ballots[0].scores, [None; 3]);
        assert_eq!(ballots[2].scores, [None; 3]);
        assert_eq!(poll.weight(), 4);
    }
}
