use federation::rows::{Contract, Parties, Status, Thing, Version};
use federation::{Federation, Id, Line};
use measure::{Measure, Quantity};

use super::{amount, measure_of, unit_name};

/// `the blue one (drill/2)`, `old ones (20 pieces of brick/1)`, or `1 piece of drill/2` where nobody
/// said which: a thing in the swap.
pub fn thing_words(federation: &Federation, thing: &Thing) -> String {
    goods_in_swap(federation, (thing.quantity, thing.version), &thing.what)
}

/// So much of a version, called by what was said of it.
pub(super) fn goods_in_swap(
    federation: &Federation,
    (quantity, version): (Quantity, Id<Version>),
    what: &Line,
) -> String {
    let (amount, label) =
        (amount(federation, quantity, version), federation.version_label(version));
    let decimals = measure_of(federation, version).map_or(0, Measure::decimals);
    let is_one = quantity.steps() == 10_i64.pow(u32::from(decimals));
    match (what.as_str(), is_one) {
        ("", _) => format!("{amount} of {label}"),
        (what, true) => format!("{what} ({label})"),
        (what, false) => format!("{what} ({amount} of {label})"),
    }
}

/// A ring of a swap all the way round, from any of its contracts: `Bakery gives Farm 1 drill; Farm
/// gives Bakery 1 tent`. Nothing for a contract of no swap.
pub fn swap_sentence(federation: &Federation, contract: &Contract) -> String {
    let steps = federation.ring_of(contract).into_iter().filter_map(|(id, thing)| {
        let Parties { giver, receiver } = federation.contract(id).ok()?.parties;
        let (giver, receiver) = (unit_name(federation, giver), unit_name(federation, receiver));
        let thing = thing_words(federation, federation.thing(thing).ok()?);
        Some(format!("{giver} gives {receiver} {thing}"))
    });
    steps.collect::<Vec<_>>().join("; ")
}

/// How a ring stands as a whole, from any of its contracts.
pub fn swap_status_words(federation: &Federation, contract: &Contract) -> String {
    match &contract.status {
        Status::Proposed { answer_by, .. } => {
            let silent = silent(federation, contract).join(", ");
            match *answer_by < federation.testified() {
                true => format!("it is off: not answered in time by {silent}"),
                false => format!("waits until {answer_by} UTC for the answers of {silent}"),
            }
        }
        Status::Declined { by, reason } => {
            let why = if reason.as_str().is_empty() { "" } else { ": " };
            format!("it is off: {} said no{why}{reason}", unit_name(federation, *by))
        }
        Status::Lapsed => "it is off: not all answered in time".to_owned(),
        Status::Agreed | Status::Fulfilled | Status::Ended { .. } => {
            "agreed: all have said yes".to_owned()
        }
    }
}

/// Who has not answered a ring.
fn silent(federation: &Federation, contract: &Contract) -> Vec<String> {
    let givers = federation.ring_of(contract).into_iter().filter_map(|(id, _)| {
        let row = federation.contract(id).ok()?;
        match row.status {
            Status::Proposed { giver, .. } if !giver.is_yes() => {
                Some(unit_name(federation, row.parties.giver))
            }
            _ => None,
        }
    });
    givers.collect()
}
