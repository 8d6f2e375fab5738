use std::fmt;

use crate::terms::Preference;

/// Why a round could not be made from what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundRefused {
    /// Two units, or two versions, carry the same label, so the tie-break could not tell them apart.
    SameLabel {
        /// The position of the first of the two in its list.
        first: u32,
        /// The position of the second.
        second: u32,
    },
    /// An offer, need, contract, obligation, refusal or match points to a unit or version that is not in the list.
    NotThere {
        /// The position that was named.
        named: u32,
        /// How many there are.
        count: usize,
    },
    /// A version has more than 3 decimals.
    Decimals {
        /// The decimals found.
        found: u8,
    },
    /// An accepted contract, an obligation or a match has hours below nought.
    BelowNought {
        /// The seconds found.
        seconds: i64,
    },
    /// A unit counts no members.
    Members {
        /// The unit's position in its list.
        unit: u32,
    },
    /// A unit went short of more than all it needed.
    Short {
        /// The sixteenths found.
        found: u8,
    },
    /// A window ends before it begins.
    Window {
        /// Its first week.
        from: u32,
        /// Its last.
        until: u32,
    },
    /// The order of preferences names one twice.
    PreferenceTwice {
        /// Which.
        preference: Preference,
    },
    /// One offer or need is worth more than 2⁵³ − 1 seconds, or all of them together more than 2⁶⁰; or
    /// all that can flow between spans and lots, or by any other arc, more than 2⁶².
    TooManyHours,
    /// More than 2³⁰ entries in one list, or 2²⁹ arcs in all.
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
                write!(f, "a version has {found} decimals; expected at most 3")
            }
            Self::BelowNought { seconds } => {
                write!(f, "`{seconds}` seconds are below nought; expected nought or more")
            }
            Self::Members { unit } => {
                write!(f, "unit `{unit}` counts 0 members; expected 1 or more")
            }
            Self::Short { found } => {
                write!(f, "a unit went short of `{found}` sixteenths; expected at most 16")
            }
            Self::Window { from, until } => write!(
                f,
                "a window ends in week `{until}`, before it begins in week `{from}`; expected the \
                 same week or a later one"
            ),
            Self::PreferenceTwice { preference } => write!(
                f,
                "the order of preferences names {preference} twice; expected each at most once"
            ),
            Self::TooManyHours => write!(
                f,
                "the hours are too large; expected at most 2⁵³ − 1 seconds in one offer, need or \
                 obligation, and 2⁶⁰ in all"
            ),
            Self::TooMany => write!(
                f,
                "a list of the round is too long; expected at most 2³⁰ entries, and 2²⁹ ways on which \
                 something could go: split the round"
            ),
        }
    }
}

impl std::error::Error for RoundRefused {}
