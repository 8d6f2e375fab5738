//! Chains of deliveries, in which each unit gives on about as much as it gets.

use std::collections::BTreeSet;

use crate::maps::{Key, SideKey, UnitIndex};

use super::open::Open;
use super::{Hand, Side, Way, Whole};

/// The most deliveries in a chain.
const LONGEST: usize = 4;

/// The most beginnings of chains that one search keeps.
const KEPT: usize = 200;

/// The most deliveries that one search looks at, and that all of them together do: in rounds of very
/// many wishes there are enough other ways to use up room.
const LOOKED_AT: usize = 5000;
const LOOKED_AT_BY_ALL: usize = 1_000_000;

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
struct Search<'a> {
    whole: &'a Whole,
    open: &'a Open,
    start: UnitIndex,
    links: Vec<Link>,
    /// Units that were reached, and with how many seconds.
    seen: BTreeSet<(UnitIndex, i64)>,
    /// How many deliveries were looked at.
    looked_at: usize,
}

impl Whole {
    /// Adds chains that begin at any unit, until there are none or very many were looked at.
    ///
    /// A chain needs room only at its ends, beyond the difference between what each unit on it gets
    /// and gives. One that closes needs none.
    pub(super) fn add_chains(&mut self) {
        let open = Open::of(self);
        let mut work = LOOKED_AT_BY_ALL;
        for _ in 0..PASSES {
            let mut found = false;
            for unit in (0..self.net.len()).map(UnitIndex::at) {
                while work > 0 && self.add_chain(unit, &open, &mut work) {
                    found = true;
                }
            }
            if !found || work == 0 {
                return;
            }
        }
    }

    /// Adds one chain that begins at a unit, if there is one.
    fn add_chain(&mut self, start: UnitIndex, open: &Open, work: &mut usize) -> bool {
        for give in self.sides_of(start, Hand::Gives) {
            if self.left(give) == 0 {
                continue;
            }
            let mut search = Search::new(self, open, start);
            let chain = search.from(give);
            *work = work.saturating_sub(search.looked_at);
            if let Some(chain) = chain {
                for link in chain {
                    self.deliver(link.give, link.get, link.steps);
                }
                return true;
            }
        }
        false
    }
}

impl<'a> Search<'a> {
    fn new(whole: &'a Whole, open: &'a Open, start: UnitIndex) -> Self {
        Self { whole, open, start, links: Vec::new(), seen: BTreeSet::new(), looked_at: 0 }
    }

    /// The first chain found that begins with a giver.
    fn from(&mut self, give: SideKey) -> Option<Vec<Link>> {
        self.begin(give);
        let mut next = 0;
        while let Some(link) = self.links.get(next) {
            let end = if self.can_end(link) { Some(next) } else { self.lengthen(next) };
            if let Some(end) = end {
                return Some(self.path(end).copied().collect());
            }
            if self.looked_at > LOOKED_AT {
                return None;
            }
            next += 1;
        }
        None
    }

    /// Tries all first deliveries of a giver, the large ones first.
    fn begin(&mut self, give: SideKey) {
        let (whole, open) = (self.whole, self.open);
        let key = whole.sides[give].lot;
        let fits = whole.lots[key].within(whole.slack(self.start, Way::Up));
        for get in open.to(key, give) {
            self.looked_at += 1;
            let most = whole.left(give).min(whole.left(get));
            if most == 0 {
                continue;
            }
            let mut amounts = [most, fits.clamp(1, most), 4, 3, 2, 1].map(|steps| steps.min(most));
            amounts.sort_unstable_by(|one, other| other.cmp(one));
            for steps in amounts {
                let seconds = whole.gain(give, get, steps);
                let first =
                    Link { before: None, give, get, steps, seconds, first: seconds, length: 1 };
                self.keep(first);
            }
        }
    }

