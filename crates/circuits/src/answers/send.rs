//! The most that can go through a graph.

use std::collections::VecDeque;

use super::graph::{Graph, Way};
use crate::maps::{Node, NodeMap};

impl Graph {
    /// Sends as much as can go from one node to another, up to a limit, along ways that are open,
    /// and says how much that is (Dinic: shortest paths first, a layer at a time).
    pub(super) fn send(
        &mut self,
        (from, to): (Node, Node),
        at_most: i64,
        open: impl Fn(&Self, Way) -> bool,
    ) -> i64 {
        let mut sent = 0;
        while sent < at_most && from != to {
            let layers = self.layers(from, to, &open);
            if layers[to].is_none() {
                break;
            }
            sent += self.fill((from, to), at_most - sent, &layers, &open);
        }
        sent
    }

    /// How many ways each node is from the first, as far as the last; none where it is further or
    /// cut off.
    fn layers(
        &self,
        from: Node,
        to: Node,
        open: impl Fn(&Self, Way) -> bool,
    ) -> NodeMap<Option<u32>> {
        let mut layers = NodeMap::filled(None, self.node_count());
        layers[from] = Some(0_u32);
        let mut waiting = VecDeque::from([from]);
        while let Some(node) = waiting.pop_front() {
            if node == to {
                break;
            }
            let next = layers[node].map(|layer| layer + 1);
            for &way in self.out_of(node) {
                let head = self.head(way);
                if self.left(way) > 0 && layers[head].is_none() && open(self, way) {
                    layers[head] = next;
                    waiting.push_back(head);
                }
            }
        }
        layers
    }

    /// Sends what can go along shortest paths.
    fn fill(
        &mut self,
        (from, to): (Node, Node),
        at_most: i64,
        layers: &NodeMap<Option<u32>>,
        open: impl Fn(&Self, Way) -> bool,
    ) -> i64 {
        // How many of the ways out of each node have been gone through.
        let mut gone = NodeMap::filled(0_usize, self.node_count());
        let mut path: Vec<Way> = Vec::new();
        let mut sent = 0;
        while sent < at_most {
            let node = path.last().map_or(from, |&way| self.head(way));
            if node == to {
                let least = path.iter().map(|&way| self.left(way)).min().unwrap_or(0);
                let amount = least.min(at_most - sent);
                path.drain(..).for_each(|way| self.pass(way, amount));
                sent += amount;
                continue;
            }
            let deeper = layers[node].map(|layer| layer + 1);
            let is_open =
                |way| self.left(way) > 0 && layers[self.head(way)] == deeper && open(self, way);
            let ways = self.out_of(node).get(gone[node]..).unwrap_or_default();
            let shut = ways.iter().take_while(|&&way| !is_open(way)).count();
            gone[node] += shut;
            if let Some(&way) = ways.get(shut) {
                path.push(way);
            } else if let Some(way) = path.pop() {
                gone[self.tail(way)] += 1;
            } else {
                break;
            }
        }
        sent
    }
}
