//! What a unit can choose in its own rules, in the words of the command line.

use clap::ValueEnum;
use federation::act::{Count, Matter, Signing, Threshold};

/// What a unit asks signatures for.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum In {
    Members,
    Leaving,
    Values,
    Offers,
    Contracts,
    Deliveries,
    Trust,
}

/// How ballots are counted.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Counted {
    /// More than half of the ballots.
    MoreThanHalf,
    /// Two thirds of the ballots.
    TwoThirds,
    /// Three quarters of the ballots.
    ThreeQuarters,
    /// All ballots.
    All,
    /// What most would accept.
    Approval,
    /// The highest sum of -2 to +2.
    Score,
    /// Options in order, compared pair by pair.
    Schulze,
}

/// Who signs it.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum By {
    /// Any member alone.
    AnyMember,
    /// Two members; one where only one has a key.
    TwoMembers,
    /// More than half of all members, also of those without a key.
    MoreThanHalf,
}

impl In {
    pub(super) const fn matter(self) -> Matter {
        match self {
            Self::Members => Matter::Members,
            Self::Leaving => Matter::Leaving,
            Self::Values => Matter::Values,
            Self::Offers => Matter::Offers,
            Self::Contracts => Matter::Contracts,
            Self::Deliveries => Matter::Deliveries,
            Self::Trust => Matter::Trust,
        }
    }
}

impl Counted {
    pub(super) const fn count(self) -> Count {
        match self {
            Self::MoreThanHalf => Count::YesNo { share: Threshold::MoreThanHalf },
            Self::TwoThirds => Count::YesNo { share: Threshold::TwoThirds },
            Self::ThreeQuarters => Count::YesNo { share: Threshold::ThreeQuarters },
            Self::All => Count::YesNo { share: Threshold::All },
            Self::Approval => Count::Approval {},
            Self::Score => Count::Score {},
            Self::Schulze => Count::Schulze {},
        }
    }
}

impl By {
    pub(super) const fn signing(self) -> Signing {
        match self {
            Self::AnyMember => Signing::AnyMember,
            Self::TwoMembers => Signing::TwoMembers,
            Self::MoreThanHalf => Signing::MoreThanHalf,
        }
    }
}
