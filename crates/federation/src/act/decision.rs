use std::collections::BTreeSet;

use measure::{Quantity, Value};
use serde::{Deserialize, Serialize};

use super::{Election, MandateTerms};
use crate::act::{Failure, ListRow};
use crate::rows::{Circle, Conflict, Proposal, Specification, Unit, Version};
use crate::{Line, Pact, PersonId, Preference, Prose, Ref, Time};

/// Puts a question to the vote: of the whole federation or of the signer's unit, as the question
/// says. Any person in a unit that is in can.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Propose {
    /// What is asked.
    pub question: Question,
    /// What can be chosen besides "leave as it is" and "go on talking", which always stand: up to 8
    /// for a unit's own question, none for all others, where it is the proposal itself.
    pub options: Vec<Line>,
    /// What is proposed, and why, in words; not empty.
    pub text: Prose,
    /// The earlier proposal that this puts forward again, changed or not. Where a unit decides by
    /// consent, this is how its tries are counted.
    pub again: Option<Ref<Proposal>>,
    /// The circle in whose name it is proposed; its author's own name stands beside it.
    pub circle: Option<Ref<Circle>>,
    /// When the poll closes.
    pub closes: Time,
}

/// What a proposal asks: a closed list. Whatever is not on it, a vote cannot bring about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// To the whole: what it recommends, or thinks. Binds nobody.
    Text {},
    /// To the whole: another version of the pact; it binds the units that say yes, and others as
    /// they accept it.
    Pact(Box<Pact>),
    /// To the whole: whether it stands behind a version of a specification.
    Specification {
        /// The version.
        version: Ref<Version>,
    },
    /// To the whole, by a member of an enrolled unit: at which value a version is agreed.
    Value {
        /// The version.
        version: Ref<Version>,
        /// Its value; above nought.
        value: Value,
    },
    /// To the whole: what is essential from now on, in place of what was.
    Essentials(Vec<EssentialMark>),
    /// To the whole: which plans rounds prefer from now on, the weightiest first.
    Order(Vec<Preference>),
    /// To the whole: how many members count in which unit, with what base, and who is enrolled. A
    /// list only adds, and passes only if it would also without the units enrolled in the last 90
    /// days.
    List(Vec<ListRow>),
    /// To the whole: whether a unit that has kept failing what it had agreed to is still in.
    Expel {
        /// The unit.
        unit: Ref<Unit>,
        /// What it has failed to do: three failures.
        failures: Vec<Failure>,
    },
    /// To the signer's unit: whether it accepts a version of the pact that is in force.
    AcceptPact {
        /// The proposal that it came from.
        proposal: Ref<Proposal>,
    },
    /// To the units affected: whether an option settles a conflict. A conflict asks it by itself,
    /// and nobody proposes it.
    Use {
        /// The conflict.
        conflict: Ref<Conflict>,
        /// The option, counted from 1.
        option: u8,
    },
    /// To the signer's unit: to send somebody with an instruction.
    Mandate {
        /// Whom; a member.
        delegate: PersonId,
        /// With what.
        terms: MandateTerms,
    },
    /// To the signer's unit: whom of several to send, by transferable votes.
    Delegates(Box<Election>),
    /// To the signer's unit: anything it wants to decide, with options of its own.
    Own {},
}

/// Who votes on a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// The enrolled units that are awake when the notice ends.
    Whole,
    /// One unit, the proposer's.
    Unit,
}

impl Question {
    /// Who votes on it.
    pub const fn audience(&self) -> Audience {
        match self {
            Self::Text {}
            | Self::Pact(_)
            | Self::Specification { .. }
            | Self::Value { .. }
            | Self::Essentials(_)
            | Self::Order(_)
            | Self::Use { .. }
            | Self::List(_)
            | Self::Expel { .. } => Audience::Whole,
            Self::AcceptPact { .. } | Self::Mandate { .. } | Self::Delegates(_) | Self::Own {} => {
                Audience::Unit
            }
        }
    }
}

/// That a specification is essential, and how much of it for each counted member in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EssentialMark {
    /// The specification.
    pub specification: Ref<Specification>,
    /// How much; above nought.
    pub per_member: Quantity,
}

/// Takes a proposal of the signer's back, before anybody has voted on it. It stays readable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawProposal {
    /// The proposal.
    pub proposal: Ref<Proposal>,
}

/// Votes, or votes otherwise than before: the last ballot counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotAct {
    /// The proposal.
    pub proposal: Ref<Proposal>,
    /// What the signer says, in the form that their unit's method counts.
    pub vote: Vote,
    /// Why, if they say. Where a unit decides by consent, a vote for something else is an objection
    /// only with a reason.
    pub reason: Line,
}

/// Seals what the signer's unit says before the poll closes, as its ballots stand; more than half of
/// those who vote in it sign. Without it, every unit is counted at the close.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealAct {
    /// The proposal.
    pub proposal: Ref<Proposal>,
}

/// Enters the votes that members of the signer's unit cast in a room; three tellers sign the same,
/// or all members if they are fewer. A later count replaces it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountRoom {
    /// The proposal.
    pub proposal: Ref<Proposal>,
    /// Who was there, tellers included; nobody of them has voted by themselves.
    pub present: BTreeSet<PersonId>,
    /// What was said, and by how many; together at most those who were there.
    pub votes: Vec<RoomVotes>,
}

/// A vote that so many gave in a room.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomVotes {
    /// What they said.
    pub vote: Vote,
    /// Why, if it was said; what makes an objection where the unit decides by consent.
    pub reason: Line,
    /// How many.
    pub count: u32,
}

/// What a ballot says. Options are counted from nought, with "leave as it is" and "go on talking"
/// as the last two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vote {
    /// Took part and says nothing.
    Abstain {},
    /// One option, where the unit counts yes and no.
    Choose(u8),
    /// Every option that the voter would accept, where the unit counts approvals.
    Approve(BTreeSet<u8>),
    /// −2 to +2 for each option, where the unit adds up scores.
    Score(Vec<i8>),
    /// A rank for each option, 1 for the best and nought for none, where the unit compares options
    /// pair by pair; several may share a rank.
    Rank(Vec<u8>),
}

/// Accepts a version of the pact that is in force and later than the signer's unit's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptPact {
    /// The proposal that it came from.
    pub proposal: Ref<Proposal>,
}
