use measure::{Quantity, Value};
use serde::{Deserialize, Serialize};

use crate::act::{Consent, StandsFor};
use crate::rows::{Unit, Version};
use crate::{Id, Line, Time};

/// What a unit can give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which unit.
    pub unit: Id<Unit>,
    /// Under which version.
    pub version: Id<Version>,
    /// How much; each time, if it repeats.
    pub quantity: Quantity,
    /// For rounds, direct contracts or both.
    pub stands_for: StandsFor,
    /// Whether a match needs a yes of its own.
    pub consent: Consent,
    /// Stands anew every so many days.
    pub every_days: Option<u16>,
    /// Stands no longer from then on.
    pub until: Option<Time>,
    /// Where it can be had.
    pub place: Line,
    /// Since when it stands.
    pub since: Time,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// How much contracts have taken of it, and in which of its repetitions.
    pub taken: (u32, Quantity),
}

/// What a unit wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Which unit.
    pub unit: Id<Unit>,
    /// The versions that will do, best first.
    pub versions: Vec<Id<Version>>,
    /// How much; each time, if it repeats.
    pub quantity: Quantity,
    /// The highest value it accepts.
    pub value_max: Option<Value>,
    /// For rounds, direct contracts or both.
    pub stands_for: StandsFor,
    /// Whether a match needs a yes of its own.
    pub consent: Consent,
    /// Stands anew every so many days.
    pub every_days: Option<u16>,
    /// Stands no longer from then on.
    pub until: Option<Time>,
    /// Where it is wanted.
    pub place: Line,
    /// Since when it stands.
    pub since: Time,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// How much contracts have met of it, and in which of its repetitions.
    pub taken: (u32, Quantity),
}

/// In which repetition something stands at a moment, counted from nought.
pub(crate) fn repetition(since: Time, every_days: Option<u16>, at: Time) -> u32 {
    let Some(days) = every_days.filter(|&days| days > 0) else { return 0 };
    let passed = (at.seconds() - since.seconds()).max(0);
    u32::try_from(passed / (i64::from(days) * 86_400)).unwrap_or(u32::MAX)
}

/// What is left of a quantity at a moment.
fn left(quantity: Quantity, taken: (u32, Quantity), now_in: u32) -> Quantity {
    let gone = if taken.0 == now_in { taken.1 } else { Quantity::ZERO };
    quantity.minus(gone).unwrap_or_default()
}

macro_rules! standing {
    ($name:ident) => {
        impl $name {
            /// How much of it stands at a moment: nothing once withdrawn or past its end.
            pub fn left(&self, at: Time) -> Quantity {
                if self.withdrawn || self.until.is_some_and(|until| at >= until) {
                    return Quantity::ZERO;
                }
                left(self.quantity, self.taken, repetition(self.since, self.every_days, at))
            }

            /// Whether rounds draw on it.
            pub const fn is_for_rounds(&self) -> bool {
                matches!(self.stands_for, StandsFor::Rounds | StandsFor::Both)
            }

            /// Whether direct contracts draw on it.
            pub const fn is_for_direct_contracts(&self) -> bool {
                matches!(self.stands_for, StandsFor::Direct | StandsFor::Both)
            }

            /// Takes up to `quantity` of it, and says how much it took.
            pub(crate) fn take(&mut self, quantity: Quantity, at: Time) -> Quantity {
                let now_in = repetition(self.since, self.every_days, at);
                let taking = self.left(at).min(quantity);
                let before = if self.taken.0 == now_in { self.taken.1 } else { Quantity::ZERO };
                self.taken = (now_in, before.plus(taking).unwrap_or(self.quantity));
                taking
            }
        }
    };
}

standing!(Offer);
standing!(Need);
