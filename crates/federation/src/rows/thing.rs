use measure::Quantity;
use serde::{Deserialize, Serialize};

use crate::rows::{Contract, Unit, Version};
use crate::{Id, Line, Time};

/// What a unit has brought into the swap, to get another thing for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// Whose it is.
    pub unit: Id<Unit>,
    /// Under which version.
    pub version: Id<Version>,
    /// How much of it.
    pub quantity: Quantity,
    /// Which one it is.
    pub what: Line,
    /// What its unit would take for it, best first.
    pub would_take: Vec<Id<Thing>>,
    /// Since when it is in the swap.
    pub since: Time,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// The contract under which it changes hands, or was last to.
    pub contract: Option<Id<Contract>>,
}
