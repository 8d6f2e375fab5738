use std::cmp::Ordering;

use crate::choice::{Choice, PerChoice};
use crate::draw::Draw;
use crate::poll::Poll;

/// A count of transferable votes, stage by stage, like a returning officer's sheet.
///
/// Votes are whole numbers of units; a vote has ten to the `decimals` of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// How many decimals a vote is counted with.
    pub decimals: u8,
    /// How many it elects, if so many stand: with instant runoff one, whatever the poll says.
    pub seats: u32,
    /// How many papers had a clear first preference.
    pub valid: u64,
    /// The stages, the first preferences first.
    pub stages: Vec<Stage>,
    /// Who is elected, in the order of election.
    pub elected: Vec<Choice>,
}

/// One stage of a count, as it stands at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// What was done.
    pub action: Action,
    /// The votes of each option.
    pub votes: PerChoice<i128>,
    /// Votes that belong to nobody any more: papers without a further preference, and fractions
    /// dropped.
    pub lost: i128,
    /// What it takes to be elected.
    pub quota: i128,
    /// Who is elected at the end of this stage, the most votes first.
    pub elected: Vec<Choice>,
    /// Who was excluded in this stage.
    pub excluded: Option<Choice>,
    /// What was tied in this stage, and what decided.
    pub ties: Vec<Tie>,
}

/// What a stage did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Counted first preferences.
    First,
    /// Transferred what somebody elected has beyond the quota.
    Surplus(Choice),
    /// Excluded the one with the fewest votes and transferred the papers.
    Exclusion(Choice),
    /// Found, in so many iterations, what part of each vote the elected keep.
    Iterations(u32),
    /// As many are left as seats.
    Last,
}

/// Equal votes, and what decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Who had equal votes.
    pub among: Vec<Choice>,
    /// Who was taken.
    pub taken: Choice,
    /// What decided.
    pub decided: Decided,
}

/// What decides between equal votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// The votes at the end of an earlier stage, by its position.
    Stage(usize),
    /// Whose turn it is; see [`Poll::set_turns`].
    Turn,
    /// The lot.
    Lot,
}

/// Whom a rule takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Take {
    Most,
    Fewest,
}

/// The one with the most or fewest votes. Between equals, the most recent earlier stage at which not
/// all of them had equal votes narrows them down, and so on back; then whose turn it is, and the lot
/// decides between those whose turns are equal too. None without options.
pub(crate) fn take(
    (poll, draw): (&Poll, Draw),
    among: &[Choice],
    votes: impl Fn(Choice) -> i128,
    (take, before): (Take, &[Stage]),
) -> Option<(Choice, Option<Tie>)> {
    let mut left = extreme(among, &votes, take);
    let tied = left.clone();
    let mut decided = None;
    for (number, stage) in before.iter().enumerate().rev() {
        if left.len() < 2 {
            break;
        }
        let narrower = extreme(&left, |choice| stage.votes[choice], take);
        if narrower.len() < left.len() {
            decided = Some(Decided::Stage(number));
            left = narrower;
        }
    }
    if left.len() > 1 {
        // Whose turn it is comes first where the most are taken, and stays where the fewest go.
        let narrower = extreme(&left, |choice| -i128::from(poll.turn(choice)), take);
        if narrower.len() < left.len() {
            decided = Some(Decided::Turn);
            left = narrower;
        }
    }
    if left.len() > 1 {
        decided = Some(Decided::Lot);
        let at = draw.last(left.iter().map(|&choice| poll.name(choice).as_bytes()))?;
        left = left.get(at).copied().into_iter().collect();
    }
    let taken = *left.first()?;
    Some((taken, decided.map(|decided| Tie { among: tied, taken, decided })))
}

fn extreme(among: &[Choice], votes: impl Fn(Choice) -> i128, take: Take) -> Vec<Choice> {
    let wanted = match take {
        Take::Most => Ordering::Greater,
        Take::Fewest => Ordering::Less,
    };
    let mut best: Vec<Choice> = Vec::new();
    for &choice in among {
        let against = best.first().map(|&best| votes(choice).cmp(&votes(best)));
        match against {
            Some(Ordering::Equal) => best.push(choice),
            Some(order) if order != wanted => {}
            _ => best = vec![choice],
        }
    }
    best
}
