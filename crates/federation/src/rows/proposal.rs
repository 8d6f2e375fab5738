use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::act::{Audience, Method, Question, Threshold, Vote};
use crate::rows::{Circle, Mandate, Person, Said, Unit};
use crate::{Id, Line, Prose, StatementId, Time};

/// A question put to the vote, with everything that its count can be made from again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Who proposed it.
    pub by: Id<Person>,
    /// Their unit; it alone votes if the question is to a unit.
    pub unit: Id<Unit>,
    /// When.
    pub since: Time,
    /// What is asked.
    pub question: Question,
    /// What can be chosen, without the two that always stand; none where it is the proposal.
    pub options: Vec<Line>,
    /// What is proposed, and why.
    pub text: Prose,
    /// The earlier proposal that this puts forward again.
    pub again: Option<Id<Proposal>>,
    /// The circle in whose name it was proposed.
    pub circle: Option<Id<Circle>>,
    /// The how many-th try it is, from 1.
    pub tries: u8,
    /// Until then nobody votes; the electorate is fixed when it ends.
    pub notice_until: Time,
    /// When the poll closes; as much later as it began, where that is more than a day.
    pub closes: Time,
    /// What it takes to pass, frozen when it was proposed.
    pub rule: Rule,
    /// How far it is.
    pub course: Course,
    /// What was fixed when the notice ended; none before.
    pub fixed: Option<Fixed>,
    /// The units that vote, with what was said in each; empty before the notice ends.
    pub electorate: BTreeMap<Id<Unit>, Voting>,
    /// Ballots that came after the poll had closed, or their unit had sealed. They never count.
    pub late: BTreeMap<Id<Person>, Ballot>,
    /// The talk about it.
    pub thread: Vec<Said>,
}

/// What a proposal takes to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Both majorities: this part of the electorate's units and this part of the ballots cast say
    /// yes; and a quarter of all enrolled units do.
    BothMajorities {
        /// The part that each of the two takes.
        threshold: Threshold,
    },
    /// As the one unit that votes decides by its own method.
    OwnMethod,
}

/// How far a proposal is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Course {
    /// Everybody can read it, and nobody votes yet.
    Notice,
    /// Members vote.
    Voting,
    /// Its author took it back before anybody had voted.
    Withdrawn {
        /// When.
        at: Time,
    },
    /// The poll has closed, and was counted.
    Closed(Counted),
}

/// What was fixed when the notice of a proposal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fixed {
    /// How many entries the record had: who was a member then votes, and votes there.
    pub size: u64,
    /// How many units were enrolled, asleep or not.
    pub enrolled: u32,
}

/// A unit that votes on a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voting {
    /// How many members it had when the electorate was fixed; those vote.
    pub members: u32,
    /// How many of them count: its ballots together weigh no more.
    pub counted_members: u32,
    /// Whether it was enrolled in the 90 days before, and not as a founder.
    pub newly_enrolled: bool,
    /// How it decides, as it was then.
    pub method: Method,
    /// The ballot of each member who has voted.
    pub ballots: BTreeMap<Id<Person>, Ballot>,
    /// The votes counted in a room, if any.
    pub room: Option<RoomCount>,
    /// Members who want to seal before the poll closes.
    pub sealing: BTreeSet<Id<Person>>,
    /// What the unit says, once it has sealed or the poll has closed.
    pub seal: Option<Seal>,
}

/// A member's ballot, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// What it says.
    pub vote: Vote,
    /// Why, if they say.
    pub reason: Line,
    /// The statement that cast it: the last signature, where two sign for somebody.
    pub made_by: StatementId,
    /// When it came in, by the host's time.
    pub at: Time,
    /// When it was signed, by the voter's own.
    pub signed: Time,
    /// Whose key signed it.
    pub hand: Hand,
}

/// Whose key signed a ballot. All count; they are also totalled apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hand {
    /// The voter's, on a device of theirs.
    Own,
    /// The voter's, kept by a node or in an invite link.
    Kept,
    /// Those of two co-members, for a voter without a device.
    CoMembers,
}

/// Votes that were cast in a room and counted by tellers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomCount {
    /// Who was there; nobody of them has a ballot of their own while this stands.
    pub present: BTreeSet<Id<Person>>,
    /// What was said, and by how many.
    pub votes: Vec<(Vote, Line, u32)>,
    /// When the last teller signed.
    pub at: Time,
    /// Whether it stands, or rests because somebody counted in it has voted by themselves since.
    pub stands: bool,
}

/// What a unit says to a proposal. The state machine computes it by the unit's method; nobody
/// chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// What it says.
    pub says: Says,
    /// When it was sealed.
    pub at: Time,
    /// How that came about.
    pub how: Sealed,
}

/// What a unit says: four different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// Yes, to this option; of the whole's questions it is the only one.
    Yes {
        /// Which, counted from nought.
        option: u8,
    },
    /// Leave as it is.
    No,
    /// All who voted abstained.
    Abstain,
    /// Nobody voted, votes are level, or they want to go on talking.
    Undecided,
}

