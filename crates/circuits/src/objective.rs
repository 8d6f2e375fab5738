//! What each stage wants, as a cost of every second of flow: the less, the better.

use crate::face::Face;
use crate::maps::{Arc, ArcMap, Node, NodeMap};
use crate::parts::Parts;
use crate::plan::Stage;

/// What a second of flow on each free arc costs in a stage; at most 2¹⁶ either way.
pub(crate) fn costs(face: &Face<'_>, parts: &Parts, stage: Stage) -> ArcMap<i64> {
    let network = &face.network;
    let mut costs = ArcMap::filled(0, network.arcs.len());
    match stage {
        Stage::Hours => {
            for &arc in &face.free {
                costs[arc] = -i64::from(network.meets_need(arc));
            }
        }
        Stage::Draw(draw) => {
            for &arc in &face.free {
                costs[arc] = -network.draw(arc).map_or(0, |drawn| drawn.weight(draw));
            }
        }
        Stage::First => {
            if let Some(first) = first_open(face, parts) {
                costs[first] = -1;
            }
        }
    }
    costs
}

/// The first arc in canonical order whose flow can still change: one on a cycle other than with its
/// own reverse. Slow, and never needed unless 128 bits of hash fall together.
fn first_open(face: &Face<'_>, parts: &Parts) -> Option<Arc> {
    let open = (0..parts.inside.len()).filter(|&component| !parts.is_tree(component));
    let mut arcs: Vec<Arc> =
        open.filter_map(|component| parts.inside.get(component)).flatten().copied().collect();
    arcs.sort_unstable();
    arcs.iter()
        .copied()
        .find(|&arc| face.ways(arc, 0).any(|way| leads(face, &arcs, arc, way.to, way.from)))
}

/// Whether arcs other than one lead from a node to another.
fn leads(face: &Face<'_>, arcs: &[Arc], without: Arc, from: Node, to: Node) -> bool {
    let mut seen = NodeMap::filled(false, face.network.node_count);
    seen[from] = true;
    let mut reached = vec![from];
    while let Some(node) = reached.pop() {
        let others = arcs.iter().filter(|&&arc| arc != without);
        for way in others.flat_map(|&arc| face.ways(arc, 0)).filter(|way| way.from == node) {
            if !std::mem::replace(&mut seen[way.to], true) {
                reached.push(way.to);
            }
        }
    }
    seen[to]
}
