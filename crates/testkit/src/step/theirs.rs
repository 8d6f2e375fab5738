//! What somebody has said, entered or decided stays as it is: nobody else takes it back, changes it
//! or puts it out of sight, and there is no act that could.

use federation::act::{Question, SignPact};
use federation::invariants::Broken;
use federation::rows::{Conflict, Course, Proposal, Said, Unit, Valuation, Voting};
use federation::{Act, Federation, Id};
use measure::Value;

use super::{Step, acting_units, actor, broken};

/// Every table only grows, and a row that is there goes on being the same thing.
pub(super) fn rows_stay(step: Step<'_>) -> Result<(), Broken> {
    let (before, after) = (step.before, step.after);
    let fewer = [
        (before.persons().len(), after.persons().len()),
        (before.units().len(), after.units().len()),
        (before.specifications().len(), after.specifications().len()),
        (before.versions().len(), after.versions().len()),
        (before.wishes().len(), after.wishes().len()),
        (before.things().len(), after.things().len()),
        (before.rounds().len(), after.rounds().len()),
        (before.contracts().len(), after.contracts().len()),
        (before.deliveries().len(), after.deliveries().len()),
        (before.circles().len(), after.circles().len()),
        (before.posts().len(), after.posts().len()),
        (before.lots().len(), after.lots().len()),
        (before.proposals().len(), after.proposals().len()),
        (before.commons().len(), after.commons().len()),
        (before.contributions().len(), after.contributions().len()),
        (before.resources().len(), after.resources().len()),
        (before.claims().len(), after.claims().len()),
        (before.uses().len(), after.uses().len()),
        (before.conflicts().len(), after.conflicts().len()),
        (before.mandates().len(), after.mandates().len()),
        (before.pacts().len(), after.pacts().len()),
    ];
    if let Some(place) = fewer.iter().position(|(before, after)| after < before) {
        return broken("record", format!("table {place} has fewer rows than before"));
    }
    if !after.posts().zip(before.posts()).all(|(now, was)| now == was)
        || !after.uses().zip(before.uses()).all(|(now, was)| now == was)
        || !after.pacts().starts_with(before.pacts())
    {
        return broken("record", "a post, a use or a version of the pact has changed".to_owned());
    }
    persons_are_their_own(step)?;
    words_stay(step)?;
    what_units_have_entered_stays(step)?;
    questions_stay(step)
}

/// Who somebody is they say themselves; they move by themselves, or into a unit that takes them in
/// when they are in none.
fn persons_are_their_own(step: Step<'_>) -> Result<(), Broken> {
    let is_in = |unit: &Unit| !unit.is_departed();
    for ((id, before), (_, after)) in step.before.persons().zip(step.after.persons()) {
        let own = actor(step) == Some(id);
        let free = before.unit.is_none_or(|unit| !step.before.unit(unit).is_ok_and(is_in));
        let admitted = free && matches!(step.entry.statement.act, Act::AdmitMember(_));
        let moved = before.unit != after.unit || before.moves != after.moves;
        let kept = (before.id, before.since) == (after.id, after.since)
            && after.keys.starts_with(&before.keys)
            && after.left_with.starts_with(&before.left_with);
        if !kept || (before.about != after.about && !own) || (moved && !own && !admitted) {
            return broken("theirs", format!("person {id} was {before:?}, is {after:?}"));
        }
    }
    Ok(())
}

fn goes_on(before: &[Said], after: &[Said]) -> bool {
    after.starts_with(before)
}

/// Words in threads and on bulletins stay, and whoever is in a circle leaves it by themselves.
fn words_stay(step: Step<'_>) -> Result<(), Broken> {
    let mut proposals = step.before.proposals().zip(step.after.proposals());
    let mut contracts = step.before.contracts().zip(step.after.contracts());
    let kept = proposals.all(|((_, was), (_, is))| goes_on(&was.thread, &is.thread))
        && contracts.all(|((_, was), (_, is))| goes_on(&was.thread, &is.thread));
    if !kept {
        return broken("theirs", "a comment is gone or has changed".to_owned());
    }
    for ((id, before), (_, after)) in step.before.circles().zip(step.after.circles()) {
        let others = before.members.symmetric_difference(&after.members);
        let by_others = others.into_iter().any(|&member| Some(member) != actor(step));
        let kept = (&before.name, &before.about, before.since)
            == (&after.name, &after.about, after.since)
            && after.posts.starts_with(&before.posts);
        if by_others || !kept {
            return broken("theirs", format!("circle {id} was {before:?}, is {after:?}"));
        }
    }
    Ok(())
}

