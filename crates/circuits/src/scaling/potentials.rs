//! Numbers of nodes while solving, and the whole potentials they come down to.

use std::ops::{Add, AddAssign, Sub, SubAssign};

use crate::maps::NodeMap;

/// The integer that potentials and costs are counted in: `i64` where it is wide enough, else `i128`.
pub(super) trait Number:
    Copy
    + Ord
    + From<i64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + AddAssign
    + SubAssign
    + TryInto<i64>
{
    fn times(self, count: i64) -> Self;
    fn over(self, count: i64) -> Self;
    fn divided(self, by: Self) -> Self;
    fn floored(self, by: i64) -> (Self, i64);
}

macro_rules! number {
    ($integer:ty) => {
        impl Number for $integer {
            #[inline]
            fn times(self, count: i64) -> Self {
                self * Self::from(count)
            }

            fn over(self, count: i64) -> Self {
                self / Self::from(count)
            }

            #[inline]
            fn divided(self, by: Self) -> Self {
                self / by
            }

            fn floored(self, by: i64) -> (Self, i64) {
                let by = Self::from(by);
                let rest = i64::try_from(self.rem_euclid(by)).unwrap_or(0);
                (self.div_euclid(by), rest)
            }
        }
    };
}

number!(i64);
number!(i128);

/// Whole potentials for the unscaled costs, from potentials that are 1-optimal for costs scaled by
/// `nodes + 1`.
///
/// For an arc u → v that can carry flow, `potential(v) ≤ potential(u) + (n + 1)·cost + 1`. Dividing by
/// n + 1 and rounding down keeps the inequality without the `+ 1`, unless adding 1 to `potential(u)`
/// crosses a multiple of n + 1. The n nodes leave at least one of the n + 1 remainders free, so
/// shifting all potentials to make that remainder the last one keeps it for every arc. None if a
/// potential does not fit `i64`.
pub(super) fn whole<P: Number>(potentials: &NodeMap<P>, nodes: usize) -> Option<Vec<i64>> {
    let factor = i64::try_from(nodes).ok()? + 1;
    let remainders = potentials.values().iter().map(|potential| potential.floored(factor).1);
    let mut taken = vec![false; nodes + 1];
    for remainder in remainders {
        *taken.get_mut(usize::try_from(remainder).ok()?)? = true;
    }
    let free = i64::try_from(taken.iter().position(|taken| !taken)?).ok()?;
    let shift = P::from(factor - 1 - free);
    let whole = |potential: &P| (*potential + shift).floored(factor).0.try_into().ok();
    potentials.values().iter().map(whole).collect()
}
