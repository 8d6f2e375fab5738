use measure::{Hours, Quantity, Value};

use crate::area::Area;
use crate::maps::{UnitIndex, VersionIndex};
use crate::terms::Terms;

/// A name that stays the same in whatever order the input comes: what the tie-break hashes.
///
/// Shape: any bytes; for files the UTF-8 text, in a federation the 32 bytes of an id. Units carry
/// different labels, and so do versions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(pub Vec<u8>);

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

/// Everything that a [`crate::Round`] is made from, in any order.
///
/// An empty request is a round too, whose plan is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// Who takes part.
    pub units: Vec<Unit>,
    /// What is offered and needed.
    pub versions: Vec<Version>,
    /// What units can give.
    pub offers: Vec<Wish>,
    /// What units want.
    pub needs: Vec<Wish>,
    /// What units owe each other.
    pub obligations: Vec<Obligation>,
    /// What stands already.
    pub accepted: Vec<Accepted>,
    /// Who will not deal with whom.
    pub refused: Vec<Refused>,
    /// The matches of the plan before, if there was one.
    pub before: Option<Vec<Before>>,
    /// What the round goes by.
    pub terms: Terms,
    /// Makes the tie-break unforeseeable: in a federation the record's root when the round was
    /// opened.
    pub seed: [u8; 32],
}

/// A unit in a round, with the room that the round may use.
///
/// Rooms are net: what a unit gives in the plan pays for what it gets in the plan. A room below
/// nought belongs to a unit that is already beyond its allowance or ceiling: it counts as nought
/// after accepted contracts were added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What tells the unit from others.
    pub label: Label,
    /// How far its entitlement may fall: the most it may get beyond what it gives.
    pub room_down: Hours,
    /// How far its entitlement may rise: the most it may give beyond what it gets.
    pub room_up: Hours,
    /// How many members count when things are shared by members: one or more.
    pub members: u32,
    /// Where it is.
    pub home: Option<Area>,
    /// How many sixteenths of its needs stayed open in the round before: 0 to 16.
    pub short: u8,
}

impl Unit {
    /// A unit with its rooms: of one member, of no known home, and not gone short.
    pub const fn new(label: Label, room_down: Hours, room_up: Hours) -> Self {
        Self { label, room_down, room_up, members: 1, home: None, short: 0 }
    }
}

/// A specification version that units offer and need, with its one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What tells the version from others.
    pub label: Label,
    /// The hours of one whole measure. At nought nothing is matched.
    pub value: Value,
    /// How many decimals a quantity has: 0 to 3.
    pub decimals: u8,
    /// How much of it is essential for each counted member; none if it is no essential.
    pub essential: Option<Quantity>,
}

impl Version {
    /// A version that is no essential.
    pub const fn new(label: Label, value: Value, decimals: u8) -> Self {
        Self { label, value, decimals, essential: None }
    }
}

/// An offer or a need.
///
/// Several of one unit, version, area and window are merged. A unit's own offers and needs of a
/// version are set against each other first, wherever one could serve the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Who gives or gets.
    pub unit: UnitIndex,
    /// What.
    pub version: VersionIndex,
    /// How much at most, in steps.
    pub quantity: Quantity,
    /// Where it can be handed over, or taken. None: anywhere; for a need its unit's home, if that
    /// is known.
    pub area: Option<Area>,
    /// When.
    pub weeks: Weeks,
}

impl Wish {
    /// A wish that can be met anywhere and at any time.
    pub const fn new(unit: UnitIndex, version: VersionIndex, quantity: Quantity) -> Self {
        Self { unit, version, quantity, area: None, weeks: Weeks { from: None, until: None } }
    }
}

/// A window of whole weeks, with both its ends in it; an end that is not named is open.
///
/// Weeks are counted from that of 1 January 1970, which is week nought, and begin on Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Weeks {
    /// The first week.
    pub from: Option<u32>,
    /// The last week, not before the first.
    pub until: Option<u32>,
}

/// Hours that one unit owes another. Several between the same two in one direction are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Obligation {
    /// Who owes: the one that delivers.
    pub giver: UnitIndex,
    /// Who is owed.
    pub receiver: UnitIndex,
    /// How much, nought or more.
    pub hours: Hours,
}

/// A contract that was accepted before this solve and stays as it is.
///
/// It uses up room: the giver's entitlement is taken as higher, the receiver's as lower, by its
/// hours. Its quantity must already be missing from the offers and needs. Where accepted contracts
/// alone go beyond a unit's room, the room is widened by exactly that much, so that planning
/// nothing more is always feasible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// Who gives.
    pub giver: UnitIndex,
    /// Who gets.
    pub receiver: UnitIndex,
    /// The hours of the contract, nought or more.
    pub hours: Hours,
}

/// Two units that will not deal with each other, in either direction, whichever of them said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// The one.
    pub unit: UnitIndex,
    /// The other.
    pub partner: UnitIndex,
}

/// A match of the plan before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Who was to give.
    pub giver: UnitIndex,
    /// Who was to get.
    pub receiver: UnitIndex,
    /// What; none if an obligation was to be cleared.
    pub version: Option<VersionIndex>,
    /// How much, nought or more.
    pub hours: Hours,
}
