//! Nodes hung one below another along ways that cost nothing.

use std::iter;

use super::star::{Star, Way};
use crate::maps::{Key, Node, NodeMap};

/// Trees, whose roots all hang below one more node, the sky.
///
/// What holds: `above` leads from every node to the sky; `size` counts a node with all that hang below
/// it; `below`, `next` and `before` list what hangs just below a node.
pub(super) struct Forest {
    pub(super) above: NodeMap<Node>,
    /// The way from a node to the one above; none for roots.
    pub(super) up: NodeMap<Option<Way>>,
    size: NodeMap<u32>,
    below: NodeMap<Option<Node>>,
    next: NodeMap<Option<Node>>,
    before: NodeMap<Option<Node>>,
    pub(super) sky: Node,
}

impl Forest {
    /// Hangs so many nodes one below another along ways that close no cycle.
    pub(super) fn grown(nodes: usize, along: &Star) -> Self {
        let sky = Node::at(nodes);
        let none = || NodeMap::filled(None, nodes + 1);
        let mut forest = Self {
            above: NodeMap::filled(sky, nodes + 1),
            up: NodeMap::filled(None, nodes + 1),
            size: NodeMap::filled(1, nodes + 1),
            below: none(),
            next: none(),
            before: none(),
            sky,
        };
        let mut seen = NodeMap::filled(false, nodes);
        let (mut order, mut place) = (Vec::with_capacity(nodes), 0);
        for root in (0..nodes).map(Node::at) {
            if !std::mem::replace(&mut seen[root], true) {
                forest.link(root, sky);
                order.push(root);
            }
            while let Some(&node) = order.get(place) {
                for leaving in along.leaving(node) {
                    if !std::mem::replace(&mut seen[leaving.head], true) {
                        forest.link(leaving.head, node);
                        forest.up[leaving.head] = Some(leaving.way.turned());
                        order.push(leaving.head);
                    }
                }
                place += 1;
            }
        }
        for &node in order.iter().rev() {
            let (above, size) = (forest.above[node], forest.size[node]);
            forest.size[above] += size;
        }
        forest
    }

    fn link(&mut self, node: Node, above: Node) {
        self.above[node] = above;
        self.before[node] = None;
        self.next[node] = self.below[above];
        if let Some(next) = self.next[node] {
            self.before[next] = Some(node);
        }
        self.below[above] = Some(node);
    }

    fn unlink(&mut self, node: Node) {
        let (before, next) = (self.before[node], self.next[node]);
        match before {
            Some(before) => self.next[before] = next,
            None => self.below[self.above[node]] = next,
        }
        if let Some(next) = next {
            self.before[next] = before;
        }
    }

    /// How many nodes hang below a node, and itself.
    pub(super) fn size(&self, node: Node) -> u32 {
        self.size[node]
    }

    /// Whether a node with all below it is more than half of all.
    pub(super) fn is_most(&self, node: Node) -> bool {
        self.size[node] > self.sky.0 / 2
    }

    /// A node and those above it, up to its root.
    pub(super) fn upward(&self, node: Node) -> impl Iterator<Item = Node> {
        let on = |&node: &Node| Some(self.above[node]).filter(|&above| above != self.sky);
        iter::successors(Some(node), on)
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
        listed.extend(self.just_below(self.sky).filter(|&one| one != node));
        self.list_below(listed, Some(node));
    }

    fn list_below(&self, listed: &mut Vec<Node>, but: Option<Node>) {
        let mut place = 0;
        while let Some(&one) = listed.get(place) {
            listed.extend(self.just_below(one).filter(|&one| Some(one) != but));
            place += 1;
        }
    }

    fn just_below(&self, node: Node) -> impl Iterator<Item = Node> {
        iter::successors(self.below[node], |&one| self.next[one])
    }

    /// Takes a node with all below it from where it hangs, and hangs it up by another of its nodes
    /// below a node elsewhere.
    pub(super) fn hang(&mut self, node: Node, (by, way): (Node, Way), elsewhere: Node) {
        let size = self.size[node];
        self.grow(self.above[node], size.wrapping_neg());
        let (mut one, mut above, mut up, mut left) = (by, elsewhere, way, size);
        loop {
            let (next, own, turned) = (self.above[one], self.size[one], self.up[one]);
            self.unlink(one);
            self.link(one, above);
            (self.up[one], self.size[one]) = (Some(up), left);
            let Some(turned) = turned.filter(|_| one != node) else { break };
            (above, up, left) = (one, turned.turned(), size - own);
            one = next;
        }
        self.grow(elsewhere, size);
    }

    /// Counts so many nodes more below a node and all above it, modulo 2³².
    fn grow(&mut self, node: Node, by: u32) {
        let mut at = node;
        loop {
            self.size[at] = self.size[at].wrapping_add(by);
            if at == self.sky {
                return;
            }
            at = self.above[at];
        }
    }
}
