//! Which lots there are, and which of them each offer and need reaches.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::area::Area;
use crate::maps::{Key, UnitIndex};
use crate::request::Unit;
use crate::round::{AreaRank, Crowded, Lone, Lot, Merged, Reach, Span};

use super::cells::Cells;
use super::crowded;
use super::order::Placed;
use super::wishes::Valued;

/// What decides beside the wishes themselves who can meet whom.
pub(super) struct Ground<'a> {
    pub(super) units: &'a [Placed<Unit, UnitIndex>],
    pub(super) areas: &'a [Area],
    pub(super) homes: &'a [Option<AreaRank>],
    /// The week in which the round closes.
    pub(super) week: u32,
    /// Whether distances count.
    pub(super) near: bool,
    /// Who will not deal with whom, each pair in both directions, in order.
    pub(super) refused: Vec<(u32, u32)>,
    /// Who has refused whom.
    pub(super) said: BTreeSet<(u32, u32)>,
    pub(super) seed: [u8; 32],
}

impl Ground<'_> {
    pub(super) fn home(&self, unit: u32) -> Option<AreaRank> {
        self.homes.get(UnitIndex(unit).position()).copied().flatten()
    }

    pub(super) fn label(&self, unit: u32) -> &[u8] {
        self.units.get(UnitIndex(unit).position()).map_or(&[], |unit| &unit.item.label.0)
    }

    pub(super) fn area(&self, rank: AreaRank) -> Option<&Area> {
        self.areas.get(UnitIndex(rank).position())
    }

    /// The ranks of the areas inside another: neighbours, as they are in the order of their paths.
    pub(super) fn inside(&self, area: &Area) -> Range<AreaRank> {
        let path = format!("{}/", area.path());
        let before = |other: &Area| other.path() < path.as_str();
        let within = |other: &Area| before(other) || other.path().starts_with(&path);
        let [from, until] =
            [self.areas.partition_point(before), self.areas.partition_point(within)];
        UnitIndex::at(from).0..UnitIndex::at(until).0
    }

    /// Those that a unit will not deal with.
    pub(super) fn refused_by(&self, unit: u32) -> &[(u32, u32)] {
        let from = self.refused.partition_point(|pair| pair.0 < unit);
        let until = self.refused.partition_point(|pair| pair.0 <= unit);
        self.refused.get(from..until).unwrap_or_default()
    }
}

/// Wishes with the lots and spans that they reach.
#[derive(Default)]
pub(super) struct Laid {
    pub(super) lots: Vec<Lot>,
    pub(super) give_spans: Vec<Span>,
    pub(super) get_spans: Vec<Span>,
    pub(super) gives: Vec<Merged>,
    pub(super) gets: Vec<Merged>,
    pub(super) lone_gives: Vec<Lone>,
    pub(super) lone_gets: Vec<Lone>,
    pub(super) crowded: Vec<Crowded>,
}

/// Finds the lots of every version, and what each offer and need reaches. Those that reach no lot
/// stand apart.
pub(super) fn lay_out(ground: &Ground<'_>, mut offers: &[Valued], mut needs: &[Valued]) -> Laid {
    let mut laid = Laid::default();
    while let Some(version) = offers.first().map(|offer| offer.bare.version) {
        let gives = cut(&mut offers, |wish| wish.bare.version <= version);
        let passed = cut(&mut needs, |wish| wish.bare.version < version);
        laid.lone_gets.extend(passed.iter().map(Valued::lone));
        let gets = cut(&mut needs, |wish| wish.bare.version <= version);
        laid.version(ground, version, gives, gets);
    }
    laid.lone_gets.extend(needs.iter().map(Valued::lone));
    laid
}

/// Cuts the wishes of which something holds off the front of a list in order.
fn cut<'a>(list: &mut &'a [Valued], holds: impl Fn(&Valued) -> bool) -> &'a [Valued] {
    let (front, rest) = list.split_at(list.partition_point(holds));
    *list = rest;
    front
}