    /// Whether the last unit of a chain has room for what it gets, and the first for what it gives.
    fn can_end(&self, link: &Link) -> bool {
        let end = self.whole.sides[link.get].unit;
        link.seconds <= self.whole.slack(end, Way::Down)
            && link.first <= self.whole.slack(self.start, Way::Up)
    }

    /// Lets the last unit of a chain give on what it gets, to everybody it can. Says where the chain
    /// ends if that closes it.
    fn lengthen(&mut self, last: usize) -> Option<usize> {
        let (whole, open) = (self.whole, self.open);
        let link = *self.links.get(last).filter(|link| link.length < LONGEST)?;
        for give in whole.sides_of(whole.sides[link.get].unit, Hand::Gives) {
            let left = whole.left(give) - self.used(give, last);
            if left <= 0 {
                continue;
            }
            let receivers = open.to(whole.sides[give].lot, give);
            let end = { receivers }.find_map(|get| self.extend(last, link, (give, get), left));
            if end.is_some() {
                return end;
            }
        }
        None
    }

    /// Lets the last unit of a chain give on what it gets to one receiver, at most so many steps.
    fn extend(
        &mut self,
        last: usize,
        link: Link,
        (give, get): (SideKey, SideKey),
        left: i64,
    ) -> Option<usize> {
        self.looked_at += 1;
        let left = left.min(self.whole.left(get) - self.used(get, last));
        if left <= 0 || self.visits(self.whole.sides[get].unit, last) {
            return None;
        }
        for steps in self.amounts(give, &link).map(|steps| steps.min(left)) {
            let seconds = self.whole.gain(give, get, steps);
            let (before, length) = (Some(last), link.length + 1);
            let next = Link { before, give, get, steps, seconds, length, ..link };
            match seconds > 0 && self.passes(&link, &next) {
                true if self.closes(&next) => return Some(self.push(next)),
                true => self.keep(next),
                false => {}
            }
        }
        None
    }

    /// The fewest, the most fitting and the most steps that a unit can give on.
    fn amounts(&self, give: SideKey, link: &Link) -> [i64; 3] {
        let Side { unit, lot, .. } = self.whole.sides[give];
        let lot = &self.whole.lots[lot];
        let slack = |way| self.whole.slack(unit, way);
        let fewest = lot.fewest((link.seconds - slack(Way::Down)).max(0)).max(1);
        let most = lot.within(link.seconds.saturating_add(slack(Way::Up))).max(fewest);
        [fewest, lot.nearest(link.seconds).clamp(fewest, most), most]
    }

    /// Whether the unit between two deliveries keeps within its room.
    fn passes(&self, link: &Link, next: &Link) -> bool {
        self.is_within(self.whole.sides[next.give].unit, next.seconds - link.seconds)
    }

    /// Whether a delivery closes a chain, within the room of the unit where it began.
    fn closes(&self, link: &Link) -> bool {
        self.whole.sides[link.get].unit == self.start
            && self.is_within(self.start, link.first - link.seconds)
    }

    /// Whether a unit's entitlement may move by so many seconds.
    fn is_within(&self, unit: UnitIndex, moved: i64) -> bool {
        let slack = |way| self.whole.slack(unit, way);
        -slack(Way::Down) <= moved && moved <= slack(Way::Up)
    }

    fn push(&mut self, link: Link) -> usize {
        self.links.push(link);
        self.links.len() - 1
    }

    /// Keeps the beginning of a chain, if it leads to where none did and there are not too many.
    fn keep(&mut self, link: Link) {
        let unit = self.whole.sides[link.get].unit;
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
    fn used(&self, side: SideKey, last: usize) -> i64 {
        let wish = |side: SideKey| self.whole.sides[side].wish;
        let draws = |link: &&Link| wish(link.give) == wish(side) || wish(link.get) == wish(side);
        self.path(last).filter(draws).map(|link| link.steps).sum()
    }

    /// Whether a chain passes through a unit.
    fn visits(&self, unit: UnitIndex, last: usize) -> bool {
        self.path(last).any(|link| self.whole.sides[link.get].unit == unit)
    }
}
