//! One refinement: from any flow to one that is ε-optimal.

use super::half::Half;
use super::potentials::Number;
use super::residual::Residual;
use crate::maps::{Key, Node};

/// The most arcs of one augmenting path; longer ones are cut and go on later.
const PATH_MAX: usize = 4;

/// With more active nodes than this part of all, an update comes after as many relabels as there
/// are nodes; with fewer, after this part of that.
const FEW: usize = 64;
const SOONER: usize = 4;

impl<P: Number> Residual<P> {
    /// Makes the flow ε-optimal, for ε = 2 to the bits, and takes all excess away.
    ///
    /// The last excesses wander far before they find a deficit, and relabel every node on their
    /// way; so the fewer there are, the sooner a global update tells them the way.
    pub(super) fn refine(&mut self, epsilon_bits: u32) {
        let epsilon = P::from(1_i64).up(epsilon_bits);
        let nodes = self.node_count();
        let mut path: Vec<Half> = Vec::with_capacity(PATH_MAX);
        self.saturate();
        loop {
            let active = self.activate();
            if active == 0 {
                return;
            }
            self.update_potentials(epsilon_bits);
            let relabels = if active > nodes / FEW { nodes } else { nodes / SOONER };
            let update_at = self.relabels + relabels.max(1);
            while self.relabels < update_at
                && let Some(start) = self.next_active()
            {
                self.extend(start, &mut path, epsilon);
                self.augment(start, &mut path);
            }
        }
    }

    /// Fills every half-arc of negative reduced cost, so that nothing is left below −0.
    fn saturate(&mut self) {
        for node in (0..self.node_count()).map(Node::at) {
            let potential = self.potentials[node];
            for half in self.first[node].0..self.first[Node(node.0 + 1)].0 {
                let arc = self.halves[Half(half)];
                if arc.is_open() && self.cost(arc) + potential < self.potentials[arc.head] {
                    self.fill(node, Half(half));
                }
            }
        }
    }

    /// Queues the nodes with an excess, in their order, and says how many there are.
    fn activate(&mut self) -> usize {
        self.active.clear();
        let excess = self.excess.iter().filter(|(_, excess)| **excess > 0);
        self.active.extend(excess.map(|(node, _)| node));
        self.active.len()
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
            let back = path.last().map(|&last| self.twins[last]);
            if let Some(half) = self.admissible(tip, back, epsilon) {
                let closes = path.contains(&half);
                path.push(half);
                if closes {
                    return;
                }
                tip = self.halves[half].head;
            } else if let Some(back) = back {
                path.pop();
                tip = self.halves[back].head;
            }
        }
    }

    /// The next half-arc of a node with room and negative reduced cost, going round from where the
    /// last one was found; or none, and then the node is relabelled.
    ///
    /// Relabelling lowers the potential by as much as keeps every arc ε-optimal: afterwards the
    /// half-arc of the nearest head is admissible, and the next search begins there. Going round
    /// finds out in one pass that there is no admissible arc, and what the new potential is.
    ///
    /// INVARIANT: the node has an excess, and then a half-arc with room leaves it; or the walk came to
    /// it, and then the way back has room once something flows along the walk. So the way back counts
    /// like those with room: a node from which nothing leads on is passed by from then on.
    #[inline]
    fn admissible(&mut self, node: Node, back: Option<Half>, epsilon: P) -> Option<Half> {
        let potential = self.potentials[node];
        let (first, current, end) =
            (self.first[node], self.current[node], self.first[Node(node.0 + 1)]);
        let mut best = (P::LEAST, first);
        for (from, to) in [(current, end), (first, current)] {
            for (place, arc) in (from.0..to.0).zip(&self.halves[from..to]) {
                // Which directions have room is unforeseeable, so it is looked up without a branch.
                let highest = self.potentials[arc.head] - self.cost(*arc);
                let highest = std::hint::select_unpredictable(arc.is_open(), highest, P::LEAST);
                if highest > potential {
                    self.current[node] = Half(place);
                    return Some(Half(place));
                }
                if highest > best.0 {
                    best = (highest, Half(place));
                }
            }
        }
        if let Some(back) = back {
            let arc = self.halves[back];
            best = best.max((self.potentials[arc.head] - self.cost(arc), back));
        }
        self.potentials[node] = best.0 - epsilon;
        self.current[node] = best.1;
        self.relabels += 1;
        None
    }

    /// Sends what excess there is along the path, arc by arc.
    fn augment(&mut self, start: Node, path: &mut Vec<Half>) {
        let mut from = start;
        for half in path.drain(..) {
            let head = self.halves[half].head;
            let amount = self.room[half].min(self.excess[from]);
            self.shift(half, amount);
            self.excess[from] -= amount;
            let excess = &mut self.excess[head];
            *excess += amount;
            if *excess > 0 && *excess <= amount {
                self.active.push_back(head);
            }
            from = head;
        }
    }
}
