//! How ballots become what a unit says, and what units say an outcome: from a proposal's row alone,
//! so that anybody can count it again.

use tally::{Choice, Draw, Poll, Share, Weights};

use super::elections::election_says;
use crate::act::{Count, Question, Vote};
use crate::rows::{Ballots, Counted, Hand, Proposal, Rule, Says, UnitsSay, Voting};

/// A ballot is counted in millionths where those of its unit together weigh less than one each.
const MILLION: u64 = 1_000_000;

/// A vote, whether it comes with a reason, and how many say it.
struct Paper<'a> {
    vote: &'a Vote,
    reasoned: bool,
    count: u64,
}

/// What a vote prefers, of one option and leaving things as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prefers {
    Option,
    AsItIs,
    Neither,
}

fn papers(voting: &Voting) -> Vec<Paper<'_>> {
    let own = voting.ballots.values().map(|ballot| Paper {
        vote: &ballot.vote,
        reasoned: !ballot.reason.as_str().is_empty(),
        count: 1,
    });
    let room = voting.room.iter().filter(|room| room.stands).flat_map(|room| &room.votes);
    let room = room.map(|(vote, reason, count)| Paper {
        vote,
        reasoned: !reason.as_str().is_empty(),
        count: u64::from(*count),
    });
    own.chain(room).filter(|paper| paper.count > 0).collect()
}

/// What a unit says, by its own method, from the ballots of its members.
pub(crate) fn says(row: &Proposal, voting: &Voting) -> Says {
    let papers = papers(voting);
    let abstains = |paper: &Paper<'_>| matches!(paper.vote, Vote::Abstain {});
    if papers.is_empty() {
        return Says::Undecided;
    }
    if papers.iter().all(abstains) {
        return Says::Abstain;
    }
    if let Question::Delegates(_) = row.question {
        return election_says(row, voting);
    }
    if voting.method.consent_tries > 0
        && let Some(says) = consent(row, voting, &papers)
    {
        return says;
    }
    match voting.method.count {
        Count::YesNo { share } => most_chosen(row, &papers, share.share()),
        Count::Approval {} => by_sums(row, &papers, false),
        Count::Score {} => by_sums(row, &papers, true),
        Count::Schulze {} => pair_by_pair(row, &papers),
    }
}

/// Consent to the only option there is: given if somebody wants it and nobody objects with a reason.
/// Among several, the count decides. In vain, a unit's own question is tried again, as often as its
/// method says; a poll of the whole comes once, so there the count decides at once.
fn consent(row: &Proposal, voting: &Voting, papers: &[Paper<'_>]) -> Option<Says> {
    let tried_out = row.tries > voting.method.consent_tries;
    if row.options.len() > 1 || (row.rule == Rule::OwnMethod && tried_out) {
        return None;
    }
    let prefers = |paper: &Paper<'_>| prefers(paper.vote, 0, row.as_it_is());
    let objects = |paper: &Paper<'_>| {
        paper.reasoned
            && !matches!(paper.vote, Vote::Abstain {})
            && prefers(paper) != Prefers::Option
    };
    let wanted = papers.iter().any(|paper| prefers(paper) == Prefers::Option);
    match (papers.iter().any(objects), row.rule) {
        (false, _) if wanted => Some(Says::Yes { option: 0 }),
        (_, Rule::OwnMethod) => Some(Says::Undecided),
        (_, Rule::BothMajorities { .. }) => None,
    }
}

