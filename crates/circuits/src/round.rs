use measure::Quantity;

use crate::gather::{self, Placed};
use crate::maps::{Key, UnitIndex, VersionIndex};
use crate::refused::RoundRefused;
use crate::request::{Label, Request, Unit, Version};

/// One round, ready to be solved: the problem in its canonical order.
///
/// What holds: units and versions stand in the order of their labels, offers and needs by version and unit,
/// obligations by giver and receiver; there is at most one offer *or* need of one unit in one version;
/// the total of offers, of needs and of obligations each stays within 2⁶⁰ seconds. So shuffled
/// input makes an equal round, up to the positions it reports back.
#[derive(Debug, Clone)]
pub struct Round {
    pub(crate) units: Vec<Placed<Unit, UnitIndex>>,
    pub(crate) versions: Vec<Placed<Version, VersionIndex>>,
    pub(crate) rooms: Vec<Room>,
    pub(crate) gives: Vec<Merged>,
    pub(crate) gets: Vec<Merged>,
    pub(crate) debts: Vec<Debt>,
    pub(crate) seed: [u8; 32],
}

/// The net seconds that a plan may add to a unit's entitlement: from `-down` to `up`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) down: i64,
    pub(crate) up: i64,
}

/// An offer or need after merging and netting, by canonical position of its unit and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merged {
    pub(crate) version: u32,
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

/// A match of the plan before, by canonical position; of no version if of an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Earlier {
    pub(crate) version: Option<u32>,
    pub(crate) giver: u32,
    pub(crate) receiver: u32,
    pub(crate) seconds: i64,
}

impl Round {
    /// A round of what was asked for, set in order. Refused as [`RoundRefused`] says.
    pub fn try_new(request: Request) -> Result<Self, RoundRefused> {
        gather::valid(&request)?;
        let (units, unit_ranks) = gather::in_order(request.units, |unit| &unit.label)?;
        let (versions, version_ranks) =
            gather::in_order(request.versions, |version| &version.label)?;
        let ranks = gather::Ranks { units: &unit_ranks, versions: &version_ranks };
        let (gives, gets) = gather::wishes(&versions, ranks, &request.offers, &request.needs)?;
        let debts = gather::debts(&unit_ranks, &request.obligations)?;
        let shifts = gather::shifts(&unit_ranks, &request.accepted)?;
        gather::refusals(&unit_ranks, &request.refused)?;
        gather::before(ranks, request.before.as_deref().unwrap_or_default())?;
        let flows = gather::flows(units.len(), &gives, &gets, &debts);
        let rooms = gather::rooms(&units, &shifts, &flows);
        Ok(Self { units, versions, rooms, gives, gets, debts, seed: request.seed })
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

    /// The label of the version at a canonical position.
    pub(crate) fn version_label(&self, version: u32) -> Option<&Label> {
        self.versions.get(VersionIndex(version).position()).map(|version| &version.item.label)
    }
}
