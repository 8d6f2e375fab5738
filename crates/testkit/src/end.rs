//! What is checked of a state by trying further acts on copies of it: E7, E8, G1.

use std::collections::BTreeSet;

use federation::act::{Audience, Matter, Question};
use federation::invariants::Broken;
use federation::rows::{Proposal, Unit};
use federation::{Act, Effect, Federation, Id, PersonId, Refusal};

use crate::step::drawable;
use crate::{Member, Scene, member, phrases};

fn broken(invariant: &'static str, found: String) -> Result<(), Broken> {
    Err(Broken { invariant, found })
}

/// Has as many members of a unit sign as it takes, also those for whom two co-members do.
fn signed_by_all(scene: &mut Scene, unit: Id<Unit>, act: &Act) -> Result<(), Refusal> {
    // Helpers may bring somebody to another key meanwhile, so everybody is asked twice.
    for _ in 0..2 {
        for signer in scene.hands(unit).concat() {
            match scene.try_act(signer, act.clone()) {
                Ok(outcome) if matches!(outcome.effect, Effect::Gathering { .. }) => {}
                // The signature is gathered already, or somebody else's turn has come.
                Err(
                    Refusal::SignedAlready { .. }
                    | Refusal::KeyRevoked { .. }
                    | Refusal::HasDevice { .. },
                ) => {}
                Ok(_) => return Ok(()),
                Err(refusal) => return Err(refusal),
            }
        }
    }
    // Nobody is there who could sign.
    Ok(())
}

/// G1: every unit that is in can leave, and every person in a unit can leave it. Where one member
/// alone has a key, the others have nobody yet who could sign for them.
pub fn everybody_can_leave(scene: &Scene) -> Result<(), Broken> {
    for (id, unit) in scene.federation.units() {
        if scene.signers(id).is_empty() {
            continue;
        }
        let somebody_signs_for_all = scene.hands(id).len() == unit.members.len();
        if unit.is_in() && somebody_signs_for_all {
            let mut copy = scene.clone();
            if let Err(refusal) = signed_by_all(&mut copy, id, &Act::Leave {}) {
                return broken("G1", format!("`{}` cannot leave: {refusal}", unit.name));
            }
            if copy.federation.unit(id).is_ok_and(Unit::is_in) {
                return broken("G1", format!("all of `{}` signed, and it is still in", unit.name));
            }
            federation::invariants::check(&copy.federation)?;
        }
        for signer in scene.signers(id) {
            let mut copy = scene.clone();
            if let Err(refusal) = copy.try_act(signer, Act::MemberLeaves {}) {
                return broken("G1", format!("a member cannot leave `{}`: {refusal}", unit.name));
            }
        }
    }
    Ok(())
}

/// G1: everybody in a unit that is in can put a question to it and to all. Whoever has put one to all that
/// is open, or five from an enrolled unit, waits until one closes. Besides, only somebody whose question is
/// still open, in a unit that is not enrolled, that nobody backs and that has made all its acts of the day,
/// waits until the host's next day. How many have to wait for that.
pub fn everybody_can_propose(scene: &Scene) -> Result<usize, Broken> {
    let federation = &scene.federation;
    let mut waits = BTreeSet::new();
    let at = federation.host_time(scene.now, scene.now).max(federation.vouched());
    for (id, unit) in federation.units().filter(|(_, unit)| unit.is_in()) {
        for signer in scene.signers(id) {
            let most = if unit.is_enrolled() { 5 } else { 1 };
            for question in [Question::Own {}, Question::Text {}] {
                let full = question.audience() == Audience::Whole
                    && questions_open(federation, signer.person) >= most;
                let act = Act::Propose(crate::asks(question, at.plus_days(federation::Days(70))));
                match scene.clone().try_act(signer, act.clone()) {
                    Ok(_) => {}
                    Err(Refusal::TooManyQuestions { .. }) if full => {}
                    Err(Refusal::TooManyActs { .. }) if has_asked(federation, signer) => {
                        waits.insert(signer.person);
                    }
                    Err(refusal) => {
                        let name = &unit.name;
                        let found = format!("a member of `{name}` cannot ask: {refusal}");
                        return Err(Broken { invariant: "G1", found });
                    }
                }
            }
        }
    }
    Ok(waits.len())
}

/// Whether somebody has a question open.
fn has_asked(federation: &Federation, by: Member) -> bool {
    let person = federation.person_by_id(by.person);
    federation.proposals().any(|(_, row)| Some(row.by) == person && row.is_open())
}

