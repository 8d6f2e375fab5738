use std::collections::{BTreeMap, BTreeSet};

use measure::Hours;
use serde::{Deserialize, Serialize};

use crate::act::{Makeup, Matter, Method, Signing};
use crate::rows::{Person, Round};
use crate::{Area, Id, Line, Name, Prose, Time};

/// An autonomous enterprise, the economic subject of a federation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// What it is called.
    pub name: Name,
    /// Where it is; empty if it does not say.
    pub place: Line,
    /// In which area it is at home, if it says.
    pub area: Option<Area>,
    /// What it does.
    pub description: Prose,
    /// Whether it is made of working members or of other units.
    pub makeup: Makeup,
    /// With which units rounds do not join it.
    pub refuses: BTreeSet<Id<Unit>>,
    /// How many sixteenths of its needs stayed open in the last round in which it had any.
    pub short: u8,
    /// How it stands to the pact.
    pub standing: Standing,
    /// What the founding list says of it; none for a unit that joined later.
    pub listing: Option<Listing>,
    /// When it came into the record.
    pub since: Time,
    /// When it last came into the federation, with the size of the record; none for a row of the
    /// founding list that has not signed.
    pub joined: Option<(Time, u64)>,
    /// Since when it has weight in ratifications, and how it came to it; none if it has none.
    pub enrolled: Option<Enrolment>,
    /// Since when nothing is missing for its enrolment but its turn.
    pub waits_since: Option<Time>,
    /// When one of its members last acted; saying what time it is, which programs do by themselves,
    /// is left out.
    pub acted: Time,
    /// When the first of the polls closed that it has missed since then.
    pub missed_since: Option<Time>,
    /// Since when it sleeps: after two missed polls, until the next act of one of its members.
    pub asleep_since: Option<Time>,
    /// Its members now.
    pub members: BTreeSet<Id<Person>>,
    /// Its members when it left; most of them begin afresh only in its row.
    pub members_at_leaving: BTreeSet<Id<Person>>,
    /// The members that count: for its base, its ceiling and the weight of its ballots.
    pub counted_members: u32,
    /// How many of them the record knows as members. Its members count anew with a list, and fewer
    /// as soon as it has fewer.
    pub counted_in_record: u32,
    /// Its rules of signing, where they differ from the default.
    pub signing: BTreeMap<Matter, Signing>,
    /// How it decides.
    pub method: Method,
    /// Which version of the pact it has accepted, from nought for that of the founding.
    pub pact: u32,
    /// Hours from accepted deliveries given, less those received.
    pub entitlement: Hours,
    /// Hours of allowance from a list; nought once it has left.
    pub base: Hours,
    /// Room that is still in use although what it came from is gone. It only falls.
    pub run_off: Hours,
    /// What it lends to others of its base.
    pub backing_given: Hours,
    /// What others lend it.
    pub backing_received: Hours,
    /// Hours of deliveries that it holds with a receipt and has not answered.
    pub unanswered: Hours,
    /// What is still to come under agreed direct contracts, as the receiver.
    pub direct: Hours,
    /// What is still to come and to go under the contracts of each round's plans.
    pub planned: BTreeMap<Id<Round>, Commitment>,
    /// What the dates on its members' statements count for at most, none for more than the host's
    /// time then; with the size of the record with the first such statement, and who made it. None
    /// once they have left.
    pub dated: Option<(Time, u64, Id<Person>)>,
    /// The same as they said it, up to 30 days beyond the host's time then.
    pub said: Option<(Time, u64, Id<Person>)>,
    /// The day of its last act by the host's time, and how many acts it made on it.
    pub acts_on_day: (i64, u32),
}

/// How a unit stands to the pact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// On the founding list, and has not signed yet.
    Listed,
    /// In the federation.
    Signed,
    /// In the federation, and has said that it will leave.
    Leaving {
        /// When it means to.
        by: Time,
    },
    /// Has left. Its row stays.
    Departed {
        /// When it did.
        at: Time,
    },
}

/// How a unit came to weight in ratifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// When.
    pub at: Time,
    /// How.
    pub how: Enrolled,
}

/// How a unit was enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enrolled {
    /// With the founding list, or as one of those who were in when no enrolled unit was left.
    Founding,
    /// By itself, in its turn.
    ByItself,
    /// By a ratified list.
    ByList,
}

/// A unit's row on the founding list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Its base.
    pub base: Hours,
    /// Its opening entitlement.
    pub opening: Hours,
    /// Whether the opening entitlement has come into force.
    pub opened: bool,
}

/// What is open under the contracts of one round's plans.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Still to give.
    pub giving: Hours,
    /// Still to receive.
    pub receiving: Hours,
}

/// Room that one unit lends another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backing {
    /// How much.
    pub hours: Hours,
    /// How much of it was asked back and follows as the backed unit delivers.
    pub releasing: Hours,
    /// How many entries the record had when it was lent first: whoever lent first is free first.
    pub since: u64,
    /// Since when some of it is lent that was not asked back.
    pub unbroken: Time,
}

impl Backing {
    /// Whether some of it was not asked back.
    pub fn stands(&self) -> bool {
        self.hours > self.releasing
    }
}

impl Unit {
    /// Whether it is in the federation, leaving or not.
    pub const fn is_in(&self) -> bool {
        matches!(self.standing, Standing::Signed | Standing::Leaving { .. })
    }

    /// Whether it has left.
    pub const fn is_departed(&self) -> bool {
        matches!(self.standing, Standing::Departed { .. })
    }

    /// Whether it has weight in ratifications and its dates bear witness.
    pub const fn is_enrolled(&self) -> bool {
        self.is_in() && self.enrolled.is_some()
    }

    /// Whether it sleeps: it then belongs to no electorate until one of its members acts.
    pub const fn is_asleep(&self) -> bool {
        self.asleep_since.is_some()
    }

    /// The rule of signing in a matter, unless the unit has set another: more than half of the
    /// members for leaving and coming back, so that nobody takes a unit out that wants to stay; two
    /// for taking others in and for trust, so that nobody alone makes themselves a majority; any
    /// member for the rest.
    pub fn signing_in(&self, matter: Matter) -> Signing {
        let by_default = match matter {
            Matter::Leaving => Signing::MoreThanHalf,
            Matter::Members | Matter::Trust => Signing::TwoMembers,
            Matter::Values | Matter::Offers | Matter::Contracts | Matter::Deliveries => {
                Signing::AnyMember
            }
        };
        self.signing.get(&matter).copied().unwrap_or(by_default)
    }
}
