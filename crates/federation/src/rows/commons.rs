use std::collections::BTreeMap;

use measure::Hours;
use serde::{Deserialize, Serialize};

use crate::rows::{Contribution, Unit, Version};
use crate::{Id, Name, Prose, Time};

/// A good or service for everybody, carried by the units that subscribe to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Common {
    /// What it is called.
    pub name: Name,
    /// What is delivered to it.
    pub version: Id<Version>,
    /// What it is for.
    pub about: Prose,
    /// The unit that opened it; it has no other right to it than any.
    pub by: Id<Unit>,
    /// When.
    pub since: Time,
    /// Who carries it now.
    pub subscriptions: BTreeMap<Id<Unit>, Subscription>,
    /// What was delivered to it, first made first.
    pub contributions: Vec<Id<Contribution>>,
}

/// Up to how many hours of its own a unit carries a common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Up to so many; each time, if it repeats.
    pub hours: Hours,
    /// Stands anew every so many days.
    pub every_days: Option<u16>,
    /// Since when it stands.
    pub since: Time,
    /// How many entries the record had when it was signed: where shares do not come out even,
    /// whoever subscribed first carries the second more.
    pub order: u64,
    /// How much contributions have taken of it, and in which of its repetitions.
    pub taken: (u32, Hours),
}

impl Subscription {
    /// The hours that contributions can still take at a moment.
    pub fn left(&self, at: Time) -> Hours {
        let (taken_in, taken) = self.taken;
        let gone = if taken_in == self.repetition(at) { taken } else { Hours::ZERO };
        self.hours.minus(gone).unwrap_or_default().at_least_zero()
    }

    /// Takes hours of it; the caller has asked [`Subscription::left`].
    pub(crate) fn take(&mut self, hours: Hours, at: Time) {
        let before = self.hours.minus(self.left(at)).unwrap_or_default();
        self.taken = (self.repetition(at), before.plus(hours).unwrap_or(self.hours));
    }

    /// Gives back what a contribution of `since` took, as far as that is of this time round.
    pub(crate) fn give_back(&mut self, hours: Hours, since: Time) {
        if since >= self.since && self.repetition(since) == self.taken.0 {
            let left = self.taken.1.minus(hours).unwrap_or_default();
            self.taken.1 = left.at_least_zero();
        }
    }

    /// In which repetition it stands at a moment, counted from nought.
    fn repetition(&self, at: Time) -> u32 {
        let Some(days) = self.every_days.filter(|&days| days > 0) else { return 0 };
        let passed = (at.seconds() - self.since.seconds()).max(0);
        u32::try_from(passed / (i64::from(days) * 86_400)).unwrap_or(u32::MAX)
    }
}
