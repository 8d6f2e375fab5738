//! What a random sequence has brought about that is worth counting: without it, a test that passes
//! shows little.

mod commons;
mod decisions;
mod delegates;
mod resources;

use federation::act::{Question, SignPact, Terms};
use federation::rows::{
    Answered, Contract, Enrolled, Origin, Pass, Progress, Recovery, Status, Unit, Waiting,
};
use federation::{Act, Effect, Id};

use crate::step::Step;

/// Names of what an act has brought about.
pub type Milestones = Vec<&'static str>;

/// All of them.
pub const ALL: &[&str] = &[
    "a ballot by a kept key",
    "a ballot of somebody who has moved",
    "a late ballot",
    "a pact in force",
    "a poll of a unit decided",
    "a room count laid to rest",
    "a room counted",
    "a unit sealed before the close",
    "essentials or preferences decided",
    "a proposal not passed",
    "a proposal passed",
    "a unit accepts a pact it had not said yes to",
    "a unit on an earlier pact",
    "a unit's ballots weigh less than one each",
    "an act for somebody without a device",
    "a broken settlement disputed",
    "a claimant joins a conflict",
    "a claimant leaves a conflict",
    "a conflict in which nothing passed",
    "a conflict over a resource",
    "a conflict settled by a text that all signed",
    "a conflict settled by consent",
    "a contract agreed by standing consent",
    "a contract of a round agreed",
    "a contribution accepted by two who were drawn",
    "a contribution corrected",
    "a contribution entered after silence",
    "a contribution rejected",
    "a contribution that several carry",
    "a correction signed by both",
    "a debtor comes back",
    "a lot drawn",
    "a lot drawn without a unit that withheld its number",
    "a number withheld",
    "a post by members of two units",
    "a mandate given",
    "a mandate says yes",
    "a mandate overridden by the unit's own vote",
    "a delegate recalled",
    "a delegate elected",
    "an election with equal votes",
    "an election decided by lot",
    "a delivery accepted",
    "a delivery beyond the first of its contract",
    "a delivery entered after silence",
    "a gift delivered",
    "a re-solve with matches",
    "a rejection disputed",
    "a release that waits",
    "a settlement looked at again",
    "a swap agreed",
    "a swap declined",
    "a swap of three or more",
    "a unit delivers for its debt",
    "a unit leaves in debt",
    "a unit leaves with what is lent to it in use",
    "a value agreed",
    "another drawn for who was silent",
    "an exchange already done",
    "a key recovered",
    "a recovery that an old key stops",
    "a base falls with its members",
    "a base falls with run-off",
    "mediators drawn",
    "a list in force",
    "a unit falls asleep",
    "a unit wakes",
    "opening entitlements in force",
];

/// Every kind of act, by its name.
pub const ACTS: &[&str] = &[
    "found",
    "sign-pact",
    "announce-leaving",
    "leave",
    "admit-member",
    "member-leaves",
    "introduce",
    "describe-unit",
    "set-signing",
    "set-method",
    "add-key",
    "revoke-key",
    "name-helpers",
    "recover-key",
    "veto-recovery",
    "propose-specification",
    "revise-specification",
    "retire-specification",
    "ask-value",
    "counter-value",
    "agree-value",
    "offer",
    "need",
    "withdraw",
    "bring-thing",
    "would-take",
    "withdraw-thing",
    "refuse-partners",
    "open-round",
    "close-round",
    "plan",
    "propose-contract",
    "accept-contract",
    "decline-contract",
    "end-contract",
    "already-done",
    "arrange",
    "comment",
    "deliver",
    "receipt",
    "accept-delivery",
    "reject-delivery",
    "correct",
    "back",
    "release-backing",
    "recall",
    "lay-down-mandate",
    "form-circle",
    "join-circle",
    "leave-circle",
    "post",
    "open-lot",
    "commit-number",
    "open-number",
    "open-common",
    "subscribe",
    "unsubscribe",
    "contribute",
    "receipt-contribution",
    "accept-contribution",
    "reject-contribution",
    "correct-contribution",
    "propose",
    "withdraw-proposal",
    "ballot",
    "count-room",
    "seal",
    "accept-pact",
    "register",
    "claim",
    "release",
    "report-use",
    "declare-makeup",
    "dispute",
    "settle",
    "write-option",
    "weigh-options",
    "attest-time",
];

