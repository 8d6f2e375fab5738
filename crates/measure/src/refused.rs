use std::fmt;

use crate::{Hours, MAGNITUDE_MAX, decimal};

/// Why a text or a number is not what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing stands there.
    Empty,
    /// Something other than digits and one point (or colons, for hours).
    NotANumber,
    /// A minus sign where only nought or more makes sense.
    Negative,
    /// More decimals than the measure has steps for.
    TooManyDecimals {
        /// The decimals that the measure has.
        allowed: u8,
    },
    /// Hours that do not come to whole seconds, such as `0.0001`.
    NotWholeSeconds,
    /// Minutes or seconds of 60 and more in `h:mm:ss`.
    SixtyOrMore,
    /// Beyond 2⁵³ − 1 seconds or steps.
    TooLarge {
        /// With how many decimals the most is written.
        decimals: u8,
    },
    /// Hours in `h:mm:ss` that are more than 2⁵³ − 1 seconds.
    TooManyHours,
    /// A measure needs a name of 1 to 40 characters without control characters.
    MeasureName,
}

/// A text or number that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRefused {
    /// The text as it was found.
    pub found: String,
    /// What is wrong with it.
    pub reason: Reason,
}

impl NumberRefused {
    pub(crate) fn new(found: &str, reason: Reason) -> Self {
        Self { found: found.chars().take(60).collect(), reason }
    }
}

impl fmt::Display for NumberRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.found;
        match self.reason {
            Reason::Empty => write!(f, "nothing stands where a number is expected"),
            Reason::NotANumber => write!(f, "`{found}` is not a number such as `12` or `0.5`"),
            Reason::Negative => write!(f, "`{found}` is below nought; expected nought or more"),
            Reason::TooManyDecimals { allowed: 0 } => {
                write!(f, "`{found}` has decimals; expected a whole number")
            }
            Reason::TooManyDecimals { allowed } => {
                write!(f, "`{found}` has too many decimals; expected at most {allowed}")
            }
            Reason::NotWholeSeconds => write!(
                f,
                "`{found}` hours are not whole seconds; write them as h:mm:ss, such as `0:20:00`"
            ),
            Reason::SixtyOrMore => {
                write!(f, "`{found}` has 60 minutes or seconds and more; expected h:mm or h:mm:ss")
            }
            Reason::TooLarge { decimals } => {
                let most = decimal::format(MAGNITUDE_MAX, decimals);
                write!(f, "`{found}` is too large; expected at most {most}")
            }
            Reason::TooManyHours => {
                let most = Hours::from_seconds(MAGNITUDE_MAX).unwrap_or_default();
                write!(f, "`{found}` is too large; expected at most {most} hours")
            }
            Reason::MeasureName => {
                write!(f, "`{found}` is no name of a measure; expected 1 to 40 plain characters")
            }
        }
    }
}

impl std::error::Error for NumberRefused {}
