//! The single transferable vote as counted in Scottish council elections.
//!
//! Rules 45 to 52 of Schedule 1 of the Scottish Local Government Elections Order 2007 (SSI 2007/42);
//! the Order of 2011 keeps them: the weighted inclusive Gregory method with five decimals.

use crate::choice::{Choice, PerChoice};
use crate::draw::Draw;
use crate::papers::{Gap, Paper, papers};
use crate::poll::Poll;
use crate::sheet::{Action, Sheet, Stage, Take, Tie, take};

const DECIMALS: u8 = 5;
const VOTE: i128 = 100_000;

/// Elects as many as the poll has seats.
///
/// - Quota: valid papers over seats plus one, rounded down, plus one. Who reaches it is elected.
/// - What somebody elected has beyond the quota is transferred, the largest surplus first: every
///   paper goes to its next continuing option at its value times surplus over votes, to five decimals,
///   the rest dropped. Then the one with the fewest votes is excluded, and the papers go on at the
///   value they had.
/// - A paper goes no further where a number is left out or stands twice.
/// - Between equals the most recent stage at which they differed decides, then the lot.
/// - As soon as as many continue as seats are left, they are elected, and nothing more is transferred.
///
/// ```
/// # use tally::{Action, Draw, Poll, scottish};
/// let names = ["Ann", "Bea", "Cem"].map(str::to_owned).to_vec();
/// let mut poll = Poll::try_new("delegates", 2, names)?;
/// poll.cast(5, &[1, 2, 0])?;
/// poll.cast(2, &[0, 0, 1])?;
/// let sheet = scottish(&poll, Draw::new([0; 32]));
/// assert_eq!(sheet.stages[1].action, Action::Surplus(sheet.elected[0]));
/// // Each of Ann's five papers goes to Bea at two fifths of a vote.
/// assert_eq!(sheet.votes(sheet.stages[1].votes.values()[1]), "2.00000");
/// # Ok::<(), tally::PollRefused>(())
/// ```
pub fn scottish(poll: &Poll, draw: Draw) -> Sheet {
    let papers = papers(poll, Gap::Ends);
    let mut count = Count::new(poll, draw, &papers);
    count.first();
    while count.step() {}
    count.sheet
}

/// Where an option stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Continuing,
    /// Elected, with a surplus that may have to be transferred.
    Elected,
    /// Elected, and nothing left to transfer; or excluded, or withdrawn.
    Done,
}

/// A paper in somebody's pile: the preference that brought it there, and its value then.
#[derive(Debug, Clone, Copy)]
struct Held {
    paper: usize,
    preference: usize,
    value: i128,
}

struct Count<'a> {
    poll: &'a Poll,
    draw: Draw,
    papers: &'a [Paper],
    status: PerChoice<Status>,
    piles: PerChoice<Vec<Held>>,
    votes: PerChoice<i128>,
    quota: i128,
    sheet: Sheet,
}

impl<'a> Count<'a> {
    fn new(poll: &'a Poll, draw: Draw, papers: &'a [Paper]) -> Self {
        let choices = poll.choice_count();
        let valid: u64 = papers.iter().map(|paper| paper.weight).sum();
        let status = |choice| match poll.is_withdrawn(choice) {
            true => Status::Done,
            false => Status::Continuing,
        };
        Self {
            poll,
            draw,
            papers,
            status: poll.choices().map(status).collect(),
            piles: PerChoice::filled(Vec::new(), choices),
            votes: PerChoice::filled(0, choices),
            quota: i128::from(valid / (u64::from(poll.seats) + 1) + 1) * VOTE,
            sheet: Sheet {
                decimals: DECIMALS,
                seats: poll.seats,
                valid,
                stages: Vec::new(),
                elected: Vec::new(),
            },
        }
    }

    /// The first stage: every paper goes to its first preference.
    fn first(&mut self) {
        for (paper, one) in self.papers.iter().enumerate() {
            if let Some(&choice) = one.choices.first() {
                self.give(choice, Held { paper, preference: 0, value: VOTE });
            }
        }
        self.close(Action::First, None, Vec::new());
    }