/// How a seal came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sealed {
    /// More than half of its members signed before the poll closed.
    Members,
    /// The poll closed, and nobody of the unit had voted but a mandate of it says yes.
    Mandate(Id<Mandate>),
    /// The poll closed.
    Close,
}

/// A count of a whole poll.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What the units of the electorate say.
    pub units: UnitsSay,
    /// How many units were enrolled when the electorate was fixed, asleep or not.
    pub enrolled: u32,
    /// The ballots, each unit's weighing at most its counted members, in millionths of a ballot;
    /// rounded down, but to no less than it takes where the exact sum is enough.
    pub weighed: Ballots,
    /// The ballots, each as one.
    pub all: Ballots,
    /// Those of them that were signed by keys kept for the voter.
    pub kept: Ballots,
    /// The option that passed, if one did.
    pub passed: Option<u8>,
}

/// How many units say what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsSay {
    /// Yes.
    pub yes: u32,
    /// No.
    pub no: u32,
    /// Nothing, though their members voted.
    pub abstain: u32,
    /// Neither.
    pub undecided: u32,
}

/// How many ballots were cast, and how many of them say yes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballots {
    /// Those that prefer the proposal to leaving things as they are.
    pub yes: u64,
    /// All.
    pub cast: u64,
}

impl Voting {
    /// Whether any of its members voted, or sealed for it.
    pub fn took_part(&self) -> bool {
        let sealed = self.seal.is_some_and(|seal| seal.how == Sealed::Members);
        sealed || self.room.is_some() || !self.ballots.is_empty()
    }
}

impl Proposal {
    /// How many options can be chosen: its own, or the proposal itself, and the two that stand.
    pub fn option_count(&self) -> u8 {
        let own = match &self.question {
            Question::Delegates(election) => election.candidates.len(),
            _ => self.options.len().max(1),
        };
        u8::try_from(own.saturating_add(2)).unwrap_or(u8::MAX)
    }

    /// All options in full words, with the two that always stand; those who stand in an election
    /// are called by their ids.
    pub fn option_words(&self) -> Vec<String> {
        let own = self.options.iter().map(ToString::to_string);
        let standing = match &self.question {
            Question::Delegates(election) => election.candidates.as_slice(),
            _ => &[],
        };
        let own = own.chain(standing.iter().map(ToString::to_string));
        let as_proposed = self.options.is_empty() && standing.is_empty();
        let yes = as_proposed.then(|| "yes, as proposed".to_owned());
        let stand = ["leave as it is", "go on talking"].map(str::to_owned);
        own.chain(yes).chain(stand).collect()
    }

    /// The place of "leave as it is" among the options; "go on talking" comes after it.
    pub fn as_it_is(&self) -> u8 {
        self.option_count() - 2
    }

    /// Who has voted on it, in whatever unit, by themselves or in a room.
    pub fn voters(&self) -> BTreeSet<Id<Person>> {
        let own = self.electorate.values().flat_map(|voting| voting.ballots.keys());
        let rooms = self.electorate.values().filter_map(|voting| voting.room.as_ref());
        let present = rooms.filter(|room| room.stands).flat_map(|room| &room.present);
        own.chain(present).copied().collect()
    }

    /// Who votes on it.
    pub const fn audience(&self) -> Audience {
        self.question.audience()
    }

    /// The count of a poll that has closed.
    pub const fn counted(&self) -> Option<&Counted> {
        match &self.course {
            Course::Closed(counted) => Some(counted),
            _ => None,
        }
    }

    /// Whether it was decided as proposed.
    pub fn has_passed(&self) -> bool {
        self.counted().is_some_and(|counted| counted.passed.is_some())
    }

    /// Whether it is neither closed nor withdrawn.
    pub const fn is_open(&self) -> bool {
        matches!(self.course, Course::Notice | Course::Voting)
    }
}

impl Voting {
    /// Whether nobody has voted, neither by themselves nor in a room.
    pub fn is_silent(&self) -> bool {
        self.ballots.is_empty() && self.room.as_ref().is_none_or(|room| !room.stands)
    }
}

impl Proposal {
    /// Whether somebody's ballot came too late that was signed before the poll closed, or their unit had
    /// sealed: it may have waited for a network, or the host has held it back.
    pub fn was_held(&self, unit: Id<Unit>, person: Id<Person>) -> bool {
        let over = self.electorate.get(&unit).and_then(|voting| voting.seal).map(|seal| seal.at);
        let late = self.late.get(&person).zip(over);
        late.is_some_and(|(ballot, over)| ballot.signed <= over.min(self.closes))
    }
}

impl UnitsSay {
    /// All units of the electorate.
    pub const fn all(&self) -> u32 {
        self.yes.saturating_add(self.no).saturating_add(self.abstain).saturating_add(self.undecided)
    }
}
