use circuits::Weeks;
use measure::{Quantity, Value};
use serde::{Deserialize, Serialize};

use crate::act::{Consent, Side, StandsFor};
use crate::rows::{Meeting, Unit, Version};
use crate::{Area, Id, Time};

/// What a unit can give, or wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// An offer or a need.
    pub side: Side,
    /// Which unit.
    pub unit: Id<Unit>,
    /// The one version of an offer; the versions that will do for a need, best first.
    pub versions: Vec<Id<Version>>,
    /// How much; each time, if it repeats.
    pub quantity: Quantity,
    /// The highest value that a need accepts.
    pub value_max: Option<Value>,
    /// For rounds, direct contracts or both.
    pub stands_for: StandsFor,
    /// Whether a match needs a yes of its own.
    pub consent: Consent,
    /// Stands anew every so many days.
    pub every_days: Option<u16>,
    /// Can be handed over, or taken, from then on.
    pub from: Option<Time>,
    /// Stands no longer from then on.
    pub until: Option<Time>,
    /// Where it can be handed over, or taken.
    pub area: Option<Area>,
    /// Since when it stands.
    pub since: Time,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// How much contracts have taken of it, and in which of its repetitions.
    pub taken: (u32, Quantity),
}

impl Wish {
    /// How much of it stands at a moment: nothing once withdrawn or past its end.
    pub fn left(&self, at: Time) -> Quantity {
        if self.withdrawn || self.until.is_some_and(|until| at >= until) {
            return Quantity::ZERO;
        }
        let (taken_in, taken) = self.taken;
        let gone = if taken_in == self.repetition(at) { taken } else { Quantity::ZERO };
        self.quantity.minus(gone).unwrap_or_default()
    }

    /// Whether rounds draw on it.
    pub const fn is_for_rounds(&self) -> bool {
        matches!(self.stands_for, StandsFor::Rounds | StandsFor::Both)
    }

    /// Whether direct contracts draw on it.
    pub const fn is_for_direct_contracts(&self) -> bool {
        matches!(self.stands_for, StandsFor::Direct | StandsFor::Both)
    }

    /// The weeks in which it can be handed over, or taken. It stands until just before its end.
    pub(crate) fn weeks(&self) -> Weeks {
        let last = |until: Time| until.plus_seconds(-1).week();
        Weeks { from: self.from.map(Time::week), until: self.until.map(last) }
    }

    /// Whether its area and window let it be handed over, or taken, at a meeting.
    pub(crate) fn allows(&self, meeting: &Meeting) -> bool {
        let here = match (&self.area, &meeting.area) {
            (Some(own), Some(other)) => own.lies_in(other) || other.lies_in(own),
            _ => true,
        };
        let Weeks { from, until } = self.weeks();
        let then = meeting.week.is_none_or(|week| {
            from.is_none_or(|from| from <= week) && until.is_none_or(|until| week <= until)
        });
        here && then
    }

    /// In which repetition it stands at a moment, counted from nought.
    fn repetition(&self, at: Time) -> u32 {
        let Some(days) = self.every_days.filter(|&days| days > 0) else { return 0 };
        let passed = (at.seconds() - self.since.seconds()).max(0);
        u32::try_from(passed / (i64::from(days) * 86_400)).unwrap_or(u32::MAX)
    }

    /// Takes up to `quantity` of it, and says how much it took.
    pub(crate) fn take(&mut self, quantity: Quantity, at: Time) -> Quantity {
        let now_in = self.repetition(at);
        let taking = self.left(at).min(quantity);
        let before = if self.taken.0 == now_in { self.taken.1 } else { Quantity::ZERO };
        self.taken = (now_in, before.plus(taking).unwrap_or(self.quantity));
        taking
    }
}
