//! Where keys, weight and bases come from, and by what they go.

use std::collections::BTreeSet;

use federation::act::SignPact;
use federation::invariants::Broken;
use federation::rows::{Enrolled, Progress, Recovery, Unit, Waiting};
use federation::{Act, Days, Federation, Id, PublicKey, Time};

use super::{Step, broken};

/// A key comes into use, and goes out of it, by its owner, by who takes them in, or by as many
/// helpers as it takes and after the wait.
pub(super) fn keys_come_and_go_by_their_owner_or_helpers(step: Step<'_>) -> Result<(), Broken> {
    for (_, person) in step.after.persons() {
        for &key in &person.keys {
            let (before, after) = (step.before.key(key), step.after.key(key));
            let revoked =
                |row: Option<&federation::rows::Key>| row.is_some_and(|r| r.revoked.is_some());
            let comes = before.is_none() && !brings(&step.entry.statement.act, key, step);
            let goes = before.is_some() && revoked(after) && !revoked(before);
            let goes = goes && !matches!(step.entry.statement.act, Act::RevokeKey(_));
            if (comes || goes) && !recovered(step, person.id) {
                let what = if comes { "comes into" } else { "goes out of" };
                return broken("keys", format!("a key of `{}` {what} use by nothing", person.id));
            }
        }
    }
    Ok(())
}

/// Whether an act puts this key into use.
fn brings(act: &Act, key: PublicKey, step: Step<'_>) -> bool {
    match act {
        Act::Found(_) => true,
        Act::SignPact(SignPact::Newcomer { .. }) => step.entry.statement.key == key,
        Act::AdmitMember(act) => act.key.is_some_and(|new| new.key == key),
        Act::AddKey(act) => act.key.key == key,
        _ => false,
    }
}

/// Whether a recovery of this person's has run its course in this step.
fn recovered(step: Step<'_>, person: federation::PersonId) -> bool {
    let testified = step.after.testified();
    // The statement that vouches for the end of the wait may itself be a helper's.
    let signs = |row: &Recovery| {
        let act = &step.entry.statement.act;
        usize::from(matches!(act, Act::RecoverKey(act) if act.key == row.key))
    };
    let enough = |row: &Recovery| match &row.waiting {
        Waiting::Signatures => false,
        Waiting::Veto { until } => {
            *until < testified && row.signed.len() >= usize::from(row.helpers.needed)
        }
        Waiting::SecondPetition { until, again } => {
            *until < testified && (again.len() + signs(row)) * 3 >= row.helpers.persons.len() * 2
        }
    };
    let helped_by = |row: &Recovery| row.signed.is_subset(&row.helpers.persons);
    let mut of_person = step
        .before
        .recoveries()
        .filter(|row| step.before.person(row.person).is_ok_and(|row| row.id == person));
    of_person.any(|row| enough(row) && helped_by(row))
}

/// A unit is enrolled with the founding list, by a list, when nobody is left who is, or by itself:
/// then everything that it takes is there, and no more than a quarter came so in 90 days.
pub(super) fn weight_comes_by_itself(step: Step<'_>) -> Result<(), Broken> {
    let now = step.after.testified();
    let enrolled = |federation: &Federation, id: Id<Unit>| {
        federation.unit(id).ok().and_then(|unit| unit.enrolled)
    };
    let mut newly = 0;
    for (id, unit) in step.after.units() {
        let (before, after) = (enrolled(step.before, id), enrolled(step.after, id));
        if before.is_some() && after.is_none() && !unit.is_departed() {
            return broken("enrolment", format!("`{}` loses its weight and is in", unit.name));
        }
        if before.is_none() && after.is_some_and(|row| row.how == Enrolled::ByItself) {
            newly += 1;
            if !has_what_it_takes(step.after, id, now) {
                return broken("enrolment", format!("`{}` has not what it takes", unit.name));
            }
        }
        let by_list = super::listed(step, id).is_some_and(|row| row.enrolled);
        if before.is_none() && after.is_some_and(|row| row.how == Enrolled::ByList) && !by_list {
            return broken("enrolment", format!("no list enrols `{}`", unit.name));
        }
    }
    let recent = |(_, unit): &(Id<Unit>, &Unit)| {
        unit.enrolled
            .is_some_and(|row| row.how == Enrolled::ByItself && row.at.plus_days(Days(90)) > now)
    };
    let all = step.after.units().filter(|(_, unit)| unit.is_enrolled()).count();
    let new = step.after.units().filter(|row| row.1.is_enrolled() && recent(row)).count();
    match newly > 0 && new > (all - new).div_ceil(4) {
        true => broken("enrolment", format!("{new} of {all} were enrolled in 90 days")),
        false => Ok(()),
    }
}

/// The rule, read off the state anew: 30 days in, two enrolled backers for 90 days that back each
/// other neither now nor in that time, three enrolled receivers of something that counts.
fn has_what_it_takes(federation: &Federation, id: Id<Unit>, now: Time) -> bool {
    let is_enrolled = |id| federation.unit(id).is_ok_and(Unit::is_enrolled);
    let long = |since: Time, days| since.plus_days(Days(days)) <= now;
    let joined = federation.unit(id).ok().and_then(|unit| unit.joined);
    let backers: Vec<Id<Unit>> = federation
        .backings()
        .filter(|&(backer, backed, row)| {
            backed == id
                && row.hours > row.releasing
                && long(row.unbroken, 90)
                && is_enrolled(backer)
        })
        .map(|(backer, ..)| backer)
        .collect();
    let linked = |one, other| {
        federation.backings().any(|(a, b, _)| (a, b) == (one, other) || (b, a) == (one, other))
    };
    let apart =
        backers.iter().any(|&one| backers.iter().any(|&other| one != other && !linked(one, other)));
    let mut receivers = BTreeSet::new();
    for (_, delivery) in federation.deliveries() {
        let Ok(contract) = federation.contract(delivery.contract) else { continue };
        let counts =
            matches!(delivery.progress, Progress::Accepted { hours, .. } if hours.is_positive());
        if counts && contract.parties.giver == id && is_enrolled(contract.parties.receiver) {
            receivers.insert(contract.parties.receiver);
        }
    }
    joined.is_some_and(|(at, _)| long(at, 30)) && apart && receivers.len() >= 3
}

/// A base comes with a list, and falls only with the unit's members or when it is out.
pub(super) fn bases_come_by_lists_and_go_with_members(step: Step<'_>) -> Result<(), Broken> {
    let act = &step.entry.statement.act;
    let founds = matches!(act, Act::Found(_) | Act::SignPact(SignPact::Founding { .. }));
    for (id, after) in step.after.units() {
        let Ok(before) = step.before.unit(id) else { continue };
        let rises = after.base > before.base || after.counted_members > before.counted_members;
        let falls = after.base < before.base || after.counted_members < before.counted_members;
        let fewer = after.members.len() < before.members.len();
        let listed = super::listed(step, id);
        let by_list = listed.is_some_and(|row| {
            after.base <= row.base.max(before.base)
                && after.counted_members <= row.counted_members.max(before.counted_members)
        });
        if (rises && !founds && !by_list)
            || (falls && !fewer && !after.is_departed() && before.is_in())
        {
            let name = &after.name;
            return broken("base", format!("the base of `{name}` changes by {}", act.name()));
        }
    }
    Ok(())
}
