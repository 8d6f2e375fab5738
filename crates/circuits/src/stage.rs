use std::fmt;

use crate::maps::{Key, VersionIndex};
use crate::round::Round;

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

impl fmt::Display for StageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |class: &Class| match class {
            Class::Essential => "of essentials",
            Class::Other => "of what is no essential",
        };
        match self {
            Self::Floor { version } => write!(f, "the floor of version {}", version.0),
            Self::Hours(class) => write!(f, "the hours {}", of(class)),
            Self::Evenness(class, band) => write!(f, "band {band} {}", of(class)),
            Self::Nearness => write!(f, "nearness"),
            Self::Expiry => write!(f, "expiry"),
            Self::Memory => write!(f, "memory"),
            Self::Changes => write!(f, "changes"),
            Self::Draw(draw) => write!(f, "draw {draw}"),
            Self::First => write!(f, "the order of arcs"),
        }
    }
}

/// A stage by canonical positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// One level of the floor of a version.
    Floor(u32),
    Hours(Class),
    Evenness(Class, u8),
    Nearness,
    Expiry,
    Memory,
    Changes,
    Draw(u8),
    First,
}

/// The bounds of the bands in which hours are shared out evenly, in seconds for each counted member:
/// ¼ to 16 hours.
pub const BANDS: [i64; 7] = [900, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600];

/// The most levels of one floor in a network of so many arcs: 32, and more where all levels together look
/// at no more than 2²² arcs. Where they are used up, who got beyond the last shares the rest by the
/// stages after, and may end further than a second a member from the largest least share.
pub(crate) fn levels_max(arcs: usize) -> usize {
    const LOOKED_AT: usize = 1 << 22;
    LOOKED_AT.checked_div(arcs).unwrap_or(0).max(32)
}

/// How many stages of the tie-break draw their weights from a hash.
pub(crate) const DRAWS: u8 = 8;

impl Stage {
    /// The stage by the positions of the lists that the round was made from.
    pub(crate) fn name(self, round: &Round) -> StageName {
        match self {
            Self::Floor(rank) => {
                let version = round.versions.get(VersionIndex(rank).position());
                StageName::Floor { version: version.map_or(VersionIndex(rank), |one| one.given) }
            }
            Self::Hours(class) => StageName::Hours(class),
            Self::Evenness(class, band) => StageName::Evenness(class, band),
            Self::Nearness => StageName::Nearness,
            Self::Expiry => StageName::Expiry,
            Self::Memory => StageName::Memory,
            Self::Changes => StageName::Changes,
            Self::Draw(draw) => StageName::Draw(draw),
            Self::First => StageName::First,
        }
    }
}
