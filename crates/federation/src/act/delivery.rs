use measure::Quantity;
use serde::{Deserialize, Serialize};

use crate::rows::{Contract, Delivery};
use crate::{Line, Prose, Ref};

/// Says that something was handed over under a contract, in whole or as an instalment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deliver {
    /// The contract.
    pub contract: Ref<Contract>,
    /// How much; above nought.
    pub quantity: Quantity,
    /// What else there is to say.
    pub note: Line,
}

/// Signs that it was handed over. It does not say that it is good.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The delivery.
    pub delivery: Ref<Delivery>,
}

/// Accepts a delivery. The receiver may at once; the giver after seven days without an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptDelivery {
    /// The delivery.
    pub delivery: Ref<Delivery>,
}

/// Rejects a delivery, and offers the thing back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectDelivery {
    /// The delivery.
    pub delivery: Ref<Delivery>,
    /// The clause that it does not meet, counted from 1.
    pub clause: u16,
    /// In what way.
    pub reason: Prose,
}

/// Corrects an accepted delivery downwards; it holds when both sides have signed the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correct {
    /// The delivery.
    pub delivery: Ref<Delivery>,
    /// How much it really was; less than is in the books, also nothing.
    pub quantity: Quantity,
    /// Why.
    pub reason: Line,
}
