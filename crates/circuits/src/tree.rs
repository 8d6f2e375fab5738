//! Potentials of a component that is a tree.

use crate::maps::{Arc, Key, Map, Node, NodeMap};
use crate::parts::Way;

/// The potentials of a tree of arcs open both ways, which leave none of them a reduced cost: each
/// arc raises the potential by its cost. `ways` are the arcs in their own direction, one for each
/// node but one. None if a potential leaves `i64`.
pub(crate) fn potentials(nodes: usize, ways: &[Way]) -> Option<Vec<i64>> {
    // The ways at each node, one behind the other: the first, and after each end of a way the next.
    let mut first: NodeMap<Option<End>> = NodeMap::filled(None, nodes);
    let mut after: Map<End, Option<End>> = Map::filled(None, 2 * ways.len());
    for (end, node) in (0..).map(End::at).zip(ways.iter().flat_map(|way| [way.from, way.to])) {
        after[end] = first[node].replace(end);
    }
    let mut potentials: NodeMap<Option<i64>> = NodeMap::filled(None, nodes);
    potentials[Node(0)] = Some(0);
    let mut reached = vec![Node(0)];
    while let Some(node) = reached.pop() {
        let potential = potentials[node]?;
        let mut next = first[node];
        while let Some(end) = next {
            next = after[end];
            let way = ways.get(end.position() / 2)?;
            let (other, cost) =
                if way.from == node { (way.to, way.cost) } else { (way.from, -way.cost) };
            if potentials[other].is_none() {
                potentials[other] = Some(potential.checked_add(cost)?);
                reached.push(other);
            }
        }
    }
    potentials.into_values().into_iter().collect()
}

/// One end of a way: twice its place, and one more for the end it leads to.
type End = Arc;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_arc_of_a_tree_raises_the_potential_by_its_cost() {
        let way = |from, to, cost| Way { from: Node(from), to: Node(to), cost };
        let ways = [way(2, 0, 5), way(2, 1, -3), way(3, 1, 7)];
        let found = potentials(4, &ways).unwrap();
        let ends = |way: &Way| (found[way.from.position()], found[way.to.position()]);
        assert!(ways.iter().all(|way| ends(way).0 + way.cost == ends(way).1));
        assert_eq!(potentials(1, &[]), Some(vec![0]));
        assert_eq!(potentials(3, &[way(0, 1, i64::MAX), way(1, 2, 1)]), None);
    }
}
