use federation::rows::{About, Conflict, Settled, Stage};

use super::Milestones;
use crate::step::Step;

/// What has become of conflicts.
pub(super) fn conflicts(step: Step<'_>, found: &mut Milestones) {
    for (id, after) in step.after.conflicts() {
        match step.before.conflict(id) {
            Ok(before) => went_on(before, after, found),
            Err(_) => found.push(match after.about {
                About::Resource(_) => "a conflict over a resource",
                About::Delivery(_) | About::Contribution(_) => "a rejection disputed",
                About::Settlement(_) => "a broken settlement disputed",
                About::Mandate(_) => "an exceeded mandate disputed",
            }),
        }
    }
}

fn went_on(before: &Conflict, after: &Conflict, found: &mut Milestones) {
    if after.parties.len() > before.parties.len() {
        found.push("a claimant joins a conflict");
    }
    if after.parties.len() < before.parties.len() {
        found.push("a claimant leaves a conflict");
    }
    if before.mediators.is_empty() && !after.mediators.is_empty() {
        found.push("mediators drawn");
    }
    let again = |row: &Conflict| matches!(row.stage, Stage::Settled { .. });
    if again(before) && matches!(after.stage, Stage::Talks { .. }) {
        found.push("a settlement looked at again");
    }
    if before.settlement == after.settlement {
        return;
    }
    if let Some(settlement) = &after.settlement {
        found.push(match settlement.how {
            Settled::Signed => "a conflict settled by a text that all signed",
            Settled::Consent { .. } => "a conflict settled by consent",
            Settled::Voted { .. } => "a conflict settled by both majorities",
            Settled::AsItIs => "a conflict in which nothing passed",
        });
    }
}
