use std::collections::BTreeSet;

use measure::{Hours, MAGNITUDE_MAX, Quantity};
use serde::{Deserialize, Serialize};

use crate::act::{ProposeSpecification, Threshold};
use crate::parameter::ESSENTIALS_MAX;
use crate::{Days, Refusal, fixed};

/// The parameters of a federation's pact. What each may be is bounded in [`Pact::PARAMETERS`] and nowhere
/// else.
///
/// The principles are no parameters: they are compiled in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pact {
    /// Entitlement per counted member above which rounds plan only receiving.
    pub ceiling_per_member: Hours,
    /// Hours from the opening of one round to that of the next.
    pub round_every_hours: u32,
    /// Hours that a round takes offers and needs: at most `round_every_hours`.
    pub round_open_hours: u32,
    /// Hours that units have to answer what a plan proposes.
    pub answer_hours: u32,
    /// Days between a proposal to the whole and the first vote on it.
    pub notice_days: u16,
    /// The part of the units, and of the ballots, that a decision of the whole takes.
    pub majority: Threshold,
    /// The same for another pact, and for expulsion.
    pub pact_majority: Threshold,
    /// Who may read the record.
    pub reading: Reading,
    /// What is essential: rounds share it out by counted member before anything else.
    pub essentials: Vec<Essential>,
    /// Which plans a round prefers among those that meet the same hours as evenly, the weightiest
    /// first; each at most once, and what is left out does not count.
    pub order: Vec<Preference>,
}

/// What everybody needs to live, and how much of it for each counted member. The founding act
/// writes it down as a specification.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Essential {
    /// What it is, with the clauses that make it essential.
    pub specification: ProposeSpecification,
    /// How much for each counted member in a round; above nought.
    pub per_member: Quantity,
}

/// What may decide among plans that meet the same hours as evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preference {
    /// Things go as short a way as can be.
    Nearness,
    /// What is on offer for the shortest time goes first.
    Expiry,
    /// Who went short in the round before comes first.
    Memory,
    /// Whoever was let down by the first plan comes first in the re-solve.
    Changes,
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
    /// The days that a unit has to answer before a vote on its expulsion begins.
    pub const ANSWER_DAYS: u16 = fixed::EXPULSION_ANSWER.0;
    /// The base that founding lists begin with: 20 hours per counted member.
    pub const BASE_PER_MEMBER: Hours = Hours::whole(20);

    /// No pact asks for a longer notice: less than it takes to fall asleep.
    pub const NOTICE_DAYS_MAX: u16 = 60;

    /// Every poll takes votes for at least so many days; more than half of a unit's members can seal
    /// what it says sooner, nobody else.
    pub const POLL_DAYS_MIN: Days = fixed::POLL_LEAST;

    /// Every poll closes within so many days.
    pub const POLL_DAYS_MAX: Days = fixed::POLL_MOST;

    /// Refused for a parameter outside its bounds, with the parameter's name, and for a preference
    /// that stands in the order twice.
    pub fn check(&self) -> Result<(), Refusal> {
        for parameter in Self::PARAMETERS {
            let found = self.measured(parameter.name);
            let (least, most) = self.bounds_of(parameter);
            if found < least || found > most {
                let parameter = parameter.name;
                return Err(Refusal::PactOutOfBounds { parameter, found, least, most });
            }
        }
        check_essential_amounts(self.essentials.iter().map(|one| one.per_member))?;
        check_order(&self.order)
    }
}

/// Refused for too many essentials, and for one of which nobody would get anything.
pub(crate) fn check_essential_amounts(
    amounts: impl ExactSizeIterator<Item = Quantity>,
) -> Result<(), Refusal> {
    let number = i64::try_from(amounts.len()).unwrap_or(i64::MAX);
    let mut amounts = amounts.map(|amount| ("essential amount", amount.steps(), 1, MAGNITUDE_MAX));
    let number = Some(("number of essentials", number, 0, ESSENTIALS_MAX));
    let beyond = |&(_, found, least, most): &(_, i64, i64, i64)| found < least || found > most;
    match number.filter(beyond).or_else(|| amounts.find(beyond)) {
        Some((parameter, found, least, most)) => {
            Err(Refusal::PactOutOfBounds { parameter, found, least, most })
        }
        None => Ok(()),
    }
}

/// Refused for a preference that stands in the order twice.
pub(crate) fn check_order(order: &[Preference]) -> Result<(), Refusal> {
    let mut different = BTreeSet::new();
    match order.iter().find(|&&preference| !different.insert(preference)) {
        Some(twice) => Err(Refusal::PreferenceTwice { preference: twice.for_engine() }),
        None => Ok(()),
    }
}

/// Weekly rounds, open for three days, answered in a day and a half and again after the re-solve; a
/// ceiling of 80 hours; public reading; nothing essential; all preferences.
impl Default for Pact {
    fn default() -> Self {
        Self {
            ceiling_per_member: Hours::whole(80),
            round_every_hours: 168,
            round_open_hours: 72,
            answer_hours: 36,
            notice_days: 7,
            majority: Threshold::MoreThanHalf,
            pact_majority: Threshold::TwoThirds,
            reading: Reading::Public,
            essentials: Vec::new(),
            order: vec![
                Preference::Nearness,
                Preference::Expiry,
                Preference::Memory,
                Preference::Changes,
            ],
        }
    }
}

impl Preference {
    /// Its word, as a statement has it: `nearness`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nearness => "nearness",
            Self::Expiry => "expiry",
            Self::Memory => "memory",
            Self::Changes => "changes",
        }
    }

    pub(crate) const fn for_engine(self) -> circuits::Preference {
        match self {
            Self::Nearness => circuits::Preference::Nearness,
            Self::Expiry => circuits::Preference::Expiry,
            Self::Memory => circuits::Preference::Memory,
            Self::Changes => circuits::Preference::Changes,
        }
    }
}
