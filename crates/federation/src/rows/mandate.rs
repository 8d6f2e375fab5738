use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::act::MandateTerms;
use crate::rows::{Lot, Person, Proposal, Unit};
use crate::{Days, Id, Time};

/// A person whom a unit sends with an instruction, for a time.
///
/// The delegate casts nothing: a bound or range mandate is a seal that the unit has given in
/// advance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Who sends.
    pub unit: Id<Unit>,
    /// Who is sent.
    pub delegate: Id<Person>,
    /// With what, and until when.
    pub terms: MandateTerms,
    /// The poll that gave it.
    pub by: Id<Proposal>,
    /// Since when it holds: the close of that poll.
    pub since: Time,
    /// Who voted in it.
    pub voters: BTreeSet<Id<Person>>,
    /// How many signatures take the delegate back. It only falls.
    pub needed: u32,
    /// Who has signed for that, and is a member.
    pub signed: BTreeSet<Id<Person>>,
    /// How it ended before its time, if it did.
    pub ended: Option<Ended>,
}

/// How a mandate ended before its time, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// Its unit took the delegate back.
    Recalled(Time),
    /// The delegate gave it back.
    LaidDown(Time),
    /// The delegate left the unit, or the unit the federation.
    Left(Time),
    /// A new mandate for the same person and matter took its place.
    Renewed(Time),
}

impl Ended {
    /// When.
    pub const fn at(self) -> Time {
        match self {
            Self::Recalled(at) | Self::LaidDown(at) | Self::Left(at) | Self::Renewed(at) => at,
        }
    }
}

impl Mandate {
    /// The longest that a mandate lasts.
    pub const DAYS_MAX: Days = crate::fixed::MANDATE;

    /// When it ends, or has ended.
    pub fn end(&self) -> Time {
        self.ended.map_or(self.terms.until, |ended| ended.at().min(self.terms.until))
    }

    /// Whether it holds at a moment.
    pub fn holds(&self, at: Time) -> bool {
        self.since <= at && at <= self.terms.until && self.ended.is_none()
    }

    /// How many seconds it lasts, or has lasted.
    pub fn seconds(&self) -> i64 {
        self.end().seconds().saturating_sub(self.since.seconds()).max(0)
    }
}

/// What an election was counted with besides its ballots, so that anybody can count it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elected {
    /// Candidates, by position, who could not be elected any more when the poll closed.
    pub withdrawn: BTreeSet<u8>,
    /// Whose turn it is, by option: the lowest is taken first where votes are equal.
    pub turns: Vec<u32>,
    /// The public lot, where turns were equal too.
    pub lot: Option<Id<Lot>>,
    /// The mandates that were given, in the order of election; none while the lot is not drawn.
    pub mandates: Vec<Id<Mandate>>,
}
