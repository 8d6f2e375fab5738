//! What a stage wants of an arc, and what its potentials leave of the arc's bounds.

use super::line::Line;

/// What each second of flow on an arc is worth in a stage: so much up to the bend, and so much, never
/// more, beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gain {
    pub(super) below: i64,
    pub(super) bend: i64,
    pub(super) above: i64,
}

impl Gain {
    /// An arc that the stage leaves out.
    pub(super) const NONE: Self = Self::flat(0);

    /// The same for every second.
    pub(super) const fn flat(gain: i64) -> Self {
        Self { below: gain, bend: i64::MAX, above: gain }
    }

    /// One for every second up to the bend, nothing more beyond.
    pub(super) const fn up_to(bend: i64) -> Self {
        Self { below: 1, bend, above: 0 }
    }

    /// Whether any second is worth something.
    pub(super) const fn counts(self) -> bool {
        self.below != 0 && self.bend > 0
    }

    /// What a flow comes to, counted from nought.
    pub(super) fn of(self, flow: i64) -> i128 {
        let [flow, bend] = [flow, self.bend].map(i128::from);
        i128::from(self.below) * flow.min(bend) + i128::from(self.above) * (flow - bend).max(0)
    }

    /// The flows between which a line stands in every best plan, if a second along it costs so much
    /// elsewhere.
    ///
    /// A best plan sends along each arc what makes gain less cost the largest (complementary
    /// slackness): its least where a second costs more than it gains, its most where less, up to or
    /// from the bend where the two are equal.
    pub(super) fn narrowed(self, line: &Line, cost: i128) -> (i64, i64) {
        let bend = self.bend.clamp(line.lower, line.upper);
        let (below, above) = (i128::from(self.below), i128::from(self.above));
        let least = if cost >= below {
            line.lower
        } else if cost >= above {
            bend
        } else {
            line.upper
        };
        let most = if cost > below {
            line.lower
        } else if cost > above {
            bend
        } else {
            line.upper
        };
        (least, most)
    }
}

/// What a second along a line costs by the potentials: potential(tail) − potential(head).
pub(super) fn cost(line: &Line, potentials: &[i64]) -> i128 {
    let of = |node| potentials.get(super::ways::position(node)).copied().map_or(0, i128::from);
    of(line.tail) - of(line.head)
}

#[cfg(test)]
mod tests {
    use super::super::line::Kind;
    use super::*;
    use proptest::prelude::*;

    fn line(lower: i64, upper: i64) -> Line {
        Line {
            number: 0,
            tail: 0,
            head: 1,
            lower,
            upper,
            flow: lower,
            most: 0,
            kind: Kind::Room,
            of: 0,
        }
    }

    #[test]
    fn cost_against_gain_decides_between_least_bend_and_most() {
        let gain = Gain { below: 1, bend: 6, above: -1 };
        let bounds = [2, 1, 0, -1, -2].map(|cost| gain.narrowed(&line(2, 9), cost));
        assert_eq!(bounds, [(2, 2), (2, 6), (6, 6), (6, 9), (9, 9)]);
    }

    #[test]
    fn a_bend_outside_the_bounds_leaves_one_slope() {
        assert_eq!(Gain::up_to(1).narrowed(&line(2, 9), 0), (2, 9));
        assert_eq!(Gain::up_to(1).narrowed(&line(2, 9), 1), (2, 2));
        assert_eq!(Gain::up_to(12).narrowed(&line(2, 9), 1), (2, 9));
        assert_eq!(Gain::up_to(12).narrowed(&line(2, 9), 0), (9, 9));
    }

    proptest! {
        #[test]
        fn exactly_the_best_flows_stay(
            lower in -5..5_i64, width in 0..9_i64, bend in -9..15_i64,
            above in -3..3_i64, steeper in 0..3_i64, cost in -6..9_i128,
        ) {
            let (gain, upper) = (Gain { below: above + steeper, bend, above }, lower + width);
            let worth = |flow: i64| gain.of(flow) - cost * i128::from(flow);
            let most = (lower..=upper).map(worth).max().unwrap();
            let best: Vec<i64> = (lower..=upper).filter(|&flow| worth(flow) == most).collect();
            let narrowed = gain.narrowed(&line(lower, upper), cost);
            prop_assert_eq!(narrowed, (best[0], best[best.len() - 1]));
        }
    }
}
