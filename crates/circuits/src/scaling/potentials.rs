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
    /// Times 2 to the bits.
    fn up(self, bits: u32) -> Self;
    /// Divided by 2 to the bits, rounded down.
    fn down(self, bits: u32) -> Self;
}

macro_rules! number {
    ($integer:ty) => {
        impl Number for $integer {
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
/// by 2 to the bits, which is more than there are nodes.
///
/// For an arc u → v that can carry flow, `potential(v) ≤ potential(u) + scale·cost + 1`. Dividing by
/// the scale and rounding down keeps that without the `+ 1`, unless adding 1 to `potential(u)`
/// crosses a multiple of the scale. The nodes leave at least one remainder free, so shifting all
/// potentials to make that one the last keeps it for every arc. None if a potential does not fit
/// `i64`.
pub(super) fn whole<P: Number>(potentials: &NodeMap<P>, scale_bits: u32) -> Option<Vec<i64>> {
    let remainder = |potential: P| -> Option<usize> {
        let whole = potential.down(scale_bits).up(scale_bits);
        usize::try_from((potential - whole).try_into().ok()?).ok()
    };
    let mut taken = vec![false; 1 << scale_bits];
    for &potential in potentials.values() {
        *taken.get_mut(remainder(potential)?)? = true;
    }
    let free = i64::try_from(taken.iter().position(|taken| !taken)?).ok()?;
    let shift = P::from((1_i64 << scale_bits) - 1 - free);
    let whole = |&potential: &P| (potential + shift).down(scale_bits).try_into().ok();
    potentials.values().iter().map(whole).collect()
}
