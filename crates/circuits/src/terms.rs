use std::fmt;

/// What a round goes by beside the wishes themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Whether hours are shared out evenly by counted member, band by band, once it is settled how
    /// many there are of a class.
    pub evenness: bool,
    /// The week in which the round closes, counted like those of [`crate::Weeks`]. What was over
    /// before it is over.
    pub week: u32,
    /// Which plans are preferred among the best, the weightiest preference first. Each stands here
    /// at most once; what is left out does not count.
    pub order: Vec<Preference>,
    /// Whether every unit keeps within its room after rounding to whole steps too. If not, rounding
    /// may take a unit beyond it by at most the largest step that it deals in, and whoever made the
    /// round settles the rest otherwise.
    pub exact_rooms: bool,
}

/// What may decide among plans that meet the same hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preference {
    /// Things go as short a way as can be.
    Nearness,
    /// What is on offer for the shortest time goes first.
    Expiry,
    /// Who went short in the round before comes first.
    Memory,
    /// As little as can be changes against the plan before.
    Changes,
}

impl fmt::Display for Preference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nearness => "nearness",
            Self::Expiry => "expiry",
            Self::Memory => "memory",
            Self::Changes => "changes",
        })
    }
}

impl Default for Terms {
    /// Without evenness, in week nought, with all preferences in the order of their list and exact
    /// rooms.
    fn default() -> Self {
        let order =
            vec![Preference::Nearness, Preference::Expiry, Preference::Memory, Preference::Changes];
        Self { evenness: false, week: 0, order, exact_rooms: true }
    }
}
