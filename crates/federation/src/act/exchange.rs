use measure::{Quantity, Value};
use serde::{Deserialize, Serialize};

use crate::rows::{Contract, Proposal, Round, Unit, Version, Wish};
use crate::{AnnexId, Area, BodyId, Line, Ref, StatementId, Time};

/// What an offer or a need stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StandsFor {
    /// The rounds.
    Rounds,
    /// Direct contracts.
    Direct,
    /// Both.
    Both,
}

/// Whether a match needs a yes of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Yes in advance, within the limits stated.
    Standing,
    /// Each match is asked.
    Ask,
}

/// Which way a wish goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Something that a unit can give.
    Offer,
    /// Something that a unit wants.
    Need,
}

/// What the signer's unit can give, or wants.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WishAct {
    /// An offer: the version it is under. A need: the versions that will do, 1 to 8 of equal
    /// measure, best first; each solve draws on one.
    pub versions: Vec<Ref<Version>>,
    /// How much; each time, if it repeats.
    pub quantity: Quantity,
    /// The highest value a need accepts; with it an asked value needs no yes of its own. None for
    /// an offer.
    pub value_max: Option<Value>,
    /// For rounds, direct contracts or both.
    pub stands_for: StandsFor,
    /// Whether a match needs a yes of its own.
    pub consent: Consent,
    /// Stands anew every so many days, 1 to 366.
    pub every_days: Option<u16>,
    /// Can be handed over, or taken, from then on; at once if it does not say.
    pub from: Option<Time>,
    /// Stands no longer from then on.
    pub until: Option<Time>,
    /// Where it can be handed over, or taken; anywhere if it does not say.
    pub area: Option<Area>,
}

/// Takes an offer or a need back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The offer or need.
    pub wish: Ref<Wish>,
}

/// Says with which units rounds do not join the signer's, in place of what it has said before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusePartners {
    /// The units, up to 32; none to be joined with all.
    pub units: Vec<Ref<Unit>>,
}

/// Closes what a round is waiting for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseRound {
    /// The round.
    pub round: Ref<Round>,
}

/// Submits a certified plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanAct {
    /// The round.
    pub round: Ref<Round>,
    /// The annex with the plan and its certificate.
    pub annex: AnnexId,
}

/// Which side of a contract the signer's unit takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// It gives.
    Giver,
    /// It receives.
    Receiver,
}

/// At what a contract counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Terms {
    /// The version's value.
    AtValue,
    /// Nought: a gift, or a thing for another in a swap.
    Gift,
}

/// What the giver knows of the ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CeilingWarning {
    /// Has not been asked.
    NotRead,
    /// Knows that what goes beyond the ceiling may not come back.
    Understood,
}

/// Proposes a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposeContract {
    /// Which side the signer's unit takes.
    pub role: Role,
    /// The other side.
    pub with: Ref<Unit>,
    /// Under which version.
    pub version: Ref<Version>,
    /// How much; above nought.
    pub quantity: Quantity,
    /// At its value, or as a gift.
    pub terms: Terms,
    /// Declined if not answered by then.
    pub answer_by: Time,
    /// Where the signer gives: what they know of the ceiling.
    pub ceiling: CeilingWarning,
    /// What else there is to say.
    pub note: Line,
}

/// Says yes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptContract {
    /// The contract.
    pub contract: Ref<Contract>,
    /// Where the signer gives: what they know of the ceiling.
    pub ceiling: CeilingWarning,
}

/// Says no.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclineContract {
    /// The contract.
    pub contract: Ref<Contract>,
    /// Why, if they say.
    pub reason: Line,
}

/// Ends a contract; nothing new can come due under it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndContract {
    /// The contract.
    pub contract: Ref<Contract>,
    /// Why, if they say.
    pub reason: Line,
}

/// Enters an exchange that has happened: contract, delivery and acceptance in one, when the other
/// side says yes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlreadyDone {
    /// Which side the signer's unit was on.
    pub role: Role,
    /// The other side.
    pub with: Ref<Unit>,
    /// Under which version.
    pub version: Ref<Version>,
    /// How much; above nought.
    pub quantity: Quantity,
    /// At its value, or as a gift.
    pub terms: Terms,
    /// Where the signer gave: what they know of the ceiling.
    pub ceiling: CeilingWarning,
    /// When it happened.
    pub happened: Time,
    /// What else there is to say.
    pub note: Line,
}

/// Suggests when and where; agreed when both sides have signed the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrange {
    /// The contract.
    pub contract: Ref<Contract>,
    /// When.
    pub when: Time,
    /// Where.
    pub place: Line,
}

/// Says something in the thread of a contract or a proposal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// What it is about.
    pub on: Topic,
    /// The statement of the comment in the same thread that it answers, if it does.
    pub answers: Option<StatementId>,
    /// The words, in a body that their author can erase.
    pub words: BodyId,
}

/// What people talk about in a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// A contract; its two sides talk.
    Contract(Ref<Contract>),
    /// A proposal; everybody talks whom it is put to.
    Proposal(Ref<Proposal>),
}