/// What an act has brought about.
pub fn reached(step: Step<'_>, effect: &Effect) -> Milestones {
    let mut found = Vec::new();
    let statement = &step.entry.statement;
    let owner = step.before.key(statement.key).map(|key| key.person);
    if owner.is_some()
        && owner != step.before.person_by_id(statement.person)
        && effect == &Effect::Done
    {
        found.push("an act for somebody without a device");
    }
    resources::conflicts(step, &mut found);
    if commons::redrawn(step) {
        found.push("another drawn for who was silent");
    }
    decisions::reached(step, effect, &mut found);
    standing(step, &mut found);
    if a_ring_falls(step) {
        found.push("a swap declined");
    }
    delegates::reached(step, &mut found);
    match (&statement.act, effect) {
        (Act::AcceptDelivery(_), Effect::Done) => delivered(step, &mut found),
        (Act::AcceptContribution(act), Effect::Done) => commons::counts(step, act, &mut found),
        (Act::CorrectContribution(_), Effect::Done) => found.push("a contribution corrected"),
        (Act::RejectContribution(_), Effect::Done) => found.push("a contribution rejected"),
        (Act::Correct(_), Effect::Done) => found.push("a correction signed by both"),
        (Act::AgreeValue(_), Effect::Version(_)) => found.push("a value agreed"),
        (Act::CloseRound(_), _) if closes_a_ring_of_three(step) => {
            found.push("a swap of three or more");
        }
        (Act::Plan(_), _) => planned(step, &mut found),
        (Act::AcceptContract(_), Effect::Contract(id)) => agreed(step, *id, &mut found),
        (Act::Leave {} | Act::MemberLeaves {}, Effect::Done) => left(step, &mut found),
        (Act::ReleaseBacking(_), Effect::Done)
            if step.after.backings().any(|(.., backing)| backing.releasing.is_positive()) =>
        {
            found.push("a release that waits");
        }
        (Act::SignPact(SignPact::Return { .. }), Effect::Unit(id))
            if step.after.unit(*id).is_ok_and(|unit| unit.entitlement.is_negative()) =>
        {
            found.push("a debtor comes back");
        }
        (Act::SignPact(SignPact::Founding { .. }), _)
            if !step.before.units().any(opened) && step.after.units().any(opened) =>
        {
            found.push("opening entitlements in force");
        }
        _ => {}
    }
    found
}

fn opened((_, unit): (Id<Unit>, &Unit)) -> bool {
    unit.listing.is_some_and(|row| row.opened && row.opening.is_positive())
}

/// The delivery that has come to count.
fn delivered(step: Step<'_>, found: &mut Milestones) {
    let counts = |progress: &Progress| matches!(progress, Progress::Accepted { .. });
    let new = step.after.deliveries().find(|(id, row)| {
        let before = step.before.delivery(*id).map(|row| counts(&row.progress));
        counts(&row.progress) && before != Ok(true)
    });
    let Some((id, row)) = new else { return };
    let Ok(contract) = step.after.contract(row.contract) else { return };
    found.push("a delivery accepted");
    if contract.deliveries.first() != Some(&id) {
        found.push("a delivery beyond the first of its contract");
    }
    if contract.terms == Terms::Gift {
        found.push("a gift delivered");
    }
    let signer = step.before.person_by_id(step.entry.statement.person);
    let unit = signer.and_then(|id| step.before.person(id).ok()?.unit);
    if unit == Some(contract.parties.giver) {
        found.push("a delivery entered after silence");
    }
    if step
        .before
        .unit(contract.parties.giver)
        .is_ok_and(|unit| unit.is_departed() && unit.entitlement.is_negative())
    {
        found.push("a unit delivers for its debt");
    }
}

