//! The dual simplex method on a network: from a flow that does not keep to its bounds to one that
//! does, while potentials prove it to be the best of its kind.
//!
//! All ways of a forest cost nothing. What a node has too much or lacks is sent up the forest to the
//! sky, no matter how much the ways bear. Then, as long as a way bears too much or too little, it is
//! taken out: what hangs below it exchanges its surplus with the rest by the ways that cost least.
//! The last of them takes its place. Lowering or raising one side until that way costs nothing
//! makes no way with room cost less than nothing, since those that would are full. Either side will
//! do, so the smaller is looked at, and a change stays local.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::forest::Forest;
use super::residual::Residual;
use super::star::Way;
use crate::maps::{Node, NodeMap};

/// A forest along which more or less flows than may.
///
/// INVARIANT: the ways of the forest cost nothing; a piece that is not in it carries nothing or all it
/// can, and costs accordingly, or costs nothing; whatever a node gets beyond what it gives flows up.
pub(super) struct Pivots<'a> {
    residual: &'a mut Residual,
    forest: &'a mut Forest,
    /// What flows from a root to the sky: nothing, in the end.
    to_sky: NodeMap<i64>,
    /// Nodes whose way up may bear too much or too little, those first below which there is least.
    waiting: BinaryHeap<Reverse<(u32, Node)>>,
    is_waiting: NodeMap<bool>,
    /// The smaller side of the way that is taken out.
    side: Vec<Node>,
    is_in_side: NodeMap<bool>,
    across: Across,
    looks: usize,
}

/// Ways with room from one side to the other, and what they cost.
#[derive(Default)]
struct Across {
    ways: Vec<Way>,
    /// Their reduced costs, one row after the other.
    costs: Vec<i64>,
    /// What can flow along all of them.
    room: i64,
}

/// No potential may be further from nought, so that no sum of a few leaves `i64`.
pub(super) const POTENTIAL_MAX: i64 = 1 << 58;

impl<'a> Pivots<'a> {
    /// Begins with a forest in order.
    pub(super) fn new(residual: &'a mut Residual, forest: &'a mut Forest) -> Self {
        let nodes = residual.node_count();
        Self {
            residual,
            forest,
            to_sky: NodeMap::filled(0, nodes),
            waiting: BinaryHeap::new(),
            is_waiting: NodeMap::filled(false, nodes),
            side: Vec::new(),
            is_in_side: NodeMap::filled(false, nodes),
            across: Across::default(),
            looks: 0,
        }
    }

    /// Takes ways out until none bears too much or too little. None if more is looked at than may be,
    /// or a potential grows too large.
    pub(super) fn settle(&mut self, looks_max: usize) -> Option<()> {
        while let Some(Reverse((_, node))) = self.waiting.pop() {
            self.is_waiting[node] = false;
            let surplus = self.surplus(node);
            if surplus != 0 {
                self.pivot(node, surplus)?;
            }
            if self.looks > looks_max {
                return None;
            }
        }
        Some(())
    }

    /// Waits for a look at the way up from a node.
    pub(super) fn look_at(&mut self, node: Node) {
        if !std::mem::replace(&mut self.is_waiting[node], true) {
            self.waiting.push(Reverse((self.forest.size(node), node)));
        }
    }

    /// Sends an amount that flows into a node beyond what flows out up to the sky.
    pub(super) fn send_up(&mut self, node: Node, amount: i64) {
        let mut next = Some(node);
        while let Some(at) = next {
            match self.forest.up(at) {
                Some(way) => self.residual.send(way, amount),
                None => self.to_sky[at] += amount,
            }
            self.look_at(at);
            self.looks += 1;
            next = self.forest.above(at);
        }
    }

    /// How much more flows up from a node than may, or, below nought, less than must.
    fn surplus(&self, node: Node) -> i64 {
        let Some(way) = self.forest.up(node) else { return self.to_sky[node] };
        let (room, back) = (self.residual.room(way), self.residual.room(way.turned()));
        if room < 0 { -room } else { back.min(0) }
    }

