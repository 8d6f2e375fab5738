//! G3: without everything that circles and councils say, every decision is as it was.

use std::collections::{BTreeMap, BTreeSet};

use federation::act::Introduce;
use federation::invariants::Broken;
use federation::rows::{Proposal, Unit};
use federation::{Act, BodyId, Entry, Federation, Id, PersonId, PublicKey, StatementId};

use crate::Scene;

/// Plays the record again with nothing of a council in it: comments, posts and circles are left
/// unsaid (their authors say who they are instead, so that whoever is awake stays awake), nothing
/// is proposed in a circle's name, and what a delegate moved is moved by a co-member who is none,
/// where there is one. Every decision must be as it was.
///
/// False if they could not be compared to the end: whoever has made all acts of a day can still leave
/// a circle, and then not say who they are instead.
pub fn decisions_stay_without_councils(scene: &Scene) -> Result<bool, Broken> {
    let (mut whole, mut without) = (Federation::new(), Federation::new());
    let withdrawn: BTreeSet<StatementId> = scene.entries.iter().filter_map(taken_back).collect();
    let signed = |entry: &Entry| (entry.statement.key, entry.statement.serial);
    let numbers: BTreeSet<(PublicKey, u64)> = scene.entries.iter().map(signed).collect();
    for entry in &scene.entries {
        let numbers = (!withdrawn.contains(&entry.id)).then_some(&numbers);
        let erased = erased(&without, entry, numbers);
        let said = whole.apply(entry).err().map(|refusal| refusal.code());
        let other = without.apply(&erased).err().map(|refusal| refusal.code());
        if said.is_none() && other == Some("too-many-acts") {
            return match entry.statement.act {
                Act::LeaveCircle(_) => Ok(false),
                _ => broken(format!(
                    "{}: too many acts without councils",
                    erased.statement.act.name()
                )),
            };
        }
        if said != other {
            let act = entry.statement.act.name();
            return broken(format!("{act}: {said:?}, and without councils {other:?}"));
        }
    }
    for ((id, row), (_, other)) in whole.proposals().zip(without.proposals()) {
        let (by, circle, thread) = (row.by, row.circle, row.thread.clone());
        let kept = Proposal { by, circle, thread, ..other.clone() };
        if kept != *row {
            return broken(format!("proposal {id} is {row:?}, and without councils {other:?}"));
        }
    }
    let decided = |state: &Federation| {
        let mandates: Vec<_> = state.mandates().map(|(_, row)| row.clone()).collect();
        (state.pacts().to_vec(), mandates, entitlements(state))
    };
    match decided(&whole) == decided(&without) {
        true => Ok(true),
        false => broken("what is in force is otherwise without councils".to_owned()),
    }
}

fn broken(found: String) -> Result<bool, Broken> {
    Err(Broken { invariant: "G3", found })
}

fn entitlements(state: &Federation) -> BTreeMap<Id<Unit>, i64> {
    state.units().map(|(id, unit)| (id, unit.entitlement.seconds())).collect()
}

/// The same entry with nothing of a council in it; `numbers` are those that keys use somewhere in the
/// record, none where only the author can move what is moved.
fn erased(
    without: &Federation,
    entry: &Entry,
    numbers: Option<&BTreeSet<(PublicKey, u64)>>,
) -> Entry {
    let mut erased = entry.clone();
    let statement = &mut erased.statement;
    match &mut statement.act {
        Act::Comment(_)
        | Act::FormCircle(_)
        | Act::JoinCircle(_)
        | Act::LeaveCircle(_)
        | Act::Post(_) => {
            statement.act = Act::Introduce(Introduce { about: BodyId([0; 32]) });
            // Two co-members need not sign that for somebody: each says it for themselves.
            if let Some(signer) = owner(without, entry) {
                statement.person = signer;
            }
        }
        Act::Propose(propose) => {
            propose.circle = None;
            let other = numbers.and_then(|numbers| instead_of(without, entry, numbers));
            if let Some((person, key)) = other {
                (statement.person, statement.key, statement.serial) = (person, key, 0);
            }
        }
        _ => {}
    }
    erased
}

/// The person who signs an entry.
fn owner(state: &Federation, entry: &Entry) -> Option<PersonId> {
    let key = state.key(entry.statement.key)?;
    Some(state.person(key.person).ok()?.id)
}

/// The proposal that an entry takes back, which only its author can.
fn taken_back(entry: &Entry) -> Option<StatementId> {
    match &entry.statement.act {
        Act::WithdrawProposal(act) => Some(act.proposal.made_by),
        _ => None,
    }
}

/// A co-member of a delegate who is none, and can sign with a number that they never use otherwise;
/// `None` for what no delegate signs. Hosts are left as they are, for their dates vouch for nothing.
fn instead_of(
    state: &Federation,
    entry: &Entry,
    numbers: &BTreeSet<(PublicKey, u64)>,
) -> Option<(PersonId, PublicKey)> {
    let by = state.person_by_id(entry.statement.person)?;
    if owner(state, entry) != Some(entry.statement.person) || state.host() == Some(by) {
        return None;
    }
    let unit = state.person(by).ok()?.unit?;
    let delegates: BTreeSet<_> =
        state.mandates_of(unit, state.testified()).map(|(_, row)| row.delegate).collect();
    if !delegates.contains(&by) {
        return None;
    }
    let members = &state.unit(unit).ok()?.members;
    let free = members.iter().filter(|id| !delegates.contains(id) && state.host() != Some(**id));
    free.filter_map(|&id| state.person(id).ok()).find_map(|row| {
        let unused = |named: &&PublicKey| {
            let key = state.key(**named);
            key.is_some_and(|row| {
                row.revoked.is_none() && row.serials.least() == 0 && !row.serials.is_used(0)
            }) && !numbers.contains(&(**named, 0))
        };
        Some((row.id, *row.keys.iter().find(unused)?))
    })
}
