use federation::act::{BallotAct, Comment, Count, Propose, Question, Topic, Vote};
use federation::rows::{Proposal, Unit};
use federation::{Act, Days, Id, Line, Prose, Ref, StatementId};

use crate::Failed;

use super::stage::{Stage, line, refused};
use super::weeks::first_of;

/// What is decided in a fortnight: a recommendation that passes, another pact that two units do not
/// follow, and a proposal that does not pass; and what is open when the visitor comes.
pub(super) fn fortnight(stage: &mut Stage, week: i64) -> Result<(), Failed> {
    match week {
        4 => {
            let text = "Let us mow the river path together on the first Saturday of each month. \
                        Whoever can brings a scythe; the Common Pot brings soup.";
            propose(stage, "Meadow Farm", (Question::Text {}, &[]), (text, 21))?;
            Ok(())
        }
        6 => vote(stage, |_, place| u8::from(place % 5 == 4)),
        8 => {
            let now = stage.federation.pact().cloned().unwrap_or_default();
            let pact = federation::Pact { notice_days: 10, ..now };
            let question = (Question::Pact(Box::new(pact)), [].as_slice());
            let text = "Ten days of notice in place of seven, so that units which meet every other \
                        week can talk before they vote.";
            propose(stage, "Riverside Clinic", question, (text, 21))?;
            Ok(())
        }
        10 => vote(stage, |unit, _| u8::from(["Wheelhouse", "Spin Laundry"].contains(&unit))),
        12 => {
            let text = "All workshops rest on Mondays, and nobody delivers on that day.";
            propose(stage, "Spin Laundry", (Question::Text {}, &[]), (text, 21))?;
            Ok(())
        }
        14 => vote(stage, |unit, place| match unit {
            "Spin Laundry" | "Wheelhouse" => 0,
            _ if place % 3 == 2 => 2,
            _ => 1,
        }),
        24 => open_question(stage),
        _ => Ok(()),
    }
}

/// Two questions that are open when the visitor comes: one to all units, one to the bakery.
fn open_question(stage: &mut Stage) -> Result<(), Failed> {
    let text = "We buy no new lorry. The Wheelhouse builds two cargo trailers that every unit can \
                take, and we recommend that all lend them before they ask for a lorry.";
    let proposal = propose(stage, "Wheelhouse", (Question::Text {}, &[]), (text, 21))?;
    let first = say(stage, "Plane & Saw", (proposal, None), "Who keeps them in winter?")?;
    say(
        stage,
        "Wheelhouse",
        (proposal, Some(first)),
        "Our hall has room for both. Whoever borrows one brings it back dry.",
    )?;
    Ok(())
}

/// What was said of the open question just before the visitor comes.
pub(super) fn lately(stage: &mut Stage) -> Result<(), Failed> {
    let options = [line("the north wall")?, line("the oven room")?];
    let text = "We have plaster for one of them this month. Which wall is first?";
    propose(stage, "Stone Oven Bakery", (Question::Own {}, &options), (text, 7))?;
    vote_some(stage, |unit, place| match unit {
        "Wheelhouse" | "Meadow Farm" | "Common Pot" => Some(0),
        "Spin Laundry" if place == 0 => Some(1),
        "Riverside Clinic" if place == 0 => Some(2),
        _ => None,
    })
}

fn propose(
    stage: &mut Stage,
    unit: &str,
    (question, options): (Question, &[Line]),
    (text, days): (&str, u16),
) -> Result<Ref<Proposal>, Failed> {
    let by = stage.speaker(stage.unit(unit)?)?;
    let text = Prose::parse(text).map_err(Failed::fault)?;
    let closes = stage.now.plus_days(Days(days)).plus_seconds(3600);
    let act =
        Propose { question, options: options.to_vec(), text, again: None, circle: None, closes };
    Ok(first_of(stage.act(by, Act::Propose(act))?))
}

fn say(
    stage: &mut Stage,
    unit: &str,
    (proposal, answers): (Ref<Proposal>, Option<StatementId>),
    words: &str,
) -> Result<StatementId, Failed> {
    let by = stage.speaker(stage.unit(unit)?)?;
    let (words, body) = stage.words(words)?;
    let act = Comment { on: Topic::Proposal(proposal), answers, words };
    Ok(stage.act_with(by, Act::Comment(act), vec![body])?.0)
}

/// Everybody who has a key votes on what all units vote on now, by the name of their unit and their
/// place in it.
fn vote(stage: &mut Stage, option: impl Fn(&str, usize) -> u8) -> Result<(), Failed> {
    vote_some(stage, |unit, place| Some(option(unit, place)))
}

fn vote_some(stage: &mut Stage, option: impl Fn(&str, usize) -> Option<u8>) -> Result<(), Failed> {
    let asked = stage.federation.proposals().rev().find(|(_, row)| {
        row.course == federation::rows::Course::Voting && row.electorate.len() > 1
    });
    let Some((id, row)) = asked else { return Ok(()) };
    let options = row.option_count();
    let voting: Vec<(Id<Unit>, Count)> =
        row.electorate.iter().map(|(&unit, voting)| (unit, voting.method.count)).collect();
    for (unit, count) in voting {
        let name = stage.federation.unit(unit).map_err(refused)?.name.to_string();
        for (place, who) in stage.members(unit)?.into_iter().enumerate() {
            let Some(chosen) = option(&name, place) else { continue };
            let proposal = stage.federation.proposal_ref(id);
            let proposal = proposal.ok_or_else(|| Failed::fault("a proposal has no name"))?;
            let vote = vote_for(count, chosen, options);
            let act = BallotAct { proposal, vote, reason: Line::default() };
            stage.act(who, Act::Ballot(act))?;
        }
    }
    Ok(())
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
