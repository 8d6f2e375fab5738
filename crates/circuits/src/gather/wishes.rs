//! Offers, needs and obligations: merged, and what a unit can do for itself taken off.

use measure::Quantity;

use crate::maps::{Key, VersionIndex};
use crate::refused::RoundRefused;
use crate::request::{Obligation, Version, Weeks, Wish};
use crate::round::{AreaRank, Debt, Lone, Merged, Reach};

use super::order::{Placed, Ranks, count, not_below_nought, rank, within_total};
use super::reach::Ground;

/// An offer or need, by canonical position. Ordered as a round orders them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bare {
    pub(super) version: u32,
    pub(super) unit: u32,
    pub(super) area: Option<AreaRank>,
    pub(super) weeks: Weeks,
    /// In steps.
    pub(super) steps: i128,
}

/// An offer or need with its hours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Valued {
    pub(super) bare: Bare,
    pub(super) quantity: Quantity,
    /// More than nought.
    pub(super) seconds: i64,
}

impl Valued {
    /// The wish as a round holds it.
    pub(super) const fn reaching(&self, reach: Reach) -> Merged {
        let Self { bare: Bare { version, unit, area, weeks, .. }, quantity, seconds } = *self;
        Merged { version, unit, area, weeks, quantity, seconds, reach, before: 0 }
    }

    /// The wish as a round holds it if it reaches no lot.
    pub(super) const fn lone(&self) -> Lone {
        let Self { bare: Bare { version, unit, area, weeks, .. }, seconds, .. } = *self;
        Lone { version, unit, area, weeks, seconds }
    }
}

/// Which list a wish stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Offer,
    Need,
}

impl Bare {
    /// What makes a wish one of its own: all but how much.
    const fn identity(&self) -> (u32, u32, Option<AreaRank>, Weeks) {
        (self.version, self.unit, self.area, self.weeks)
    }
}

/// One list of wishes in order, equal ones merged. A need without an area is at its unit's home.
pub(super) fn merged(
    ranks: Ranks<'_>,
    ground: &Ground<'_>,
    wishes: &[Wish],
    side: Side,
) -> Result<Vec<Bare>, RoundRefused> {
    let bare = |wish: &Wish| {
        let (version, unit) =
            (rank(ranks.versions, wish.version.0)?, rank(ranks.units, wish.unit.0)?);
        let own = ranks.area(wish.area.as_ref());
        let area = if side == Side::Need { own.or(ground.home(unit)) } else { own };
        let from = wish.weeks.from.filter(|&from| from > ground.week);
        let weeks = Weeks { from, until: wish.weeks.until };
        Ok(Bare { version, unit, area, weeks, steps: wish.quantity.steps().into() })
    };
    let mut bare: Vec<_> = wishes.iter().map(bare).collect::<Result<_, _>>()?;
    bare.sort_unstable();
    bare.dedup_by(|next, kept| {
        let same = next.identity() == kept.identity();
        if same {
            kept.steps += next.steps;
        }
        same
    });
    Ok(bare)
}

/// What is left of wishes, with its hours; without those of no hours. Refused if that is too much.
pub(super) fn valued(
    versions: &[Placed<Version, VersionIndex>],
    wishes: &[Bare],
) -> Result<Vec<Valued>, RoundRefused> {
    let mut valued = Vec::with_capacity(wishes.len());
    for &bare in wishes {
        let Some(version) = versions.get(VersionIndex(bare.version).position()) else { continue };
        let steps = i64::try_from(bare.steps).map_err(|_| RoundRefused::TooManyHours)?;
        let quantity = Quantity::from_steps(steps).ok_or(RoundRefused::TooManyHours)?;
        let worth = version.item.value.worth(quantity, version.item.decimals);
        let seconds = worth.ok_or(RoundRefused::TooManyHours)?.seconds();
        if seconds > 0 {
            valued.push(Valued { bare, quantity, seconds });
        }
    }
    within_total(valued.iter().map(|wish| wish.seconds))?;
    Ok(valued)
}

/// Obligations by (giver, receiver), merged; what a unit owes itself is left out.
pub(super) fn debts(ranks: &[u32], owed: &[Obligation]) -> Result<Vec<Debt>, RoundRefused> {
    count(owed.len())?;
    let mut debts = Vec::with_capacity(owed.len());
    for one in owed {
        let (giver, receiver) = (rank(ranks, one.giver.0)?, rank(ranks, one.receiver.0)?);
        let seconds = not_below_nought(one.hours.seconds())?;
        if giver != receiver && seconds > 0 {
            debts.push(Debt { giver, receiver, seconds, before: 0 });
        }
    }
    within_total(debts.iter().map(|debt| debt.seconds))?;
    debts.sort_unstable_by_key(|debt| (debt.giver, debt.receiver));
    debts.dedup_by(|next, kept| {
        let same = (next.giver, next.receiver) == (kept.giver, kept.receiver);
        if same {
            kept.seconds += next.seconds;
        }
        same
    });
    Ok(debts)
}
