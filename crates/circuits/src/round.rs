use measure::{Hours, Quantity, Value};

use crate::gather::{self, Placed};
use crate::maps::{Key, LotIndex, UnitIndex};
use crate::refused::RoundRefused;

/// A name that stays the same in whatever order the input comes: what the tie-break hashes.
///
/// Shape: any bytes; for files the UTF-8 text, in a federation the 32 bytes of an id. Units carry
/// different labels, and so do lots.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(pub Vec<u8>);

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
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
}

/// A specification version that units offer and need, with its one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// What tells the lot from others.
    pub label: Label,
    /// The hours of one whole measure. At nought nothing is matched.
    pub value: Value,
    /// How many decimals a quantity has: 0 to 3.
    pub decimals: u8,
}

/// What a unit can give. Several offers of one unit in one lot are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Who gives.
    pub unit: UnitIndex,
    /// What is given.
    pub lot: LotIndex,
    /// How much at most, in steps.
    pub quantity: Quantity,
}

/// What a unit wants. Several needs of one unit in one lot are merged, and its own offer in that
/// lot is set against them first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Who gets.
    pub unit: UnitIndex,
    /// What is got.
    pub lot: LotIndex,
    /// How much at most, in steps.
    pub quantity: Quantity,
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

/// One round, ready to be solved: the problem in its canonical order.
///
/// What holds: units and lots stand in the order of their labels, offers and needs by lot and unit,
/// obligations by giver and receiver; there is at most one offer *or* need of one unit in one lot;
/// the total of offers, of needs and of obligations each stays within 2⁶⁰ seconds. So shuffled
/// input makes an equal round, up to the positions it reports back.
#[derive(Debug, Clone)]
pub struct Round {
    pub(crate) units: Vec<Placed<Unit, UnitIndex>>,
    pub(crate) lots: Vec<Placed<Lot, LotIndex>>,
    pub(crate) rooms: Vec<Room>,
    pub(crate) gives: Vec<Wish>,
    pub(crate) gets: Vec<Wish>,
    pub(crate) debts: Vec<Debt>,
    pub(crate) seed: [u8; 32],
}

/// The net seconds that a plan may add to a unit's entitlement: from `-down` to `up`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) down: i64,
    pub(crate) up: i64,
}

/// An offer or need after merging and netting, by canonical position of its unit and lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) lot: u32,
    pub(crate) unit: u32,
    pub(crate) quantity: Quantity,
    /// The worth of the quantity in seconds: the most that can flow.
    pub(crate) seconds: i64,
}

/// All obligations from one unit to another, by canonical position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Debt {
    pub(crate) giver: u32,
    pub(crate) receiver: u32,
    pub(crate) seconds: i64,
}

impl Round {
    /// A round of offers and needs.
    ///
    /// The seed makes the tie-break unforeseeable: in a federation the record's root when the round
    /// was opened. Refused as [`RoundRefused`] says.
    pub fn try_new(
        units: Vec<Unit>,
        lots: Vec<Lot>,
        offers: &[Offer],
        needs: &[Need],
        accepted: &[Accepted],
        seed: [u8; 32],
    ) -> Result<Self, RoundRefused> {
        let (units, unit_ranks) = gather::in_order(units, |unit| &unit.label)?;
        let (lots, lot_ranks) = gather::in_order(lots, |lot| &lot.label)?;
        let ranks = gather::Ranks { units: &unit_ranks, lots: &lot_ranks };
        let (gives, gets) = gather::wishes(&lots, ranks, offers, needs)?;
        let shifts = gather::shifts(&unit_ranks, accepted)?;
        let flows = gather::flows(units.len(), &gives, &gets, &[]);
        let rooms = gather::rooms(&units, &shifts, &flows);
        Ok(Self { units, lots, rooms, gives, gets, debts: Vec::new(), seed })
    }

    /// A round that sets obligations against each other: who owes whom, without lots.
    ///
    /// Clearing an obligation is delivering it. With rooms of nought only closed loops clear.
    pub fn of_obligations(
        units: Vec<Unit>,
        obligations: &[Obligation],
        seed: [u8; 32],
    ) -> Result<Self, RoundRefused> {
        let (units, ranks) = gather::in_order(units, |unit| &unit.label)?;
        let debts = gather::debts(&ranks, obligations)?;
        let shifts = vec![0; units.len()];
        let flows = gather::flows(units.len(), &[], &[], &debts);
        let rooms = gather::rooms(&units, &shifts, &flows);
        let (lots, gives, gets) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { units, lots, rooms, gives, gets, debts, seed })
    }

    /// The seconds of everything needed or owed, after merging and netting.
    pub fn needed_seconds(&self) -> i64 {
        let needs = self.gets.iter().map(|wish| wish.seconds);
        needs.chain(self.debts.iter().map(|debt| debt.seconds)).sum()
    }

    /// How many flows a plan for this round has: one per offer, need and obligation.
    pub(crate) fn flow_count(&self) -> usize {
        self.gives.len() + self.gets.len() + self.debts.len()
    }
}

impl Round {
    /// The label of the unit at a canonical position.
    pub(crate) fn unit_label(&self, unit: u32) -> Option<&Label> {
        self.units.get(UnitIndex(unit).position()).map(|unit| &unit.item.label)
    }

    /// The label of the lot at a canonical position.
    pub(crate) fn lot_label(&self, lot: u32) -> Option<&Label> {
        self.lots.get(LotIndex(lot).position()).map(|lot| &lot.item.label)
    }
}
