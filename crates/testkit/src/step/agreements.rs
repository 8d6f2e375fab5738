//! E6 and E7: what was agreed stays as it was, binds who said yes, and ends when it ends.

use federation::invariants::Broken;
use federation::rows::{Answered, Contract, Progress, Status, Unit};
use federation::{Act, Id};

use super::{Step, broken};

/// E6: versions never change, and of a contract only what a correction takes off it.
pub(super) fn terms_stay(step: Step<'_>) -> Result<(), Broken> {
    for ((id, before), (_, after)) in step.before.versions().zip(step.after.versions()) {
        let kept = (before.specification, before.number, &before.clauses, before.valuation)
            == (after.specification, after.number, &after.clauses, after.valuation);
        if !kept {
            return broken("E6", format!("version {id} has changed"));
        }
    }
    let corrects = matches!(step.entry.statement.act, Act::Correct(_));
    for ((id, before), (_, after)) in step.before.contracts().zip(step.after.contracts()) {
        let terms = |row: &Contract| {
            (row.parties, row.version, row.terms, row.value, row.decimals, row.origin, row.since)
        };
        let quantity =
            before.quantity == after.quantity || (corrects && after.quantity < before.quantity);
        if terms(before) != terms(after) || !quantity || before.note != after.note {
            return broken("E6", format!("the terms of contract {id} have changed"));
        }
    }
    for ((id, before), (_, after)) in step.before.deliveries().zip(step.after.deliveries()) {
        let quantity =
            before.quantity == after.quantity || (corrects && after.quantity < before.quantity);
        if before.contract != after.contract || !quantity {
            return broken("E6", format!("delivery {id} has changed"));
        }
    }
    Ok(())
}

/// Nothing binds a unit that did not accept it: a contract is agreed only by a yes of each side,
/// given before, by this act, or as standing consent.
pub(super) fn nobody_is_bound_without_a_yes(step: Step<'_>) -> Result<(), Broken> {
    for (id, after) in step.after.contracts() {
        let before = step.before.contract(id).ok();
        let was_made = before.is_some_and(|row| made(&row.status));
        if !made(&after.status) || was_made {
            continue;
        }
        let bound = match (&step.entry.statement.act, before.map(|row| &row.status)) {
            (Act::AcceptContract(_), Some(&Status::Proposed { giver, receiver, .. })) => {
                let acting = acting_unit(step);
                (giver.is_yes() || acting == Some(after.parties.giver))
                    && (receiver.is_yes() || acting == Some(after.parties.receiver))
            }
            (Act::Plan(_), None) => stand_in_advance(step, after),
            _ => false,
        };
        if !bound {
            return broken("two consents", format!("contract {id} binds without a yes"));
        }
    }
    Ok(())
}

/// The unit of whoever acts.
fn acting_unit(step: Step<'_>) -> Option<Id<Unit>> {
    let person = step.before.person_by_id(step.entry.statement.person)?;
    step.before.person(person).ok()?.unit
}

/// Whether both sides of a match had said yes in advance and not taken it back.
fn stand_in_advance(step: Step<'_>, contract: &Contract) -> bool {
    use federation::act::{Consent, Side};
    [Side::Offer, Side::Need].into_iter().all(|side| {
        step.before.wishes_of(contract.parties.on(side), side).any(|(_, wish)| {
            wish.versions.contains(&contract.version)
                && wish.consent == Consent::Standing
                && wish.value_max.is_none_or(|most| contract.value <= most)
        })
    })
}

fn made(status: &Status) -> bool {
    matches!(status, Status::Agreed | Status::Fulfilled | Status::Ended { .. })
}

/// E7, second half: what is over stays over, no obligation grows, and what was said is not unsaid.
pub(super) fn what_is_over_stays_over(step: Step<'_>) -> Result<(), Broken> {
    for ((id, before), (_, after)) in step.before.contracts().zip(step.after.contracts()) {
        let allowed = match (&before.status, &after.status) {
            (
                Status::Proposed { giver, receiver, .. },
                Status::Proposed { giver: g, receiver: r, .. },
            ) => {
                let kept = |was: Answered, is: Answered| !was.is_yes() || is.is_yes();
                kept(*giver, *g) && kept(*receiver, *r)
            }
            (Status::Agreed, Status::Proposed { .. }) => false,
            (Status::Proposed { .. }, _)
            | (Status::Agreed, Status::Agreed | Status::Fulfilled | Status::Ended { .. }) => true,
            (was, is) => was == is,
        };
        if !allowed {
            return broken(
                "E7",
                format!("contract {id} was {:?}, is {:?}", before.status, after.status),
            );
        }
        let grows = before.is_agreed() && after.is_agreed() && after.left() > before.left();
        let rejects = matches!(step.entry.statement.act, Act::RejectDelivery(_));
        if grows && !rejects {
            return broken("E7", format!("what is due under contract {id} grows"));
        }
        let over = !before.is_agreed() && !before.is_proposed();
        if over && after.deliveries.len() > before.deliveries.len() {
            return broken("E7", format!("contract {id} is over and something comes due under it"));
        }
    }
    for ((id, before), (_, after)) in step.before.deliveries().zip(step.after.deliveries()) {
        let goes_back = match (&before.progress, &after.progress) {
            (Progress::Accepted { .. }, Progress::Accepted { .. }) => false,
            (Progress::Accepted { .. }, _) | (Progress::Receipted { .. }, Progress::HandedOver) => {
                true
            }
            (was @ Progress::Rejected { .. }, is) => was != is,
            _ => false,
        };
        if goes_back {
            return broken("E7", format!("delivery {id} goes back"));
        }
    }
    Ok(())
}