/// The option that the part of all who choose anything chooses.
fn most_chosen(row: &Proposal, papers: &[Paper<'_>], share: Share) -> Says {
    let votes = |option: u8| -> u64 {
        let chosen = papers.iter().filter(|paper| *paper.vote == Vote::Choose(option));
        chosen.map(|paper| paper.count).sum()
    };
    let of = (0..row.option_count()).map(votes).sum();
    if let Some(option) = (0..row.as_it_is()).find(|&option| share.is_reached(votes(option), of)) {
        return Says::Yes { option };
    }
    match Share::HALF.is_reached(votes(row.as_it_is()), of) {
        true => Says::No,
        false => Says::Undecided,
    }
}

/// The same poll as the counts of ballots take it; `None` if they do not take it, which no form of
/// ballot that was let in brings about.
fn poll(row: &Proposal, papers: &[Paper<'_>]) -> Option<Poll> {
    let names = (0..row.option_count()).map(|option| option.to_string()).collect();
    let mut poll = Poll::try_new("", 1, names).ok()?;
    for paper in papers {
        match paper.vote {
            Vote::Approve(options) => {
                let ranks: Vec<u16> = (0..row.option_count())
                    .map(|option| u16::from(options.contains(&option)))
                    .collect();
                poll.cast(paper.count, &ranks).ok()?;
            }
            Vote::Score(scores) => {
                let scores: Vec<Option<i32>> =
                    scores.iter().map(|&score| Some(i32::from(score))).collect();
                poll.cast_scores(paper.count, &scores).ok()?;
            }
            Vote::Rank(ranks) => {
                let ranks: Vec<u16> = ranks.iter().map(|&rank| u16::from(rank)).collect();
                poll.cast(paper.count, &ranks).ok()?;
            }
            Vote::Abstain {} | Vote::Choose(_) => {}
        }
    }
    Some(poll)
}

/// The option with the highest sum, if it has it alone.
fn by_sums(row: &Proposal, papers: &[Paper<'_>], scores: bool) -> Says {
    let Some(poll) = poll(row, papers) else { return Says::Undecided };
    // Equal sums decide nothing, so it does not matter how the lot falls.
    let draw = Draw::new([0; 32]);
    let sums = if scores { tally::score(&poll, draw) } else { tally::approval(&poll, draw) };
    let (Some(&first), second) = (sums.order.first(), sums.order.get(1)) else {
        return Says::Undecided;
    };
    match second.is_some_and(|&second| sums.sums[second] == sums.sums[first]) {
        true => Says::Undecided,
        false => wins(row, first),
    }
}

/// The option that beats the others pair by pair, if it does so alone; to be chosen it must beat
/// leaving things as they are.
fn pair_by_pair(row: &Proposal, papers: &[Paper<'_>]) -> Says {
    let Some(poll) = poll(row, papers) else { return Says::Undecided };
    let as_it_is = Choice(u16::from(row.as_it_is()));
    let found = tally::schulze(&poll, Some(as_it_is), Draw::new([0; 32]));
    match found.levels.first().map(Vec::as_slice) {
        Some(&[first]) => wins(row, first),
        _ => Says::Undecided,
    }
}

fn wins(row: &Proposal, choice: Choice) -> Says {
    let option = u8::try_from(choice.0).unwrap_or(u8::MAX);
    match option.cmp(&row.as_it_is()) {
        std::cmp::Ordering::Less => Says::Yes { option },
        std::cmp::Ordering::Equal => Says::No,
        std::cmp::Ordering::Greater => Says::Undecided,
    }
}

/// Whether a vote prefers an option to leaving things as they are.
fn prefers(vote: &Vote, option: u8, as_it_is: u8) -> Prefers {
    let (wanted, kept) = match vote {
        Vote::Abstain {} => (0, 0),
        Vote::Choose(chosen) => (i16::from(*chosen == option), i16::from(*chosen == as_it_is)),
        Vote::Approve(options) => {
            (i16::from(options.contains(&option)), i16::from(options.contains(&as_it_is)))
        }
        Vote::Score(scores) => {
            let score = |at: u8| scores.get(usize::from(at)).copied().map_or(0, i16::from);
            (score(option), score(as_it_is))
        }
        Vote::Rank(ranks) => {
            // Unranked is last.
            let place = |at: u8| match ranks.get(usize::from(at)) {
                Some(&rank) if rank > 0 => -i16::from(rank),
                _ => i16::MIN,
            };
            (place(option), place(as_it_is))
        }
    };
    match wanted.cmp(&kept) {
        std::cmp::Ordering::Greater => Prefers::Option,
        std::cmp::Ordering::Less => Prefers::AsItIs,
        std::cmp::Ordering::Equal => Prefers::Neither,
    }
}

/// Counts a poll whose units have all sealed, from its row alone.
pub(crate) fn counted(row: &Proposal) -> Counted {
    let mut counted = totals(row);
    counted.passed = match row.rule {
        Rule::OwnMethod => row.electorate.values().find_map(|voting| match voting.seal?.says {
            Says::Yes { option } => Some(option),
            _ => None,
        }),
        Rule::BothMajorities { .. } => {
            let settled = || totals_of(row, |voting| !voting.newly_enrolled);
            let also_without_new =
                !matches!(row.question, Question::List(_)) || settled().passes(row.rule);
            (counted.passes(row.rule) && also_without_new).then_some(0)
        }
    };
    counted
}

/// What has been said so far: sealed units as they sealed, the others as they stand.
pub(crate) fn totals(row: &Proposal) -> Counted {
    totals_of(row, |_| true)
}

/// What some of the units of an electorate have said so far, as if the others were not enrolled.
fn totals_of(row: &Proposal, counts: impl Fn(&Voting) -> bool) -> Counted {
    let left_out = row.electorate.values().filter(|voting| !counts(voting)).count();
    let left_out = u32::try_from(left_out).unwrap_or(u32::MAX);
    let enrolled = row.fixed.map_or(0, |fixed| fixed.enrolled).saturating_sub(left_out);
    let mut counted = Counted { enrolled, ..Counted::default() };
    let mut weights = Weights::default();
    for voting in row.electorate.values().filter(|voting| counts(voting)) {
        let said = voting.seal.map_or_else(|| says(row, voting), |seal| seal.says);
        add_unit(&mut counted.units, said);
        let all = add_ballots(voting, row.as_it_is(), |_| true);
        let kept = add_ballots(voting, row.as_it_is(), |hand| hand == Some(Hand::Kept));
        let most = u64::from(voting.counted_members);
        let weighed = all.weighing(most);
        weights.add((all.yes, all.cast), most);
        for (sum, more) in
            [(&mut counted.all, all), (&mut counted.kept, kept), (&mut counted.weighed, weighed)]
        {
            sum.yes = sum.yes.saturating_add(more.yes);
            sum.cast = sum.cast.saturating_add(more.cast);
        }
    }
    // Millionths are rounded down, but what the exact sum reaches is reached.
    if let Rule::BothMajorities { threshold } = row.rule
        && weights.reach(threshold.share())
    {
        let least = threshold.share().least(counted.weighed.cast);
        counted.weighed.yes = counted.weighed.yes.max(least);
    }
    counted
}

fn add_unit(units: &mut UnitsSay, said: Says) {
    let sum = match said {
        Says::Yes { .. } => &mut units.yes,
        Says::No => &mut units.no,
        Says::Abstain => &mut units.abstain,
        Says::Undecided => &mut units.undecided,
    };
    *sum = sum.saturating_add(1);
}

/// A unit's ballots, of the hands asked for; those counted in a room were given by hand.
fn add_ballots(voting: &Voting, as_it_is: u8, of: impl Fn(Option<Hand>) -> bool) -> Ballots {
    let own = voting.ballots.values().map(|ballot| (&ballot.vote, 1, Some(ballot.hand)));
    let room = voting.room.iter().filter(|room| room.stands).flat_map(|room| &room.votes);
    let room = room.map(|(vote, _, count)| (vote, u64::from(*count), None));
    let mut ballots = Ballots::default();
    for (vote, count, _) in own.chain(room).filter(|&(.., hand)| of(hand)) {
        ballots.cast = ballots.cast.saturating_add(count);
        if prefers(vote, 0, as_it_is) == Prefers::Option {
            ballots.yes = ballots.yes.saturating_add(count);
        }
    }
    ballots
}

impl Ballots {
    /// In millionths of a ballot, and together no more than so many ballots.
    fn weighing(self, most: u64) -> Self {
        if self.cast <= most {
            let millionths = |count: u64| count.saturating_mul(MILLION);
            return Self { yes: millionths(self.yes), cast: millionths(self.cast) };
        }
        // Floor: what a unit's ballots weigh beyond its counted members is taken off all alike.
        let cast = most.saturating_mul(MILLION);
        let yes = u128::from(self.yes) * u128::from(cast) / u128::from(self.cast);
        Self { yes: u64::try_from(yes).unwrap_or(cast), cast }
    }
}

impl Counted {
    /// Whether enough of the electorate's units say yes.
    pub const fn units_pass(&self, rule: Rule) -> bool {
        match rule {
            Rule::BothMajorities { threshold } => {
                let (yes, all) = (widened(self.units.yes), widened(self.units.all()));
                threshold.share().is_reached(yes, all)
            }
            Rule::OwnMethod => self.units.yes > 0,
        }
    }

    /// Whether enough of the ballots cast say yes, in whatever unit.
    pub const fn ballots_pass(&self, rule: Rule) -> bool {
        match rule {
            Rule::BothMajorities { threshold } => {
                threshold.share().is_reached(self.weighed.yes, self.weighed.cast)
            }
            Rule::OwnMethod => true,
        }
    }

    /// Whether a quarter of all enrolled units, asleep or not, say yes.
    pub const fn quarter_passes(&self, rule: Rule) -> bool {
        match rule {
            Rule::BothMajorities { .. } => {
                QUARTER.is_reached(widened(self.units.yes), widened(self.enrolled))
            }
            Rule::OwnMethod => true,
        }
    }

    /// Whether all that a rule asks for is there.
    pub const fn passes(&self, rule: Rule) -> bool {
        self.units_pass(rule) && self.ballots_pass(rule) && self.quarter_passes(rule)
    }
}

/// The part of all enrolled units that must say yes to whatever the whole decides.
const QUARTER: Share = Share::AtLeast(1, 4);

#[expect(clippy::as_conversions, reason = "widening, in a constant function")]
const fn widened(number: u32) -> u64 {
    number as u64
}

impl Proposal {
    /// The count as it stands: units that have sealed as they did, the others by the ballots that
    /// are there. The same as the final count once the poll has closed.
    pub fn count_now(&self) -> Counted {
        counted(self)
    }

    /// What a unit of the electorate says as things stand.
    pub fn says_now(&self, voting: &Voting) -> Says {
        voting.seal.map_or_else(|| says(self, voting), |seal| seal.says)
    }
}