/// Specifications, offers, needs, things, resources and claims: whoever has entered one takes it back,
/// and what it said stays readable.
fn what_units_have_entered_stays(step: Step<'_>) -> Result<(), Broken> {
    let speaks = |unit: Id<Unit>| {
        acting_units(step).contains(&unit) || step.after.unit(unit).is_ok_and(Unit::is_departed)
    };
    for ((id, was), (_, is)) in step.before.specifications().zip(step.after.specifications()) {
        let essential = was.essential == is.essential
            || super::carried(step).any(|question| matches!(question, Question::Essentials(_)));
        let retired = was.retired == is.retired || (was.retired.is_none() && speaks(was.by));
        let kept = (&was.name, was.nature, &was.measure, &was.about, was.by, was.since)
            == (&is.name, is.nature, &is.measure, &is.about, is.by, is.since)
            && is.versions.starts_with(&was.versions);
        if !essential || !retired || !kept {
            return broken("theirs", format!("specification {id} was {was:?}, is {is:?}"));
        }
    }
    for ((id, was), (_, is)) in step.before.versions().zip(step.after.versions()) {
        // Signatures under a value are over when it is agreed, in a version of its own.
        let agreed = |value: &Value| {
            let known = step.before.versions().len();
            let mut new = step.after.versions().skip(known).filter_map(|(_, row)| row.valuation);
            new.any(|valuation| valuation == Valuation::Agreed { value: *value })
        };
        let signed = was.signed.iter().all(|(value, units)| {
            let now = is.signed.get(value);
            let kept = |unit| now.is_some_and(|now| now.contains(unit)) || speaks(*unit);
            agreed(value) || units.iter().all(kept)
        });
        if !is.words.starts_with(&was.words) || !signed || was.about != is.about {
            return broken("theirs", format!("what was said of version {id} is gone"));
        }
    }
    for ((id, was), (_, is)) in step.before.wishes().zip(step.after.wishes()) {
        let kept =
            federation::rows::Wish { withdrawn: was.withdrawn, taken: was.taken, ..is.clone() };
        if kept != *was || (was.withdrawn != is.withdrawn && (was.withdrawn || !speaks(was.unit))) {
            return broken("theirs", format!("wish {id} was {was:?}, is {is:?}"));
        }
    }
    for ((id, was), (_, is)) in step.before.resources().zip(step.after.resources()) {
        let kept = (&was.name, &was.place, &was.about, was.by, was.since)
            == (&is.name, &is.place, &is.about, is.by, is.since)
            && is.claims.starts_with(&was.claims)
            && is.uses.starts_with(&was.uses)
            && is.conflicts.starts_with(&was.conflicts);
        if !kept {
            return broken("theirs", format!("resource {id} was {was:?}, is {is:?}"));
        }
    }
    for ((id, was), (_, is)) in step.before.claims().zip(step.after.claims()) {
        let kept = federation::rows::Claim { released: was.released, ..is.clone() };
        let released = was.released != is.released && !(was.released.is_none() && speaks(was.unit));
        if kept != *was || released {
            return broken("theirs", format!("claim {id} was {was:?}, is {is:?}"));
        }
    }
    for ((id, was), (_, is)) in step.before.conflicts().zip(step.after.conflicts()) {
        conflict_stays(step, id, was, is)?;
    }
    Ok(())
}