/// The questions to all that somebody has put and that are open, counted from the rows.
fn questions_open(federation: &Federation, person: PersonId) -> usize {
    let by = |row: &Proposal| federation.person(row.by).is_ok_and(|by| by.id == person);
    let put = |row: &Proposal| {
        row.audience() == Audience::Whole && !matches!(row.question, Question::Use { .. })
    };
    federation.proposals().filter(|(_, row)| row.is_open() && put(row) && by(row)).count()
}

/// E7, first half: either side can end each agreed contract; what was delivered stands, and what
/// was due is due no more.
pub fn every_contract_can_be_ended(scene: &Scene) -> Result<(), Broken> {
    let agreed = scene.federation.contracts().filter(|(_, row)| row.is_agreed());
    for (id, contract) in agreed {
        for side in [contract.parties.giver, contract.parties.receiver] {
            let Some(named) = scene.federation.contract_ref(id) else { continue };
            if scene.signers(side).is_empty() {
                continue;
            }
            let mut copy = scene.clone();
            if let Err(refusal) = signed_by_all(&mut copy, side, &phrases::end(named)) {
                return broken("E7", format!("contract {id} cannot be ended: {refusal}"));
            }
            let after = copy.row(named);
            if after.is_agreed() || after.accepted != contract.accepted {
                return broken("E7", format!("contract {id} is ended and goes on"));
            }
        }
    }
    Ok(())
}

/// E8: inventing units and members, splitting, exchanging and backing among themselves, correcting
/// and leaving raise nothing that the invented and their inventor can draw.
pub fn inventing_raises_nothing(scene: &Scene) -> Result<(), Broken> {
    let federation = &scene.federation;
    let mut inventors =
        federation.units().filter(|(id, row)| row.is_in() && !scene.signers(*id).is_empty());
    let Some((inventor, _)) = inventors.next_back() else { return Ok(()) };
    let known = federation.units().len();
    let group =
        |id: Id<Unit>| id == inventor || usize::try_from(id.number()).is_ok_and(|n| n > known);
    let before = drawable(federation, &group);
    let mut copy = scene.clone();
    let attempt = invent(&mut copy, inventor);
    federation::invariants::check(&copy.federation)?;
    let after = drawable(&copy.federation, &group);
    // Time passes meanwhile, and a list that was put to the vote before may pass: that is what E8
    // leaves to the federation.
    let passed = |federation: &federation::Federation| {
        federation.proposals().filter(|(_, row)| row.has_passed()).count()
    };
    if after > before && passed(&copy.federation) == passed(federation) {
        return broken("E8", format!("inventing raises {before} s to {after} s: {attempt:?}"));
    }
    Ok(())
}

/// A unit invents three more, and they do for each other whatever the rules let them.
fn invent(scene: &mut Scene, inventor: Id<Unit>) -> Result<(), Refusal> {
    let mut ring = vec![inventor];
    for number in 0..3_u64 {
        let invented = member(9_000_000 + scene.made * 10 + number);
        let joined =
            scene.try_act(invented, phrases::join(&format!("ring {} {number}", scene.made)))?;
        if let Effect::Unit(id) = joined.effect {
            ring.push(id);
        }
    }
    for &backed in &ring[1..] {
        let free = scene.federation.room(inventor).at_least_zero().seconds() / 4;
        let act = federation::act::Back { unit: scene.unit(backed), hours: phrases::seconds(free) };
        // What a rule refuses raises nothing either.
        drop(signed_by_all(scene, inventor, &Act::Back(act)));
    }
    let version = scene.valued(ring[1], &format!("nothing {}", scene.made), 1);
    for (giver, receiver) in [(1, 2), (2, 3), (3, 1)] {
        let room = scene.federation.room(ring[receiver]).at_least_zero().seconds() / 60;
        let act = phrases::give(scene.unit(ring[receiver]), version, room.max(1));
        let act = federation::act::ProposeContract {
            ceiling: federation::act::CeilingWarning::Understood,
            ..act
        };
        let Ok(proposed) = scene.tries(ring[giver], Act::ProposeContract(act)) else { continue };
        let contract = scene.contract(&proposed);
        if scene.tries(ring[receiver], phrases::accept(contract)).is_err() {
            continue;
        }
        let delivery = scene.delivered(contract, room.max(1));
        for side in [giver, receiver] {
            drop(scene.tries(ring[side], phrases::correct(delivery, 0)));
        }
    }
    for &unit in &ring[1..] {
        drop(
            scene.tries(
                unit,
                phrases::signing(Matter::Leaving, federation::act::Signing::AnyMember),
            ),
        );
        scene.tries(unit, Act::Leave {})?;
        scene.tries(unit, phrases::come_back(scene.unit(unit)))?;
    }
    Ok(())
}
