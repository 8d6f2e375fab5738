use measure::Quantity;
use serde::{Deserialize, Serialize};

use crate::rows::{Thing, Version};
use crate::{Line, Ref};

/// Brings a thing of the signer's unit into the swap: it is for another thing, without hours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BringThing {
    /// Under which version, so that it is known what it must be; it needs no value.
    pub version: Ref<Version>,
    /// How much of it; above nought.
    pub quantity: Quantity,
    /// Which one it is; empty if the version says all.
    pub what: Line,
}

/// Says what the signer's unit would take for a thing of its own. It replaces what was said before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WouldTake {
    /// The own thing.
    pub thing: Ref<Thing>,
    /// At most 64 different things of other units, best first; what is not named is not taken.
    pub instead: Vec<Ref<Thing>>,
}

/// Takes a thing out of the swap. If a ring with it waits for answers, it is a no to that.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawThing {
    /// The thing.
    pub thing: Ref<Thing>,
}
