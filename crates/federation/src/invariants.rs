//! What holds in every state. Tests run this after every act, and `artel record verify` on any
//! record; what relates two states (E3, E4, E6, E7) and what needs other states (E8, G2) is
//! checked beside the scenarios.

mod decisions;
mod mandates;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use measure::Hours;

use crate::rows::{Commitment, Contract, Due, Origin, Progress, Proposal, Round, Status, Unit};
use crate::{Federation, Id};

/// An invariant that does not hold: the program, not a person, has made a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its name in the design, such as `E1`.
    pub invariant: &'static str,
    /// What was found.
    pub found: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the invariant {} does not hold: {}", self.invariant, self.found)
    }
}

impl std::error::Error for Broken {}

fn broken(invariant: &'static str, found: String) -> Result<(), Broken> {
    Err(Broken { invariant, found })
}

/// Checks all of them on a state; says the first that does not hold.
pub fn check(federation: &Federation) -> Result<(), Broken> {
    entitlements_sum_to_zero(federation)?;
    entitlements_come_from_deliveries(federation)?;
    nobody_is_below_their_allowance(federation)?;
    allowances_sum_to_bases_and_run_off(federation)?;
    what_is_held_is_what_contracts_hold(federation)?;
    contracts_keep_their_value(federation)?;
    swaps_stand_or_fall_together(federation)?;
    what_is_open_is_in_the_calendar(federation)?;
    decisions::check(federation)?;
    standing_hangs_together(federation)?;
    mandates::check(federation)
}

/// What is open ends by itself: the calendar has all proposals, conflicts and lots that are, and so
/// they are found there without going through those that are over.
fn what_is_open_is_in_the_calendar(federation: &Federation) -> Result<(), Broken> {
    let mut found: BTreeSet<Id<Proposal>> = federation.open_proposals().map(|(id, _)| id).collect();
    let closing = found.len();
    found.extend(federation.proposals().filter(|(_, row)| row.is_open()).map(|(id, _)| id));
    let open = federation.open_proposals().filter(|(_, row)| row.is_open());
    if found.len() != closing || open.count() != closing {
        return broken("calendar", format!("{closing} polls close, and open are {found:?}"));
    }
    let conflicts = federation.conflicts().filter(|(_, row)| row.is_open()).map(|(id, _)| id);
    if !conflicts.eq(federation.open_conflicts().map(|(id, _)| id)) {
        return broken("calendar", "a conflict is open that it does not end".to_owned());
    }
    let lots = federation.lots().filter(|(_, row)| row.is_open()).map(|(id, _)| id);
    match lots.eq(federation.open_lots().map(|(id, _)| id)) {
        true => Ok(()),
        false => broken("calendar", "a lot is open that it does not end".to_owned()),
    }
}

/// E1: the entitlements of all units, departed ones included, sum to zero.
fn entitlements_sum_to_zero(federation: &Federation) -> Result<(), Broken> {
    let sum: i128 = federation.units().map(|(_, u)| i128::from(u.entitlement.seconds())).sum();
    match sum {
        0 => Ok(()),
        _ => broken("E1", format!("the entitlements sum to {sum} seconds")),
    }
}

/// E2: every entitlement is exactly what accepted deliveries, as corrected, and the founding list
/// make it.
fn entitlements_come_from_deliveries(federation: &Federation) -> Result<(), Broken> {
    let mut derived: BTreeMap<Id<Unit>, i64> = BTreeMap::new();
    let mut counted: BTreeMap<Id<Contract>, i64> = BTreeMap::new();
    for (id, unit) in federation.units() {
        let opened = unit.listing.filter(|listing| listing.opened);
        derived.insert(id, opened.map_or(0, |listing| listing.opening.seconds()));
    }
    for (_, delivery) in federation.deliveries() {
        let Progress::Accepted { hours, .. } = delivery.progress else { continue };
        let Ok(contract) = federation.contract(delivery.contract) else { continue };
        *derived.entry(contract.parties.giver).or_default() += hours.seconds();
        *derived.entry(contract.parties.receiver).or_default() -= hours.seconds();
        *counted.entry(delivery.contract).or_default() += hours.seconds();
    }
    for (id, row) in federation.contributions() {
        let Progress::Accepted { hours, .. } = row.progress else { continue };
        if hours != row.hours() {
            let sum = row.hours();
            return broken("E2", format!("contribution {id} counts {hours}, its shares {sum}"));
        }
        *derived.entry(row.giver).or_default() += hours.seconds();
        for share in &row.shares {
            *derived.entry(share.unit).or_default() -= share.hours.seconds();
        }
    }
    for (id, contract) in federation.contracts() {
        let sum = counted.get(&id).copied().unwrap_or(0);
        if contract.counted.seconds() != sum {
            let found = contract.counted.seconds();
            return broken("E2", format!("contract {id} counts {found} s, its deliveries {sum} s"));
        }
    }
    for (id, unit) in federation.units() {
        let (found, expected) = (unit.entitlement.seconds(), derived.get(&id).copied());
        if Some(found) != expected {
            let name = &unit.name;
            return broken(
                "E2",
                format!("`{name}` has {found} s, its deliveries make {expected:?} s"),
            );
        }
    }
    Ok(())
}

