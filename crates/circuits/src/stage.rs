use crate::maps::VersionIndex;

/// Which needs count: those that are met first, and those that rank behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Needs of essential versions, up to what is essential for each counted member.
    Essential,
    /// All other needs, and obligations.
    Other,
}

/// What a stage decides; each counts only among the best plans of the stages before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StageName {
    /// The largest level, in seconds for each counted member, up to which the essential part of
    /// everybody's need of a version is met who could still get more. By the version's position in
    /// the list that was given.
    Floor {
        /// Which version.
        version: VersionIndex,
    },
    /// The most hours of a class.
    Hours(Class),
    /// The most hours of a class below so many hours for each counted member: the bound of a band,
    /// from nought.
    Evenness(Class, u8),
    /// The shortest ways.
    Nearness,
    /// The most of what is on offer for the shortest time.
    Expiry,
    /// The most for who went short in the round before.
    Memory,
    /// The fewest changes against the plan before.
    Changes,
    /// The largest sum of flow times weight, with the weights of so-many-th draw, from nought.
    Draw(u8),
    /// The most flow on the first arc, in canonical order, that is still open.
    First,
}
