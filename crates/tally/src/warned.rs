use crate::choice::Choice;

/// A ballot of a file that was not taken as it stands, or that was read in a way worth looking at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warned {
    /// The line of the file, from 1.
    pub line: usize,
    /// How much the ballot weighs.
    pub weight: u64,
    /// What is to be known of it.
    pub why: Why,
}

/// What is to be known of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It names an option twice. As returning officers do, it counts up to the rank in which the option
    /// stands again, which counts no more.
    NamedTwice(Choice),
    /// It goes on over several lines, from this one.
    ManyLines(usize),
}