/// E5, first half: what a unit has drawn and holds with a receipt is within its allowance.
fn nobody_is_below_their_allowance(federation: &Federation) -> Result<(), Broken> {
    for (_, unit) in federation.units() {
        let negative = [unit.run_off, unit.base, unit.backing_given, unit.backing_received]
            .into_iter()
            .any(Hours::is_negative);
        if negative || unit.unanswered.is_negative() || unit.room_now().is_negative() {
            let found =
                format!("`{}` has room for {} hours this moment", unit.name, unit.room_now());
            return broken("E5", found);
        }
    }
    Ok(())
}

/// E5, second half: allowances sum to the listed bases plus run-off; backing is conserved.
fn allowances_sum_to_bases_and_run_off(federation: &Federation) -> Result<(), Broken> {
    let sum = |of: fn(&Unit) -> Hours| -> i128 {
        federation.units().map(|(_, unit)| i128::from(of(unit).seconds())).sum()
    };
    let (allowances, sources) = (sum(Unit::allowance), sum(|u| u.base) + sum(|u| u.run_off));
    if allowances != sources {
        return broken(
            "E5",
            format!("allowances sum to {allowances} s, what they come from to {sources} s"),
        );
    }
    let (mut given, mut received) = (BTreeMap::new(), BTreeMap::new());
    for (backer, backed, backing) in federation.backings() {
        *given.entry(backer).or_insert(0) += i128::from(backing.hours.seconds());
        *received.entry(backed).or_insert(0) += i128::from(backing.hours.seconds());
    }
    for (id, unit) in federation.units() {
        let linked = |links: &BTreeMap<Id<Unit>, i128>| links.get(&id).copied().unwrap_or(0);
        let booked = (unit.backing_received.seconds(), unit.backing_given.seconds());
        if (linked(&received), linked(&given)) != (i128::from(booked.0), i128::from(booked.1)) {
            return broken(
                "E5",
                format!("the backing of `{}` is not what its links say", unit.name),
            );
        }
        let most = 3_600_000 * i64::from(unit.counted_members);
        if unit.base != Hours::ZERO && (!unit.is_in() || unit.base.seconds() > most) {
            return broken("E5", format!("`{}` has a base that no list gives it", unit.name));
        }
        if unit.backing_given > unit.base {
            return broken("E5", format!("`{}` lends more than its base", unit.name));
        }
    }
    Ok(())
}

/// What units' rows hold for contracts is what the contracts say.
fn what_is_held_is_what_contracts_hold(federation: &Federation) -> Result<(), Broken> {
    let mut expected: BTreeMap<Id<Unit>, Held> = BTreeMap::new();
    for (_, contract) in federation.contracts() {
        add_held(&mut expected, contract);
    }
    for (_, contribution) in federation.contributions().filter(|(_, row)| row.is_open()) {
        for share in &contribution.shares {
            let held = &mut expected.entry(share.unit).or_default().unanswered;
            *held = held.plus(share.hours).unwrap_or(*held);
        }
    }
    for (id, unit) in federation.units() {
        let mut wanted = expected.remove(&id).unwrap_or_default();
        wanted.planned.retain(|_, open| *open != Commitment::default());
        let found = Held {
            unanswered: unit.unanswered,
            direct: unit.direct,
            planned: unit.planned.clone(),
        };
        if found != wanted {
            return broken(
                "E5",
                format!("`{}` holds {found:?}, its contracts {wanted:?}", unit.name),
            );
        }
    }
    Ok(())
}

