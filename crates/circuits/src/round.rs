use std::ops::Range;

use crate::area::Area;
pub(crate) use crate::entries::{
    AreaRank, Crowded, Debt, Floor, Intake, Lone, Lot, Merged, Reach, Room, Share, Span,
};
use crate::gather::{self, Placed};
use crate::maps::{Key, UnitIndex, VersionIndex};
use crate::refused::RoundRefused;
use crate::request::{Label, Request, Unit, Version};
use crate::stage::{Class, Stage, levels_max};
use crate::terms::Terms;

/// One round, ready to be solved: the problem in its canonical order.
///
/// What holds: shuffled input makes an equal round, up to the positions it reports back. Every list
/// below stands in the order that its field names, by ranks of labels. The total of offers, of needs
/// and of obligations each stays within 2⁶⁰ seconds.
///
/// # The circulation
/// Nodes, in this order: units, lots, spans of offers, spans of needs, floors, intakes, the pool.
/// Arcs, in this order, each of which can carry nought:
///
/// 1. for each offer: unit → its lot, or its span if it reaches several lots;
/// 2. for each span of offers, for each of its lots: span → lot;
/// 3. for each span of needs, for each of its lots: lot → span;
/// 4. for each need, from its lot or span: if its unit has a floor of the version, one arc to that
///    floor; else the essential part, where there is one, and then the other part, where there is
///    one, to the unit or its intake of that class;
/// 5. for each obligation: giver → receiver, or the receiver's intake of class other;
/// 6. for each floor: its essential part, and then its other part, where there is one, to the unit
///    or its intake of that class;
/// 7. for each intake: intake → unit;
/// 8. for each unit: pool → unit, the room, from −down to up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// By label.
    pub(crate) units: Vec<Placed<Unit, UnitIndex>>,
    /// By label.
    pub(crate) versions: Vec<Placed<Version, VersionIndex>>,
    /// Every area that is named anywhere, by path.
    pub(crate) areas: Vec<Area>,
    /// The home of each unit.
    pub(crate) homes: Vec<Option<AreaRank>>,
    /// The room of each unit.
    pub(crate) rooms: Vec<Room>,
    /// By version, area, week, and who is left out.
    pub(crate) lots: Vec<Lot>,
    /// By version, lots and place.
    pub(crate) give_spans: Vec<Span>,
    /// By version, lots and place.
    pub(crate) get_spans: Vec<Span>,
    /// Offers, by version, unit, area and window.
    pub(crate) gives: Vec<Merged>,
    /// Needs, by version, unit, area and window.
    pub(crate) gets: Vec<Merged>,
    /// Offers that no need can meet; they carry nothing and have no arc.
    pub(crate) lone_gives: Vec<Lone>,
    /// Needs that no offer can meet.
    pub(crate) lone_gets: Vec<Lone>,
    /// Who stays out of what, by version and unit; their wishes are among those without an arc.
    pub(crate) crowded: Vec<Crowded>,
    /// Who will not deal with whom, each pair in both directions, in order.
    pub(crate) refused: Vec<(u32, u32)>,
    /// By how many seconds accepted contracts move the entitlement of each unit.
    pub(crate) shifts: Vec<i64>,
    /// How each need is shared out between the classes.
    pub(crate) shares: Vec<Share>,
    /// By giver and receiver.
    pub(crate) debts: Vec<Debt>,
    /// By version and unit.
    pub(crate) floors: Vec<Floor>,
    /// By unit and class.
    pub(crate) intakes: Vec<Intake>,
    /// The stages before the tie-break. A floor has a stage for each of its levels.
    pub(crate) agenda: Vec<Stage>,
    pub(crate) terms: Terms,
    pub(crate) seed: [u8; 32],
    /// The seconds of everything needed or owed, also where nobody can give it.
    pub(crate) needed: i64,
}

impl Round {
    /// A round of what was asked for, set in order. Refused as [`RoundRefused`] says.
    pub fn try_new(request: Request) -> Result<Self, RoundRefused> {
        gather::round(request)
    }

    /// The seconds of everything needed or owed, after merging and netting; also of what nobody can
    /// give.
    pub const fn needed_seconds(&self) -> i64 {
        self.needed
    }

    /// The most levels that a floor of this round can have.
    pub fn levels_max(&self) -> usize {
        levels_max(self.arc_count())
    }

