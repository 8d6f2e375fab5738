//! The rooms that are gone through: who is there, and what they might do.

mod commons;
mod conflicts;
mod contracts;
mod delegates;
mod members;
mod standing;
mod votes;

use federation::Ref;
use federation::rows::{Proposal, Unit};
use federation::{Federation, Id};
use testkit::{Member, Scene};

use crate::model::Room;

pub(crate) use contracts::{CONTRACTS, debtors_stay};
pub(crate) use delegates::DELEGATES;
pub(crate) use votes::VOTES;

/// All of them.
pub(crate) const ROOMS: [Room; 7] = [
    members::MEMBERS,
    VOTES,
    DELEGATES,
    standing::STANDING,
    CONTRACTS,
    conflicts::CONFLICTS,
    commons::COMMONS,
];

/// The members of all units who can sign, by unit.
fn everybody(scene: &Scene) -> Vec<Member> {
    let units = scene.federation.units().map(|(id, _)| id);
    units.flat_map(|unit| scene.signers(unit)).collect()
}

/// The first member of each unit who can sign.
fn one_each(scene: &Scene) -> Vec<(Id<Unit>, Member)> {
    let units = scene.federation.units().map(|(id, _)| id);
    units.filter_map(|unit| Some((unit, *scene.signers(unit).first()?))).collect()
}

/// The proposals that are open.
fn open(federation: &Federation) -> impl Iterator<Item = (Ref<Proposal>, &Proposal)> {
    let open = federation.proposals().filter(|(_, row)| row.is_open());
    open.filter_map(|(id, row)| Some((federation.proposal_ref(id)?, row)))
}
