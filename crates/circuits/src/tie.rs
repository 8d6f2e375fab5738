//! The numbers that decide among plans that are equally good.

use sha2::{Digest, Sha256};

use crate::request::Label;
use crate::round::Round;

/// How many stages of the tie-break draw their weights from a hash.
pub(crate) const HASH_STAGES: usize = 8;

/// What an arc is to its unit; hashed, so the same unit and lot count apart in each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The unit gives to a lot.
    Give,
    /// The unit gets from a lot.
    Get,
    /// The unit owes another unit.
    Owe,
    /// The unit's room.
    Room,
}

impl Role {
    const fn byte(self) -> u8 {
        match self {
            Self::Give => b'g',
            Self::Get => b'n',
            Self::Owe => b'o',
            Self::Room => b'r',
        }
    }
}

/// What the hash says about one arc.
///
/// SHA-256 of the seed, the role's letter, the length of the unit's label as four bytes (big end
/// first), the unit's label, and the other's label (the lot's; the other unit's for an obligation;
/// nothing for room). A standard hash, so that anybody can recompute a plan with standard tools,
/// and each arc is hashed once for all stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Draw([u8; 32]);

impl Draw {
    pub(crate) fn new(round: &Round, role: Role, unit: u32, other: Option<&Label>) -> Self {
        let empty = Label(Vec::new());
        let unit = round.unit_label(unit).unwrap_or(&empty);
        let length = u32::try_from(unit.0.len()).unwrap_or(u32::MAX);
        let mut hash = Sha256::new_with_prefix(round.seed);
        hash.update([role.byte()]);
        hash.update(length.to_be_bytes());
        hash.update(&unit.0);
        hash.update(&other.unwrap_or(&empty).0);
        Self(hash.finalize().into())
    }

    /// The arc's weight in one hash stage, 0 to 65,535: bytes 2·stage and 2·stage + 1.
    pub(crate) fn weight(&self, stage: usize) -> i64 {
        let [high, low] = [2 * stage, 2 * stage + 1].map(|i| self.0.get(i).copied().unwrap_or(0));
        i64::from(u16::from_be_bytes([high, low]))
    }

    /// The arc's place in the order in which givers and receivers are paired: bytes 16 to 31.
    pub(crate) fn turn(&self) -> [u8; 16] {
        let mut turn = [0; 16];
        turn.iter_mut().zip(self.0.iter().skip(16)).for_each(|(to, from)| *to = *from);
        turn
    }
}
