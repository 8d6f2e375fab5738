use crate::Id;
use crate::act::Side;
use crate::rows::{
    Circle, Claim, Common, Conflict, Contract, Contribution, Delivery, Lot, Post, Proposal,
    Resource, Round, Specification, Thing, Unit, Usage, Version, Wish,
};

/// What an act that was not refused has brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What exists or holds now.
    pub effect: Effect,
}

/// The effect of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// It holds.
    Done,
    /// It is signed by some of those whose signatures it needs, and waits for the others.
    Gathering {
        /// Signatures so far.
        signed: u32,
        /// Signatures needed.
        needed: u32,
    },
    /// A unit is there.
    Unit(Id<Unit>),
    /// A specification is there, in its first version.
    Specification(Id<Specification>),
    /// A version of a specification is there.
    Version(Id<Version>),
    /// An offer or a need stands.
    Wish(Side, Id<Wish>),
    /// A thing is in the swap.
    Thing(Id<Thing>),
    /// A round is open.
    Round(Id<Round>),
    /// A plan is recorded, with so many proposed contracts.
    Planned {
        /// The round.
        round: Id<Round>,
        /// How many contracts it proposes.
        contracts: u32,
    },
    /// A contract is proposed.
    Contract(Id<Contract>),
    /// A circle is formed.
    Circle(Id<Circle>),
    /// Words stand on a bulletin.
    Post(Id<Post>),
    /// A lot is asked for.
    Lot(Id<Lot>),
    /// A delivery is entered.
    Delivery(Id<Delivery>),
    /// A common is open.
    Common(Id<Common>),
    /// A resource is written down.
    Resource(Id<Resource>),
    /// A claim stands.
    Claim(Id<Claim>),
    /// Hours of use are entered.
    Usage(Id<Usage>),
    /// A conflict is begun, or settled.
    Conflict(Id<Conflict>),
    /// A contribution is entered.
    Contribution(Id<Contribution>),
    /// A question is put to the vote.
    Proposal(Id<Proposal>),
    /// A ballot came too late, and is kept without counting.
    Late,
}
