//! The single transferable vote by Meek's method.
//!
//! The reference rule of the Proportional Representation Foundation (Hill, Wichmann and Woodall 1987,
//! with nine decimals): everybody elected keeps just the part of each vote that is needed, and all
//! papers are counted again after each change.

use crate::choice::{Choice, PerChoice};
use crate::draw::Draw;
use crate::papers::{Gap, Paper, papers};
use crate::poll::Poll;
use crate::sheet::{Action, Sheet, Stage, Take, Tie, take};

const DECIMALS: u8 = 9;
const VOTE: i128 = 1_000_000_000;

/// How small the surplus of all elected together must be: a millionth of a vote.
const SURPLUS_MIN: i128 = 1000;

/// Elects as many as the poll has seats.
///
/// - Everybody starts by keeping all of a vote. A paper gives its first option the part that this one
///   keeps, the next that part of what is left, and so on; parts are rounded up at nine decimals.
/// - Quota: the votes that somebody keeps over seats plus one, rounded down, plus 10⁻⁹. Who reaches it
///   is elected.
/// - What the elected keep is lessened by quota over votes until they have no surplus worth a
///   millionth of a vote, or it grows no smaller; then the one with the fewest votes is excluded.
/// - Votes that differ by no more than that surplus count as equal; between equals the lot decides.
/// - A number left out is passed over; a number that stands twice ends the paper.
pub fn meek(poll: &Poll, draw: Draw) -> Sheet {
    let papers = papers(poll, Gap::MovesUp);
    let mut count = Count::new(poll, draw, &papers);
    while count.vacancies() > 0 && count.hopeful().len() > count.vacancies() {
        count.round();
    }
    count.last();
    count.sheet
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Hopeful,
    Elected,
    Out,
}

struct Count<'a> {
    poll: &'a Poll,
    draw: Draw,
    papers: &'a [Paper],
    status: PerChoice<Status>,
    /// The part of a vote that each option keeps, in units.
    keeps: PerChoice<i128>,
    votes: PerChoice<i128>,
    quota: i128,
    sheet: Sheet,
}

impl<'a> Count<'a> {
    fn new(poll: &'a Poll, draw: Draw, papers: &'a [Paper]) -> Self {
        let out = |choice| poll.is_withdrawn(choice);
        let valid = papers.iter().map(|paper| paper.weight).sum();
        let status = |choice| if out(choice) { Status::Out } else { Status::Hopeful };
        Self {
            poll,
            draw,
            papers,
            status: poll.choices().map(status).collect(),
            keeps: poll.choices().map(|choice| if out(choice) { 0 } else { VOTE }).collect(),
            votes: PerChoice::filled(0, poll.choice_count()),
            quota: 0,
            sheet: Sheet {
                decimals: DECIMALS,
                seats: poll.seats,
                valid,
                stages: Vec::new(),
                elected: Vec::new(),
            },
        }
    }

    /// Iterates until somebody is elected, or else nobody can be and the last is excluded.
    fn round(&mut self) {
        let mut surplus_before = None;
        let mut iterations = 0;
        loop {
            iterations += 1;
            self.distribute();
            let elected = self.elect();
            let surplus = self.surplus();
            if !elected.is_empty() {
                return self.push(Action::Iterations(iterations), elected, None, None);
            }
            if surplus < SURPLUS_MIN || surplus_before.is_some_and(|before| surplus >= before) {
                return self.exclude(surplus, iterations);
            }
            self.lessen();
            surplus_before = Some(surplus);
        }
    }

    fn distribute(&mut self) {
        self.votes = PerChoice::filled(0, self.poll.choice_count());
        for paper in self.papers {
            let (mut left, weight) = (VOTE, i128::from(paper.weight));
            for &choice in &paper.choices {
                let part = over_up(left * self.keeps[choice], VOTE);
                self.votes[choice] += part * weight;
                left -= part;
                if left == 0 {
                    break;
                }
            }
        }
        let total: i128 = self.votes.values().iter().sum();
        self.quota = total / i128::from(u64::from(self.poll.seats) + 1) + 1;
    }

    fn elect(&mut self) -> Vec<Choice> {
        let mut elected = self.hopeful();
        elected.retain(|&choice| self.votes[choice] >= self.quota);
        elected.sort_by_key(|&choice| std::cmp::Reverse(self.votes[choice]));
        for &choice in &elected {
            self.status[choice] = Status::Elected;
        }
        self.sheet.elected.extend(&elected);
        elected
    }

    fn surplus(&self) -> i128 {
        let elected = self.status.iter().filter(|(_, status)| **status == Status::Elected);
        elected.map(|(choice, _)| self.votes[choice] - self.quota).sum::<i128>().max(0)
    }

    fn lessen(&mut self) {
        for choice in self.poll.choices() {
            if self.status[choice] == Status::Elected {
                let kept = over_up(self.keeps[choice] * self.quota, VOTE);
                self.keeps[choice] = over_up(kept * VOTE, self.votes[choice]);
            }
        }
    }

    fn exclude(&mut self, surplus: i128, iterations: u32) {
        let hopeful = self.hopeful();
        let fewest = hopeful.iter().map(|&choice| self.votes[choice]).min().unwrap_or(0);
        let tied: Vec<Choice> =
            hopeful.into_iter().filter(|&one| self.votes[one] <= fewest + surplus).collect();
        let alike = |_| 0;
        let Some((choice, tie)) = take((self.poll, self.draw), &tied, alike, (Take::Fewest, &[]))
        else {
            return;
        };
        self.push(Action::Iterations(iterations), Vec::new(), Some(choice), tie);
        self.status[choice] = Status::Out;
        self.keeps[choice] = 0;
    }

    /// As many hopeful as seats, or fewer: they are elected.
    fn last(&mut self) {
        if self.vacancies() == 0 {
            return;
        }
        let elected = self.hopeful();
        self.distribute();
        self.sheet.elected.extend(&elected);
        self.push(Action::Last, elected, None, None);
    }

    fn push(
        &mut self,
        action: Action,
        elected: Vec<Choice>,
        excluded: Option<Choice>,
        tie: Option<Tie>,
    ) {
        let votes = self.votes.clone();
        let lost = i128::from(self.sheet.valid) * VOTE - votes.values().iter().sum::<i128>();
        let (quota, ties) = (self.quota, tie.into_iter().collect());
        self.sheet.stages.push(Stage { action, votes, lost, quota, elected, excluded, ties });
    }

    fn hopeful(&self) -> Vec<Choice> {
        let hopeful = self.status.iter().filter(|(_, status)| **status == Status::Hopeful);
        hopeful.map(|(choice, _)| choice).collect()
    }

    fn vacancies(&self) -> usize {
        let seats = usize::try_from(self.poll.seats).unwrap_or(usize::MAX);
        seats.saturating_sub(self.sheet.elected.len())
    }
}

/// A quotient rounded up, of numbers not below nought; nought over nought is nought.
fn over_up(number: i128, by: i128) -> i128 {
    number.checked_add(by).and_then(|sum| (sum - 1).checked_div(by)).unwrap_or(0)
}
