//! The most that can go through a graph.

use std::collections::VecDeque;

use super::graph::{Graph, Way, back};
use crate::maps::{Key, Node, NodeMap};

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
                let head = self.heads[way];
                if self.left[way] > 0 && layers[head].is_none() && open(self, way) {
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
        let mut next = self.first.clone();
        let mut path: Vec<Way> = Vec::new();
        let mut sent = 0;
        while sent < at_most {
            let node = path.last().map_or(from, |&way| self.heads[way]);
            if node == to {
                let least = path.iter().map(|&way| self.left[way]).min().unwrap_or(0);
                let amount = least.min(at_most - sent);
                for &way in &path {
                    self.left[way] -= amount;
                    self.left[back(way)] = self.left[back(way)].saturating_add(amount);
                }
                sent += amount;
                path.clear();
                continue;
            }
            let end = self.first[Node::at(node.position() + 1)];
            let deeper = layers[node].map(|layer| layer + 1);
            while next[node] < end {
                let way = self.out[next[node]];
                if self.left[way] > 0 && layers[self.heads[way]] == deeper && open(self, way) {
                    break;
                }
                next[node].0 += 1;
            }
            if next[node] < end {
                path.push(self.out[next[node]]);
            } else if let Some(way) = path.pop() {
                let tail = self.tail(way);
                next[tail].0 += 1;
            } else {
                break;
            }
        }
        sent
    }
}
