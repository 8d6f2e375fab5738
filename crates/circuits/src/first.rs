//! The last resort of the tie-break: arc by arc, in canonical order.

use crate::face::{Face, Gains};
use crate::gain::Gain;
use crate::maps::{Key, Map, Node, NodeMap, Slot};
use crate::parts::Parts;

/// One for each second on the first arc in canonical order whose flow can still change: one on a
/// cycle other than with its own reverse. Slow, and never needed unless 128 bits of hash fall
/// together.
pub(crate) fn gains(face: &Face<'_>, parts: &Parts) -> Gains {
    let mut gains = Map::filled(Gain::NONE, face.free.len());
    let mut slots = (0..face.free.len()).map(Slot::at);
    if let Some(first) = slots.find(|&slot| can_change(face, parts, slot)) {
        gains[first] = Gain::flat(1);
    }
    gains
}

fn can_change(face: &Face<'_>, parts: &Parts, slot: Slot) -> bool {
    let Some(component) = parts.on_cycle(slot) else { return false };
    let others: Vec<_> =
        parts.inside(component).iter().copied().filter(|&other| other != slot).collect();
    let mut ways = face.ways(slot, parts.ends[slot], Gain::NONE);
    ways.any(|way| leads(face, parts, &others, way.to, way.from))
}

/// Whether some arcs lead from a node to another.
fn leads(face: &Face<'_>, parts: &Parts, slots: &[Slot], from: Node, to: Node) -> bool {
    let mut seen = NodeMap::filled(false, parts.nodes.len());
    seen[from] = true;
    let mut reached = vec![from];
    while let Some(node) = reached.pop() {
        let ways = slots.iter().flat_map(|&slot| face.ways(slot, parts.ends[slot], Gain::NONE));
        for way in ways.filter(|way| way.from == node) {
            if !std::mem::replace(&mut seen[way.to], true) {
                reached.push(way.to);
            }
        }
    }
    seen[to]
}
