//! Potentials of nodes while solving, and the whole ones they come down to.

use std::ops::{Add, Sub, SubAssign};

use crate::maps::NodeMap;

/// The integer that scaled potentials are counted in: `i64` where it is wide enough, else `i128`.
pub(super) trait Number:
    Copy
    + Ord
    + From<i32>
    + From<i64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + SubAssign
    + TryInto<i64>
{
    /// Below every potential less a cost.
    const LEAST: Self;
    /// Times 2 to the bits.
    fn up(self, bits: u32) -> Self;
    /// Divided by 2 to the bits, rounded down.
    fn down(self, bits: u32) -> Self;
}

macro_rules! number {
    ($integer:ty) => {
        impl Number for $integer {
            const LEAST: Self = Self::MIN;

            #[inline]
            fn up(self, bits: u32) -> Self {
                self << bits
            }

            #[inline]
            fn down(self, bits: u32) -> Self {
                self >> bits
            }
        }
    };
}

number!(i64);
number!(i128);

/// Whole potentials for the costs as they are, from potentials that are 1-optimal for costs scaled
/// by 2 to the bits.
///
/// For an arc u → v that can carry flow, `potential(v) ≤ potential(u) + scale·cost + 1`. Dividing by
/// the scale and rounding down keeps that without the `+ 1`, unless adding 1 to `potential(u)`
/// crosses a multiple of the scale. Shifting all potentials makes the remainder that fewest nodes
/// have the last before that: if no node has it, which is so where the scale is beyond the number
/// of nodes, no arc is left below nought. None if a potential does not fit `i64`.
pub(super) fn whole<P: Number>(potentials: &NodeMap<P>, scale_bits: u32) -> Option<NodeMap<i64>> {
    let remainder = |potential: P| -> Option<usize> {
        let whole = potential.down(scale_bits).up(scale_bits);
        usize::try_from((potential - whole).try_into().ok()?).ok()
    };
    let mut taken = vec![0_u32; 1 << scale_bits];
    for &potential in potentials.values() {
        *taken.get_mut(remainder(potential)?)? += 1;
    }
    let fewest = taken.iter().enumerate().min_by_key(|(_, nodes)| **nodes)?;
    let shift = P::from((1_i64 << scale_bits) - 1 - i64::try_from(fewest.0).ok()?);
    let whole = |&potential: &P| (potential + shift).down(scale_bits).try_into().ok();
    let whole: Option<Vec<i64>> = potentials.values().iter().map(whole).collect();
    Some(whole?.into())
}
