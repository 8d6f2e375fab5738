//! Commons: nobody carries one without having subscribed, and what they carry of a contribution
//! only falls, by its correction.

use federation::Act;
use federation::invariants::Broken;
use federation::rows::{Contribution, Progress};
use measure::Hours;

use super::{Step, broken};

/// Two consents, for what is delivered to all: each share of a new contribution is within the hours
/// that its unit subscribed with.
pub(super) fn nobody_carries_unasked(step: Step<'_>) -> Result<(), Broken> {
    let known = step.before.contributions().len();
    for (id, row) in step.after.contributions().skip(known) {
        let common = step.before.common(row.common).ok();
        for share in &row.shares {
            let subscribed = common.and_then(|common| common.subscriptions.get(&share.unit));
            let left = subscribed.map_or(Hours::ZERO, |s| s.left(row.since));
            if share.hours > left || !share.hours.is_positive() {
                let found = format!("contribution {id} takes {} of {left} hours", share.hours);
                return broken("two consents", found);
            }
        }
    }
    Ok(())
}

/// E7 for commons: what was answered stays answered, and shares change only by a correction that
/// reduces them.
pub(super) fn contributions_only_go_on(step: Step<'_>) -> Result<(), Broken> {
    let corrects = matches!(step.entry.statement.act, Act::CorrectContribution(_));
    let all = step.before.contributions().zip(step.after.contributions());
    for ((id, before), (_, after)) in all {
        let made = |row: &Contribution| (row.common, row.giver, row.since, row.note.clone());
        let grows = before.shares.len() != after.shares.len()
            || before
                .shares
                .iter()
                .zip(&after.shares)
                .any(|(was, is)| is.unit != was.unit || is.hours > was.hours);
        let kept = before.shares == after.shares && before.quantity == after.quantity;
        if made(before) != made(after) || grows || !(kept || corrects) {
            return broken("E6", format!("contribution {id} has changed"));
        }
        let goes_back = match (&before.progress, &after.progress) {
            (Progress::Accepted { .. }, Progress::Accepted { .. }) => false,
            (Progress::Accepted { .. }, _) | (Progress::Receipted { .. }, Progress::HandedOver) => {
                true
            }
            (was @ (Progress::Rejected { .. } | Progress::Lapsed { .. }), is) => was != is,
            _ => false,
        };
        if goes_back {
            return broken("E7", format!("contribution {id} goes back"));
        }
    }
    Ok(())
}
