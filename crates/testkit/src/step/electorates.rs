//! Who votes: exactly the units that were enrolled and awake when the notice ended (and, where a
//! conflict goes to the vote, those whom it affects); and what puts a unit to sleep and wakes it.

use std::collections::BTreeSet;

use federation::act::{Audience, Question};
use federation::invariants::Broken;
use federation::rows::{Proposal, Unit};
use federation::{Act, Federation, Id};

use super::{Step, broken};

/// The electorate that is fixed in this step, unit by unit. What came due in the same step may have
/// put a unit to sleep or given it weight before or after that moment: either is right then.
pub(super) fn electorates_are_who_is_awake(step: Step<'_>) -> Result<(), Broken> {
    let fixed_now = |(id, row): &(Id<Proposal>, &Proposal)| {
        let before = step.before.proposal(*id).ok().and_then(|row| row.fixed);
        row.fixed.is_some() && before.is_none() && row.audience() == Audience::Whole
    };
    for (id, row) in step.after.proposals().filter(fixed_now) {
        for (unit, _) in step.after.units() {
            let (votes, may) = (row.electorate.contains_key(&unit), may_vote(step, unit, row));
            if may.is_some_and(|may| may != votes) {
                let says = if votes { "votes" } else { "does not vote" };
                return broken("electorate", format!("unit {unit} {says} on proposal {id}"));
            }
        }
    }
    Ok(())
}

/// Whether a unit belongs to an electorate that is fixed in this step; none where it may or may not.
fn may_vote(step: Step<'_>, unit: Id<Unit>, row: &Proposal) -> Option<bool> {
    let enrolled = both(step, |state| state.unit(unit).is_ok_and(Unit::is_enrolled));
    let parts = [enrolled, asked(step, unit, row), awake(step, unit, row)];
    match parts.contains(&Some(false)) {
        true => Some(false),
        false => parts.iter().all(Option::is_some).then_some(true),
    }
}

/// Where the states on both sides of a step agree.
fn both(step: Step<'_>, holds: impl Fn(&Federation) -> bool) -> Option<bool> {
    let (before, after) = (holds(step.before), holds(step.after));
    (before == after).then_some(before)
}

fn asked(step: Step<'_>, unit: Id<Unit>, row: &Proposal) -> Option<bool> {
    let Question::Use { conflict, .. } = row.question else { return Some(true) };
    let affected = |state: &Federation| {
        state.find_conflict(conflict).is_ok_and(|id| state.affected(id).contains(&unit))
    };
    both(step, affected)
}

/// Whoever has acted since the notice began is awake; else whoever is so on both sides of the step.
fn awake(step: Step<'_>, unit: Id<Unit>, row: &Proposal) -> Option<bool> {
    let acted = step.after.unit(unit).is_ok_and(|unit| unit.acted >= row.since);
    let awake = both(step, |state| state.unit(unit).is_ok_and(|unit| !unit.is_asleep()));
    if acted { Some(true) } else { awake }
}

/// A unit falls asleep with a poll of the whole that closes in this step and in which nobody of it
/// took part, and not where its members have acted since the one before. Every act of a member wakes
/// it, but saying what time it is, which programs do by themselves.
pub(super) fn sleep_comes_by_polls_and_goes_with_acts(step: Step<'_>) -> Result<(), Broken> {
    let says_time = matches!(step.entry.statement.act, Act::AttestTime {});
    let signer = step.after.key(step.entry.statement.key).map(|row| row.person);
    let signer = signer.and_then(|person| step.after.person(person).ok()?.unit);
    let missed = missed_now(step);
    for (id, after) in step.after.units() {
        let Ok(before) = step.before.unit(id) else { continue };
        let acts = !says_time && signer == Some(id);
        let falls = after.asleep_since.filter(|_| acts || !before.is_asleep());
        let rested = |since| after.acted.plus_days(federation::Days(60)) < since;
        if falls.is_some_and(|since| !missed.contains(&id) || !rested(since)) {
            return broken("sleep", format!("`{}` sleeps, and has acted", after.name));
        }
        if acts && after.acted < step.entry.time {
            return broken("sleep", format!("`{}` acts, and is not noted as awake", after.name));
        }
        if !acts && after.acted != before.acted {
            return broken("sleep", format!("`{}` is noted as awake by nothing", after.name));
        }
        let stays = before.is_asleep() && !acts && !came_in(before, after);
        if stays && !after.is_asleep() {
            return broken("sleep", format!("`{}` wakes by nothing", after.name));
        }
    }
    Ok(())
}

fn came_in(before: &Unit, after: &Unit) -> bool {
    before.joined != after.joined
}

/// The units that took no part in a poll of the whole which closes in this step.
fn missed_now(step: Step<'_>) -> BTreeSet<Id<Unit>> {
    let closes = |(id, row): &(Id<Proposal>, &Proposal)| {
        let was_open = step.before.proposal(*id).map_or(true, Proposal::is_open);
        was_open && row.counted().is_some() && row.audience() == Audience::Whole
    };
    let electorates = step.after.proposals().filter(closes).flat_map(|(_, row)| &row.electorate);
    electorates.filter(|(_, voting)| !voting.took_part()).map(|(&unit, _)| unit).collect()
}