fn planned(step: Step<'_>, found: &mut Milestones) {
    let Some((_, round)) = step.after.rounds().next_back() else { return };
    let contracts = round.plans.last().map(|plan| plan.contracts.clone()).unwrap_or_default();
    let rows: Vec<&Contract> =
        contracts.iter().filter_map(|&id| step.after.contract(id).ok()).collect();
    if rows.iter().any(|row| matches!(row.origin, Origin::Round { pass: Pass::Again, .. })) {
        found.push("a re-solve with matches");
    }
    if rows.iter().any(|row| row.status == Status::Agreed) {
        found.push("a contract agreed by standing consent");
    }
}

fn closes_a_ring_of_three(step: Step<'_>) -> bool {
    let Some((id, round)) = step.after.rounds().next_back() else { return false };
    let is_new = step.before.round(id).is_ok_and(|before| before.swaps.is_empty());
    is_new && round.swaps.iter().any(|ring| ring.len() > 2)
}

fn a_ring_falls(step: Step<'_>) -> bool {
    step.after.contracts().any(|(id, row)| {
        matches!((row.origin, &row.status), (Origin::Swap { .. }, Status::Declined { .. }))
            && step.before.contract(id).is_ok_and(Contract::is_proposed)
    })
}

fn agreed(step: Step<'_>, id: Id<Contract>, found: &mut Milestones) {
    let Ok(row) = step.after.contract(id) else { return };
    match row.origin {
        Origin::Round { .. } => found.push("a contract of a round agreed"),
        Origin::AlreadyDone { .. } => found.push("an exchange already done"),
        Origin::Swap { .. } => found.push("a swap agreed"),
        Origin::Direct => {}
    }
    let one_standing = |status: &Status| {
        matches!(status, Status::Proposed { giver, receiver, .. }
            if *giver == Answered::Standing || *receiver == Answered::Standing)
    };
    if step.before.contract(id).is_ok_and(|row| one_standing(&row.status)) {
        found.push("a contract agreed by standing consent");
    }
}

fn left(step: Step<'_>, found: &mut Milestones) {
    let new = step.after.units().find(|(id, unit)| {
        unit.is_departed() && !step.before.unit(*id).is_ok_and(Unit::is_departed)
    });
    let Some((_, unit)) = new else { return };
    if unit.entitlement.is_negative() {
        found.push("a unit leaves in debt");
    }
    if unit.backing_received.is_positive() {
        found.push("a unit leaves with what is lent to it in use");
    }
}

/// What becomes of keys, weight and bases, mostly by itself.
fn standing(step: Step<'_>, found: &mut Milestones) {
    let has = |row: &Recovery| step.after.key(row.key.key).is_some();
    let gone = |row: &&Recovery| !step.after.recoveries().any(|other| other.key == row.key);
    for row in step.before.recoveries().filter(gone) {
        match row.waiting {
            _ if has(row) => found.push("a key recovered"),
            Waiting::SecondPetition { .. } => found.push("a recovery that an old key stops"),
            _ => {}
        }
    }
    for question in crate::step::carried(step) {
        match question {
            Question::List(_) => found.push("a list in force"),
            Question::Expel { .. } => found.push("a unit expelled"),
            _ => {}
        }
    }
    for (id, after) in step.after.units() {
        let Ok(before) = step.before.unit(id) else { continue };
        let by_itself = |unit: &Unit| unit.enrolled.is_some_and(|e| e.how == Enrolled::ByItself);
        match (before.is_asleep(), after.is_asleep()) {
            (false, true) => found.push("a unit falls asleep"),
            (true, false) => found.push("a unit wakes"),
            _ => {}
        }
        if by_itself(after) && !by_itself(before) {
            found.push("a unit enrolled by itself");
        }
        if after.waits_since.is_some() && before.waits_since.is_none() {
            found.push("a unit waits its turn");
        }
        if after.base < before.base && after.is_in() {
            found.push("a base falls with its members");
            if after.run_off > before.run_off {
                found.push("a base falls with run-off");
            }
        }
    }
}
