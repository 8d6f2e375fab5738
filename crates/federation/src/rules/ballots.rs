use crate::act::{BallotAct, Count, HeldBy, Method, Question, Vote};
use crate::rows::{Ballot, Course, Hand, Proposal};
use crate::{Effect, Federation, Id, PublicKey, Refusal, Time};

use super::Author;
use super::polls::check_voting;

/// The most that a score is from nought.
const SCORE_MAX: i8 = 2;

impl Federation {
    /// A member votes; the last ballot counts. One that comes after the close, or after the unit
    /// has sealed, is kept as late and never counted.
    pub(crate) fn ballot(
        &mut self,
        author: Author,
        (hand, signed): (Hand, Time),
        act: &BallotAct,
    ) -> Result<Effect, Refusal> {
        let id = self.find_proposal(act.proposal)?;
        let row = self.proposal(id)?;
        if !matches!(row.course, Course::Closed(_)) {
            check_voting(id, row, self.testified)?;
        }
        let unit = self.elector(id, author.person)?;
        let Some(voting) = row.electorate.get(&unit) else { return Ok(Effect::Done) };
        check_form(&act.vote, voting.method, row)?;
        let (vote, reason) = (act.vote.clone(), act.reason.clone());
        let made_by = author.made_by;
        let ballot = Ballot { vote, reason, made_by, at: author.at, signed, hand };
        let late = voting.seal.is_some();
        let row = self.proposals.row_mut(id)?;
        if late {
            row.late.insert(author.person, ballot);
            return Ok(Effect::Late);
        }
        if let Some(voting) = row.electorate.get_mut(&unit) {
            if let Some(room) = &mut voting.room
                && room.present.contains(&author.person)
            {
                room.stands = false;
            }
            voting.ballots.insert(author.person, ballot);
        }
        Ok(Effect::Done)
    }

    /// Whose key signs for somebody.
    pub(crate) fn hand(&self, key: PublicKey, person: Id<crate::rows::Person>) -> Hand {
        match self.key(key) {
            Some(row) if row.person != person => Hand::CoMembers,
            Some(row) if row.held_by == HeldBy::Device => Hand::Own,
            _ => Hand::Kept,
        }
    }
}

/// Refused for a vote of another form than the unit's method counts, and for one that names options
/// or scores that there are not.
pub(crate) fn check_form(vote: &Vote, method: Method, row: &Proposal) -> Result<(), Refusal> {
    let count = row.option_count();
    let elects = matches!(row.question, Question::Delegates(_));
    let counted = if elects { Count::Schulze {} } else { method.count };
    let (fits, expected) = match (counted, vote) {
        (_, Vote::Abstain {}) => (true, ""),
        (Count::YesNo { .. }, vote) => {
            (matches!(vote, Vote::Choose(option) if *option < count), "one of the options")
        }
        (Count::Approval {}, vote) => {
            let fits = |options: &std::collections::BTreeSet<u8>| {
                options.iter().all(|option| *option < count)
            };
            (matches!(vote, Vote::Approve(options) if fits(options)), "every option that will do")
        }
        (Count::Score {}, vote) => {
            let within = |score: &i8| (-SCORE_MAX..=SCORE_MAX).contains(score);
            let fits =
                |scores: &[i8]| scores.len() == usize::from(count) && scores.iter().all(within);
            (
                matches!(vote, Vote::Score(scores) if fits(scores)),
                "a score of -2 to +2 for each option",
            )
        }
        (Count::Schulze {}, vote) => {
            let fits = |ranks: &[u8]| {
                ranks.len() == usize::from(count) && ranks.iter().all(|rank| *rank <= count)
            };
            (
                matches!(vote, Vote::Rank(ranks) if fits(ranks)),
                "a rank for each option, 1 for the best",
            )
        }
    };
    match fits {
        true => Ok(()),
        false => Err(Refusal::VoteOfOtherForm { expected, options: count }),
    }
}
