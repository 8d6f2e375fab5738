//! Loops of equal worth for which somebody must give something else, or give to somebody else.

use crate::maps::{Map, Node, PairKey};

use super::Whole;
use super::equal::{Equal, Kind, Leg};

/// The most legs that are looked at in all.
const LOOKED_AT: usize = 20_000_000;

/// Searches from a unit that needs something to where it is given.
struct Search<'a> {
    whole: &'a mut Whole,
    equal: &'a Equal,
    /// By which leg each node was reached.
    by: Map<Node, Option<Leg>>,
    /// From where nothing was found.
    shut: Map<Node, bool>,
    reached: Vec<Node>,
    /// How many more legs may be looked at.
    left: &'a mut usize,
}

impl Whole {
    /// Adds to what units get, as far as they can give as much: where nobody who still could give it
    /// needs what they have, another gives in the place of somebody, who is then free to give
    /// elsewhere, and so on. Nobody gets less than before, and nobody's entitlement moves.
    pub(super) fn add_detours(&mut self) {
        let mut left = LOOKED_AT;
        self.for_each_equal(|whole, equal| {
            let (by, shut) = (Map::filled(None, equal.nodes()), Map::filled(false, equal.nodes()));
            let mut search =
                Search { whole, equal, by, shut, reached: Vec::new(), left: &mut left };
            while *search.left > 0 && search.pass() {
                search.shut.values_mut().fill(false);
            }
        });
    }
}

impl Search<'_> {
    /// Goes through all needs once. Says whether anything was added.
    fn pass(&mut self) -> bool {
        let mut found = false;
        for get in self.equal.legs().values().iter().filter(|leg| leg.kind == Kind::Get) {
            while *self.left > 0 && !self.shut[get.to] && self.times(get, None) > 0 {
                let reaches = self.reaches(get);
                if reaches {
                    self.take(get);
                    found = true;
                }
                for node in self.reached.drain(..) {
                    self.by[node] = None;
                    self.shut[node] |= !reaches;
                }
            }
        }
        found
    }

    /// Whether the unit of a need can give so that what it needs is given, by whomever.
    fn reaches(&mut self, get: &Leg) -> bool {
        self.reached.push(get.to);
        let mut next = 0;
        while let Some(&node) = self.reached.get(next) {
            for leg in self.equal.legs_of(node) {
                *self.left = self.left.saturating_sub(1);
                let known = leg.to == get.to || self.shut[leg.to] || self.by[leg.to].is_some();
                let itself = leg.from == get.to && leg.to == get.from;
                if known || itself || self.times(leg, self.by[node]) == 0 {
                    continue;
                }
                self.by[leg.to] = Some(*leg);
                self.reached.push(leg.to);
                if leg.to == get.from {
                    return true;
                }
            }
            next += 1;
        }
        false
    }

    /// How often the worth can pass on a leg, where the leg before it leads to its lot.
    fn times(&self, leg: &Leg, before: Option<Leg>) -> i64 {
        let steps = match (leg.kind, before) {
            (Kind::Less, Some(giver)) => {
                self.replaced(leg, giver).map_or(0, |pair| self.whole.pairs[pair].steps)
            }
            (Kind::Less, None) => 0,
            (Kind::Give | Kind::Get, _) => self.whole.left(leg.side),
        };
        steps / self.equal.steps(self.whole, leg.side)
    }

    /// The delivery that a giver can take over.
    fn replaced(&self, leg: &Leg, giver: Leg) -> Option<PairKey> {
        let (least, whole) = (self.equal.steps(self.whole, leg.side), &*self.whole);
        let giver = whole.sides[giver.side].unit;
        let pairs = whole.pairs_of[leg.side].iter().copied().take(super::LOOKED_AT);
        { pairs }.find(|&key| {
            let pair = whole.pairs[key];
            pair.steps >= least && whole.sides[pair.get].unit != giver
        })
    }

    /// Delivers what was found.
    fn take(&mut self, get: &Leg) {
        let mut legs = vec![*get];
        while let Some(leg) = legs.last().and_then(|leg| self.by[leg.from]) {
            legs.push(leg);
        }
        legs.reverse();
        let before = |at: usize| at.checked_sub(1).and_then(|at| legs.get(at)).copied();
        let times = legs.iter().enumerate().map(|(at, leg)| self.times(leg, before(at)));
        let times = times.min().unwrap_or(0);
        for pair in legs.chunks_exact(2) {
            if let [give, then] = pair {
                self.pass_on(*give, *then, times);
            }
        }
    }

    /// Lets somebody give to whom a leg leads, or in their place.
    fn pass_on(&mut self, give: Leg, then: Leg, times: i64) {
        let steps = times.saturating_mul(self.equal.steps(self.whole, give.side));
        let get = match then.kind {
            Kind::Give | Kind::Get => Some(then.side),
            Kind::Less => self.replaced(&then, give).map(|pair| {
                self.whole.change(pair, -steps);
                self.whole.pairs[pair].get
            }),
        };
        if let Some(get) = get {
            self.whole.deliver(give.side, get, steps);
        }
    }
}
