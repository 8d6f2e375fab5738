//! The cells of a version: the areas, weeks and sets of refused givers in which its needs can be met.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::maps::{Key, UnitIndex};
use crate::request::Weeks;
use crate::round::AreaRank;

use super::reach::Ground;
use super::wishes::Valued;

/// A cell by positions: of its area, its week, and its set of givers left out.
type Cell = (u32, u32, u32);

/// The cells that the needs of a version reach, and who reaches which.
///
/// Only they can become lots. There are far fewer of them than areas times weeks times sets: a need
/// draws only on the areas inside its own, on the weeks of its window, and on its one set.
pub(super) struct Cells {
    areas: Vec<Option<AreaRank>>,
    /// The first week of each span of weeks that no window separates; only none, if no window names
    /// a week.
    weeks: Vec<Option<u32>>,
    /// The distinct sets of givers that some receiver refused, or was refused by.
    withouts: Vec<Vec<u32>>,
    /// The positions of the areas that lie in each area that a wish names.
    inside: BTreeMap<Option<AreaRank>, Vec<u32>>,
    /// What needs reach, in order.
    needed: Vec<Cell>,
    giving: Groups<Vec<u32>>,
    getting: Groups<u32>,
}

/// Wishes of one side that reach the same cells: a giver all but those of the sets that it is in, a
/// receiver only those of its own set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Group<S> {
    area: Option<AreaRank>,
    weeks: Weeks,
    sets: S,
}

/// The groups of a list of wishes, and which of them each wish belongs to.
struct Groups<S> {
    list: Vec<Group<S>>,
    of: Vec<usize>,
}

impl<S: Clone + Ord> Groups<S> {
    fn of(wishes: impl Iterator<Item = Group<S>>) -> Self {
        let (mut known, mut list) = (BTreeMap::new(), Vec::new());
        let of = wishes.map(|group| {
            *known.entry(group).or_insert_with_key(|group| {
                list.push(Group::clone(group));
                list.len() - 1
            })
        });
        let of = of.collect();
        Self { list, of }
    }

    /// What stands for the group of each wish.
    fn each<'a, T>(&'a self, by_group: &'a [Vec<T>]) -> impl Iterator<Item = &'a [T]> {
        self.of.iter().map(|&group| by_group.get(group).map_or(&[][..], Vec::as_slice))
    }
}

impl Cells {
    /// Tells apart what the wishes of a version do. None if the version is larger than `most`: the
    /// cells that each group of needs reaches, and of these the ones in the area and window of each
    /// group of offers.
    pub(super) fn of(
        ground: &Ground<'_>,
        gives: &[Valued],
        gets: &[Valued],
        most: usize,
    ) -> Option<Self> {
        let mut areas: Vec<_> = gets.iter().map(|get| get.bare.area).collect();
        areas.extend(gives.iter().filter_map(|give| give.bare.area).map(Some));
        in_order(&mut areas);
        let wishes = || gives.iter().chain(gets).map(|wish| wish.bare);
        let weeks = weeks(ground.week, wishes().map(|wish| wish.weeks));
        let own: Vec<_> =
            gets.iter().map(|get| refused_givers(ground, gives, get.bare.unit)).collect();
        let mut withouts = own.clone();
        in_order(&mut withouts);
        let mut inside = BTreeMap::new();
        for wish in wishes() {
            inside.entry(wish.area).or_insert_with(|| places(ground, &areas, wish.area));
        }
        let giving = givers(gives, &withouts);
        let getting = gets.iter().zip(own).map(|(get, own)| {
            let set = withouts.binary_search(&own).unwrap_or_else(|place| place);
            Group { area: get.bare.area, weeks: get.bare.weeks, sets: UnitIndex::at(set).0 }
        });
        let getting = Groups::of(getting);
        let needed = Vec::new();
        Self { areas, weeks, withouts, inside, needed, giving, getting }.within(most)
    }

    /// Lists what needs reach, unless the version turns out to be too large.
    fn within(mut self, mut most: usize) -> Option<Self> {
        let mut needed = Vec::new();
        for group in &self.getting.list {
            let (areas, weeks) = (self.inside(group.area), self.within_window(group.weeks));
            most = most.checked_sub(areas.len().saturating_mul(weeks.len()))?;
            let at = |&area| weeks.clone().map(move |week| (area, week, group.sets));
            needed.extend(areas.iter().flat_map(at));
        }
        in_order(&mut needed);
        self.needed = needed;
        for group in &self.giving.list {
            most = most.checked_sub(self.around(group).map(|cells| cells.len()).sum())?;
        }
        Some(self)
    }

    /// How many cells needs reach.
    pub(super) fn count(&self) -> usize {
        self.needed.len()
    }

