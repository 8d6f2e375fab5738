use measure::{Hours, Quantity};
use serde::{Deserialize, Serialize};

use crate::rows::{Contract, Unit};
use crate::{Id, Line, Prose, Time};

/// Instances handed over under a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Under which contract.
    pub contract: Id<Contract>,
    /// How much; after a correction, how much it really was.
    pub quantity: Quantity,
    /// When the giver said so.
    pub since: Time,
    /// What the giver said with it.
    pub note: Line,
    /// How far it is.
    pub progress: Progress,
    /// A correction that one side has signed: who, and to how much.
    pub correction: Option<(Id<Unit>, Quantity)>,
}

/// How far a delivery is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Progress {
    /// The giver says it was handed over.
    HandedOver,
    /// The receiver says so too.
    Receipted {
        /// From when the seven days count.
        at: Time,
    },
    /// It counts.
    Accepted {
        /// When it came to count.
        at: Time,
        /// What it counts, after corrections.
        hours: Hours,
    },
    /// It does not meet a clause, and was offered back.
    Rejected {
        /// When.
        at: Time,
        /// The clause, counted from 1.
        clause: u16,
        /// In what way.
        reason: Prose,
    },
    /// Of a contribution: nobody has answered it in time, and what it held is free again.
    Lapsed {
        /// Since when.
        at: Time,
    },
}
