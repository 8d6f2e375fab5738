//! Bringing what was given into the canonical order of a [`crate::Round`].

use std::collections::BTreeMap;

use measure::{DECIMALS_MAX, Quantity};

use crate::maps::{Key, UnitIndex, VersionIndex};
use crate::refused::RoundRefused;
use crate::request::{
    Accepted, Before, Label, Obligation, Refused, Request, Unit, Version, Weeks, Wish,
};
use crate::round::{Debt, Earlier, Merged, Room};

/// The most seconds of all offers, needs or obligations together, so that no sum in the solver
/// leaves `i64`.
const TOTAL_MAX: i64 = 1 << 60;

/// The most entries of one list, so that arcs and their reverses fit `u32`.
const COUNT_MAX: usize = 1 << 30;

/// The sixteenths in a whole: the most of its needs that a unit can have gone short of.
const SHORT_MAX: u8 = 16;

/// An entry of a list in canonical order, and where it stood in the list that was given.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T, K> {
    pub(crate) item: T,
    pub(crate) given: K,
}

/// A list in canonical order, and the canonical position of each entry by the position given.
pub(crate) type Ordered<T, K> = (Vec<Placed<T, K>>, Vec<u32>);

/// The canonical position of each unit and version, by the position that was given.
#[derive(Clone, Copy)]
pub(crate) struct Ranks<'a> {
    pub(crate) units: &'a [u32],
    pub(crate) versions: &'a [u32],
}

/// Sees that every number of a request is within its range by itself.
pub(crate) fn valid(request: &Request) -> Result<(), RoundRefused> {
    for (unit, one) in (0..).zip(&request.units) {
        if one.members == 0 {
            return Err(RoundRefused::Members { unit });
        }
        if one.short > SHORT_MAX {
            return Err(RoundRefused::Short { found: one.short });
        }
    }
    for version in &request.versions {
        if version.decimals > DECIMALS_MAX {
            return Err(RoundRefused::Decimals { found: version.decimals });
        }
        let essential = version.essential.unwrap_or_default();
        version.value.worth(essential, version.decimals).ok_or(RoundRefused::TooManyHours)?;
    }
    for Weeks { from, until } in request.offers.iter().chain(&request.needs).map(|w| w.weeks) {
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            return Err(RoundRefused::Window { from, until });
        }
    }
    let mut order = request.terms.order.clone();
    order.sort_unstable();
    match order.iter().zip(order.iter().skip(1)).find(|(one, next)| one == next) {
        Some((&preference, _)) => Err(RoundRefused::PreferenceTwice { preference }),
        None => Ok(()),
    }
}

/// Orders a list by label and tells where each entry went. Refused if two labels are the same.
pub(crate) fn in_order<T, K: Key + Into<u32>>(
    items: Vec<T>,
    label: impl Fn(&T) -> &Label,
) -> Result<Ordered<T, K>, RoundRefused> {
    count(items.len())?;
    let mut placed: Vec<_> =
        items.into_iter().enumerate().map(|(i, item)| Placed { item, given: K::at(i) }).collect();
    placed.sort_by(|a, b| label(&a.item).cmp(label(&b.item)));
    for (a, b) in placed.iter().zip(placed.iter().skip(1)) {
        if label(&a.item) == label(&b.item) {
            return Err(RoundRefused::SameLabel { first: a.given.into(), second: b.given.into() });
        }
    }
    let mut ranks = vec![0; placed.len()];
    for (rank, entry) in (0_u32..).zip(&placed) {
        if let Some(slot) = ranks.get_mut(entry.given.position()) {
            *slot = rank;
        }
    }
    Ok((placed, ranks))
}

/// Offers and needs by (version, unit): merged, and each unit's own offer set against its own need.
pub(crate) fn wishes(
    versions: &[Placed<Version, VersionIndex>],
    ranks: Ranks<'_>,
    offers: &[Wish],
    needs: &[Wish],
) -> Result<(Vec<Merged>, Vec<Merged>), RoundRefused> {
    count(offers.len())?;
    count(needs.len())?;
    // Offers count up and needs down, so what is left of a unit in a lot is their sum.
    let place = |wish: &Wish, steps: i64| {
        Ok((rank(ranks.versions, wish.version.0)?, rank(ranks.units, wish.unit.0)?, steps))
    };
    let offered = offers.iter().map(|offer| place(offer, offer.quantity.steps()));
    let needed = needs.iter().map(|need| place(need, -need.quantity.steps()));
    let mut rows: Vec<(u32, u32, i64)> = offered.chain(needed).collect::<Result<_, _>>()?;
    rows.sort_unstable_by_key(|&(version, unit, _)| (version, unit));
    let (mut gives, mut gets) = (Vec::new(), Vec::new());
    for same in rows.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let steps: i128 = same.iter().map(|row| i128::from(row.2)).sum();
        let Some(&(version, unit, _)) = same.first() else { continue };
        let Some(priced) = versions.get(VersionIndex(version).position()) else { continue };
        let wish = merged(&priced.item, version, unit, steps.abs())?;
        match wish {
            Some(wish) if steps > 0 => gives.push(wish),
            Some(wish) => gets.push(wish),
            None => {}
        }
    }
    within_total(gives.iter().map(|wish| wish.seconds))?;
    within_total(gets.iter().map(|wish| wish.seconds))?;
    Ok((gives, gets))
}

/// One merged offer or need; none if it has no hours.
fn merged(
    version: &Version,
    rank: u32,
    unit: u32,
    steps: i128,
) -> Result<Option<Merged>, RoundRefused> {
    let steps = i64::try_from(steps).map_err(|_| RoundRefused::TooManyHours)?;
    let quantity = Quantity::from_steps(steps).ok_or(RoundRefused::TooManyHours)?;
    let worth =
        version.value.worth(quantity, version.decimals).ok_or(RoundRefused::TooManyHours)?;
    let seconds = worth.seconds();
    Ok((seconds > 0).then_some(Merged { version: rank, unit, quantity, seconds }))
}