/// What contracts hold of a unit's room.
#[derive(Debug, Default, PartialEq, Eq)]
struct Held {
    unanswered: Hours,
    direct: Hours,
    planned: BTreeMap<Id<Round>, Commitment>,
}

fn add_held(held: &mut BTreeMap<Id<Unit>, Held>, contract: &Contract) {
    let add = |to: &mut Hours, hours: Hours| *to = to.plus(hours).unwrap_or(*to);
    let (giver, receiver) = (contract.parties.giver, contract.parties.receiver);
    let left = contract.hours_left();
    add(&mut held.entry(receiver).or_default().unanswered, contract.hours_unanswered());
    match (contract.origin, &contract.status) {
        (Origin::Round { round, .. }, Status::Agreed | Status::Proposed { .. }) => {
            let row = held.entry(receiver).or_default();
            add(&mut row.planned.entry(round).or_default().receiving, left);
            let row = held.entry(giver).or_default();
            add(&mut row.planned.entry(round).or_default().giving, left);
        }
        (_, Status::Agreed) => add(&mut held.entry(receiver).or_default().direct, left),
        _ => {}
    }
}

/// E6, seen from one state: a contract's value is nought for a gift, else its version's.
fn contracts_keep_their_value(federation: &Federation) -> Result<(), Broken> {
    for (id, contract) in federation.contracts() {
        let agreed = federation.version(contract.version).ok().and_then(|v| v.valuation);
        let value = match contract.terms {
            crate::act::Terms::Gift => Some(measure::Value::NOUGHT),
            crate::act::Terms::AtValue => agreed.map(crate::rows::Valuation::value),
        };
        if value != Some(contract.value) {
            return broken("E6", format!("contract {id} is not at the value of its version"));
        }
    }
    Ok(())
}

/// A ring of a swap goes round, counts nothing, and is agreed or not as a whole.
fn swaps_stand_or_fall_together(federation: &Federation) -> Result<(), Broken> {
    for (round, ring) in
        federation.rounds().flat_map(|(id, r)| r.swaps.iter().map(move |s| (id, s)))
    {
        let rows: Vec<&Contract> =
            ring.iter().filter_map(|&id| federation.contract(id).ok()).collect();
        let mut next = rows.iter().cycle().skip(1);
        let goes_round = rows.len() > 1
            && rows
                .iter()
                .all(|row| next.next().is_some_and(|n| n.parties.giver == row.parties.receiver));
        if !goes_round || rows.iter().any(|row| row.hours() != Hours::ZERO) {
            return broken("swap", format!("the ring {ring:?} of round {round} does not go round"));
        }
        let how_far = |row: &Contract| match row.status {
            Status::Proposed { .. } => 0,
            Status::Declined { .. } => 1,
            Status::Lapsed => 2,
            Status::Agreed | Status::Fulfilled | Status::Ended { .. } => 3,
        };
        let mut how_far = rows.iter().map(|row| how_far(row));
        let first = how_far.next();
        if how_far.any(|other| Some(other) != first) {
            return broken("swap", format!("the ring {ring:?} of round {round} stands in part"));
        }
    }
    Ok(())
}

/// Who is enrolled is in or on the founding list; somebody is where anybody is in; no more members
/// count than the lists say; and what waits has its place in the calendar.
fn standing_hangs_together(federation: &Federation) -> Result<(), Broken> {
    for (_, unit) in federation.units() {
        let known = u32::try_from(unit.members.len()).unwrap_or(u32::MAX);
        let counts = unit.counted_in_record <= unit.counted_members
            && (!unit.is_in() || unit.counted_in_record <= known);
        if unit.is_departed() && unit.enrolled.is_some() || !counts {
            return broken("standing", format!("`{}` counts what it has not", unit.name));
        }
    }
    let units = || federation.units().map(|(_, unit)| unit);
    if units().any(Unit::is_in) && !units().any(Unit::is_enrolled) {
        return broken("standing", "nobody is enrolled, and somebody is in".to_owned());
    }
    let waits = federation.recoveries().filter(|row| row.until().is_some()).count();
    let due = federation.calendar().filter(|(_, due)| matches!(due, Due::RecoveryStands(_)));
    match due.count() == waits {
        true => Ok(()),
        false => broken("standing", format!("{waits} recoveries wait, not as many are due")),
    }
}
