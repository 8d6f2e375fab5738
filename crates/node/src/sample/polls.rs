use federation::act::{BallotAct, Comment, Count, Propose, Question, Topic, Vote};
use federation::rows::{Circle, Course, Proposal, Unit};
use federation::{Act, Id, Line, Prose, Ref, StatementId};

use crate::Failed;

use super::stage::{Stage, refused};
use super::weeks::first_of;

/// What somebody puts to the vote.
pub(super) struct Motion<'a> {
    pub(super) by: &'a str,
    pub(super) question: Question,
    pub(super) options: Vec<Line>,
    pub(super) circle: Option<Ref<Circle>>,
    pub(super) text: &'a str,
    /// For how many days.
    pub(super) days: u16,
}

impl<'a> Motion<'a> {
    /// A motion in somebody's own name, on the proposal as it is.
    pub(super) const fn new(by: &'a str, question: Question, text: &'a str, days: u16) -> Self {
        Self { by, question, options: Vec::new(), circle: None, text, days }
    }

    /// Puts it to the vote.
    pub(super) fn propose(self, stage: &mut Stage) -> Result<Ref<Proposal>, Failed> {
        let Self { by, question, options, circle, text, days } = self;
        let text = Prose::parse(text).map_err(Failed::fault)?;
        let closes = stage.closes_in(days);
        let act = Propose { question, options, text, again: None, circle, closes };
        Ok(first_of(stage.act(by, Act::Propose(act))?))
    }
}

/// Says something on a proposal, or answers what was said there.
pub(super) fn say(
    stage: &mut Stage,
    by: &str,
    (proposal, answers): (Ref<Proposal>, Option<StatementId>),
    words: &str,
) -> Result<StatementId, Failed> {
    let (words, body) = stage.words(words)?;
    let act = Comment { on: Topic::Proposal(proposal), answers, words };
    Ok(stage.act_with(by, Act::Comment(act), vec![body])?.0)
}

/// How statements name the newest proposal whose text begins so.
pub(super) fn proposal(stage: &Stage, begins: &str) -> Result<Ref<Proposal>, Failed> {
    let id = find(stage, begins)?;
    let named = stage.federation.proposal_ref(id);
    named.ok_or_else(|| Failed::fault("a proposal of the sample has no name"))
}

fn find(stage: &Stage, begins: &str) -> Result<Id<Proposal>, Failed> {
    let same = |row: &Proposal| row.text.as_str().starts_with(begins);
    let found = stage.federation.proposals().rev().find(|(_, row)| same(row)).map(|(id, _)| id);
    found.ok_or_else(|| Failed::fault(format!("no proposal of the sample begins with {begins}")))
}

/// Whoever has a key and an opinion votes on a proposal, by the name of their unit and their place
/// in it.
pub(super) fn vote(
    stage: &mut Stage,
    begins: &str,
    option: impl Fn(&str, usize) -> Option<u8>,
) -> Result<(), Failed> {
    let (id, named) = (find(stage, begins)?, proposal(stage, begins)?);
    let row = stage.federation.proposal(id).map_err(refused)?;
    if row.course != Course::Voting {
        return Err(Failed::fault(format!("nobody can vote now on what begins with {begins}")));
    }
    let options = row.option_count();
    let voting: Vec<(Id<Unit>, Count)> =
        row.electorate.iter().map(|(&unit, voting)| (unit, voting.method.count)).collect();
    for (unit, count) in voting {
        let name = stage.federation.unit(unit).map_err(refused)?.name.to_string();
        for (place, who) in stage.members(unit)?.into_iter().enumerate() {
            if let Some(chosen) = option(&name, place) {
                stage.act(who, cast(named, vote_for(count, chosen, options)))?;
            }
        }
    }
    Ok(())
}

/// A ballot without a reason.
pub(super) fn cast(proposal: Ref<Proposal>, vote: Vote) -> Act {
    Act::Ballot(BallotAct { proposal, vote, reason: Line::default() })
}

/// A vote for one option, in the form that a unit counts.
fn vote_for(count: Count, option: u8, options: u8) -> Vote {
    match count {
        Count::YesNo { .. } => Vote::Choose(option),
        Count::Approval {} => Vote::Approve([option].into()),
        Count::Score {} => Vote::Score((0..options).map(|n| i8::from(n == option) * 2).collect()),
        Count::Schulze {} => Vote::Rank((0..options).map(|n| u8::from(n == option)).collect()),
    }
}
