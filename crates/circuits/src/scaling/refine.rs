//! One refinement: from any flow to an ε-optimal one.

use super::potentials::Number;
use super::residual::{Half, Residual};
use crate::maps::{Key, Node};

/// The most arcs of one augmenting path; longer ones are cut and go on later.
const PATH_MAX: usize = 4;

impl<P: Number> Residual<P> {
    /// Makes the flow ε-optimal, for ε = 2 to the bits.
    pub(super) fn refine(&mut self, epsilon_bits: u32) {
        let epsilon = P::from(1_i64).up(epsilon_bits);
        self.saturate();
        self.update_potentials(epsilon_bits);
        let mut path: Vec<Half> = Vec::with_capacity(PATH_MAX);
        let mut update_at = self.relabels + self.node_count();
        while let Some(start) = self.next_active() {
            self.extend(start, &mut path, epsilon);
            self.augment(start, &mut path);
            if self.relabels >= update_at {
                self.update_potentials(epsilon_bits);
                update_at = self.relabels + self.node_count();
            }
        }
    }

    /// Fills every half-arc of negative reduced cost, so that nothing is left below −0; what this
    /// takes from one node and gives to another is worked off by `refine`.
    fn saturate(&mut self) {
        for node in (0..self.node_count()).map(Node::at) {
            self.current[node] = self.first[node];
            let potential = self.potentials[node];
            for half in self.first[node].0..self.first[Node(node.0 + 1)].0 {
                let arc = self.halves[Half(half)];
                let room = self.room[Half(half)];
                if room > 0 && self.cost(arc) + potential < self.potentials[arc.head] {
                    self.excess[node] -= room;
                    self.excess[arc.head] += room;
                    self.shift(Half(half), room);
                }
            }
        }
        self.active.clear();
        let excess = self.excess.iter().filter(|(_, excess)| **excess > 0);
        self.active.extend(excess.map(|(node, _)| node));
    }

    fn next_active(&mut self) -> Option<Node> {
        while let Some(&node) = self.active.front() {
            if self.excess[node] > 0 {
                return Some(node);
            }
            self.active.pop_front();
        }
        None
    }

    /// Walks from a node with excess along admissible arcs until the path is full, reaches a node
    /// in deficit, or closes a cycle. Where no arc is admissible, the node is relabelled and the
    /// walk steps back.
    fn extend(&mut self, start: Node, path: &mut Vec<Half>, epsilon: P) {
        let mut tip = start;
        while path.len() < PATH_MAX && self.excess[tip] >= 0 {
            if let Some(half) = self.admissible(tip) {
                let closes = path.contains(&half);
                path.push(half);
                if closes {
                    return;
                }
                tip = self.halves[half].head;
            } else {
                self.relabel(tip, epsilon);
                if let Some(last) = path.pop() {
                    tip = self.halves[self.twins[last]].head;
                }
            }
        }
    }

    /// The next half-arc of a node with room and negative reduced cost.
    #[inline]
    fn admissible(&mut self, node: Node) -> Option<Half> {
        let potential = self.potentials[node];
        let (from, end) = (self.current[node], self.first[Node(node.0 + 1)]);
        let leaving = self.room[from..end].iter().zip(&self.halves[from..end]);
        for (place, (&room, arc)) in (from.0..end.0).zip(leaving) {
            if room > 0 && self.cost(*arc) + potential < self.potentials[arc.head] {
                self.current[node] = Half(place);
                return Some(Half(place));
            }
        }
        None
    }

    /// Lowers a node's potential by as much as keeps every arc ε-optimal: afterwards at least one
    /// half-arc that leaves it is admissible.
    ///
    /// INVARIANT: a relabelled node has an excess or lies on a path from one, so some half-arc with
    /// room leaves it.
    fn relabel(&mut self, node: Node, epsilon: P) {
        let leaving = self.leaving(node);
        let with_room = self.room[leaving.clone()]
            .iter()
            .zip(&self.halves[leaving])
            .filter(|(room, _)| **room > 0);
        let highest = with_room.map(|(_, arc)| self.potentials[arc.head] - self.cost(*arc)).max();
        if let Some(highest) = highest {
            self.potentials[node] = highest - epsilon;
        }
        self.current[node] = self.first[node];
        self.relabels += 1;
    }

    /// Sends what excess there is along the path, arc by arc.
    fn augment(&mut self, start: Node, path: &mut Vec<Half>) {
        let mut from = start;
        for half in path.drain(..) {
            let arc = self.halves[half];
            let amount = self.room[half].min(self.excess[from]);
            self.shift(half, amount);
            self.excess[from] -= amount;
            let excess = &mut self.excess[arc.head];
            *excess += amount;
            if *excess > 0 && *excess <= amount {
                self.active.push_back(arc.head);
            }
            from = arc.head;
        }
    }
}