/// What was said in a conflict stays until its talks begin anew, and only whoever said it says
/// something else.
fn conflict_stays(
    step: Step<'_>,
    id: Id<Conflict>,
    was: &Conflict,
    is: &Conflict,
) -> Result<(), Broken> {
    let kept = (was.about, &was.why, was.by, was.unit, was.since)
        == (is.about, &is.why, is.by, is.unit, is.since)
        && is.polls.starts_with(&was.polls);
    let anew = was.stage != is.stage && matches!(is.stage, federation::rows::Stage::Talks { .. });
    // In the second in which a text was agreed, all may agree it again.
    let now = is.settlement.as_ref().filter(|_| is.texts.is_empty()).map(|now| &now.agreed);
    let again = was.texts.iter().any(|(text, _)| now == Some(text));
    let settled = was.settlement != is.settlement || again;
    let options = anew || is.options.starts_with(&was.options);
    let weighed = anew
        || was.weighed.iter().all(|(person, said)| {
            is.weighed.get(person) == Some(said) || actor(step) == Some(*person)
        });
    let signed = anew
        || settled
        || was.texts.iter().all(|(text, signed)| {
            is.texts.iter().any(|(now, units)| now == text && signed.is_subset(units))
        });
    match kept && options && weighed && signed {
        true => Ok(()),
        false => broken("theirs", format!("conflict {id} was {was:?}, is {is:?}")),
    }
}

/// A question stays as it was asked, with the rule it was asked under and those who vote on it; a
/// ballot stays until its voter says something else; and what a unit has sealed stays sealed.
fn questions_stay(step: Step<'_>) -> Result<(), Broken> {
    for ((id, was), (_, is)) in step.before.proposals().zip(step.after.proposals()) {
        // When it closes may change with its opening; see `periods`.
        let closes = if was.fixed.is_none() { was.closes } else { is.closes };
        let asked = Proposal {
            closes,
            course: was.course.clone(),
            fixed: was.fixed,
            electorate: was.electorate.clone(),
            late: was.late.clone(),
            thread: was.thread.clone(),
            ..is.clone()
        };
        if asked != *was || (was.fixed.is_some() && was.fixed != is.fixed) {
            return broken("theirs", format!("question {id} was {was:?}, is {is:?}"));
        }
        let over = matches!(was.course, Course::Closed(_) | Course::Withdrawn { .. });
        if over && was.course != is.course {
            return broken("theirs", format!("the decision on {id} is another one"));
        }
        let late = was.late.iter().all(|(person, said)| {
            is.late.get(person) == Some(said) || actor(step) == Some(*person)
        });
        let same_units = was.fixed.is_none() || was.electorate.keys().eq(is.electorate.keys());
        let votes = was.electorate.iter().all(|(unit, was)| {
            is.electorate.get(unit).is_some_and(|is| votes_stay(step, *unit, was, is))
        });
        if !late || !same_units || !votes {
            return broken("theirs", format!("votes on {id} were {was:?}, are {is:?}"));
        }
    }
    Ok(())
}

fn votes_stay(step: Step<'_>, unit: Id<Unit>, was: &Voting, is: &Voting) -> bool {
    let fixed = (was.members, was.counted_members, was.newly_enrolled, was.method)
        == (is.members, is.counted_members, is.newly_enrolled, is.method);
    let by_voter = |person| actor(step) == Some(person);
    let ballots = was.ballots.iter().all(|(person, ballot)| {
        is.ballots.get(person) == Some(ballot)
            || (by_voter(*person) && is.ballots.contains_key(person))
    });
    let new = is.ballots.keys().all(|person| was.ballots.contains_key(person) || by_voter(*person));
    let counts = matches!(step.entry.statement.act, Act::CountRoom(_));
    let told = counts && acting_units(step).contains(&unit);
    // Somebody who was there votes by themselves, and the room's count rests until it is made anew.
    let rests = matches!((&was.room, &is.room), (Some(was), Some(is))
        if !is.stands && was.present == is.present && was.votes == is.votes
            && actor(step).is_some_and(|person| was.present.contains(&person)));
    let room = was.room == is.room || told || rests;
    let sealing = was.sealing.is_subset(&is.sealing)
        && is.sealing.difference(&was.sealing).all(|&person| by_voter(person));
    let seal = was.seal.is_none() || was.seal == is.seal;
    fixed && ballots && new && room && sealing && seal
}

