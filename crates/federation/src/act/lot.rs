use serde::{Deserialize, Serialize};

use crate::rows::Lot;
use crate::{Line, LotNumber, NumberHash, Ref};

/// Asks for a public lot among some names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenLot {
    /// What it is for.
    pub about: Line,
    /// The names, 2 to 200, all different; fixed before any number is known. One that is a person's id,
    /// or how statements name a unit, stands for them, whatever they are called.
    pub names: Vec<Line>,
    /// How many of them are drawn, at least one.
    pub draw: u16,
}

/// Binds the signer's unit to a number for a lot, without telling it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitNumber {
    /// The lot.
    pub lot: Ref<Lot>,
    /// The SHA-256 of the number's 32 bytes.
    pub hash: NumberHash,
}

/// Tells the number to which the signer's unit is bound.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenNumber {
    /// The lot.
    pub lot: Ref<Lot>,
    /// The number.
    pub number: LotNumber,
}