    /// One more stage; false if the count is over.
    fn step(&mut self) -> bool {
        let vacancies = self.vacancies();
        let continuing = self.with(Status::Continuing);
        if vacancies == 0 || continuing.is_empty() {
            return false;
        }
        if continuing.len() <= vacancies {
            let elected = self.by_votes(continuing);
            self.elect(&elected);
            self.push(Action::Last, elected, None, Vec::new());
            return false;
        }
        let surplus = self.with(Status::Elected);
        if let Some((choice, tie)) = self.take(&surplus, Take::Most) {
            self.transfer_surplus(choice);
            self.close(Action::Surplus(choice), None, tie.into_iter().collect());
        } else if let Some((choice, tie)) = self.take(&continuing, Take::Fewest) {
            self.transfer_all(choice);
            self.close(Action::Exclusion(choice), Some(choice), tie.into_iter().collect());
        }
        true
    }

    fn transfer_surplus(&mut self, choice: Choice) {
        let (total, surplus) = (self.votes[choice], self.votes[choice] - self.quota);
        for held in std::mem::take(&mut self.piles[choice]) {
            let value = (surplus * held.value).checked_div(total).unwrap_or(0);
            self.pass_on(Held { value, ..held });
        }
        self.votes[choice] = self.quota;
        self.status[choice] = Status::Done;
    }

    fn transfer_all(&mut self, choice: Choice) {
        self.status[choice] = Status::Done;
        self.votes[choice] = 0;
        for held in std::mem::take(&mut self.piles[choice]) {
            self.pass_on(held);
        }
    }

    /// Gives a paper to the next continuing option it names, if there is one.
    fn pass_on(&mut self, held: Held) {
        let Some(paper) = self.papers.get(held.paper) else { return };
        let further = paper.choices.iter().copied().enumerate().skip(held.preference + 1);
        let next =
            further.into_iter().find(|&(_, choice)| self.status[choice] == Status::Continuing);
        if let Some((preference, choice)) = next {
            self.give(choice, Held { preference, ..held });
        }
    }

    fn give(&mut self, choice: Choice, held: Held) {
        let weight = self.papers.get(held.paper).map_or(0, |paper| paper.weight);
        self.votes[choice] += held.value * i128::from(weight);
        self.piles[choice].push(held);
    }

    /// Elects whoever has reached the quota, and writes the stage down.
    fn close(&mut self, action: Action, excluded: Option<Choice>, ties: Vec<Tie>) {
        let mut there = self.with(Status::Continuing);
        there.retain(|&choice| self.votes[choice] >= self.quota);
        let elected = self.by_votes(there);
        self.elect(&elected);
        self.push(action, elected, excluded, ties);
    }

    fn elect(&mut self, elected: &[Choice]) {
        for &choice in elected {
            let surplus = self.votes[choice] > self.quota;
            self.status[choice] = if surplus { Status::Elected } else { Status::Done };
        }
        self.sheet.elected.extend(elected);
    }

    fn push(
        &mut self,
        action: Action,
        elected: Vec<Choice>,
        excluded: Option<Choice>,
        ties: Vec<Tie>,
    ) {
        let votes = self.votes.clone();
        let held: i128 = votes.values().iter().sum();
        let lost = i128::from(self.sheet.valid) * VOTE - held;
        let quota = self.quota;
        self.sheet.stages.push(Stage { action, votes, lost, quota, elected, excluded, ties });
    }

    fn vacancies(&self) -> usize {
        let seats = usize::try_from(self.poll.seats).unwrap_or(usize::MAX);
        seats.saturating_sub(self.sheet.elected.len())
    }

    fn with(&self, status: Status) -> Vec<Choice> {
        self.status.iter().filter(|(_, one)| **one == status).map(|(choice, _)| choice).collect()
    }

    fn take(&self, among: &[Choice], whom: Take) -> Option<(Choice, Option<Tie>)> {
        let votes = |choice| self.votes[choice];
        take((self.poll, self.draw), among, votes, (whom, &self.sheet.stages))
    }

    /// The most votes first; equal ones in the order of the poll, since all of them are elected.
    fn by_votes(&self, mut choices: Vec<Choice>) -> Vec<Choice> {
        choices.sort_by_key(|&choice| std::cmp::Reverse(self.votes[choice]));
        choices
    }
}
