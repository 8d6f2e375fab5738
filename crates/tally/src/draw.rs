use std::cmp::Reverse;

use sha2::{Digest, Sha256};

/// A public lot: draws from a seed that everybody knows, so that everybody draws the same.
///
/// Each name's place is the SHA-256 of the seed and the name; the lowest comes first. As long as the
/// names were fixed before the seed was known, each is as likely as the other, and nobody can try
/// again.
///
/// ```
/// use tally::Draw;
/// let members = [b"Ann".as_slice(), b"Bea", b"Cem", b"Dee"];
/// let drawn = Draw::new([7; 32]).some(members, 2);
/// assert_eq!(drawn.len(), 2);
/// assert_eq!(drawn, Draw::new([7; 32]).some(members, 2));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    seed: [u8; 32],
}

impl Draw {
    /// A lot drawn from a seed.
    pub const fn new(seed: [u8; 32]) -> Self {
        Self { seed }
    }

    /// The names in the order drawn; equal names keep their order. Returns their positions.
    pub fn order<'a>(&self, names: impl IntoIterator<Item = &'a [u8]>) -> Vec<usize> {
        let place = |name: &[u8]| -> [u8; 32] {
            let mut hash = Sha256::new_with_prefix(self.seed);
            hash.update(name);
            hash.finalize().into()
        };
        let mut drawn: Vec<_> = names.into_iter().map(place).enumerate().collect();
        drawn.sort_by_key(|&(at, place)| (place, at));
        drawn.into_iter().map(|(at, _)| at).collect()
    }

    /// So many names by lot, all if there are fewer: sortition. Returns their positions in the order
    /// drawn.
    pub fn some<'a>(
        &self,
        names: impl IntoIterator<Item = &'a [u8]>,
        how_many: usize,
    ) -> Vec<usize> {
        let mut drawn = self.order(names);
        drawn.truncate(how_many);
        drawn
    }

    /// Which of several names is drawn last, by position; none without names.
    pub(crate) fn last<'a>(&self, names: impl IntoIterator<Item = &'a [u8]>) -> Option<usize> {
        self.order(names)
            .into_iter()
            .enumerate()
            .min_by_key(|&(place, _)| Reverse(place))
            .map(|(_, at)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_the_same_names_in_whatever_order_they_come() {
        let names: Vec<Vec<u8>> = (0..50_u8).map(|n| vec![n]).collect();
        let draw = Draw::new([7; 32]);
        let drawn = draw.some(names.iter().map(Vec::as_slice), 10);
        let turned: Vec<_> = names.iter().rev().map(Vec::as_slice).collect();
        let again: Vec<_> = draw.some(turned, 10).into_iter().map(|at| 49 - at).collect();
        assert_eq!(drawn, again);
        assert_eq!(drawn.len(), 10);
        assert_eq!(
            draw.last(names.iter().map(Vec::as_slice)),
            draw.order(names.iter().map(Vec::as_slice)).last().copied()
        );
    }

    #[test]
    fn over_many_seeds_everybody_is_drawn_about_as_often() {
        let names: Vec<Vec<u8>> = (0..10_u8).map(|n| vec![n]).collect();
        let mut drawn = [0_u32; 10];
        for seed in 0..5000_u32 {
            let mut bytes = [0; 32];
            bytes[..4].copy_from_slice(&seed.to_be_bytes());
            for at in Draw::new(bytes).some(names.iter().map(Vec::as_slice), 3) {
                drawn[at] += 1;
            }
        }
        // 1,500 expected each, with a standard deviation of 32; the seeds are fixed.
        assert!(drawn.iter().all(|times| (1370..1630).contains(times)), "{drawn:?}");
    }
}
