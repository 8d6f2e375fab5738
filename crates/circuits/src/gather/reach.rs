//! Which lots there are, and which of them each offer and need reaches.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::area::Area;
use crate::maps::{Key, UnitIndex};
use crate::refused::RoundRefused;
use crate::round::{AreaRank, Lone, Lot, Merged, Reach, Span};

use super::cells::{CELLS_MAX, Cells, Group};
use super::wishes::Valued;

/// What decides beside the wishes themselves who can meet whom.
pub(super) struct Ground<'a> {
    pub(super) areas: &'a [Area],
    pub(super) homes: &'a [Option<AreaRank>],
    /// The week in which the round closes.
    pub(super) week: u32,
    /// Whether distances count.
    pub(super) near: bool,
    /// Who will not deal with whom, each pair in both directions, in order.
    pub(super) refused: Vec<(u32, u32)>,
}

impl Ground<'_> {
    pub(super) fn home(&self, unit: u32) -> Option<AreaRank> {
        self.homes.get(UnitIndex(unit).position()).copied().flatten()
    }

    /// Whether an area is another or a part of it; none is the whole.
    pub(super) fn lies_in(&self, one: Option<AreaRank>, other: Option<AreaRank>) -> bool {
        let area = |rank: AreaRank| self.areas.get(UnitIndex(rank).position());
        let Some(other) = other.and_then(area) else { return true };
        one.and_then(area).is_some_and(|one| one.lies_in(other))
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
}

/// Finds the lots of every version, and what each offer and need reaches. Those that reach no lot
/// stand apart.
pub(super) fn lay_out(
    ground: &Ground<'_>,
    mut offers: &[Valued],
    mut needs: &[Valued],
) -> Result<Laid, RoundRefused> {
    let mut laid = Laid::default();
    while let Some(version) = offers.first().map(|offer| offer.bare.version) {
        let gives = cut(&mut offers, |wish| wish.bare.version <= version);
        let passed = cut(&mut needs, |wish| wish.bare.version < version);
        laid.lone_gets.extend(passed.iter().map(Valued::lone));
        let gets = cut(&mut needs, |wish| wish.bare.version <= version);
        laid.version(ground, gives, gets)?;
    }
    laid.lone_gets.extend(needs.iter().map(Valued::lone));
    Ok(laid)
}

/// Cuts the wishes of which something holds off the front of a list in order.
fn cut<'a>(list: &mut &'a [Valued], holds: impl Fn(&Valued) -> bool) -> &'a [Valued] {
    let (front, rest) = list.split_at(list.partition_point(holds));
    *list = rest;
    front
}

impl Laid {
    fn version(
        &mut self,
        ground: &Ground<'_>,
        gives: &[Valued],
        gets: &[Valued],
    ) -> Result<(), RoundRefused> {
        let Some(version) = gives.first().map(|give| give.bare.version) else { return Ok(()) };
        let cells = Cells::of(ground, gives, gets)?;
        let giving = Groups::of(gives.iter().map(|give| cells.of_giver(&give.bare)));
        let getting =
            Groups::of(gets.iter().map(|get| cells.of_receiver(ground, gives, &get.bare)));
        let (given, got) = (giving.cells(ground, &cells)?, getting.cells(ground, &cells)?);
        let lots = self.add_lots(version, &cells, &met(cells.count(), &given, &got));
        let (given, got) = (reached(&given, &lots), reached(&got, &lots));
        let gives = gives.iter().zip(giving.lots(&given));
        let lone = spread(ground, &self.lots, gives, &mut self.give_spans, &mut self.gives);
        self.lone_gives.extend(lone);
        let gets = gets.iter().zip(getting.lots(&got));
        let lone = spread(ground, &self.lots, gets, &mut self.get_spans, &mut self.gets);
        self.lone_gets.extend(lone);
        Ok(())
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

/// The groups of a list of wishes: which of them each belongs to.
struct Groups {
    known: BTreeMap<Group, usize>,
    of: Vec<usize>,
}

impl Groups {
    fn of(wishes: impl Iterator<Item = Group>) -> Self {
        let mut known = BTreeMap::new();
        let mut number = |group| {
            let next = known.len();
            *known.entry(group).or_insert(next)
        };
        let of = wishes.map(&mut number).collect();
        Self { known, of }
    }

    /// The cells that each group reaches, by its number.
    fn cells(&self, ground: &Ground<'_>, cells: &Cells) -> Result<Vec<Vec<usize>>, RoundRefused> {
        let mut reached = vec![Vec::new(); self.known.len()];
        let mut left = CELLS_MAX;
        for (group, &number) in &self.known {
            let found = cells.reached(ground, group);
            left = left.checked_sub(found.len()).ok_or(RoundRefused::TooMany)?;
            if let Some(slot) = reached.get_mut(number) {
                *slot = found;
            }
        }
        Ok(reached)
    }

    /// The lots of each wish, from the lots of each group.
    fn lots<'a>(&'a self, lots: &'a [Vec<u32>]) -> impl Iterator<Item = &'a [u32]> {
        self.of.iter().map(|&group| lots.get(group).map_or(&[][..], Vec::as_slice))
    }
}

/// Whether each cell is reached from both sides.
fn met(count: usize, given: &[Vec<usize>], got: &[Vec<usize>]) -> Vec<bool> {
    let marked = |groups: &[Vec<usize>]| {
        let mut marked = vec![false; count];
        for &cell in groups.iter().flatten() {
            if let Some(slot) = marked.get_mut(cell) {
                *slot = true;
            }
        }
        marked
    };
    let (given, got) = (marked(given), marked(got));
    given.into_iter().zip(got).map(|(given, got)| given && got).collect()
}

/// The lots of each group, from its cells.
fn reached(groups: &[Vec<usize>], lots: &[Option<u32>]) -> Vec<Vec<u32>> {
    let lots = |cells: &Vec<usize>| {
        cells.iter().filter_map(|&cell| lots.get(cell).copied().flatten()).collect()
    };
    groups.iter().map(lots).collect()
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
