use federation::act::{Audience, Question};
use federation::rows::{Course, Hand, Proposal};
use federation::{Act, Effect};

use super::Milestones;
use crate::step::Step;

/// What an act, or what came due with it, has brought about in deciding.
pub(super) fn reached(step: Step<'_>, effect: &Effect, found: &mut Milestones) {
    for ((_, before), (_, after)) in step.before.proposals().zip(step.after.proposals()) {
        if before.is_open()
            && let Course::Closed(_) = after.course
        {
            closed(after, found);
        }
    }
    match (&step.entry.statement.act, effect) {
        (Act::Ballot(_), Effect::Late) => found.push("a late ballot"),
        (Act::Ballot(_), Effect::Done) => voted(step, found),
        (Act::Seal(_), Effect::Done) => found.push("a unit sealed before the close"),
        (Act::CountRoom(_), Effect::Done) => found.push("a room counted"),
        (Act::AcceptPact(_), Effect::Done) => {
            found.push("a unit accepts a pact it had not said yes to");
        }
        _ => {}
    }
    if step.after.pacts().len() > step.before.pacts().len().max(1) {
        found.push("a pact in force");
        let newest = step.after.pacts().len() - 1;
        let earlier = |pact| usize::try_from(pact).is_ok_and(|pact| pact < newest);
        if step.after.units().any(|(_, unit)| unit.is_in() && earlier(unit.pact)) {
            found.push("a unit on an earlier pact");
        }
    }
}

fn closed(row: &Proposal, found: &mut Milestones) {
    if row.has_passed() && matches!(row.question, Question::Essentials(_) | Question::Order(_)) {
        found.push("essentials or preferences decided");
    }
    match (row.audience(), row.has_passed()) {
        (Audience::Whole, true) => found.push("a proposal passed"),
        (Audience::Whole, false) => found.push("a proposal not passed"),
        (Audience::Unit, true) if row.question == Question::Own {} => {
            found.push("a poll of a unit decided");
        }
        (Audience::Unit, _) => {}
    }
    let heavy = |voting: &federation::rows::Voting| {
        voting.ballots.len() > usize::try_from(voting.counted_members).unwrap_or(usize::MAX)
    };
    if row.electorate.values().any(heavy) {
        found.push("a unit's ballots weigh less than one each");
    }
}

fn voted(step: Step<'_>, found: &mut Milestones) {
    let person = step.after.person_by_id(step.entry.statement.person);
    let (Some(person), Act::Ballot(act)) = (person, &step.entry.statement.act) else { return };
    let Ok(id) = step.after.find_proposal(act.proposal) else { return };
    let unit = step.after.votes_in(id, person);
    let row = step.after.person(person).ok();
    if unit.is_some() && unit != row.and_then(|row| row.unit) {
        found.push("a ballot of somebody who has moved");
    }
    let voting = unit.and_then(|unit| step.after.proposal(id).ok()?.electorate.get(&unit));
    if voting.is_some_and(|v| v.room.as_ref().is_some_and(|room| !room.stands)) {
        found.push("a room count laid to rest");
    }
    if voting.is_some_and(|v| v.ballots.get(&person).is_some_and(|b| b.hand == Hand::Kept)) {
        found.push("a ballot by a kept key");
    }
}
