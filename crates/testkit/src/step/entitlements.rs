//! E2, E3 and E4: what moves hours.

use std::collections::BTreeMap;

use federation::Act;
use federation::act::SignPact;
use federation::invariants::Broken;
use federation::rows::{Contribution, Progress};

use super::{Step, broken};

/// How a kind of act may change entitlements. The match names every kind, so a new act does not
/// compile before somebody has said what it may do.
fn may_move(act: &Act) -> Moves {
    match act {
        Act::Found(_) | Act::SignPact(SignPact::Founding { .. }) => Moves::Openings,
        Act::AcceptDelivery(_) | Act::AcceptContract(_) | Act::AcceptContribution(_) => {
            Moves::Delivery
        }
        Act::Correct(_) | Act::CorrectContribution(_) => Moves::Correction,
        Act::SignPact(
            SignPact::Newcomer { .. } | SignPact::NewUnit { .. } | SignPact::Return { .. },
        )
        | Act::AnnounceLeaving(_)
        | Act::Leave {}
        | Act::AdmitMember(_)
        | Act::MemberLeaves {}
        | Act::Introduce(_)
        | Act::DescribeUnit(_)
        | Act::SetSigning(_)
        | Act::SetMethod(_)
        | Act::AddKey(_)
        | Act::RevokeKey(_)
        | Act::NameHelpers(_)
        | Act::RecoverKey(_)
        | Act::VetoRecovery(_)
        | Act::ProposeSpecification(_)
        | Act::ReviseSpecification(_)
        | Act::RetireSpecification(_)
        | Act::AskValue(_)
        | Act::CounterValue(_)
        | Act::AgreeValue(_)
        | Act::Offer(_)
        | Act::Need(_)
        | Act::Withdraw(_)
        | Act::BringThing(_)
        | Act::WouldTake(_)
        | Act::WithdrawThing(_)
        | Act::RefusePartners(_)
        | Act::OpenRound {}
        | Act::CloseRound(_)
        | Act::Plan(_)
        | Act::ProposeContract(_)
        | Act::DeclineContract(_)
        | Act::EndContract(_)
        | Act::AlreadyDone(_)
        | Act::Arrange(_)
        | Act::Comment(_)
        | Act::Deliver(_)
        | Act::Receipt(_)
        | Act::RejectDelivery(_)
        | Act::Back(_)
        | Act::ReleaseBacking(_)
        | Act::Recall(_)
        | Act::LayDownMandate(_)
        | Act::FormCircle(_)
        | Act::JoinCircle(_)
        | Act::LeaveCircle(_)
        | Act::Post(_)
        | Act::OpenLot(_)
        | Act::CommitNumber(_)
        | Act::OpenNumber(_)
        | Act::OpenCommon(_)
        | Act::Subscribe(_)
        | Act::Unsubscribe(_)
        | Act::Contribute(_)
        | Act::ReceiptContribution(_)
        | Act::RejectContribution(_)
        | Act::Propose(_)
        | Act::WithdrawProposal(_)
        | Act::Ballot(_)
        | Act::CountRoom(_)
        | Act::Seal(_)
        | Act::AcceptPact(_)
        | Act::Register(_)
        | Act::Claim(_)
        | Act::Release(_)
        | Act::ReportUse(_)
        | Act::DeclareMakeup(_)
        | Act::Dispute(_)
        | Act::Settle(_)
        | Act::WriteOption(_)
        | Act::WeighOptions(_)
        | Act::AttestTime {} => Moves::Nothing,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moves {
    Nothing,
    /// The rows of the founding list, all at once.
    Openings,
    /// One delivery: giver + h, receiver − h.
    Delivery,
    /// One delivery, back: giver − h, receiver + h.
    Correction,
}

/// E2, E3, E4: entitlements change only as the kind of act allows, and by exactly what the one
/// delivery, correction or founding list says.
pub(super) fn move_by_what_names_them(step: Step<'_>) -> Result<(), Broken> {
    let mut moved: BTreeMap<u32, i64> = BTreeMap::new();
    for (id, unit) in step.after.units() {
        let before = step.before.unit(id).map_or(0, |unit| unit.entitlement.seconds());
        let by = unit.entitlement.seconds() - before;
        if by != 0 {
            moved.insert(id.number(), by);
        }
    }
    let expected = match may_move(&step.entry.statement.act) {
        Moves::Nothing => BTreeMap::new(),
        Moves::Openings => openings(step),
        moves @ (Moves::Delivery | Moves::Correction) => counted(step, moves)?,
    };
    if moved == expected {
        return Ok(());
    }
    let act = step.entry.statement.act.name();
    broken("E3", format!("{act} moves {moved:?} seconds, and may move {expected:?}"))
}

fn openings(step: Step<'_>) -> BTreeMap<u32, i64> {
    let opened = step.after.units().filter_map(|(id, unit)| {
        let now = unit.listing.filter(|listing| listing.opened)?;
        let before = step.before.unit(id).ok().and_then(|unit| unit.listing);
        let is_new = !before.is_some_and(|listing| listing.opened);
        (is_new && now.opening.seconds() != 0).then(|| (id.number(), now.opening.seconds()))
    });
    opened.collect()
}

/// What the one delivery or contribution that this act made count, or corrected, moves between its
/// sides.
fn counted(step: Step<'_>, moves: Moves) -> Result<BTreeMap<u32, i64>, Broken> {
    let mut changed = Vec::new();
    let mut contributed: Vec<(BTreeMap<u32, i64>, i64)> = Vec::new();
    for (id, row) in step.after.contributions() {
        let before = step.before.contribution(id).ok();
        let (sides, by) = carried(row, before);
        if by != 0 {
            contributed.push((sides, by));
        }
    }
    for (id, delivery) in step.after.deliveries() {
        let before = step.before.delivery(id).map_or(0, |row| hours(&row.progress));
        let by = hours(&delivery.progress) - before;
        if by != 0 {
            changed.push((delivery.contract, by));
        }
    }
    let count = changed.len() + contributed.len();
    if count > 1 {
        broken("E2", format!("one act made {count} deliveries count"))?;
    }
    if let Some((sides, by)) = contributed.pop() {
        if (by > 0) != (moves == Moves::Delivery) {
            broken("E2", format!("{moves:?} moves {by} seconds"))?;
        }
        return Ok(sides);
    }
    let Some((contract, by)) = changed.pop() else { return Ok(BTreeMap::new()) };
    if (by > 0) != (moves == Moves::Delivery) {
        broken("E2", format!("{moves:?} moves {by} seconds"))?;
    }
    let parties = step.after.contract(contract).map(|row| row.parties);
    let sides = parties.map(|p| [(p.giver.number(), by), (p.receiver.number(), -by)]);
    Ok(sides.map(BTreeMap::from).unwrap_or_default())
}

/// What a contribution moves: its giver gets what those who carry it give.
fn carried(after: &Contribution, before: Option<&Contribution>) -> (BTreeMap<u32, i64>, i64) {
    let counts = |row: &Contribution| matches!(row.progress, Progress::Accepted { .. });
    let share = |row: Option<&Contribution>, unit| {
        let counted = row.filter(|row| counts(row));
        counted.map_or(0, |row| row.share_of(unit).seconds())
    };
    let mut sides: BTreeMap<u32, i64> = BTreeMap::new();
    let mut sum = 0;
    for part in &after.shares {
        let by = share(Some(after), part.unit) - share(before, part.unit);
        *sides.entry(part.unit.number()).or_default() -= by;
        *sides.entry(after.giver.number()).or_default() += by;
        sum += by;
    }
    sides.retain(|_, by| *by != 0);
    (sides, sum)
}

fn hours(progress: &Progress) -> i64 {
    match progress {
        Progress::Accepted { hours, .. } => hours.seconds(),
        _ => 0,
    }
}
