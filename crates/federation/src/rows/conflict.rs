use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::act::Turns;
use crate::rows::{Contribution, Delivery, Mandate, Person, Proposal, Resource, Unit};
use crate::{Id, Line, Prose, Time};

/// Units that want the same resource at the same time, or differ over something else, and how that
/// is resolved: by a text that all of them sign, by consent to an option, or by both majorities of
/// the units affected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// What it is about.
    pub about: About,
    /// The units between which it is.
    pub parties: BTreeSet<Id<Unit>>,
    /// All that have been parties since the talks began, also those that have let go.
    pub have_been: BTreeSet<Id<Unit>>,
    /// How far it was when too few were left for it; from there it goes on if the same claim again.
    pub left_off: Option<Stage>,
    /// What a party said when it opened it; empty where overlapping claims did.
    pub why: Prose,
    /// Who began it: whoever made the last of the overlapping claims, or disputed.
    pub by: Id<Person>,
    /// Their unit.
    pub unit: Id<Unit>,
    /// When.
    pub since: Time,
    /// How far it is.
    pub stage: Stage,
    /// Who was drawn to write options.
    pub mediators: Vec<Mediator>,
    /// What could be done: those that always stand, then what mediators have written.
    pub options: Vec<WayOut>,
    /// What members of the parties say to the options.
    pub weighed: BTreeMap<Id<Person>, Weighed>,
    /// The texts that parties have signed, and who has signed which.
    pub texts: Vec<(Agreed, BTreeSet<Id<Unit>>)>,
    /// What holds now, if something was settled; it is looked at again after at most a year.
    pub settlement: Option<Settlement>,
    /// The polls of single options, first held first.
    pub polls: Vec<Id<Proposal>>,
}

/// What a conflict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum About {
    /// Who uses a resource.
    Resource(Id<Resource>),
    /// A delivery that was rejected.
    Delivery(Id<Delivery>),
    /// A contribution that was rejected.
    Contribution(Id<Contribution>),
    /// A settlement that was broken.
    Settlement(Id<Conflict>),
    /// A mandate that was exceeded.
    Mandate(Id<Mandate>),
}

/// How far a conflict is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The parties talk.
    Talks {
        /// Until then.
        until: Time,
    },
    /// Mediators write options.
    Mediation {
        /// Until then.
        until: Time,
    },
    /// The members of the parties weigh the options, and look for one to which nobody objects.
    Weighing {
        /// Until then.
        until: Time,
    },
    /// The units affected vote on one option.
    Voting {
        /// The poll.
        proposal: Id<Proposal>,
        /// The option, counted from nought.
        option: u8,
        /// Those that come to the vote if it does not pass, best supported first.
        then: Vec<u8>,
    },
    /// Settled, or left as it is; then looked at again.
    Settled {
        /// When it is.
        until: Time,
    },
    /// Nothing is left to settle.
    Over {
        /// Since when.
        at: Time,
    },
}

/// Somebody drawn to write options for a conflict, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mediator {
    /// Who.
    pub person: Id<Person>,
    /// Of which unit.
    pub unit: Id<Unit>,
    /// Whether their unit had exchanged nothing with the parties for 180 days; else there was none
    /// such.
    pub unconnected: bool,
}

/// What could be done about a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayOut {
    /// Which kind of thing.
    pub way: Way,
    /// The mediator who wrote it; none for those that always stand.
    pub by: Option<Id<Person>>,
    /// What it comes to, in words; empty for those that always stand.
    pub text: Prose,
    /// And as a calendar.
    pub turns: Option<Turns>,
}

/// What can always be done, and what somebody has written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Of a resource: each party has it one day after the other.
    ShareByCalendar,
    /// Of a resource: it is divided.
    Split,
    /// Of a resource: some use something else instead.
    Substitute,
    /// Of a resource: each party has it four weeks after the other.
    TakeTurns,
    /// Of a resource: whoever uses it teaches the others first.
    TrainOthersFirst,
    /// Of a dispute: what was said stands.
    Uphold,
    /// Of a dispute: it is done again.
    DoAgain,
    /// Of a dispute: both give way.
    MeetHalfway,
    /// Nothing changes.
    LeaveAsItIs,
    /// As a mediator has written.
    Written,
}

/// What a member of a party says to the options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// Of which party.
    pub unit: Id<Unit>,
    /// The options that they support, counted from nought.
    pub supports: BTreeSet<u8>,
    /// Those that they object to, and why.
    pub objects: BTreeMap<u8, Line>,
}

/// A text, and a calendar if it has one, that settles a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// What holds, in words.
    pub text: Prose,
    /// Who has a resource when.
    pub turns: Option<Turns>,
}

/// How a conflict was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// What holds.
    pub agreed: Agreed,
    /// How that came about.
    pub how: Settled,
    /// Since when.
    pub at: Time,
    /// Until when, at most a year later.
    pub until: Time,
}

/// How a settlement came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settled {
    /// All parties signed the same text.
    Signed,
    /// All parties' members consent to an option.
    Consent {
        /// Which, counted from nought.
        option: u8,
    },
    /// Both majorities of the units affected passed an option.
    Voted {
        /// Which, counted from nought.
        option: u8,
        /// The poll.
        proposal: Id<Proposal>,
    },
    /// No option passed: it stays as it is.
    AsItIs,
}

impl Conflict {
    /// Whether it is still to be settled.
    pub const fn is_open(&self) -> bool {
        !matches!(self.stage, Stage::Settled { .. } | Stage::Over { .. })
    }

    /// The units between which it is, or was as long as it can be taken up again.
    pub const fn between(&self) -> &BTreeSet<Id<Unit>> {
        match &self.left_off {
            Some(_) => &self.have_been,
            None => &self.parties,
        }
    }

    /// Whether nothing is left to settle.
    pub const fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over { .. })
    }
}

impl About {
    /// The options that always stand.
    pub(crate) const fn standing(self) -> &'static [Way] {
        match self {
            Self::Resource(_) => &[
                Way::ShareByCalendar,
                Way::Split,
                Way::Substitute,
                Way::TakeTurns,
                Way::TrainOthersFirst,
                Way::LeaveAsItIs,
            ],
            Self::Delivery(_) | Self::Contribution(_) | Self::Settlement(_) | Self::Mandate(_) => {
                &[Way::Uphold, Way::DoAgain, Way::MeetHalfway, Way::LeaveAsItIs]
            }
        }
    }
}
