//! The parts into which what can still change falls.

use std::cmp::Reverse;

use crate::components::Components;
use crate::maps::{Arc, Key, Node, NodeMap};

/// Free arcs, sorted into the strongly connected components of what can still change.
pub(crate) struct Parts {
    pub(crate) components: Components,
    /// Free arcs inside each component.
    pub(crate) inside: Vec<Vec<Arc>>,
    /// Free arcs between components: at a bound, and staying there.
    pub(crate) between: Vec<Arc>,
}

/// A direction in which flow can change, and what a second of that costs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    pub(crate) from: Node,
    pub(crate) to: Node,
    pub(crate) cost: i64,
}

impl Parts {
    /// The nodes of a component.
    pub(crate) fn nodes(&self, component: usize) -> &[Node] {
        let starts = &self.components.starts;
        let ends = starts.get(component).zip(starts.get(component + 1));
        let slice = ends.and_then(|(&from, &to)| {
            self.components.nodes.get(Node(from).position()..Node(to).position())
        });
        slice.unwrap_or_default()
    }

    /// Whether a component holds no cycle other than an arc and its reverse: strongly connected
    /// over as few arcs as hold its nodes together, so a tree of arcs open both ways.
    pub(crate) fn is_tree(&self, component: usize) -> bool {
        self.inside.get(component).is_none_or(|arcs| arcs.len() < self.nodes(component).len())
    }

    /// Whether no flow can change any more: the best plan is a single one.
    pub(crate) fn is_point(&self) -> bool {
        (0..self.inside.len()).all(|component| self.is_tree(component))
    }

    /// Lowers the potentials of whole components until every way between two of them is strictly too
    /// dear, which fixes its arc: cost + potential(from) − potential(to) ≥ 1. None if a potential
    /// leaves `i64`.
    pub(crate) fn lower(&self, mut ways: Vec<Way>, potentials: &mut NodeMap<i64>) -> Option<()> {
        let of = &self.components.of;
        // Components are numbered against their ways, so the highest number comes first.
        ways.sort_unstable_by_key(|way| Reverse(of[way.to]));
        let mut ways = ways.into_iter().peekable();
        for component in (0..self.components.len()).rev() {
            let number = Node::at(component).0;
            let mut lowering = 0;
            while let Some(way) = ways.next_if(|way| of[way.to] == number) {
                let most = potentials[way.from].checked_add(way.cost)?.checked_sub(1)?;
                lowering = lowering.min(most.checked_sub(potentials[way.to])?);
            }
            if lowering < 0 {
                for &node in self.nodes(component) {
                    potentials[node] = potentials[node].checked_add(lowering)?;
                }
            }
        }
        Some(())
    }
}
