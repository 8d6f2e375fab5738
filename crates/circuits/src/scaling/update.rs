//! The global potential update: distances to the nearest deficit, all at once.

use super::potentials::Number;
use super::residual::Residual;
use crate::maps::{Key, Node, NodeMap};

/// The most levels that one update looks through. Nodes further off are lowered as if they lay on
/// the last level, which keeps every arc ε-optimal.
const LEVELS_MAX: usize = 1 << 14;

impl<P: Number> Residual<P> {
    /// Lowers every node's potential by ε times its distance to the nearest node in deficit, where an
    /// arc of reduced cost r is ⌊r/ε⌋ + 1 long: the most that keeps it ε-optimal. All excess can then
    /// flow straight towards deficits.
    pub(super) fn update_potentials(&mut self, epsilon: P) {
        let last = LEVELS_MAX.min(16 * self.node_count());
        let mut levels: Vec<Vec<Node>> = vec![Vec::new(); last + 1];
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
            let Some(node) = levels.get_mut(level).and_then(Vec::pop) else {
                level += 1;
                continue;
            };
            if distance[node] != level {
                continue;
            }
            self.reach(node, level, epsilon, &mut distance, &mut levels);
            excess_left -= self.excess[node].max(0);
        }
        for node in (0..self.node_count()).map(Node::at) {
            let levels = distance[node].min(level);
            if levels > 0 {
                self.potentials[node] -= epsilon.times(i64::try_from(levels).unwrap_or(0));
                self.current[node] = self.first[node];
            }
        }
    }

    /// Brings the nodes that lead to `node` nearer.
    fn reach(
        &self,
        node: Node,
        level: usize,
        epsilon: P,
        distance: &mut NodeMap<usize>,
        levels: &mut [Vec<Node>],
    ) {
        let potential = self.potentials[node];
        let last_level = levels.len();
        let last = P::from(i64::try_from(last_level).unwrap_or(0));
        for arc in &self.halves[self.leaving(node)] {
            let towards = &self.halves[arc.twin];
            if towards.residual == 0 || distance[arc.head] <= level {
                continue;
            }
            let reduced = towards.cost + self.potentials[arc.head] - potential;
            let length = if reduced < P::from(0) {
                0
            } else {
                reduced
                    .divided(epsilon)
                    .min(last)
                    .try_into()
                    .map_or(last_level, |l| usize::try_from(l).unwrap_or(last_level) + 1)
            };
            let nearer = level + length;
            if nearer < distance[arc.head] {
                distance[arc.head] = nearer;
                if let Some(list) = levels.get_mut(nearer) {
                    list.push(arc.head);
                }
            }
        }
    }
}
