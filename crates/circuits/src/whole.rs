//! Potatoes divide, chairs do not: seconds of flow turned into whole steps.

use measure::{Hours, Quantity};

use crate::matches::{Pair, Side};
use crate::request::Version;

/// How many steps each pair of a lot delivers.
///
/// First every pair gets the steps whose exact worth is within its flow. Together they stay within
/// what each side offered or needs, since that is worth at least the side's whole flow. Part seconds
/// were dropped on the way; so then each pair in turn gets the further steps that its seconds still
/// hold, while both its sides have some left.
pub(crate) fn steps(
    lot: &Version,
    givers: &[Side],
    receivers: &[Side],
    pairs: &[Pair],
) -> Vec<Quantity> {
    let within = |pair: &Pair| {
        let flow = Hours::from_seconds(pair.flow).unwrap_or_default();
        lot.value.steps_within(flow, lot.decimals).map_or(0, Quantity::steps)
    };
    let mut steps: Vec<i64> = pairs.iter().map(within).collect();
    let mut left = Left::new(givers, receivers);
    for (pair, &steps) in pairs.iter().zip(&steps) {
        left.take(pair, steps);
    }
    for (pair, steps) in pairs.iter().zip(&mut steps) {
        let more = (most(lot, pair.flow) - *steps).min(left.of(pair)).max(0);
        left.take(pair, more);
        *steps += more;
    }
    steps.into_iter().map(|steps| Quantity::from_steps(steps).unwrap_or_default()).collect()
}

/// The most steps worth at most so many seconds, part seconds dropped.
fn most(lot: &Version, seconds: i64) -> i64 {
    let steps_per_whole = 10_i128.pow(u32::from(lot.decimals));
    let below = (i128::from(seconds) + 1) * steps_per_whole - 1;
    let most = below.checked_div(i128::from(lot.value.seconds())).unwrap_or(0);
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// What each side still has to give or get, in steps.
struct Left {
    givers: Vec<i64>,
    receivers: Vec<i64>,
}

impl Left {
    fn new(givers: &[Side], receivers: &[Side]) -> Self {
        let steps = |sides: &[Side]| sides.iter().map(|side| side.quantity.steps()).collect();
        Self { givers: steps(givers), receivers: steps(receivers) }
    }

    fn of(&self, pair: &Pair) -> i64 {
        let giver = self.givers.get(pair.giver).copied().unwrap_or(0);
        giver.min(self.receivers.get(pair.receiver).copied().unwrap_or(0))
    }

    fn take(&mut self, pair: &Pair, steps: i64) {
        if let Some(left) = self.givers.get_mut(pair.giver) {
            *left -= steps;
        }
        if let Some(left) = self.receivers.get_mut(pair.receiver) {
            *left -= steps;
        }
    }
}