/// What holds for all, holds by a poll that has just passed: the terms of the pact, the order of a
/// round's stages; and a unit comes to another version of the pact by its own yes.
pub(super) fn terms_come_from_polls(step: Step<'_>) -> Result<(), Broken> {
    let (before, after) = (step.before, step.after);
    if before.pacts().is_empty() {
        return Ok(());
    }
    let pacts = super::carried(step).filter(|asked| matches!(asked, Question::Pact(_))).count();
    let orders = super::carried(step).filter(|asked| matches!(asked, Question::Order(_))).count();
    if after.pacts().len() > before.pacts().len() + pacts {
        return broken("pact", "a version of the pact holds that no poll has passed".to_owned());
    }
    if before.order() != after.order() && orders == 0 {
        return broken("pact", "the order of a round's stages changes by no poll".to_owned());
    }
    for ((id, was), (_, is)) in before.rounds().zip(after.rounds()) {
        let kept = (was.due, was.seed, was.answer_hours) == (is.due, is.seed, is.answer_hours);
        if !kept || !is.plans.starts_with(&was.plans) {
            return broken("round", format!("round {id} goes on under other terms"));
        }
    }
    for ((id, was), (_, is)) in before.units().zip(after.units()) {
        if was.pact != is.pact && !comes_to_a_pact(step, id, is) {
            let name = &is.name;
            return broken("pact", format!("`{name}` comes to version {} by no yes", is.pact));
        }
    }
    Ok(())
}

/// The unit has said yes to this version, accepted it by its own poll or its members' signatures, or
/// signs the pact as it is now: its row of the founding list, or again.
fn comes_to_a_pact(step: Step<'_>, id: Id<Unit>, unit: &Unit) -> bool {
    let number = usize::try_from(unit.pact).unwrap_or(usize::MAX);
    let by = step.after.pacts().get(number).and_then(|version| version.proposal);
    let asked = by.and_then(|id| step.after.proposal(id).ok());
    let yes = asked
        .and_then(|row| row.electorate.get(&id)?.seal)
        .is_some_and(|seal| matches!(seal.says, federation::rows::Says::Yes { .. }));
    let own_poll =
        closed_polls_of(step, id).any(|row| matches!(row.question, Question::AcceptPact { .. }));
    let signs = match &step.entry.statement.act {
        Act::AcceptPact(_) | Act::SignPact(SignPact::Founding { .. } | SignPact::Return { .. }) => {
            acting_units(step).contains(&id)
        }
        _ => false,
    };
    yes || own_poll || signs
}

fn closed_polls_of(step: Step<'_>, unit: Id<Unit>) -> impl Iterator<Item = &Proposal> {
    let was_open = move |id| step.before.proposal(id).is_ok_and(Proposal::is_open);
    let closed = step.after.proposals().filter(move |(id, row)| row.has_passed() && was_open(*id));
    closed.map(|(_, row)| row).filter(move |row| row.unit == unit)
}

/// A signature under an act stays until the act is carried out, its signer may no longer sign, or the
/// unit has left.
pub(super) fn signatures_stay(step: Step<'_>) -> Result<(), Broken> {
    let act = &step.entry.statement.act;
    for (id, _) in step.before.units() {
        let after = |asked: &Act| {
            let mut waiting = step.after.waiting_for_signatures(id);
            waiting.find(|(waits, _)| *waits == asked).map(|(_, signed)| signed)
        };
        for (asked, signed) in step.before.waiting_for_signatures(id) {
            let stays =
                |signer| step.after.unit(id).is_ok_and(|unit| unit.members.contains(signer));
            let mut signers = signed.iter().filter(|&signer| stays(signer));
            let kept = match after(asked) {
                Some(now) => signers.all(|signer| now.contains(signer)),
                None => signers.next().is_none(),
            };
            let gone = asked == act || step.after.unit(id).is_ok_and(Unit::is_departed);
            if !kept && !gone {
                return broken("theirs", format!("signatures under {} are gone", asked.name()));
            }
        }
    }
    Ok(())
}

/// Whether a record is open to all changes by the pact alone that each unit has accepted.
pub(super) fn reading_is_by_the_pact(step: Step<'_>) -> Result<(), Broken> {
    let versions = |state: &Federation| -> Vec<_> {
        state.units().filter(|(_, unit)| unit.is_in()).map(|(_, unit)| unit.pact).collect()
    };
    let same = versions(step.before) == versions(step.after)
        && step.before.pacts().len() == step.after.pacts().len();
    match same && step.before.reading() != step.after.reading() {
        true => broken("pact", "who may read the record changes by no pact".to_owned()),
        false => Ok(()),
    }
}