impl Laid {
    /// Lays out a version; some stay out of it if it would be too large.
    fn version(&mut self, ground: &Ground<'_>, version: u32, gives: &[Valued], gets: &[Valued]) {
        let most = crowded::most(gives.len() + gets.len());
        if let Some(cells) = Cells::of(ground, gives, gets, most) {
            return self.lay(ground, version, gives, gets, &cells);
        }
        let out = crowded::out(ground, gives, gets, most);
        let is_out = |wish: &&Valued| out.contains(&wish.bare.unit);
        self.lone_gives.extend(gives.iter().filter(is_out).map(Valued::lone));
        self.lone_gets.extend(gets.iter().filter(is_out).map(Valued::lone));
        let (gives, gets) = (crowded::without(gives, &out), crowded::without(gets, &out));
        self.crowded.extend(out.into_iter().map(|unit| Crowded { version, unit }));
        if let Some(cells) = Cells::of(ground, &gives, &gets, most) {
            self.lay(ground, version, &gives, &gets, &cells);
        }
    }

    fn lay(
        &mut self,
        ground: &Ground<'_>,
        version: u32,
        gives: &[Valued],
        gets: &[Valued],
        cells: &Cells,
    ) {
        let given = cells.given();
        let lots = self.add_lots(version, cells, &met(cells.count(), &given));
        let (given, got) = (reached(&given, &lots), reached(&cells.got(), &lots));
        let gives = gives.iter().zip(cells.of_gives(&given));
        let lone = spread(ground, &self.lots, gives, &mut self.give_spans, &mut self.gives);
        self.lone_gives.extend(lone);
        let gets = gets.iter().zip(cells.of_gets(&got));
        let lone = spread(ground, &self.lots, gets, &mut self.get_spans, &mut self.gets);
        self.lone_gets.extend(lone);
    }

    /// Makes a lot of every cell in which somebody can meet, and tells which lot each cell became.
    fn add_lots(&mut self, version: u32, cells: &Cells, met: &[bool]) -> Vec<Option<u32>> {
        let mut became = Vec::with_capacity(met.len());
        for (cell, met) in cells.all().zip(met) {
            became.push(met.then(|| UnitIndex::at(self.lots.len()).0));
            if *met {
                let (area, week, without) = cell;
                self.lots.push(Lot { version, area, week, without: without.to_vec() });
            }
        }
        became
    }
}

/// Whether each of the cells that needs reach is reached by an offer as well.
fn met(count: usize, given: &[Vec<u32>]) -> Vec<bool> {
    let mut met = vec![false; count];
    for &cell in given.iter().flatten() {
        if let Some(slot) = met.get_mut(UnitIndex(cell).position()) {
            *slot = true;
        }
    }
    met
}

/// The lots of each group, from its cells.
fn reached(groups: &[Vec<u32>], lots: &[Option<u32>]) -> Vec<Vec<u32>> {
    let lot = |&cell: &u32| lots.get(UnitIndex(cell).position()).copied().flatten();
    groups.iter().map(|cells| cells.iter().filter_map(lot).collect()).collect()
}

/// Sends each wish to its only lot, or to the span it shares with those of the same lots and place.
/// Returns those that reach no lot.
fn spread<'a>(
    ground: &Ground<'_>,
    lots: &[Lot],
    wishes: impl Iterator<Item = (&'a Valued, &'a [u32])>,
    spans: &mut Vec<Span>,
    list: &mut Vec<Merged>,
) -> Vec<Lone> {
    let mut lone = Vec::new();
    let apart = |lot: &u32| lots.get(UnitIndex(*lot).position()).is_some_and(|l| l.area.is_some());
    let mut shared: BTreeMap<(&[u32], Option<AreaRank>), Vec<usize>> = BTreeMap::new();
    for (wish, reached) in wishes {
        let Some(&lot) = reached.first() else {
            lone.push(wish.lone());
            continue;
        };
        if reached.len() > 1 {
            let counts = ground.near && reached.iter().any(apart);
            let place = ground.home(wish.bare.unit).or(wish.bare.area).filter(|_| counts);
            shared.entry((reached, place)).or_default().push(list.len());
        }
        list.push(wish.reaching(Reach::Lot(lot)));
    }
    for ((lots, place), wishes) in shared {
        let span = UnitIndex::at(spans.len()).0;
        let first = wishes.first().map_or(0, |&first| UnitIndex::at(first).0);
        let mut seconds = 0;
        for wish in wishes {
            if let Some(wish) = list.get_mut(wish) {
                wish.reach = Reach::Span(span);
                seconds += wish.seconds;
            }
        }
        spans.push(Span { first, lots: lots.to_vec(), place, seconds });
    }
    lone
}
