//! The global update: distances to the nearest deficit, all at once.

use super::potentials::Number;
use super::residual::Residual;
use crate::maps::{Key, Node, NodeMap};

/// The most levels that one update looks through, in all and for each node there is. Nodes further
/// off are lowered as if they lay on the last level, which keeps every arc ε-optimal.
const LEVELS: u32 = 1 << 14;
const LEVELS_PER_NODE: u32 = 32;

impl<P: Number> Residual<P> {
    /// Lowers every node's potential by ε times its distance to the nearest node in deficit, where an
    /// arc of reduced cost r is ⌊r/ε⌋ + 1 long: the most that keeps it ε-optimal. All excess can then
    /// flow straight towards deficits.
    pub(super) fn update_potentials(&mut self, epsilon_bits: u32) {
        let last = LEVELS.min(LEVELS_PER_NODE.saturating_mul(Node::at(self.node_count()).0));
        let mut levels = std::mem::take(&mut self.levels);
        levels.iter_mut().for_each(Vec::clear);
        levels.resize_with(Node(last).position(), Vec::new);
        let mut distance = NodeMap::filled(last, self.node_count());
        let mut excess_left = 0_i64;
        for (node, &excess) in self.excess.iter() {
            if excess < 0 {
                distance[node] = 0;
                if let Some(level) = levels.first_mut() {
                    level.push(node);
                }
            }
            excess_left += excess.max(0);
        }
        let mut level = 0;
        while level < last && excess_left > 0 {
            let Some(node) = levels.get_mut(Node(level).position()).and_then(Vec::pop) else {
                level += 1;
                continue;
            };
            if distance[node] != level {
                continue;
            }
            self.reach(node, level, epsilon_bits, &mut distance, &mut levels);
            excess_left -= self.excess[node].max(0);
        }
        self.levels = levels;
        for node in (0..self.node_count()).map(Node::at) {
            let levels = distance[node].min(level);
            if levels > 0 {
                self.potentials[node] -= P::from(i64::from(levels)).up(epsilon_bits);
                self.current[node] = self.first[node];
            }
        }
    }

    /// Brings the nodes that lead to `node` nearer.
    #[inline]
    fn reach(
        &self,
        node: Node,
        level: u32,
        epsilon_bits: u32,
        distance: &mut NodeMap<u32>,
        levels: &mut [Vec<Node>],
    ) {
        let potential = self.potentials[node];
        let leaving = self.leaving(node);
        for arc in &self.halves[leaving] {
            if distance[arc.head] <= level || !arc.is_back_open() {
                continue;
            }
            // The way back from the head to the node has the cost turned around.
            let reduced = self.potentials[arc.head] - self.cost(*arc) - potential;
            let length =
                reduced.down(epsilon_bits).try_into().unwrap_or(i64::MAX).saturating_add(1);
            let nearer = length.saturating_add(i64::from(level));
            if nearer < i64::from(distance[arc.head])
                && let Ok(nearer) = u32::try_from(nearer)
            {
                distance[arc.head] = nearer;
                if let Some(list) = levels.get_mut(Node(nearer).position()) {
                    list.push(arc.head);
                }
            }
        }
    }
}
