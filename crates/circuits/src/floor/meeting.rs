//! Whether flow can go from one node to another, looked for from both ends in turns.
//!
//! Who cannot get more is mostly shut in by a few full arcs, at one end or the other. So the search
//! goes on at both ends by one arc at a time, and takes no more than twice as long as it would from
//! the end where there is less to see.

use crate::face::Face;
use crate::maps::{Arc, Map, Node, NodeMap, Slot};

/// The arcs at each node.
pub(super) struct Star {
    /// Where the arcs of a node begin; one more entry for the end.
    first: NodeMap<Slot>,
    arcs: Map<Slot, Arc>,
}

impl Star {
    /// The free arcs of a face at their nodes.
    pub(super) fn new(face: &Face<'_>) -> Self {
        let network = &face.network;
        let ends = || {
            let ends = |&arc: &Arc| [(network.arcs[arc].from, arc), (network.arcs[arc].to, arc)];
            face.free.values().iter().flat_map(ends)
        };
        let mut first = NodeMap::filled(Slot(0), network.node_count + 1);
        for (node, _) in ends() {
            first[node].0 += 1;
        }
        let mut sum = 0;
        for slot in first.values_mut() {
            (slot.0, sum) = (sum, sum + slot.0);
        }
        let mut arcs = Map::filled(Arc(0), 2 * face.free.len());
        let mut next = first.clone();
        for (node, arc) in ends() {
            arcs[next[node]] = arc;
            next[node].0 += 1;
        }
        Self { first, arcs }
    }

    /// The arcs at a node.
    pub(super) fn at(&self, node: Node) -> &[Arc] {
        &self.arcs[self.first[node]..self.first[Node(node.0 + 1)]]
    }

    pub(super) fn arc_count(&self) -> usize {
        self.arcs.len() / 2
    }
}

/// An arc in the direction in which its flow is to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) arc: Arc,
    pub(super) rises: bool,
}

/// How a search ended.
pub(super) enum Met {
    /// With a way from the one node to the other.
    Way(Vec<Step>),
    /// With all nodes that flow can go on to from the one; the other is not among them.
    ShutIn(Vec<Node>),
    /// With all nodes from which flow can go on to the other; the one is not among them.
    ShutOut(Vec<Node>),
}

/// What a search needs, kept from one to the next.
pub(super) struct Meeting {
    /// What each end has seen.
    seen: NodeMap<Option<End>>,
    /// The step by which a node was reached.
    by: NodeMap<Step>,
    /// How many arcs were looked at, in all searches.
    pub(super) looks: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    To,
}

/// One end of a search: the nodes it has reached, and the arc to look at next.
struct Front {
    end: End,
    reached: Vec<Node>,
    node: usize,
    arc: usize,
}

impl Meeting {
    pub(super) fn new(nodes: usize) -> Self {
        let nowhere = Step { arc: Arc(0), rises: true };
        Self { seen: NodeMap::filled(None, nodes), by: NodeMap::filled(nowhere, nodes), looks: 0 }
    }

    /// Looks for a way from one node to another, different one, by steps that are open.
    pub(super) fn search(
        &mut self,
        (face, star): (&Face<'_>, &Star),
        (from, to): (Node, Node),
        is_open: impl Fn(Step) -> bool,
    ) -> Met {
        let front = |end, node| Front { end, reached: vec![node], node: 0, arc: 0 };
        let (mut here, mut there) = (front(End::From, from), front(End::To, to));
        (self.seen[from], self.seen[to]) = (Some(End::From), Some(End::To));
        let met = loop {
            let Some(&node) = here.reached.get(here.node) else {
                break match here.end {
                    End::From => Met::ShutIn(here.reached.clone()),
                    End::To => Met::ShutOut(here.reached.clone()),
                };
            };
            match star.at(node).get(here.arc) {
                None => (here.node, here.arc) = (here.node + 1, 0),
                Some(&arc) => {
                    here.arc += 1;
                    if let Some(across) = self.look(face, &mut here, (node, arc), &is_open) {
                        break Met::Way(self.way(face, across, (from, to)));
                    }
                }
            }
            std::mem::swap(&mut here, &mut there);
        };
        for &node in here.reached.iter().chain(&there.reached) {
            self.seen[node] = None;
        }
        met
    }

    /// Looks along one arc from a node that was reached; returns the step that leads across to what
    /// the other end has seen.
    fn look(
        &mut self,
        face: &Face<'_>,
        front: &mut Front,
        (node, arc): (Node, Arc),
        is_open: impl Fn(Step) -> bool,
    ) -> Option<Step> {
        self.looks += 1;
        let ends = &face.network.arcs[arc];
        let leaves = ends.from == node;
        let other = if leaves { ends.to } else { ends.from };
        let step = Step { arc, rises: leaves == (front.end == End::From) };
        if self.seen[other] == Some(front.end) || !is_open(step) {
            return None;
        }
        if self.seen[other].is_some() {
            return Some(step);
        }
        self.seen[other] = Some(front.end);
        self.by[other] = step;
        front.reached.push(other);
        None
    }

    /// The way that leads across by a step.
    fn way(&self, face: &Face<'_>, across: Step, (from, to): (Node, Node)) -> Vec<Step> {
        let ends = |step: Step| {
            let arc = &face.network.arcs[step.arc];
            if step.rises { (arc.from, arc.to) } else { (arc.to, arc.from) }
        };
        let (mut before, mut after) = ends(across);
        let mut way = vec![across];
        while before != from {
            way.push(self.by[before]);
            before = ends(self.by[before]).0;
        }
        while after != to {
            way.push(self.by[after]);
            after = ends(self.by[after]).1;
        }
        way
    }
}

#[cfg(test)]
mod tests {
    use measure::Hours;

    use super::*;
    use crate::network::Network;
    use crate::{Label, Obligation, Request, Round, Unit, UnitIndex};

    /// Obligations among units 0 to 5: the arcs of the network in this order, and then their rooms.
    fn owed(list: &[(u32, u32)]) -> Round {
        let label = |number: i32| Label::from(number.to_string().as_str());
        let unit = |number| Unit::new(label(number), Hours::ZERO, Hours::ZERO);
        let one = |&(giver, receiver): &(u32, u32)| Obligation {
            giver: UnitIndex(giver),
            receiver: UnitIndex(receiver),
            hours: Hours::whole(1),
        };
        let (units, obligations) = ((0..6).map(unit).collect(), list.iter().map(one).collect());
        Round::try_new(Request { units, obligations, ..Request::default() }).unwrap()
    }

    #[test]
    fn a_way_is_found_or_the_side_that_is_shut_off() {
        let round = owed(&[(0, 1), (1, 2), (2, 3), (3, 4), (4, 3)]);
        let face = Face::new(Network::new(&round));
        let star = Star::new(&face);
        let mut meeting = Meeting::new(face.network.node_count);
        let mut search = |from, to, closed: Option<u32>| {
            let is_open = |step: Step| step.rises && Some(step.arc.0) != closed;
            meeting.search((&face, &star), (Node(from), Node(to)), is_open)
        };
        let Met::Way(mut way) = search(0, 4, None) else { panic!("there is a way") };
        way.sort_by_key(|step| step.arc);
        assert_eq!(way, [0, 1, 2, 3].map(|arc| Step { arc: Arc(arc), rises: true }));
        let Met::ShutIn(nodes) = search(0, 4, Some(0)) else { panic!("0 is shut in") };
        assert_eq!(nodes, [Node(0)]);
        let Met::ShutOut(nodes) = search(0, 4, Some(3)) else { panic!("4 is shut out") };
        assert_eq!(nodes, [Node(4)]);
    }
}
