//! Who stays out of a version that would be larger than can be solved.
//!
//! Every area, window and refusal multiplies with those of others, so a few units can make a version
//! as large as they like. It must not be the others, nor the whole round, who go without for it.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::cells::Cells;
use super::reach::Ground;
use super::wishes::Valued;

/// How large a version may be for each of its offers and needs.
const SIZE_PER_WISH: usize = 1 << 10;

/// How large a version may be at most.
const SIZE_MAX: usize = 1 << 22;

/// How large a version of so many offers and needs may be.
pub(super) fn most(wishes: usize) -> usize {
    wishes.saturating_mul(SIZE_PER_WISH).min(SIZE_MAX)
}

/// The units that stay out of a version that is larger than `most`, in order: those that tell the
/// most apart, and among equals those of the largest hash, no more of them than must.
///
/// With more units in it a version never becomes smaller, so halving finds how many fit.
pub(super) fn out(
    ground: &Ground<'_>,
    gives: &[Valued],
    gets: &[Valued],
    most: usize,
) -> BTreeSet<u32> {
    let wishing: BTreeSet<u32> = gives.iter().chain(gets).map(|wish| wish.bare.unit).collect();
    let mut units: Vec<u32> = wishing.iter().copied().collect();
    units.sort_by_cached_key(|&unit| {
        (told_apart(ground, gives, gets, &wishing, unit), hash(ground, unit), unit)
    });
    let fits = |count: usize| {
        let out = units.iter().skip(count).copied().collect();
        let (gives, gets) = (without(gives, &out), without(gets, &out));
        Cells::of(ground, &gives, &gets, most).is_some()
    };
    let (mut fitting, mut beyond) = (0, units.len());
    while fitting + 1 < beyond {
        let middle = fitting + (beyond - fitting) / 2;
        if fits(middle) {
            fitting = middle;
        } else {
            beyond = middle;
        }
    }
    units.into_iter().skip(fitting).collect()
}

/// The wishes of units that do not stay out.
pub(super) fn without(wishes: &[Valued], out: &BTreeSet<u32>) -> Vec<Valued> {
    wishes.iter().filter(|wish| !out.contains(&wish.bare.unit)).copied().collect()
}

/// How many areas and ends of windows a unit names in its wishes of a version, and how many of those
/// with wishes of it it has refused.
fn told_apart(
    ground: &Ground<'_>,
    gives: &[Valued],
    gets: &[Valued],
    wishing: &BTreeSet<u32>,
    unit: u32,
) -> usize {
    let own = |wishes: &[Valued]| {
        let from = wishes.partition_point(|wish| wish.bare.unit < unit);
        let until = wishes.partition_point(|wish| wish.bare.unit <= unit);
        wishes.get(from..until).unwrap_or_default().to_vec()
    };
    let own = [own(gives), own(gets)].concat();
    let areas: BTreeSet<_> = own.iter().filter_map(|wish| wish.bare.area).collect();
    let begins: BTreeSet<_> = own.iter().filter_map(|wish| wish.bare.weeks.from).collect();
    let ends: BTreeSet<_> = own.iter().filter_map(|wish| wish.bare.weeks.until).collect();
    let refused = ground.said.range((unit, 0)..=(unit, u32::MAX));
    let refused = refused.filter(|(_, partner)| wishing.contains(partner)).count();
    areas.len() + begins.len() + ends.len() + refused
}

/// SHA-256 of the seed, `c`, and the unit's label.
fn hash(ground: &Ground<'_>, unit: u32) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(ground.seed);
    hash.update(b"c");
    hash.update(ground.label(unit));
    hash.finalize().into()
}