    /// The area, the first week and the givers left out of every cell that needs reach, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = (Option<AreaRank>, Option<u32>, &[u32])> {
        self.needed.iter().map(|&(area, week, set)| {
            let [area, week, set] = [area, week, set].map(|place| UnitIndex(place).position());
            let (area, week) = (self.areas.get(area), self.weeks.get(week));
            let without = self.withouts.get(set).map_or(&[][..], Vec::as_slice);
            (area.copied().flatten(), week.copied().flatten(), without)
        })
    }

    /// The positions of the cells that each group of offers reaches.
    pub(super) fn given(&self) -> Vec<Vec<u32>> {
        let reached = |group: &Group<Vec<u32>>| {
            let cells = self.around(group).flatten();
            let drawn = |cell: &usize| {
                let set = self.needed.get(*cell).map(|cell| cell.2);
                set.is_some_and(|set| group.sets.binary_search(&set).is_err())
            };
            cells.filter(drawn).map(|cell| UnitIndex::at(cell).0).collect()
        };
        self.giving.list.iter().map(reached).collect()
    }

    /// The positions of the cells that each group of needs reaches.
    pub(super) fn got(&self) -> Vec<Vec<u32>> {
        let reached = |group: &Group<u32>| {
            let weeks = self.within_window(group.weeks);
            let at = |&area| weeks.clone().map(move |week| (area, week, group.sets));
            let cells = self.inside(group.area).iter().flat_map(at);
            let place = |cell| self.needed.binary_search(&cell).ok();
            cells.filter_map(place).map(|cell| UnitIndex::at(cell).0).collect()
        };
        self.getting.list.iter().map(reached).collect()
    }

    /// What stands for the group of each offer.
    pub(super) fn of_gives<'a, T>(&'a self, of: &'a [Vec<T>]) -> impl Iterator<Item = &'a [T]> {
        self.giving.each(of)
    }

    /// What stands for the group of each need.
    pub(super) fn of_gets<'a, T>(&'a self, of: &'a [Vec<T>]) -> impl Iterator<Item = &'a [T]> {
        self.getting.each(of)
    }

    fn inside(&self, area: Option<AreaRank>) -> &[u32] {
        self.inside.get(&area).map_or(&[], Vec::as_slice)
    }

    /// The positions of the weeks in a window: neighbours, as they are in order.
    fn within_window(&self, Weeks { from, until }: Weeks) -> Range<u32> {
        let before = |week: &Option<u32>| week.zip(from).is_some_and(|(week, from)| week < from);
        let not_over =
            |week: &Option<u32>| week.zip(until).is_none_or(|(week, until)| week <= until);
        let first = self.weeks.partition_point(before);
        let end = self.weeks.partition_point(not_over).max(first);
        UnitIndex::at(first).0..UnitIndex::at(end).0
    }

    /// The positions of the cells in the area and window of a group, one stretch for each area.
    fn around<S>(&self, group: &Group<S>) -> impl Iterator<Item = Range<usize>> {
        let weeks = self.within_window(group.weeks);
        self.inside(group.area).iter().map(move |&area| {
            let from = self.needed.partition_point(|cell| *cell < (area, weeks.start, 0));
            let until = self.needed.partition_point(|cell| *cell < (area, weeks.end, 0));
            from..until
        })
    }
}

fn in_order<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// The positions of the areas, of some in order, that lie in an area.
fn places(ground: &Ground<'_>, areas: &[Option<AreaRank>], area: Option<AreaRank>) -> Vec<u32> {
    let all = |places: Range<usize>| places.map(|place| UnitIndex::at(place).0);
    let Some(path) = area.and_then(|area| ground.area(area)) else {
        return all(0..areas.len()).collect();
    };
    let Range { start, end } = ground.inside(path);
    let before = |rank: AreaRank| areas.partition_point(|area| *area < Some(rank));
    let own = areas.binary_search(&area).ok();
    own.map(|own| UnitIndex::at(own).0).into_iter().chain(all(before(start)..before(end))).collect()
}

/// The groups of offers: each reaches all cells but those of the sets that its unit is in.
fn givers(gives: &[Valued], withouts: &[Vec<u32>]) -> Groups<Vec<u32>> {
    let mut out_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (set, without) in (0..).zip(withouts) {
        for &unit in without {
            out_of.entry(unit).or_default().push(set);
        }
    }
    Groups::of(gives.iter().map(|give| {
        let sets = out_of.get(&give.bare.unit).cloned().unwrap_or_default();
        Group { area: give.bare.area, weeks: give.bare.weeks, sets }
    }))
}

/// The first week of each span of weeks, from the week in which the round closes, that no window
/// separates.
fn weeks(closes: u32, windows: impl Iterator<Item = Weeks> + Clone) -> Vec<Option<u32>> {
    if windows.clone().all(|window| window == Weeks::default()) {
        return vec![None];
    }
    let ends = windows.flat_map(|Weeks { from, until }| {
        [from, until.and_then(|until| until.checked_add(1))].into_iter().flatten()
    });
    let mut weeks: Vec<_> = ends.filter(|&week| week > closes).chain([closes]).map(Some).collect();
    in_order(&mut weeks);
    weeks
}

/// The units with an offer among these that a unit will not deal with, in order.
fn refused_givers(ground: &Ground<'_>, gives: &[Valued], unit: u32) -> Vec<u32> {
    let refused = ground.refused_by(unit).iter().map(|&(_, partner)| partner);
    let offers = |partner: &u32| gives.binary_search_by_key(partner, |give| give.bare.unit).is_ok();
    refused.filter(offers).collect()
}