    /// Whose offers and needs of which version stay out, because with them the version would be
    /// larger than can be solved: those of the units that tell apart the most areas, windows and
    /// partners in it. By the positions that were given.
    pub fn crowded_out(&self) -> impl Iterator<Item = (UnitIndex, VersionIndex)> {
        self.crowded.iter().filter_map(|one| {
            let unit = self.units.get(UnitIndex(one.unit).position())?;
            let version = self.versions.get(VersionIndex(one.version).position())?;
            Some((unit.given, version.given))
        })
    }

    /// Whether a unit stays out of a version, both by canonical position.
    pub(crate) fn is_crowded_out(&self, version: u32, unit: u32) -> bool {
        self.crowded.binary_search(&Crowded { version, unit }).is_ok()
    }

    /// The label of the unit at a canonical position.
    pub(crate) fn unit_label(&self, unit: u32) -> Option<&Label> {
        self.units.get(UnitIndex(unit).position()).map(|unit| &unit.item.label)
    }

    /// The label of the version at a canonical position.
    pub(crate) fn version_label(&self, version: u32) -> Option<&Label> {
        self.versions.get(VersionIndex(version).position()).map(|version| &version.item.label)
    }

    /// The members of the unit at a canonical position that count.
    pub(crate) fn members(&self, unit: u32) -> i64 {
        self.units.get(UnitIndex(unit).position()).map_or(1, |unit| unit.item.members.into())
    }

    /// The seconds of the essential quantity of a version, for each counted member; nought if it is
    /// no essential.
    pub(crate) fn essential_seconds(&self, version: u32) -> i64 {
        let version = self.versions.get(VersionIndex(version).position());
        version.map_or(0, |version| gather::essential_seconds(&version.item))
    }

    /// From where the distance of an offer or need counts: the home of its unit, else its own area.
    pub(crate) fn place(&self, wish: &Merged) -> Option<AreaRank> {
        self.home(wish.unit).or(wish.area)
    }

    /// The home of the unit at a canonical position.
    pub(crate) fn home(&self, unit: u32) -> Option<AreaRank> {
        self.homes.get(UnitIndex(unit).position()).copied().flatten()
    }

    /// The area of the lot at a canonical position.
    pub(crate) fn lot_area(&self, lot: u32) -> Option<AreaRank> {
        self.lots.get(UnitIndex(lot).position()).and_then(|lot| lot.area)
    }

    /// How many sixteenths of its needs stayed open to the unit at a canonical position.
    pub(crate) fn short(&self, unit: u32) -> u8 {
        self.units.get(UnitIndex(unit).position()).map_or(0, |unit| unit.item.short)
    }

    /// How soon an offer is over: 15 in the week in which the round closes, one less for each week
    /// after, and nought from the fifteenth on or if it has no end.
    pub(crate) fn urgency(&self, offer: &Merged) -> u8 {
        let weeks = offer.weeks.until.map(|until| until.saturating_sub(self.terms.week).min(15));
        weeks.map_or(0, |weeks| 15 - u8::try_from(weeks).unwrap_or(15))
    }

    /// The distance between two areas; nought where one is not known.
    pub(crate) fn distance(&self, one: Option<AreaRank>, other: Option<AreaRank>) -> u8 {
        let area = |rank: AreaRank| self.areas.get(UnitIndex(rank).position());
        let both = one.and_then(area).zip(other.and_then(area));
        both.map_or(0, |(one, other)| one.distance(other))
    }

    /// The position of a unit's intake of a class, if it has one.
    pub(crate) fn intake(&self, unit: u32, class: Class) -> Option<usize> {
        self.intakes.binary_search_by_key(&(unit, class), |one| (one.unit, one.class)).ok()
    }

    /// Where in a plan the flows of needs and obligations stand.
    pub(crate) fn need_flows(&self) -> Range<usize> {
        let lots = |spans: &[Span]| spans.iter().map(|span| span.lots.len()).sum::<usize>();
        let first = self.gives.len() + lots(&self.give_spans) + lots(&self.get_spans);
        let arcs = self.gets.iter().zip(&self.shares).map(|(get, share)| match *share {
            Share::Direct { essential } if 0 < essential && essential < get.seconds => 2,
            Share::Direct { .. } | Share::Floor(_) => 1,
        });
        first..first + arcs.sum::<usize>() + self.debts.len()
    }

    /// How many flows a plan for this round has: one for each arc but rooms.
    pub(crate) fn flow_count(&self) -> usize {
        let floors = self.floors.iter().map(|floor| 1 + usize::from(floor.other > 0));
        self.need_flows().end + floors.sum::<usize>() + self.intakes.len()
    }
    /// How many arcs its network has, one of them for the room of each unit.
    pub(crate) fn arc_count(&self) -> usize {
        self.flow_count() + self.units.len()
    }
}