    /// Takes out the way up from a node, below which there is a surplus, or a lack if it is below
    /// nought.
    fn pivot(&mut self, node: Node, surplus: i64) -> Option<()> {
        let is_most = self.forest.is_most(node);
        if is_most {
            self.forest.list_others(node, &mut self.side);
        } else {
            self.forest.list(node, &mut self.side);
        }
        self.mark_side(true);
        let outward = is_most != (surplus > 0);
        let amount = surplus.abs();
        self.find(true, outward, node);
        if self.across.room < amount {
            self.find(false, outward, node);
        }
        let way = self.fill(amount, outward);
        self.mark_side(false);
        let way = way?;
        let (from, to) = self.residual.ends(way);
        if surplus > 0 {
            self.forest.hang(node, (from, way), to);
        } else {
            self.forest.hang(node, (to, way.turned()), from);
        }
        Some(())
    }

    fn mark_side(&mut self, is_in_side: bool) {
        for &one in &self.side {
            self.is_in_side[one] = is_in_side;
        }
    }

    /// Finds the ways with room out of the side that was listed, or into it, but for the way up from a
    /// node: either those that cost nothing before the draws, or all.
    fn find(&mut self, level: bool, outward: bool, node: Node) {
        let residual = &mut *self.residual;
        let but = self.forest.up(node).map(Way::piece);
        let Across { ways, costs, room } = &mut self.across;
        ways.clear();
        for &one in &self.side {
            let lists = if level { residual.leaving_level(one) } else { residual.leaving(one) };
            self.looks += 1 + lists.iter().map(|list| list.len()).sum::<usize>();
            let leaving = lists.into_iter().flatten().filter(|one| !self.is_in_side[one.head]);
            let leaving = leaving.filter(|one| Some(one.way.piece()) != but);
            let turned = leaving.map(|one| if outward { one.way } else { one.way.turned() });
            ways.extend(turned.filter(|&way| residual.room(way) > 0));
        }
        if level {
            ways.retain(|&way| residual.is_level(way));
        }
        costs.clear();
        *room = 0;
        for &way in &*ways {
            *room = room.saturating_add(residual.room(way));
            costs.extend((0..residual.stages()).map(|stage| residual.reduced(way, stage)));
        }
    }

    /// Lets an amount flow along the ways that were found, the cheapest first, and lowers or raises
    /// the side that was listed so that the last of them costs nothing. None if they cannot take so
    /// much, or a potential grows too large.
    fn fill(&mut self, amount: i64, outward: bool) -> Option<Way> {
        let Across { ways, costs, .. } = std::mem::take(&mut self.across);
        let stages = self.residual.stages();
        let cost = |place: &usize| costs.get(place * stages..(place + 1) * stages);
        let mut order: Vec<_> = (0..ways.len()).collect();
        order.sort_unstable_by(|a, b| cost(a).cmp(&cost(b)));
        let mut left = amount;
        let mut last = None;
        for place in order {
            let way = *ways.get(place)?;
            let sent = left.min(self.residual.room(way));
            let (from, to) = self.residual.ends(way);
            self.residual.send(way, sent);
            self.send_up(from, -sent);
            self.send_up(to, sent);
            left -= sent;
            if left == 0 {
                self.shift_side(cost(&place)?, outward)?;
                last = Some(way);
                break;
            }
        }
        self.across = Across { ways, costs, room: 0 };
        last
    }

    /// Lowers the side that was listed by what a way out of it costs, or raises it by what a way into
    /// it costs.
    fn shift_side(&mut self, cost: &[i64], outward: bool) -> Option<()> {
        if cost.iter().all(|&cost| cost == 0) {
            return Some(());
        }
        for &node in &self.side {
            for (potential, &cost) in self.residual.potentials[node].iter_mut().zip(cost) {
                *potential += if outward { -cost } else { cost };
                if potential.abs() > POTENTIAL_MAX {
                    return None;
                }
            }
        }
        if cost.iter().take(self.residual.settled()).any(|&cost| cost != 0) {
            self.add_level();
        }
        Some(())
    }

    /// Tells the pieces between the sides that have come to cost nothing before the draws.
    fn add_level(&mut self) {
        let mut across = std::mem::take(&mut self.across.ways);
        for &node in &self.side {
            across.clear();
            for list in self.residual.leaving(node) {
                self.looks += list.len();
                let over = list.iter().filter(|one| !self.is_in_side[one.head]);
                across.extend(over.map(|one| one.way));
            }
            for &way in &across {
                self.residual.add_level(way.piece());
            }
        }
    }
}
