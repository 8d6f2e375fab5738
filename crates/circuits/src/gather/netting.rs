//! What a unit can do for itself, taken off before anything else.

use std::ops::Range;

use crate::maps::{Key, UnitIndex};
use crate::request::Weeks;
use crate::round::AreaRank;

use super::reach::Ground;
use super::wishes::Bare;

/// Sets each unit's own offers of a version against its own needs, wherever one could serve the
/// other: offers in order, each against needs in order.
///
/// So no own offer is left that fits an own need, and no plan has a unit deliver to itself.
pub(super) fn netted(
    ground: &Ground<'_>,
    mut offers: Vec<Bare>,
    mut needs: Vec<Bare>,
) -> (Vec<Bare>, Vec<Bare>) {
    let mut rest = needs.as_mut_slice();
    for own in offers.chunk_by_mut(|a, b| (a.version, a.unit) == (b.version, b.unit)) {
        let Some(key) = own.first().map(|offer| (offer.version, offer.unit)) else { continue };
        let before = rest.partition_point(|need| (need.version, need.unit) < key);
        let (_, from) = rest.split_at_mut(before);
        let until = from.partition_point(|need| (need.version, need.unit) == key);
        let (needed, after) = from.split_at_mut(until);
        set_off(ground, own, needed);
        rest = after;
    }
    (offers, needs)
}

/// Sets offers of one unit and version against its needs. Those that cannot fit are passed over by
/// stretches, so that many of both take no more than a little longer each.
fn set_off(ground: &Ground<'_>, offers: &mut [Bare], needs: &mut [Bare]) {
    if needs.is_empty() {
        return;
    }
    let mut open = Open::of(ground, needs);
    for offer in offers {
        let window = Window::of(ground, offer.weeks);
        for stretch in stretches(ground, needs, offer.area) {
            while offer.steps > 0
                && let Some(place) = open.next(&stretch, window)
                && let Some(need) = needs.get_mut(place)
            {
                let both = offer.steps.min(need.steps);
                offer.steps -= both;
                need.steps -= both;
                if need.steps == 0 {
                    open.close(place);
                }
            }
        }
    }
}

/// The stretches of needs, in order, whose areas fit the area of an offer: those anywhere, those in
/// an area around it, its own, and those inside it.
fn stretches(ground: &Ground<'_>, needs: &[Bare], area: Option<AreaRank>) -> Vec<Range<usize>> {
    let Some(area) = area.and_then(|area| ground.area(area)) else {
        return std::iter::once(0..needs.len()).collect();
    };
    let path = area.path();
    let around = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
    let one = |path: &str| {
        let place = ground.areas.binary_search_by(|other| other.path().cmp(path)).ok()?;
        Some(UnitIndex::at(place).0..UnitIndex::at(place + 1).0)
    };
    let areas = around.chain([path]).filter_map(one).chain([ground.inside(area)]);
    let anywhere = 0..needs.partition_point(|need| need.area.is_none());
    let stretch = |ranks: Range<AreaRank>| {
        let from = needs.partition_point(|need| need.area < Some(ranks.start));
        from..needs.partition_point(|need| need.area < Some(ranks.end))
    };
    [anywhere].into_iter().chain(areas.map(stretch)).collect()
}

/// The first and the last week, from the one in which the round closes.
#[derive(Debug, Clone, Copy)]
struct Window {
    first: u64,
    last: u64,
}

impl Window {
    /// What no window fits.
    const NEVER: Self = Self { first: u64::MAX, last: 0 };

    fn of(ground: &Ground<'_>, Weeks { from, until }: Weeks) -> Self {
        let first = u64::from(from.unwrap_or(ground.week));
        let last = u64::from(until.unwrap_or(u32::MAX));
        if first > last { Self::NEVER } else { Self { first, last } }
    }

    const fn fits(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    fn both(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// The windows of needs of which something is left: a tree in which every node has the first week
/// and the last of all below, the leaves last.
struct Open {
    tree: Vec<Window>,
    leaves: usize,
}

impl Open {
    fn of(ground: &Ground<'_>, needs: &[Bare]) -> Self {
        let leaves = needs.len().next_power_of_two();
        let mut tree = vec![Window::NEVER; 2 * leaves];
        for (slot, need) in tree.iter_mut().skip(leaves).zip(needs) {
            if need.steps > 0 {
                *slot = Window::of(ground, need.weeks);
            }
        }
        let mut open = Self { tree, leaves };
        (1..leaves).rev().for_each(|node| open.renew(node));
        open
    }

    fn at(&self, node: usize) -> Window {
        self.tree.get(node).copied().unwrap_or(Window::NEVER)
    }

    fn renew(&mut self, node: usize) {
        let both = self.at(2 * node).both(self.at(2 * node + 1));
        if let Some(slot) = self.tree.get_mut(node) {
            *slot = both;
        }
    }

    /// Takes a need out.
    fn close(&mut self, place: usize) {
        let mut node = self.leaves + place;
        if let Some(slot) = self.tree.get_mut(node) {
            *slot = Window::NEVER;
        }
        while node > 1 {
            node /= 2;
            self.renew(node);
        }
    }

    /// The first need of a stretch of which something is left and whose window fits.
    fn next(&self, stretch: &Range<usize>, window: Window) -> Option<usize> {
        self.below(1, 0..self.leaves, stretch, window)
    }

    fn below(
        &self,
        node: usize,
        places: Range<usize>,
        stretch: &Range<usize>,
        window: Window,
    ) -> Option<usize> {
        let apart = places.end <= stretch.start || stretch.end <= places.start;
        if apart || !self.at(node).fits(window) {
            return None;
        }
        if places.len() == 1 {
            return Some(places.start);
        }
        let middle = places.start + places.len() / 2;
        let first = self.below(2 * node, places.start..middle, stretch, window);
        first.or_else(|| self.below(2 * node + 1, middle..places.end, stretch, window))
    }
}
