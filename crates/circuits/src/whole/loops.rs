//! Loops of deliveries of equal worth: of any length, and nobody's entitlement moves.

use crate::maps::{Arc, Map, Node, SideKey};

use super::Whole;
use super::equal::{Equal, Kind, Leg};

/// How many legs are walked for each that there is, of one worth; then loops of it end.
const WALKED: usize = 64;

/// A walk from unit to unit, as far as it has come.
struct Walk<'a> {
    whole: &'a mut Whole,
    equal: &'a Equal,
    /// How many steps each side may still deliver, if it is bounded by more than its wish.
    spare: Option<&'a mut Map<SideKey, i64>>,
    /// The leg that each node tries next; those before it lead nowhere any more.
    next: Map<Node, Arc>,
    /// Where on the path a node lies.
    place: Map<Node, Option<usize>>,
    path: Vec<Leg>,
    /// How many more legs may be walked.
    left: usize,
}

impl Whole {
    /// Adds loops in which each unit gives exactly as much as it gets: first within what the plan
    /// sends, so that they are those that it meant; then of what is left of offers and needs. After
    /// either there is no such loop left.
    pub(super) fn add_loops(&mut self) {
        let mut spare = self.spare();
        self.for_each_equal(|whole, equal| Walk::new(whole, equal, Some(&mut spare)).all());
        self.for_each_equal(|whole, equal| {
            Walk::new(whole, equal, None).all();
        });
    }

    /// The steps of each side's flow that are not delivered.
    fn spare(&self) -> Map<SideKey, i64> {
        let most = self.sides.values().iter().map(|side| self.lots[side.lot].most(side.flow));
        let mut spare = Map::from(most.collect::<Vec<_>>());
        for pair in self.pairs.values() {
            spare[pair.give] -= pair.steps;
            spare[pair.get] -= pair.steps;
        }
        spare
    }
}

impl<'a> Walk<'a> {
    fn new(
        whole: &'a mut Whole,
        equal: &'a Equal,
        spare: Option<&'a mut Map<SideKey, i64>>,
    ) -> Self {
        let (next, place) = (equal.first().clone(), Map::filled(None, equal.nodes()));
        let left = WALKED * equal.legs().len();
        Self { whole, equal, spare, next, place, path: Vec::new(), left }
    }

    /// Walks on from every unit until no loop is left: where the walk meets itself, the loop is
    /// taken, and it goes on from there; where it can go no further, no loop passes, and it goes
    /// back. So each leg is given up once, and each loop uses one up.
    fn all(mut self) {
        for start in self.equal.units() {
            let mut node = start;
            while self.left > 0 {
                self.left -= 1;
                if let Some(leg) = self.next(node) {
                    self.place[node] = Some(self.path.len());
                    self.path.push(leg);
                    node = self.place[leg.to].map_or(leg.to, |from| self.take(from));
                } else if let Some(last) = self.path.pop() {
                    node = self.give_up(last);
                } else {
                    break;
                }
            }
        }
    }

    /// The first leg of a node on which something of the worth can still pass.
    fn next(&mut self, node: Node) -> Option<Leg> {
        while self.next[node] < self.equal.end(node) {
            let leg = self.equal.legs()[self.next[node]];
            if leg.kind != Kind::Less && self.times(leg) > 0 {
                return Some(leg);
            }
            self.next[node].0 += 1;
        }
        None
    }

    /// How often the worth can pass on a leg.
    fn times(&self, leg: Leg) -> i64 {
        let spare = self.spare.as_ref().map_or(i64::MAX, |spare| spare[leg.side]);
        self.whole.left(leg.side).min(spare) / self.equal.steps(self.whole, leg.side)
    }

    /// Goes back from a leg for good.
    fn give_up(&mut self, leg: Leg) -> Node {
        self.next[leg.from].0 += 1;
        self.place[leg.from] = None;
        leg.from
    }

    /// Delivers the loop that the path ends with, and goes back to where it began. A unit that gives
    /// to itself is no loop: only the last leg is given up.
    fn take(&mut self, from: usize) -> Node {
        let found = self.path.split_off(from);
        if let [first, last] = *found {
            self.path.push(first);
            return self.give_up(last);
        }
        let times = found.iter().map(|&leg| self.times(leg)).min().unwrap_or(0);
        for (at, give) in found.iter().enumerate().filter(|(_, leg)| leg.kind == Kind::Give) {
            if let Some(get) = found.get(at + 1).or_else(|| found.first()) {
                self.deliver(give.side, get.side, times);
            }
        }
        for leg in &found {
            self.place[leg.from] = None;
        }
        found.first().map_or(Node(0), |leg| leg.from)
    }

    fn deliver(&mut self, give: SideKey, get: SideKey, times: i64) {
        let steps = times.saturating_mul(self.equal.steps(self.whole, give));
        self.whole.deliver(give, get, steps);
        if let Some(spare) = &mut self.spare {
            spare[give] -= steps;
            spare[get] -= steps;
        }
    }
}
