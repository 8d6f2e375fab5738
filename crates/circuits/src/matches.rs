//! Who delivers to whom, in whole steps.

use measure::{Hours, Quantity};

use crate::area::Area;
use crate::maps::{Key, LotKey, SideKey, UnitIndex, VersionIndex};
use crate::plan::Plan;
use crate::round::Round;
use crate::whole::{Origin, Pair, Whole, whole};

/// One delivery that a plan proposes.
///
/// Positions are those of the lists the round was made from. `hours` is the worth of `quantity`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Who gives.
    pub giver: UnitIndex,
    /// Who gets.
    pub receiver: UnitIndex,
    /// What.
    pub version: VersionIndex,
    /// Where, if the version has places.
    pub area: Option<Area>,
    /// When: the first of the weeks in which they can meet, if the version has weeks.
    pub week: Option<u32>,
    /// How many steps are delivered: at least one.
    pub quantity: Quantity,
    /// What they are worth.
    pub hours: Hours,
}

/// The deliveries of a plan, lot by lot, in whole steps.
///
/// The flow of each lot is turned into whole steps, and its givers and receivers, in the order that
/// their hashes draw (page 3 of the design), are paired by the north-west corner rule: the first
/// giver serves the first receiver until one of the two is done. Where that took a unit beyond its
/// room, deliveries are moved or cut until it is within; then whole steps are added where giver and
/// receiver have some left and room allows.
///
/// A pure function of the flow: two correct programs name the same partners. What holds: nobody
/// gives or gets more than was offered or needed; no unit's entitlement leaves its room, if the
/// round's terms want rooms exact; there is at most one match of two units in a lot for each offer
/// and need.
pub fn matches(round: &Round, plan: &Plan) -> Vec<Match> {
    of_whole(round, &whole(round, plan).0)
}

/// The deliveries of a plan that is in whole steps already.
pub(crate) fn of_whole(round: &Round, whole: &Whole) -> Vec<Match> {
    let mut pairs: Vec<_> = whole.pairs.values().iter().filter(|pair| pair.steps > 0).collect();
    pairs.sort_unstable_by_key(|pair| {
        let side = |side: SideKey| side.position();
        (whole.lots[whole.sides[pair.give].lot].origin, side(pair.give), side(pair.get))
    });
    pairs.into_iter().filter_map(|pair| named(round, whole, pair)).collect()
}

fn named(round: &Round, whole: &Whole, pair: &Pair) -> Option<Match> {
    let [give, get] = [pair.give, pair.get].map(|side| whole.sides[side]);
    let Origin::Lot(lot) = whole.lots[give.lot].origin else { return None };
    let lot = round.lots.get(LotKey(lot).position())?;
    let version = round.versions.get(VersionIndex(lot.version).position())?.given;
    let area = lot.area.and_then(|area| round.areas.get(LotKey(area).position())).cloned();
    let unit = |unit: UnitIndex| round.units.get(unit.position()).map(|unit| unit.given);
    let (giver, receiver) = (unit(give.unit)?, unit(get.unit)?);
    let quantity = Quantity::from_steps(pair.steps)?;
    let hours = Hours::from_seconds(pair.seconds)?;
    Some(Match { giver, receiver, version, area, week: lot.week, quantity, hours })
}
