//! What the lists of a round hold.

use measure::Quantity;

use crate::request::Weeks;
use crate::stage::Class;

/// A position in the list of areas.
pub(crate) type AreaRank = u32;

/// The net seconds that a plan may add to a unit's entitlement: from `-down` to `up`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) down: i64,
    pub(crate) up: i64,
}

/// Where and when a version can be handed over, by givers that its receivers have not refused.
///
/// What holds: at least one offer and one need reach it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lot {
    pub(crate) version: u32,
    pub(crate) area: Option<AreaRank>,
    /// The first of the weeks, none if no window of the version tells weeks apart.
    pub(crate) week: Option<u32>,
    /// Units whose offers stay out, in order.
    pub(crate) without: Vec<u32>,
}

/// Offers or needs of one version that reach the same lots, more than one, from the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    /// The position of its first offer or need.
    pub(crate) first: u32,
    /// In order.
    pub(crate) lots: Vec<u32>,
    /// From where distances count; none also where they do not count.
    pub(crate) place: Option<AreaRank>,
    /// What its offers or needs come to: the most that can flow to or from a lot.
    pub(crate) seconds: i64,
}

/// Where an offer goes to, or a need comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The only lot that it reaches.
    Lot(u32),
    /// A span of several.
    Span(u32),
}

/// An offer or need after merging and netting, by canonical position of its unit and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merged {
    pub(crate) version: u32,
    pub(crate) unit: u32,
    pub(crate) area: Option<AreaRank>,
    pub(crate) weeks: Weeks,
    pub(crate) quantity: Quantity,
    /// The worth of the quantity in seconds: the most that can flow.
    pub(crate) seconds: i64,
    pub(crate) reach: Reach,
    /// How much of that the plan before had.
    pub(crate) before: i64,
}

/// An offer or need that reaches no lot, by canonical position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lone {
    pub(crate) version: u32,
    pub(crate) unit: u32,
    pub(crate) area: Option<AreaRank>,
    pub(crate) weeks: Weeks,
    pub(crate) seconds: i64,
}

/// A unit whose wishes of a version stay out, because with them the version would be too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Crowded {
    pub(crate) version: u32,
    pub(crate) unit: u32,
}

/// How a need is shared out between the classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// So many of its seconds are essential, the rest is not.
    Direct {
        /// The seconds.
        essential: i64,
    },
    /// It is one of several of its unit and version, and their floor shares them out.
    Floor(u32),
}

/// The needs of a unit of one essential version, where it has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Floor {
    pub(crate) version: u32,
    pub(crate) unit: u32,
    /// The seconds that are essential.
    pub(crate) essential: i64,
    /// The seconds beyond.
    pub(crate) other: i64,
}

/// Everything of a class that a unit gets, where bands need it and it comes by several arcs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Intake {
    pub(crate) unit: u32,
    pub(crate) class: Class,
    /// What its arcs come to.
    pub(crate) seconds: i64,
}

/// All obligations from one unit to another, by canonical position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Debt {
    pub(crate) giver: u32,
    pub(crate) receiver: u32,
    pub(crate) seconds: i64,
    /// How much of that the plan before had.
    pub(crate) before: i64,
}
