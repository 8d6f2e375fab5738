//! The parts into which what can still change falls.

use std::cmp::Reverse;

use crate::components::Components;
use crate::maps::{Key, Map, Node, NodeMap, Slot};

/// Free arcs, sorted into the strongly connected components of what can still change.
///
/// Nodes are numbered anew here: only those that a free arc touches.
pub(crate) struct Parts {
    /// The network's number of each node.
    pub(crate) nodes: NodeMap<Node>,
    /// The ends of each free arc, by the numbers here.
    pub(crate) ends: Map<Slot, (Node, Node)>,
    components: Components,
    /// The place of each node in its component.
    pub(crate) places: NodeMap<Node>,
    /// Free arcs inside components, component by component.
    inside: Vec<Slot>,
    /// Where the arcs of each component begin, and the end of the last.
    starts: Vec<u32>,
    /// Free arcs between components: at a bound, and staying there.
    pub(crate) between: Vec<Slot>,
}

/// A direction in which flow can change, and what a second of that costs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    pub(crate) from: Node,
    pub(crate) to: Node,
    pub(crate) cost: i64,
}

impl Parts {
    /// Sorts free arcs, given by their ends, by component.
    pub(crate) fn new(
        nodes: NodeMap<Node>,
        ends: Map<Slot, (Node, Node)>,
        components: Components,
    ) -> Self {
        let mut starts = vec![0_u32; components.len() + 1];
        let mut places = NodeMap::filled(Node(0), nodes.len());
        let mut between = Vec::new();
        for component in 0..components.len() {
            for (place, &node) in components.nodes(component).iter().enumerate() {
                places[node] = Node::at(place);
            }
        }
        let within = |&(from, to): &(Node, Node)| {
            let component = components.of[from];
            (component == components.of[to]).then_some(Node(component).position())
        };
        for (slot, ends) in ends.iter() {
            match within(ends).and_then(|component| starts.get_mut(component)) {
                Some(count) => *count += 1,
                None => between.push(slot),
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            (*start, sum) = (sum, sum + *start);
        }
        let mut next = starts.clone();
        let mut inside = vec![Slot(0); Node(sum).position()];
        for (slot, ends) in ends.iter() {
            let Some(next) = within(ends).and_then(|component| next.get_mut(component)) else {
                continue;
            };
            if let Some(entry) = inside.get_mut(Node(*next).position()) {
                *entry = slot;
            }
            *next += 1;
        }
        Self { nodes, ends, components, places, inside, starts, between }
    }

    /// How many components there are.
    pub(crate) fn len(&self) -> usize {
        self.components.len()
    }

    /// The component of a node.
    pub(crate) fn of(&self, node: Node) -> u32 {
        self.components.of[node]
    }

    /// The nodes of a component.
    pub(crate) fn members(&self, component: usize) -> &[Node] {
        self.components.nodes(component)
    }

    /// The free arcs inside a component, in canonical order.
    pub(crate) fn inside(&self, component: usize) -> &[Slot] {
        let ends = self.starts.get(component).zip(self.starts.get(component + 1));
        let range = ends.map(|(&from, &to)| Node(from).position()..Node(to).position());
        range.and_then(|range| self.inside.get(range)).unwrap_or_default()
    }

    /// Whether a component holds no cycle other than an arc and its reverse: strongly connected
    /// over as few arcs as hold its nodes together, so a tree of arcs open both ways.
    pub(crate) fn is_tree(&self, component: usize) -> bool {
        self.inside(component).len() < self.members(component).len()
    }

    /// The component that a free arc lies inside of, if that holds any cycle other than an arc and
    /// its reverse.
    pub(crate) fn on_cycle(&self, slot: Slot) -> Option<usize> {
        let (from, to) = self.ends[slot];
        let component = self.of(from);
        let open = component == self.of(to) && !self.is_tree(Node(component).position());
        open.then_some(Node(component).position())
    }

    /// Potentials by the network's numbers; nought for nodes that no free arc touches.
    pub(crate) fn spread(&self, potentials: &NodeMap<i64>, node_count: usize) -> Vec<i64> {
        let mut spread = NodeMap::filled(0, node_count);
        for (node, &potential) in potentials.iter() {
            spread[self.nodes[node]] = potential;
        }
        spread.into_values()
    }

    /// Potentials by the parts' numbers, out of those by the network's; nought where one is missing.
    pub(crate) fn gathered(&self, potentials: &[i64]) -> NodeMap<i64> {
        let of = |node: &Node| potentials.get(node.position()).copied().unwrap_or(0);
        NodeMap::from(self.nodes.values().iter().map(of).collect::<Vec<_>>())
    }

    /// Whether no flow can change any more: the best plan is a single one.
    pub(crate) fn is_point(&self) -> bool {
        (0..self.len()).all(|component| self.is_tree(component))
    }

    /// Lowers the potentials of whole components until every way between two of them is strictly too
    /// dear, which fixes its arc: cost + potential(from) − potential(to) ≥ 1. None if a potential
    /// leaves `i64`.
    pub(crate) fn lower(&self, mut ways: Vec<Way>, potentials: &mut NodeMap<i64>) -> Option<()> {
        // Components are numbered against their ways, so the highest number comes first.
        ways.sort_unstable_by_key(|way| Reverse(self.of(way.to)));
        let mut ways = ways.into_iter().peekable();
        while let Some(&Way { to, .. }) = ways.peek() {
            let component = self.of(to);
            let mut lowering = 0;
            while let Some(way) = ways.next_if(|way| self.of(way.to) == component) {
                let most = potentials[way.from].checked_add(way.cost)?.checked_sub(1)?;
                lowering = lowering.min(most.checked_sub(potentials[way.to])?);
            }
            if lowering < 0 {
                for &node in self.members(Node(component).position()) {
                    potentials[node] = potentials[node].checked_add(lowering)?;
                }
            }
        }
        Some(())
    }
}
