use federation::act::Act;
use federation::act::Topic;
use federation::rows::Proposal;
use federation::{Effect, Federation, Id};
use node::Recorded;

use crate::acts::Said;

/// Where a reader goes on after an act, as the end of an address.
pub(crate) fn path(federation: &Federation, said: &Said, recorded: &Recorded) -> String {
    if said.invite.is_some() {
        return "/unit/invites".to_owned();
    }
    let effect = recorded.outcome.as_ref().map(|outcome| &outcome.effect);
    let made = effect.and_then(|effect| made(federation, effect));
    made.unwrap_or_else(|| about(federation, &said.act))
}

/// The page of what an act has made.
fn made(federation: &Federation, effect: &Effect) -> Option<String> {
    match effect {
        Effect::Contract(id) => Some(format!("/contracts/{id}")),
        Effect::Delivery(id) => {
            let delivery = federation.delivery(*id).ok()?;
            Some(format!("/contracts/{}", delivery.contract))
        }
        Effect::Specification(id) => Some(format!("/specifications/{id}")),
        Effect::Version(id) => {
            let version = federation.version(*id).ok()?;
            Some(format!("/specifications/{}", version.specification))
        }
        Effect::Wish(..) => Some("/offers".to_owned()),
        Effect::Thing(_) => Some("/swaps".to_owned()),
        Effect::Circle(id) => Some(format!("/circles/{id}")),
        Effect::Post(id) => {
            let circle = federation.post_row(*id).ok()?.circle;
            Some(format!("/circles/{circle}"))
        }
        Effect::Lot(_) => Some("/lots".to_owned()),
        Effect::Round(id) | Effect::Planned { round: id, .. } => Some(format!("/rounds/{id}")),
        Effect::Proposal(id) => Some(format!("/decisions/{id}")),
        Effect::Unit(_) => Some("/unit".to_owned()),
        Effect::Resource(id) => Some(format!("/resources/{id}")),
        Effect::Claim(id) => Some(format!("/resources/{}", federation.claim(*id).ok()?.resource)),
        Effect::Usage(id) => Some(format!("/resources/{}", federation.usage(*id).ok()?.resource)),
        Effect::Conflict(id) => Some(format!("/conflicts/{id}")),
        Effect::Common(id) => Some(format!("/commons/{id}")),
        Effect::Contribution(id) => {
            Some(format!("/commons/{}", federation.contribution(*id).ok()?.common))
        }
        _ => None,
    }
}

/// The page of what an act is about.
pub(crate) fn about(federation: &Federation, act: &Act) -> String {
    let contract = |named| federation.find_contract(named).ok();
    let of_delivery = |named| {
        let id = federation.find_delivery(named).ok()?;
        Some(federation.delivery(id).ok()?.contract)
    };
    let contract: Option<Id<federation::rows::Contract>> = match act {
        Act::AcceptContract(act) => contract(act.contract),
        Act::DeclineContract(act) => contract(act.contract),
        Act::EndContract(act) => contract(act.contract),
        Act::Arrange(act) => contract(act.contract),
        Act::Comment(act) => match act.on {
            Topic::Contract(named) => contract(named),
            Topic::Proposal(_) => None,
        },
        Act::Deliver(act) => contract(act.contract),
        Act::Receipt(act) => of_delivery(act.delivery),
        Act::AcceptDelivery(act) => of_delivery(act.delivery),
        Act::RejectDelivery(act) => of_delivery(act.delivery),
        Act::Correct(act) => of_delivery(act.delivery),
        _ => None,
    };
    if let Some(id) = proposal(federation, act) {
        return format!("/decisions/{id}");
    }
    if let Some(id) = contract {
        return format!("/contracts/{id}");
    }
    let conflict = match act {
        Act::Settle(act) => federation.find_conflict(act.conflict).ok(),
        Act::WriteOption(act) => federation.find_conflict(act.conflict).ok(),
        Act::WeighOptions(act) => federation.find_conflict(act.conflict).ok(),
        _ => None,
    };
    if let Some(id) = conflict {
        return format!("/conflicts/{id}");
    }
    let circle = match act {
        Act::JoinCircle(act) => federation.find_circle(act.circle).ok(),
        Act::LeaveCircle(act) => federation.find_circle(act.circle).ok(),
        _ => None,
    };
    if let Some(id) = circle {
        return format!("/circles/{id}");
    }
    let room = match act {
        Act::Introduce(_)
        | Act::AddKey(_)
        | Act::RevokeKey(_)
        | Act::NameHelpers(_)
        | Act::RecoverKey(_)
        | Act::VetoRecovery(_) => "/me",
        Act::Offer(_) | Act::Need(_) | Act::Withdraw(_) => "/offers",
        Act::BringThing(_) | Act::WouldTake(_) | Act::WithdrawThing(_) => "/swaps",
        Act::ProposeContract(_) | Act::AlreadyDone(_) => "/contracts",
        Act::CloseRound(_) | Act::OpenRound {} => "/rounds",
        Act::ProposeSpecification(_)
        | Act::ReviseSpecification(_)
        | Act::RetireSpecification(_)
        | Act::AskValue(_)
        | Act::CounterValue(_)
        | Act::AgreeValue(_) => "/specifications",
        Act::Recall(_) | Act::LayDownMandate(_) => "/delegates",
        Act::CommitNumber(_) | Act::OpenNumber(_) => "/lots",
        Act::AttestTime {} => "",
        Act::Register(_) | Act::Claim(_) | Act::Release(_) | Act::ReportUse(_) => "/resources",
        Act::OpenCommon(_)
        | Act::Subscribe(_)
        | Act::Unsubscribe(_)
        | Act::Contribute(_)
        | Act::ReceiptContribution(_)
        | Act::AcceptContribution(_)
        | Act::RejectContribution(_)
        | Act::CorrectContribution(_) => "/commons",
        _ => "/unit",
    };
    room.to_owned()
}

/// The proposal that an act is about.
fn proposal(federation: &Federation, act: &Act) -> Option<Id<Proposal>> {
    let named = match act {
        Act::WithdrawProposal(act) => act.proposal,
        Act::Ballot(act) => act.proposal,
        Act::CountRoom(act) => act.proposal,
        Act::Seal(act) => act.proposal,
        Act::Comment(act) => match act.on {
            Topic::Proposal(named) => named,
            Topic::Contract(_) => return None,
        },
        _ => return None,
    };
    federation.find_proposal(named).ok()
}