/// Obligations by (giver, receiver), merged; what a unit owes itself is left out.
pub(crate) fn debts(ranks: &[u32], owed: &[Obligation]) -> Result<Vec<Debt>, RoundRefused> {
    count(owed.len())?;
    let mut debts = Vec::with_capacity(owed.len());
    for one in owed {
        let (giver, receiver) = (rank(ranks, one.giver.0)?, rank(ranks, one.receiver.0)?);
        let seconds = not_below_nought(one.hours.seconds())?;
        if giver != receiver && seconds > 0 {
            debts.push(Debt { giver, receiver, seconds });
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

/// By how many seconds accepted contracts move each unit's entitlement, by canonical position.
pub(crate) fn shifts(ranks: &[u32], accepted: &[Accepted]) -> Result<Vec<i64>, RoundRefused> {
    count(accepted.len())?;
    let mut moved: BTreeMap<u32, i128> = BTreeMap::new();
    for one in accepted {
        let seconds = i128::from(not_below_nought(one.hours.seconds())?);
        *moved.entry(rank(ranks, one.giver.0)?).or_default() += seconds;
        *moved.entry(rank(ranks, one.receiver.0)?).or_default() -= seconds;
    }
    let mut shifts = vec![0; ranks.len()];
    for (unit, seconds) in moved {
        let seconds = i64::try_from(seconds).map_err(|_| RoundRefused::TooManyHours)?;
        if seconds.abs() > TOTAL_MAX {
            return Err(RoundRefused::TooManyHours);
        }
        if let Some(shift) = shifts.get_mut(UnitIndex(unit).position()) {
            *shift = seconds;
        }
    }
    Ok(shifts)
}

/// The pairs that will not deal with each other, in order, each with the lower unit first; what a
/// unit says of itself is left out.
pub(crate) fn refusals(
    ranks: &[u32],
    refused: &[Refused],
) -> Result<Vec<(u32, u32)>, RoundRefused> {
    count(refused.len())?;
    let mut pairs = Vec::with_capacity(refused.len());
    for one in refused {
        let (unit, partner) = (rank(ranks, one.unit.0)?, rank(ranks, one.partner.0)?);
        if unit != partner {
            pairs.push((unit.min(partner), unit.max(partner)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

/// The matches of the plan before, by canonical position.
pub(crate) fn before(ranks: Ranks<'_>, before: &[Before]) -> Result<Vec<Earlier>, RoundRefused> {
    count(before.len())?;
    let one = |one: &Before| {
        let version = one.version.map(|version| rank(ranks.versions, version.0)).transpose()?;
        let (giver, receiver) =
            (rank(ranks.units, one.giver.0)?, rank(ranks.units, one.receiver.0)?);
        let seconds = not_below_nought(one.hours.seconds())?;
        Ok(Earlier { version, giver, receiver, seconds })
    };
    let matches: Vec<_> = before.iter().map(one).collect::<Result<_, _>>()?;
    within_total(matches.iter().map(|one| one.seconds))?;
    Ok(matches)
}

/// Each unit's room after accepted contracts, and no more than it could use in this round.
pub(crate) fn rooms(
    units: &[Placed<Unit, UnitIndex>],
    shifts: &[i64],
    flows: &[Flows],
) -> Vec<Room> {
    let one = |((unit, shift), flows): ((&Placed<Unit, UnitIndex>, &i64), &Flows)| Room {
        down: (unit.item.room_down.seconds() + shift).clamp(0, flows.got),
        up: (unit.item.room_up.seconds() - shift).clamp(0, flows.given),
    };
    units.iter().zip(shifts).zip(flows).map(one).collect()
}

/// The most that a unit could give and get in a round, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Flows {
    pub(crate) given: i64,
    pub(crate) got: i64,
}

/// The most that each unit could give and get by its offers, needs and obligations.
pub(crate) fn flows(units: usize, gives: &[Merged], gets: &[Merged], debts: &[Debt]) -> Vec<Flows> {
    let mut flows = vec![Flows::default(); units];
    let mut add = |unit: u32, given: i64, got: i64| {
        if let Some(flow) = flows.get_mut(UnitIndex(unit).position()) {
            flow.given += given;
            flow.got += got;
        }
    };
    for wish in gives {
        add(wish.unit, wish.seconds, 0);
    }
    for wish in gets {
        add(wish.unit, 0, wish.seconds);
    }
    for debt in debts {
        add(debt.giver, debt.seconds, 0);
        add(debt.receiver, 0, debt.seconds);
    }
    flows
}

fn rank(ranks: &[u32], named: u32) -> Result<u32, RoundRefused> {
    let count = ranks.len();
    ranks.get(UnitIndex(named).position()).copied().ok_or(RoundRefused::NotThere { named, count })
}

fn count(entries: usize) -> Result<(), RoundRefused> {
    if entries > COUNT_MAX { Err(RoundRefused::TooMany) } else { Ok(()) }
}

fn not_below_nought(seconds: i64) -> Result<i64, RoundRefused> {
    if seconds < 0 { Err(RoundRefused::BelowNought { seconds }) } else { Ok(seconds) }
}

fn within_total(mut seconds: impl Iterator<Item = i64>) -> Result<(), RoundRefused> {
    let total = seconds.try_fold(0_i64, i64::checked_add);
    match total {
        Some(total) if total <= TOTAL_MAX => Ok(()),
        _ => Err(RoundRefused::TooManyHours),
    }
}
