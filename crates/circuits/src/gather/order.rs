//! Positions in canonical order.

use std::collections::BTreeSet;

use crate::area::Area;
use crate::maps::{Key, UnitIndex};
use crate::refused::RoundRefused;
use crate::request::{Label, Refused, Request};
use crate::round::AreaRank;

/// The most seconds of all offers, needs or obligations together, so that no sum in the solver
/// leaves `i64`.
pub(super) const TOTAL_MAX: i64 = 1 << 60;

/// The most entries of one list, so that arcs and their reverses fit `u32`.
const COUNT_MAX: usize = 1 << 30;

/// An entry of a list in canonical order, and where it stood in the list that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed<T, K> {
    pub(crate) item: T,
    pub(crate) given: K,
}

/// A list in canonical order, and the canonical position of each entry by the position given.
type Ordered<T, K> = (Vec<Placed<T, K>>, Vec<u32>);

/// The canonical position of each unit and version by the position that was given, and all areas
/// in order.
#[derive(Clone, Copy)]
pub(super) struct Ranks<'a> {
    pub(super) units: &'a [u32],
    pub(super) versions: &'a [u32],
    pub(super) areas: &'a [Area],
}

impl Ranks<'_> {
    /// The position of an area that the request names.
    pub(super) fn area(&self, area: Option<&Area>) -> Option<AreaRank> {
        let place = self.areas.binary_search(area?).ok()?;
        u32::try_from(place).ok()
    }
}

/// Orders a list by label and tells where each entry went. Refused if two labels are the same.
pub(super) fn in_order<T, K: Key + Into<u32>>(
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

/// Every area that a request names, in order.
pub(super) fn areas(request: &Request) -> Vec<Area> {
    let homes = request.units.iter().filter_map(|unit| unit.home.as_ref());
    let wishes = request.offers.iter().chain(&request.needs);
    let mut areas: Vec<&Area> = homes.chain(wishes.filter_map(|wish| wish.area.as_ref())).collect();
    areas.sort_unstable();
    areas.dedup();
    areas.into_iter().cloned().collect()
}

/// Pairs of units.
type Pairs = (Vec<(u32, u32)>, BTreeSet<(u32, u32)>);

/// The pairs that will not deal with each other, each in both directions, in order, and who said so
/// of whom; what a unit says of itself is left out.
pub(super) fn refusals(ranks: &[u32], refused: &[Refused]) -> Result<Pairs, RoundRefused> {
    count(refused.len())?;
    let mut said = BTreeSet::new();
    for one in refused {
        let (unit, partner) = (rank(ranks, one.unit.0)?, rank(ranks, one.partner.0)?);
        if unit != partner {
            said.insert((unit, partner));
        }
    }
    let both = said.iter().flat_map(|&(unit, partner)| [(unit, partner), (partner, unit)]);
    let mut pairs: Vec<_> = both.collect();
    pairs.sort_unstable();
    pairs.dedup();
    Ok((pairs, said))
}

/// The canonical position of an entry by the position that was given.
pub(super) fn rank(ranks: &[u32], named: u32) -> Result<u32, RoundRefused> {
    let count = ranks.len();
    ranks.get(UnitIndex(named).position()).copied().ok_or(RoundRefused::NotThere { named, count })
}

/// Refuses a list that is too long.
pub(super) fn count(entries: usize) -> Result<(), RoundRefused> {
    if entries > COUNT_MAX { Err(RoundRefused::TooMany) } else { Ok(()) }
}

/// Refuses hours below nought.
pub(super) fn not_below_nought(seconds: i64) -> Result<i64, RoundRefused> {
    if seconds < 0 { Err(RoundRefused::BelowNought { seconds }) } else { Ok(seconds) }
}

/// The sum; refused if there are too many hours in all.
pub(super) fn within_total(mut seconds: impl Iterator<Item = i64>) -> Result<i64, RoundRefused> {
    let total = seconds.try_fold(0_i64, i64::checked_add);
    total.filter(|total| *total <= TOTAL_MAX).ok_or(RoundRefused::TooManyHours)
}
