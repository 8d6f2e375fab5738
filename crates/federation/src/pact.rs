use measure::Hours;
use serde::{Deserialize, Serialize};

use crate::Refusal;

/// The parameters of a federation's pact. What each may be is bounded here and nowhere else.
///
/// The principles are no parameters: they are compiled in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pact {
    /// Entitlement per counted member above which rounds plan only receiving: 1 to 1,000 hours.
    pub ceiling_per_member: Hours,
    /// Hours from the opening of one round to that of the next: 1 to 8,784.
    pub round_every_hours: u32,
    /// Hours that a round takes offers and needs: 1 to `round_every_hours`.
    pub round_open_hours: u32,
    /// Hours that units have to answer what a plan proposes: 1 to 336.
    pub answer_hours: u32,
    /// Who may read the record.
    pub reading: Reading,
}

/// Who may read a federation's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Anybody.
    Public,
    /// Its members, and whom they hand a capability.
    Members,
}

impl Pact {
    /// The base that founding lists begin with: 20 hours per counted member.
    pub const BASE_PER_MEMBER: Hours = Hours::whole(20);

    /// Refused for a parameter outside its bounds, with the parameter's name.
    pub fn check(&self) -> Result<(), Refusal> {
        let bounds = [
            ("ceiling_per_member", self.ceiling_per_member.seconds(), 3600, 3_600_000),
            ("round_every_hours", i64::from(self.round_every_hours), 1, 8784),
            (
                "round_open_hours",
                i64::from(self.round_open_hours),
                1,
                i64::from(self.round_every_hours),
            ),
            ("answer_hours", i64::from(self.answer_hours), 1, 336),
        ];
        match bounds.into_iter().find(|&(_, found, least, most)| found < least || found > most) {
            Some((parameter, found, least, most)) => {
                Err(Refusal::PactOutOfBounds { parameter, found, least, most })
            }
            None => Ok(()),
        }
    }
}

/// Weekly rounds, open for three days, answered in a day and a half and again after the re-solve; a
/// ceiling of 80 hours; public reading.
impl Default for Pact {
    fn default() -> Self {
        Self {
            ceiling_per_member: Hours::whole(80),
            round_every_hours: 168,
            round_open_hours: 72,
            answer_hours: 36,
            reading: Reading::Public,
        }
    }
}
