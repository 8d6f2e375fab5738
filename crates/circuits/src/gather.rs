//! Bringing what was given into the canonical order of a [`crate::Round`].

use std::collections::BTreeMap;

use measure::{DECIMALS_MAX, Quantity};

use crate::maps::{Key, LotIndex, UnitIndex};
use crate::refused::RoundRefused;
use crate::round::{Accepted, Debt, Label, Lot, Need, Obligation, Offer, Room, Unit, Wish};

/// The most seconds of all offers, needs or obligations together, so that no sum in the solver
/// leaves `i64`.
const TOTAL_MAX: i64 = 1 << 60;

/// The most entries of one list, so that arcs and their reverses fit `u32`.
const COUNT_MAX: usize = 1 << 30;

/// An entry of a list in canonical order, and where it stood in the list that was given.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T, K> {
    pub(crate) item: T,
    pub(crate) given: K,
}

/// A list in canonical order, and the canonical position of each entry by the position given.
pub(crate) type Ordered<T, K> = (Vec<Placed<T, K>>, Vec<u32>);

/// The canonical position of each unit and lot, by the position that was given.
#[derive(Clone, Copy)]
pub(crate) struct Ranks<'a> {
    pub(crate) units: &'a [u32],
    pub(crate) lots: &'a [u32],
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

/// Offers and needs by (lot, unit): merged, and each unit's own offer set against its own need.
pub(crate) fn wishes(
    lots: &[Placed<Lot, LotIndex>],
    ranks: Ranks<'_>,
    offers: &[Offer],
    needs: &[Need],
) -> Result<(Vec<Wish>, Vec<Wish>), RoundRefused> {
    count(offers.len())?;
    count(needs.len())?;
    if let Some(lot) = lots.iter().find(|lot| lot.item.decimals > DECIMALS_MAX) {
        return Err(RoundRefused::Decimals { found: lot.item.decimals });
    }
    // Offers count up and needs down, so what is left of a unit in a lot is their sum.
    let place = |unit: UnitIndex, lot: LotIndex, steps: i64| {
        Ok((rank(ranks.lots, lot.0)?, rank(ranks.units, unit.0)?, steps))
    };
    let offered = offers.iter().map(|o| place(o.unit, o.lot, o.quantity.steps()));
    let needed = needs.iter().map(|n| place(n.unit, n.lot, -n.quantity.steps()));
    let mut rows: Vec<(u32, u32, i64)> = offered.chain(needed).collect::<Result<_, _>>()?;
    rows.sort_unstable_by_key(|&(lot, unit, _)| (lot, unit));
    let (mut gives, mut gets) = (Vec::new(), Vec::new());
    for same in rows.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let steps: i128 = same.iter().map(|row| i128::from(row.2)).sum();
        let Some(&(lot, unit, _)) = same.first() else { continue };
        let Some(priced) = lots.get(LotIndex(lot).position()) else { continue };
        let wish = wish(&priced.item, lot, unit, steps.abs())?;
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
fn wish(lot: &Lot, rank: u32, unit: u32, steps: i128) -> Result<Option<Wish>, RoundRefused> {
    let steps = i64::try_from(steps).map_err(|_| RoundRefused::TooManyHours)?;
    let quantity = Quantity::from_steps(steps).ok_or(RoundRefused::TooManyHours)?;
    let worth = lot.value.worth(quantity, lot.decimals).ok_or(RoundRefused::TooManyHours)?;
    let seconds = worth.seconds();
    Ok((seconds > 0).then_some(Wish { lot: rank, unit, quantity, seconds }))
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
pub(crate) fn flows(units: usize, gives: &[Wish], gets: &[Wish], debts: &[Debt]) -> Vec<Flows> {
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
