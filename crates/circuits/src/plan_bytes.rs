//! A plan as bytes, for an annex of the record.
//!
//! Shape: the nine bytes `artelplan`, the version 2, then numbers: how many flows, the flows, how
//! many stages, and for each its level (nought for none, else one more), how many potentials, and
//! the potentials. A number is written in groups of seven bits, the lowest first, every byte but the last with its top bit set; one that
//! may be below nought is folded first (0, −1, 1, −2 … → 0, 1, 2, 3 …). Every plan has one form
//! only.

use std::fmt;

use crate::plan::{Plan, Proof};

const MARK: &[u8] = b"artelplan\x02";

/// Bytes that are no plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanUnreadable {
    /// They do not begin as a plan of version 2.
    Mark,
    /// They end too early, or announce more numbers than they hold.
    TooShort,
    /// A number is written longer than needed or does not fit 64 bits.
    Number,
    /// Something follows after the plan.
    TooLong,
}

impl fmt::Display for PlanUnreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mark => "the bytes do not begin as a plan of version 2",
            Self::TooShort => "the plan ends too early",
            Self::Number => {
                "a number in the plan is not written in its shortest form, or too large"
            }
            Self::TooLong => "something follows after the end of the plan",
        })
    }
}

impl std::error::Error for PlanUnreadable {}

impl Plan {
    /// The plan in its one canonical binary form. A level is never below nought.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        write_count(&mut bytes, self.flows.len());
        for &flow in &self.flows {
            write_signed(&mut bytes, flow);
        }
        write_count(&mut bytes, self.stages.len());
        for stage in &self.stages {
            write(&mut bytes, stage.level.map_or(0, |level| level.max(0).cast_unsigned() + 1));
            write_count(&mut bytes, stage.potentials.len());
            for &potential in &stage.potentials {
                write_signed(&mut bytes, potential);
            }
        }
        bytes
    }

    /// Reads a plan back. Refused as [`PlanUnreadable`] says, never by panic, and with no more
    /// memory than 40 times the bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PlanUnreadable> {
        let mut rest = Rest { bytes: bytes.strip_prefix(MARK).ok_or(PlanUnreadable::Mark)? };
        let flows = rest.counted()?;
        let stages = rest.count()?;
        let stages = (0..stages).map(|_| rest.proof()).collect::<Result<_, _>>()?;
        if rest.bytes.is_empty() {
            Ok(Self { flows, stages })
        } else {
            Err(PlanUnreadable::TooLong)
        }
    }
}

fn write_count(bytes: &mut Vec<u8>, count: usize) {
    write(bytes, u64::try_from(count).unwrap_or(u64::MAX));
}

fn write_signed(bytes: &mut Vec<u8>, number: i64) {
    write(bytes, (number.cast_unsigned() << 1) ^ (number >> 63).cast_unsigned());
}

fn write(bytes: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        bytes.push(if number == 0 { low } else { low | 0x80 });
        if number == 0 {
            return;
        }
    }
}

struct Rest<'a> {
    bytes: &'a [u8],
}

impl Rest<'_> {
    fn number(&mut self) -> Result<u64, PlanUnreadable> {
        let mut number = 0_u64;
        for group in 0..10 {
            let (&byte, rest) = self.bytes.split_first().ok_or(PlanUnreadable::TooShort)?;
            self.bytes = rest;
            let low = u64::from(byte & 0x7f);
            if group == 9 && low > 1 {
                return Err(PlanUnreadable::Number);
            }
            number |= low << (7 * group);
            if byte & 0x80 == 0 {
                let padded = byte == 0 && group > 0;
                return if padded { Err(PlanUnreadable::Number) } else { Ok(number) };
            }
        }
        Err(PlanUnreadable::Number)
    }

    /// A count of numbers that follow: never more than there are bytes.
    fn count(&mut self) -> Result<usize, PlanUnreadable> {
        let count = usize::try_from(self.number()?).map_err(|_| PlanUnreadable::TooShort)?;
        if count > self.bytes.len() { Err(PlanUnreadable::TooShort) } else { Ok(count) }
    }

    fn proof(&mut self) -> Result<Proof, PlanUnreadable> {
        let level = match self.number()?.checked_sub(1) {
            None => None,
            Some(level) => Some(i64::try_from(level).map_err(|_| PlanUnreadable::Number)?),
        };
        Ok(Proof { level, potentials: self.counted()? })
    }

    fn counted(&mut self) -> Result<Vec<i64>, PlanUnreadable> {
        let signed = |n: u64| (n >> 1).cast_signed() ^ -(n & 1).cast_signed();
        let count = self.count()?;
        (0..count).map(|_| self.number().map(signed)).collect()
    }
}
