//! What a plan leaves every unit with, and how far it is from sharing exactly.

use std::collections::BTreeMap;

use super::agenda::BANDS;
use super::flaw::Flaw;
use super::line::Kind;
use super::lines::Lines;
use super::ways::position;
use crate::maps::{UnitIndex, VersionIndex};
use crate::plan::Plan;
use crate::round::Round;
use crate::stage::Class;

/// What a unit gives and gets by a plan, in seconds before rounding to whole steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portion {
    /// Which unit.
    pub unit: UnitIndex,
    /// How many of its members count.
    pub members: u32,
    /// What it gives.
    pub given_seconds: i64,
    /// What it gets of class essential.
    pub essential_seconds: i64,
    /// What it gets of class other.
    pub other_seconds: i64,
    /// What it gets of class essential, by version.
    pub floors: Vec<(VersionIndex, i64)>,
    /// Whether it gives, or gets, as much beyond the other as its room allows, though its wishes
    /// would reach further.
    pub room_used_up: bool,
}

impl Portion {
    /// What it gets of a class.
    pub const fn of(&self, class: Class) -> i64 {
        match class {
            Class::Essential => self.essential_seconds,
            Class::Other => self.other_seconds,
        }
    }
}

/// How far a plan is from sharing exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    /// Units whose room is used up, by the list of the request. While there are none, a unit that
    /// asks for more moves nobody's floor, and no band that it had exceeded before. Through units
    /// whose room is used up hours hang together, so that such a unit can tip what the hours stage
    /// chooses before the bands come.
    pub rooms_used_up: Vec<UnitIndex>,
    /// By how many seconds for each counted member at most, inside one band of a class, somebody
    /// gets less than somebody else who gets of a version that the first still needs.
    pub inside_band_seconds: i64,
}

/// What every unit gives and gets by a plan, in the order of the list of the request. Refused if the
/// plan's flow is not feasible.
pub fn portions(round: &Round, plan: &Plan) -> Result<Vec<Portion>, Flaw> {
    let lines = Lines::read(round, &plan.flows)?;
    let mut portions: Vec<Portion> = lines.portions();
    portions.sort_unstable_by_key(|portion| portion.unit);
    Ok(portions)
}

/// How far a plan is from sharing exactly; to be printed with it. Refused if the plan's flow is not
/// feasible.
pub fn sharing(round: &Round, plan: &Plan) -> Result<Sharing, Flaw> {
    let lines = Lines::read(round, &plan.flows)?;
    let portions = lines.portions();
    let used_up = portions.iter().filter(|portion| portion.room_used_up);
    let mut rooms_used_up: Vec<UnitIndex> = used_up.map(|portion| portion.unit).collect();
    rooms_used_up.sort_unstable();
    let inside = |class| lines.inside_bands(&portions, class);
    let inside_band_seconds = inside(Class::Essential).max(inside(Class::Other));
    Ok(Sharing { rooms_used_up, inside_band_seconds })
}

impl Lines<'_> {
    /// The portion of every unit, in canonical order.
    fn portions(&self) -> Vec<Portion> {
        let blank = |(rank, unit): (u32, &crate::gather::Placed<crate::Unit, UnitIndex>)| Portion {
            unit: self.unit(rank),
            members: unit.item.members,
            given_seconds: 0,
            essential_seconds: 0,
            other_seconds: 0,
            floors: Vec::new(),
            room_used_up: false,
        };
        let mut portions: Vec<Portion> = (0..).zip(&self.round.units).map(blank).collect();
        // The most that wishes and obligations would let each unit give and get.
        let mut reach = vec![(0_i64, 0_i64); portions.len()];
        for line in &self.arcs {
            let giver = position(line.tail);
            if let (Kind::Give | Kind::Owe, Some(one)) = (line.kind, portions.get_mut(giver)) {
                one.given_seconds += line.flow;
                reach.get_mut(giver).into_iter().for_each(|reach| reach.0 += line.upper);
            }
            let receiver = position(self.receiver(line));
            if let (Some(class), Some(one)) = (line.meets(), portions.get_mut(receiver)) {
                reach.get_mut(receiver).into_iter().for_each(|reach| reach.1 += line.upper);
                match class {
                    Class::Essential => {
                        one.essential_seconds += line.flow;
                        let version = self.version_of(line).unwrap_or(u32::MAX);
                        one.floors.push((self.version(version), line.flow));
                    }
                    Class::Other => one.other_seconds += line.flow,
                }
            }
        }
        for line in self.arcs.iter().filter(|line| line.kind == Kind::Room) {
            let unit = position(line.head);
            if let (Some(one), Some(&(given, got))) = (portions.get_mut(unit), reach.get(unit)) {
                let (up, down) = (line.upper < given, -line.lower < got);
                one.room_used_up = (up && !line.can_rise()) || (down && !line.can_fall());
                one.floors.sort_unstable();
            }
        }
        portions
    }

    /// How uneven a class is shared inside one band of one version, at most.
    fn inside_bands(&self, portions: &[Portion], class: Class) -> i64 {
        // The least that somebody has who still needs, and the most that somebody has who gets.
        let mut ends: BTreeMap<(u32, usize), (i64, i64)> = BTreeMap::new();
        for line in self.arcs.iter().filter(|line| line.meets() == Some(class)) {
            let portion = portions.get(position(self.receiver(line)));
            let (Some(version), Some(portion)) = (self.version_of(line), portion) else { continue };
            let share = portion.of(class) / i64::from(portion.members.max(1));
            let band = BANDS.partition_point(|&bound| bound <= share);
            let (least, most) = ends.entry((version, band)).or_insert((i64::MAX, i64::MIN));
            if line.can_rise() {
                *least = share.min(*least);
            }
            if line.flow > 0 {
                *most = share.max(*most);
            }
        }
        let between = |&(least, most): &(i64, i64)| most.checked_sub(least).unwrap_or(0).max(0);
        ends.values().map(between).max().unwrap_or(0)
    }
}
