//! G6, and what was given in advance: nothing delays a recall, and no mandate grows.

use federation::invariants::Broken;
use federation::rows::{Ended, LotStage};

use super::{Step, broken};

/// G6: the number of signatures only falls, a signature is kept as long as its signer is a member,
/// and a recall ends a mandate with the last of them, by nobody else's leave.
pub(super) fn recalls_only_get_easier(step: Step<'_>) -> Result<(), Broken> {
    for ((id, before), (_, after)) in step.before.mandates().zip(step.after.mandates()) {
        if after.needed > before.needed {
            return broken("G6", format!("recalling mandate {id} takes more than before"));
        }
        let same = (before.unit, before.delegate, &before.terms, before.by, before.since)
            == (after.unit, after.delegate, &after.terms, after.by, after.since);
        if !same || before.voters != after.voters {
            return broken("mandate", format!("mandate {id} has changed"));
        }
        if before.ended.is_some() && before != after {
            return broken("mandate", format!("mandate {id} is over and goes on"));
        }
        let members = step.after.unit(after.unit).map(|row| row.members.clone());
        let members = members.unwrap_or_default();
        let mut kept = before.signed.iter().filter(|signer| members.contains(signer));
        if kept.any(|signer| !after.signed.contains(signer)) {
            return broken("G6", format!("a signature to recall mandate {id} is gone"));
        }
        if let (None, Some(Ended::Recalled(_))) = (before.ended, after.ended)
            && !after.signed.iter().all(|signer| members.contains(signer))
        {
            return broken("G6", format!("mandate {id} is recalled by others than members"));
        }
    }
    Ok(())
}

/// A unit that is bound to a number tells that one or is left out, and what is drawn stays drawn.
pub(super) fn what_is_bound_stays_bound(step: Step<'_>) -> Result<(), Broken> {
    for ((id, before), (_, after)) in step.before.lots().zip(step.after.lots()) {
        if before.drawing != after.drawing || !before.hashes.is_subset(&after.hashes) {
            return broken("lot", format!("what lot {id} draws has changed"));
        }
        let goes_back = match (&before.stage, &after.stage) {
            (LotStage::Drawn { .. } | LotStage::Over { .. }, after) => before.stage != *after,
            (LotStage::Committing { bound, .. }, LotStage::Committing { bound: now, .. })
            | (LotStage::Opening { bound, .. }, LotStage::Opening { bound: now, .. }) => {
                bound.iter().any(|(unit, hash)| now.get(unit) != Some(hash))
            }
            _ => false,
        };
        if goes_back {
            return broken("lot", format!("lot {id} was {:?}, is {:?}", before.stage, after.stage));
        }
    }
    Ok(())
}
