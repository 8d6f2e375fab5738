/// A part of a whole that has to be passed, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// More than this part: `MoreThan(1, 2)` is more than half.
    MoreThan(u32, u32),
    /// This part or more: `AtLeast(2, 3)` is two thirds.
    AtLeast(u32, u32),
}

impl Share {
    /// More than half.
    pub const HALF: Self = Self::MoreThan(1, 2);
    /// Two thirds or more.
    pub const TWO_THIRDS: Self = Self::AtLeast(2, 3);

    /// Whether so many of so many reach the share. Of none, nobody reaches any: a count without votes
    /// decides nothing.
    pub const fn is_reached(self, votes: u64, of: u64) -> bool {
        if of == 0 {
            return false;
        }
        match self {
            Self::MoreThan(part, whole) => wide(votes) * wide32(whole) > wide(of) * wide32(part),
            Self::AtLeast(part, whole) => wide(votes) * wide32(whole) >= wide(of) * wide32(part),
        }
    }

    /// The fewest of so many that reach the share; one more than all if nobody can.
    pub fn least(self, of: u64) -> u64 {
        let least = match self {
            Self::MoreThan(part, whole) => wide(of) * wide32(part) / wide32(whole.max(1)) + 1,
            Self::AtLeast(part, whole) => (wide(of) * wide32(part)).div_ceil(wide32(whole.max(1))),
        };
        u64::try_from(least).unwrap_or(u64::MAX)
    }
}

#[expect(clippy::as_conversions, reason = "widening, in a constant function")]
const fn wide(number: u64) -> u128 {
    number as u128
}

#[expect(clippy::as_conversions, reason = "widening, in a constant function")]
const fn wide32(number: u32) -> u128 {
    number as u128
}

/// Votes for and against.
///
/// ```
/// use tally::{Majority, Share};
/// let votes = Majority { yes: 7, no: 4, abstain: 2 };
/// assert!(votes.passes(Share::HALF) && !votes.passes(Share::TWO_THIRDS));
/// // Of thirteen entitled, seven are more than half too.
/// assert!(votes.passes_among(Share::HALF, 13));
/// assert_eq!(votes.words(Share::HALF), "yes 7, no 4, neither 2: it passes\n");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Majority {
    /// How many say yes.
    pub yes: u64,
    /// How many say no.
    pub no: u64,
    /// How many took part and say neither. They are counted as present, not as votes.
    pub abstain: u64,
}

impl Majority {
    /// Whether yes reaches the share of yes and no. A tie is not more than half, and without votes
    /// nothing passes.
    pub const fn passes(&self, share: Share) -> bool {
        share.is_reached(self.yes, self.yes.saturating_add(self.no))
    }

    /// Whether yes reaches the share of everybody entitled, voting or not.
    pub const fn passes_among(&self, share: Share, entitled: u64) -> bool {
        share.is_reached(self.yes, entitled)
    }

    /// How many took part.
    pub const fn present(&self) -> u64 {
        self.yes.saturating_add(self.no).saturating_add(self.abstain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_not_more_than_half_and_two_of_three_are_two_thirds() {
        let votes = |yes, no| Majority { yes, no, abstain: 9 };
        assert!(!votes(5, 5).passes(Share::HALF));
        assert!(votes(6, 5).passes(Share::HALF));
        assert!(votes(2, 1).passes(Share::TWO_THIRDS));
        assert!(!votes(1_999_999, 1_000_001).passes(Share::TWO_THIRDS));
        assert!(!votes(0, 0).passes(Share::AtLeast(0, 1)));
        assert!(votes(3, 0).passes_among(Share::AtLeast(1, 4), 12));
        assert!(!votes(3, 0).passes_among(Share::MoreThan(1, 4), 12));
        assert_eq!(votes(1, 2).present(), 12);
        assert!(votes(u64::MAX, 1).passes(Share::TWO_THIRDS));
    }
}
