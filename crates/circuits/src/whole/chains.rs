//! Chains of deliveries, in which each unit gives on about as much as it gets.

use std::collections::BTreeSet;

use crate::maps::{Key, SideKey, UnitIndex};

use super::{Hand, Way, Whole};

/// The most deliveries in a chain.
const LONGEST: usize = 4;

/// The most beginnings of chains that one search keeps.
const KEPT: usize = 200;

/// How often all units are gone through.
const PASSES: usize = 4;

/// The last delivery of a beginning of a chain.
#[derive(Debug, Clone, Copy)]
struct Link {
    before: Option<usize>,
    give: SideKey,
    get: SideKey,
    steps: i64,
    seconds: i64,
    /// The seconds of the first delivery.
    first: i64,
    length: usize,
}

/// What a search has seen.
struct Search {
    start: UnitIndex,
    links: Vec<Link>,
    /// Units that were reached, and with how many seconds.
    seen: BTreeSet<(UnitIndex, i64)>,
}

impl Whole {
    /// Adds chains that begin at any unit, until there are none or many were looked at.
    ///
    /// A chain needs room only at its ends, beyond the difference between what each unit on it gets
    /// and gives. One that closes needs none.
    pub(super) fn add_chains(&mut self) {
        let mut work = 64 * self.sides.len() + 100_000;
        for _ in 0..PASSES {
            let before = work;
            let mut found = false;
            for unit in (0..self.net.len()).map(UnitIndex::at) {
                while work > 0 && self.add_chain(unit, &mut work) {
                    found = true;
                }
            }
            if !found || work == 0 || before == work {
                return;
            }
        }
    }

    /// Adds one chain that begins at a unit, if there is one.
    fn add_chain(&mut self, start: UnitIndex, work: &mut usize) -> bool {
        for give in self.sides_of(start, Hand::Gives) {
            if self.left(give) == 0 {
                continue;
            }
            let mut search = Search { start, links: Vec::new(), seen: BTreeSet::new() };
            self.begin(give, &mut search);
            let mut next = 0;
            while let Some(&link) = search.links.get(next) {
                *work = work.saturating_sub(1);
                let ends = self.can_end(&link, start);
                let end = if ends { Some(next) } else { self.lengthen(next, &mut search) };
                if let Some(end) = end {
                    search.path(end).for_each(|link| self.deliver(link.give, link.get, link.steps));
                    return true;
                }
                next += 1;
            }
        }
        false
    }

    /// Tries all first deliveries of a giver, the large ones first.
    fn begin(&self, give: SideKey, search: &mut Search) {
        let lot = &self.lots[self.sides[give].lot];
        let fits = lot.within(self.slack(search.start, Way::Up));
        for get in self.near(give, Hand::Gets) {
            let most = self.left(give).min(self.left(get));
            if most == 0 || self.sides[get].unit == search.start {
                continue;
            }
            let mut amounts = [most, fits.clamp(1, most), 4, 3, 2, 1].map(|steps| steps.min(most));
            amounts.sort_unstable_by(|one, other| other.cmp(one));
            for steps in amounts {
                let seconds = self.gain(give, get, steps);
                let link =
                    Link { before: None, give, get, steps, seconds, first: seconds, length: 1 };
                search.keep(self.sides[get].unit, link);
            }
        }
    }

    /// Whether the last unit of a chain has room for what it gets, and the first for what it gives.
    fn can_end(&self, link: &Link, start: UnitIndex) -> bool {
        let end = self.sides[link.get].unit;
        link.seconds <= self.slack(end, Way::Down) && link.first <= self.slack(start, Way::Up)
    }

    /// Lets the last unit of a chain give on what it gets, to everybody it can. Says where the chain
    /// ends if that closes it.
    fn lengthen(&self, last: usize, search: &mut Search) -> Option<usize> {
        let link = *search.links.get(last)?;
        if link.length >= LONGEST {
            return None;
        }
        for give in self.sides_of(self.sides[link.get].unit, Hand::Gives) {
            let left = self.left(give) - search.used(self, give, last);
            if left <= 0 {
                continue;
            }
            for get in self.near(give, Hand::Gets) {
                if search.visits(self, self.sides[get].unit, last) {
                    continue;
                }
                let left = left.min(self.left(get) - search.used(self, get, last));
                let before = Some(last);
                for steps in self.amounts(give, &link).map(|steps| steps.min(left)) {
                    let seconds = if steps > 0 { self.gain(give, get, steps) } else { 0 };
                    let length = link.length + 1;
                    let next = Link { before, give, get, steps, seconds, length, ..link };
                    match seconds > 0 && self.passes(&link, &next) {
                        true if self.closes(&next, search) => return Some(search.push(next)),
                        true => search.keep(self.sides[get].unit, next),
                        false => {}
                    }
                }
            }
        }
        None
    }

    /// The fewest, the most fitting and the most steps that a unit can give on, in this order.
    fn amounts(&self, give: SideKey, link: &Link) -> [i64; 3] {
        let lot = &self.lots[self.sides[give].lot];
        let unit = self.sides[give].unit;
        let fewest = lot.fewest((link.seconds - self.slack(unit, Way::Down)).max(0)).max(1);
        let most = lot.within(link.seconds + self.slack(unit, Way::Up)).max(fewest);
        [fewest, lot.nearest(link.seconds).clamp(fewest, most), most]
    }

    /// Whether the unit between two deliveries keeps within its room.
    fn passes(&self, link: &Link, next: &Link) -> bool {
        let unit = self.sides[next.give].unit;
        let moved = next.seconds - link.seconds;
        -self.slack(unit, Way::Down) <= moved && moved <= self.slack(unit, Way::Up)
    }

    /// Whether a delivery closes a chain, within the room of the unit where it began.
    fn closes(&self, link: &Link, search: &Search) -> bool {
        let moved = link.first - link.seconds;
        self.sides[link.get].unit == search.start
            && -self.slack(search.start, Way::Down) <= moved
            && moved <= self.slack(search.start, Way::Up)
    }
}

impl Search {
    fn push(&mut self, link: Link) -> usize {
        self.links.push(link);
        self.links.len() - 1
    }

    /// Keeps the beginning of a chain to a unit, if it is new and there are not too many.
    fn keep(&mut self, unit: UnitIndex, link: Link) {
        if unit != self.start && self.links.len() < KEPT && self.seen.insert((unit, link.seconds)) {
            self.links.push(link);
        }
    }

    /// The deliveries of a chain, the last one first.
    fn path(&self, last: usize) -> impl Iterator<Item = &Link> {
        let at = |place: Option<usize>| place.and_then(|place| self.links.get(place));
        std::iter::successors(at(Some(last)), move |link| at(link.before))
    }

    /// How much of what a side draws on a chain uses up, in steps.
    fn used(&self, whole: &Whole, side: SideKey, last: usize) -> i64 {
        let wish = |side: SideKey| whole.sides[side].wish;
        let draws = |link: &&Link| wish(link.give) == wish(side) || wish(link.get) == wish(side);
        self.path(last).filter(draws).map(|link| link.steps).sum()
    }

    /// Whether a chain passes through a unit.
    fn visits(&self, whole: &Whole, unit: UnitIndex, last: usize) -> bool {
        self.path(last).any(|link| whole.sides[link.get].unit == unit)
    }
}
