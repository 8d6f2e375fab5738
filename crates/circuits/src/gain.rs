//! What a second of flow is worth in a stage, and what that leaves open.

/// What flow on an arc is worth: so much for each second up to a mark, and no more beyond it than
/// before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gain {
    pub(crate) first: i32,
    pub(crate) beyond: i32,
    pub(crate) mark: i64,
}

impl Gain {
    pub(crate) const NONE: Self = Self::flat(0);

    /// Whether no second is worth anything.
    pub(crate) const fn is_none(self) -> bool {
        self.first == 0 && self.beyond == 0
    }

    /// The same for every second.
    pub(crate) const fn flat(each: i32) -> Self {
        Self { first: each, beyond: each, mark: i64::MAX }
    }

    /// One for each second up to a mark, and nothing beyond.
    pub(crate) const fn up_to(mark: i64) -> Self {
        Self { first: 1, beyond: 0, mark }
    }

    /// The mark as far as bounds let it be reached: at a bound, if it lies beyond.
    pub(crate) fn mark_within(self, (lower, upper): (i64, i64)) -> i64 {
        self.mark.clamp(lower, upper)
    }

    /// What one second more is worth.
    pub(crate) const fn of_rising(self, flow: i64) -> i32 {
        if flow < self.mark { self.first } else { self.beyond }
    }

    /// What the last second was worth.
    pub(crate) const fn of_falling(self, flow: i64) -> i32 {
        if flow <= self.mark { self.first } else { self.beyond }
    }

    /// The bounds of the flow in every optimal plan, if a second costs so much where it comes from
    /// beyond where it goes.
    ///
    /// By complementary slackness: flow that costs more than it is worth is at its least; flow worth
    /// more than it costs is at its most; where both are the same, the flow is open.
    pub(crate) fn narrowed(self, (lower, upper): (i64, i64), costs: i128) -> (i64, i64) {
        let mark = self.mark_within((lower, upper));
        let least = if costs < self.beyond.into() {
            upper
        } else if costs < self.first.into() {
            mark
        } else {
            lower
        };
        let most = if costs > self.first.into() {
            lower
        } else if costs > self.beyond.into() {
            mark
        } else {
            upper
        };
        (least, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_as_much_as_it_is_worth_stays_open_up_to_its_mark() {
        let gain = Gain { first: 2, beyond: 0, mark: 5 };
        let narrowed = |costs| gain.narrowed((1, 9), costs);
        assert_eq!(narrowed(3), (1, 1));
        assert_eq!(narrowed(2), (1, 5));
        assert_eq!(narrowed(1), (5, 5));
        assert_eq!(narrowed(0), (5, 9));
        assert_eq!(narrowed(-1), (9, 9));
    }

    #[test]
    fn a_mark_outside_the_bounds_leaves_one_slope() {
        let gain = |mark| Gain { first: 2, beyond: 0, mark };
        assert_eq!(gain(0).narrowed((1, 9), 2), (1, 1));
        assert_eq!(gain(0).narrowed((1, 9), 1), (1, 1));
        assert_eq!(gain(0).narrowed((1, 9), 0), (1, 9));
        assert_eq!(gain(20).narrowed((1, 9), 2), (1, 9));
        assert_eq!(gain(20).narrowed((1, 9), 1), (9, 9));
        assert_eq!(Gain::flat(3).narrowed((1, 9), 3), (1, 9));
    }
}
