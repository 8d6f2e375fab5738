//! Nodes hung one below another along ways that cost nothing.

use std::iter;

use super::star::{Star, Way};
use crate::maps::{Key, Node, NodeMap, Piece};

/// Trees, whose roots all hang below one more node, the sky.
///
/// What holds: `above` leads from every node to the sky; `size` counts a node with all that hang below
/// it; `below`, `next` and `before` list what hangs just below a node.
pub(super) struct Forest(NodeMap<Hung>);

/// Where a node hangs. All of it is asked for together, so it stands together.
#[derive(Clone, Copy)]
struct Hung {
    above: Node,
    size: u32,
    /// The way to the node above; none for roots.
    up: Option<Way>,
    /// The first of those just below, and of those beside the one after and the one before; the sky,
    /// where there is none.
    below: Node,
    next: Node,
    before: Node,
}

/// The node below which all roots hang. It is the first, so that others can be added.
const SKY: Node = Node(0);

const ROOT: Hung = Hung { above: SKY, size: 1, up: None, below: SKY, next: SKY, before: SKY };

impl Forest {
    /// So many nodes with the sky, not hung up yet.
    pub(super) fn of_roots(nodes: usize) -> Self {
        Self(NodeMap::filled(ROOT, nodes))
    }

    /// Hangs nodes, so many with the sky, one below another along ways that close no cycle.
    pub(super) fn grown(nodes: usize, along: &Star) -> Self {
        let mut forest = Self::of_roots(nodes);
        let mut seen = NodeMap::filled(false, nodes);
        let (mut order, mut place) = (Vec::with_capacity(nodes), 0);
        for root in (1..nodes).map(Node::at) {
            if !std::mem::replace(&mut seen[root], true) {
                forest.link(root, SKY);
                order.push(root);
            }
            while let Some(&node) = order.get(place) {
                for leaving in along.leaving(node).into_iter().flatten() {
                    if !std::mem::replace(&mut seen[leaving.head], true) {
                        forest.link(leaving.head, node);
                        forest.0[leaving.head].up = Some(leaving.way.turned());
                        order.push(leaving.head);
                    }
                }
                place += 1;
            }
        }
        for &node in order.iter().rev() {
            let Hung { above, size, .. } = forest.0[node];
            forest.0[above].size += size;
        }
        forest
    }

    /// All nodes but the sky, each before those below it, which follow one after the other.
    pub(super) fn in_order(&self) -> Vec<Node> {
        let mut order = Vec::with_capacity(self.0.len());
        let mut open: Vec<_> = self.just_below(SKY).collect();
        while let Some(node) = open.pop() {
            order.push(node);
            open.extend(self.just_below(node));
        }
        order
    }

    /// One more node, a root.
    pub(super) fn add_node(&mut self) {
        let node = self.0.push(ROOT);
        self.link(node, SKY);
        self.0[SKY].size += 1;
    }

    /// The node whose way up is a piece between two, if it is in the forest.
    pub(super) fn hung_by(&self, piece: Piece, (one, other): (Node, Node)) -> Option<Node> {
        [one, other].into_iter().find(|&node| self.up(node).map(Way::piece) == Some(piece))
    }

    /// The way from a node to the one above; none for roots.
    #[inline]
    pub(super) fn up(&self, node: Node) -> Option<Way> {
        self.0[node].up
    }

    /// The node above another; none above a root.
    #[inline]
    pub(super) fn above(&self, node: Node) -> Option<Node> {
        Some(self.0[node].above).filter(|&above| above != SKY)
    }

    /// How many nodes hang below a node, and itself.
    pub(super) fn size(&self, node: Node) -> u32 {
        self.0[node].size
    }

    /// Whether a node with all below it is more than half of all.
    pub(super) fn is_most(&self, node: Node) -> bool {
        self.size(node) > self.size(SKY) / 2
    }

    /// Lists a node with all below it.
    pub(super) fn list(&self, node: Node, listed: &mut Vec<Node>) {
        listed.clear();
        listed.push(node);
        self.list_below(listed, None);
    }

    /// Lists all nodes but one and those below it.
    pub(super) fn list_others(&self, node: Node, listed: &mut Vec<Node>) {
        listed.clear();
        listed.extend(self.just_below(SKY).filter(|&one| one != node));
        self.list_below(listed, Some(node));
    }

    fn list_below(&self, listed: &mut Vec<Node>, but: Option<Node>) {
        let mut place = 0;
        while let Some(&one) = listed.get(place) {
            listed.extend(self.just_below(one).filter(|&one| Some(one) != but));
            place += 1;
        }
    }

    #[inline]
    fn just_below(&self, node: Node) -> impl Iterator<Item = Node> {
        let some = |node| Some(node).filter(|&node| node != SKY);
        iter::successors(some(self.0[node].below), move |&one| some(self.0[one].next))
    }

    /// Takes a node with all below it from where it hangs, and hangs it up by another of its nodes
    /// below a node elsewhere.
    pub(super) fn hang(&mut self, node: Node, (by, way): (Node, Way), elsewhere: Node) {
        let Hung { size, above, .. } = self.0[node];
        self.grow(above, size.wrapping_neg());
        let (mut one, mut above, mut up, mut left) = (by, elsewhere, way, size);
        loop {
            let Hung { above: next, size: own, up: turned, .. } = self.0[one];
            self.unlink(one);
            self.link(one, above);
            (self.0[one].up, self.0[one].size) = (Some(up), left);
            let Some(turned) = turned.filter(|_| one != node) else { break };
            (above, up, left) = (one, turned.turned(), size - own);
            one = next;
        }
        self.grow(elsewhere, size);
    }

    fn link(&mut self, node: Node, above: Node) {
        let next = std::mem::replace(&mut self.0[above].below, node);
        let hung = &mut self.0[node];
        (hung.above, hung.before, hung.next) = (above, SKY, next);
        if next != SKY {
            self.0[next].before = node;
        }
    }

    fn unlink(&mut self, node: Node) {
        let Hung { above, before, next, .. } = self.0[node];
        match before {
            SKY => self.0[above].below = next,
            _ => self.0[before].next = next,
        }
        if next != SKY {
            self.0[next].before = before;
        }
    }

    /// Counts so many nodes more below a node and all above it, modulo 2³².
    fn grow(&mut self, node: Node, by: u32) {
        let mut at = node;
        loop {
            self.0[at].size = self.0[at].size.wrapping_add(by);
            if at == SKY {
                return;
            }
            at = self.0[at].above;
        }
    }
}
