use std::fmt;

/// Why a round could not be made from what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundRefused {
    /// Two units, or two lots, carry the same label, so the tie-break could not tell them apart.
    SameLabel {
        /// The position of the first of the two in its list.
        first: u32,
        /// The position of the second.
        second: u32,
    },
    /// An offer, need, contract or obligation points to a unit or lot that is not in the list.
    NotThere {
        /// The position that was named.
        named: u32,
        /// How many there are.
        count: usize,
    },
    /// A lot has more than 3 decimals.
    Decimals {
        /// The decimals found.
        found: u8,
    },
    /// An accepted contract or an obligation has hours below nought.
    BelowNought {
        /// The seconds found.
        seconds: i64,
    },
    /// One offer or need is worth more than 2⁵³ − 1 seconds, or all of them together more than 2⁶⁰.
    TooManyHours,
    /// More than 2³⁰ units, lots, offers, needs, contracts or obligations.
    TooMany,
}

impl fmt::Display for RoundRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameLabel { first, second } => write!(
                f,
                "two entries of one list share a label, at positions `{first}` and `{second}`; \
                 give each its own"
            ),
            Self::NotThere { named, count } => {
                write!(f, "position `{named}` is named, but the list has {count} entries")
            }
            Self::Decimals { found } => {
                write!(f, "a lot has {found} decimals; expected at most 3")
            }
            Self::BelowNought { seconds } => {
                write!(f, "`{seconds}` seconds are below nought; expected nought or more")
            }
            Self::TooManyHours => write!(
                f,
                "the hours are too large; expected at most 2⁵³ − 1 seconds in one offer, need or \
                 obligation, and 2⁶⁰ in all"
            ),
            Self::TooMany => write!(f, "the round is too large; expected at most 2³⁰ entries"),
        }
    }
}

impl std::error::Error for RoundRefused {}
