//! How much of each offer, need and obligation the plan before had.

use std::collections::BTreeMap;

use crate::refused::RoundRefused;
use crate::request::Before;
use crate::round::{Debt, Merged};

use super::order::{Ranks, count, not_below_nought, rank, within_total};
use super::reach::Laid;

/// What is left to hand out, by version and unit, or giver and receiver.
type Left = BTreeMap<(u32, u32), i64>;

/// Hands the hours of the matches before out to the wishes and obligations they were of, in order,
/// filling each up. What finds none is left out.
pub(super) fn fill(
    ranks: Ranks<'_>,
    before: &[Before],
    laid: &mut Laid,
    debts: &mut [Debt],
) -> Result<(), RoundRefused> {
    count(before.len())?;
    let (mut given, mut got, mut owed) = (Left::new(), Left::new(), Left::new());
    for one in before {
        let (giver, receiver) =
            (rank(ranks.units, one.giver.0)?, rank(ranks.units, one.receiver.0)?);
        let seconds = not_below_nought(one.hours.seconds())?;
        match one.version {
            None => add(&mut owed, (giver, receiver), seconds),
            Some(version) => {
                let version = rank(ranks.versions, version.0)?;
                add(&mut given, (version, giver), seconds);
                add(&mut got, (version, receiver), seconds);
            }
        }
    }
    within_total(given.values().chain(owed.values()).copied())?;
    for (left, wishes) in [(&mut given, &mut laid.gives), (&mut got, &mut laid.gets)] {
        for Merged { version, unit, seconds, before, .. } in wishes {
            *before = take(left, (*version, *unit), *seconds);
        }
    }
    for Debt { giver, receiver, seconds, before } in debts {
        *before = take(&mut owed, (*giver, *receiver), *seconds);
    }
    Ok(())
}

/// Adds; what is beyond all hours there can be is refused when they are summed up.
fn add(left: &mut Left, key: (u32, u32), seconds: i64) {
    let sum = left.entry(key).or_insert(0);
    *sum = sum.saturating_add(seconds);
}

fn take(left: &mut Left, key: (u32, u32), at_most: i64) -> i64 {
    let Some(left) = left.get_mut(&key) else { return 0 };
    let taken = at_most.min(*left);
    *left -= taken;
    taken
}
