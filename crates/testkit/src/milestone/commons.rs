use federation::act::AcceptContribution;

use super::Milestones;
use crate::step::Step;

/// The contribution that has come to count.
pub(super) fn counts(step: Step<'_>, act: &AcceptContribution, found: &mut Milestones) {
    let row = step.after.find_contribution(act.contribution);
    let Ok(row) = row.and_then(|id| step.after.contribution(id)) else { return };
    let accepted = row.asked.iter().filter(|asked| asked.accepted).count();
    if accepted == 2 {
        found.push("a contribution accepted by two who were drawn");
    }
    if row.shares.len() > 1 {
        found.push("a contribution that several carry");
    }
    let signer = step.before.person_by_id(step.entry.statement.person);
    let unit = signer.and_then(|id| step.before.person(id).ok()?.unit);
    if unit == Some(row.giver) {
        found.push("a contribution entered after silence");
    }
}

/// Whether somebody else was drawn in place of one who was silent.
pub(super) fn redrawn(step: Step<'_>) -> bool {
    step.after.open_contributions().any(|(id, row)| {
        let before = step.before.contribution(id).map_or(0, |before| before.silent.len());
        row.silent.len() > before && !row.asked.is_empty()
    })
}
