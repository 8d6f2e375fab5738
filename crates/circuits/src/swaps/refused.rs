use std::fmt;

use crate::maps::ThingIndex;

/// Why swaps could not be looked for. Positions are those of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwapsRefused {
    /// A list names a thing that nobody brings.
    NotThere {
        /// Whose list.
        list: ThingIndex,
        /// The position that was named.
        named: ThingIndex,
        /// How many things there are.
        count: usize,
    },
    /// A list names one thing twice, so its order is not strict.
    Twice {
        /// Whose list.
        list: ThingIndex,
        /// The thing.
        named: ThingIndex,
    },
    /// A list names its owner's own thing, which stands at its end by itself.
    Own {
        /// Whose list.
        list: ThingIndex,
    },
    /// More than 2³⁰ things.
    TooMany,
}

impl fmt::Display for SwapsRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThere { list, named, count } => write!(
                f,
                "the list of thing `{}` names thing `{}`, but there are {count}; name one of them",
                list.0, named.0
            ),
            Self::Twice { list, named } => write!(
                f,
                "the list of thing `{}` names thing `{}` twice; name it once, in its place",
                list.0, named.0
            ),
            Self::Own { list } => write!(
                f,
                "the list of thing `{}` names that thing itself; leave it out, it stands at the end",
                list.0
            ),
            Self::TooMany => write!(f, "there are too many things; expected at most 2³⁰"),
        }
    }
}

impl std::error::Error for SwapsRefused {}
