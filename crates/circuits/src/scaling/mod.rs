//! The solver of one strongly connected piece: cost scaling by Goldberg and Tarjan, with partial
//! augmentation and global updates as in Goldberg (2008) and Király and Kovács (2012).
//!
//! Costs are multiplied by a power of two beyond the number of nodes. A flow and potentials are
//! ε-optimal when no half-arc with room has a reduced cost below −ε. Starting with ε at the largest
//! cost, each refinement makes ε some bits smaller; at ε = 1 the flow is optimal, because every
//! cycle of the residual graph then costs at least −n, and so at least nought. Mostly it is optimal
//! as soon as ε is below one unscaled cost: `exact` finds out.

mod exact;
mod potentials;
mod refine;
mod residual;
mod update;

use crate::maps::Node;
use potentials::Number;
use residual::Residual;

/// How many bits ε loses from one refinement to the next, while it is above one unscaled cost.
const COARSE_BITS: u32 = 4;

/// How many it loses below, where each refinement may turn out to be the last.
const FINE_BITS: u32 = 2;

/// An arc of a piece: how much its flow may rise and fall, and what a second of it costs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PieceArc {
    pub(crate) from: Node,
    pub(crate) to: Node,
    pub(crate) rise: i64,
    pub(crate) fall: i64,
    /// At most 2¹⁶ either way.
    pub(crate) cost: i32,
}

/// By how much each arc's flow changes to reach the optimum, and the potentials that prove it:
/// `cost + potential(from) − potential(to)` is nought or more where the flow can rise, and nought
/// or less where it can fall.
pub(crate) struct Optimum {
    pub(crate) changes: Vec<i64>,
    pub(crate) potentials: Vec<i64>,
}

/// The cheapest change of flow in a strongly connected piece; none if potentials leave `i64`.
pub(crate) fn optimum(nodes: usize, arcs: &[PieceArc]) -> Option<Optimum> {
    let largest = arcs.iter().map(|arc| arc.cost.unsigned_abs()).max().unwrap_or(0);
    let cost_bits = u32::BITS - largest.leading_zeros();
    let scale_bits = usize::BITS - nodes.leading_zeros();
    // Potentials stay below 3·n·2^(scale + cost), and reduced costs below twice that and a little.
    if 2 * scale_bits + cost_bits + 3 < 62 {
        by_scaling::<i64>(nodes, arcs, scale_bits, cost_bits)
    } else {
        by_scaling::<i128>(nodes, arcs, scale_bits, cost_bits)
    }
}

fn by_scaling<P: Number>(
    nodes: usize,
    arcs: &[PieceArc],
    scale_bits: u32,
    cost_bits: u32,
) -> Option<Optimum> {
    let mut residual = Residual::<P>::new(nodes, arcs, scale_bits);
    let mut epsilon_bits = scale_bits + cost_bits;
    while epsilon_bits > 0 {
        let step = if epsilon_bits > scale_bits { COARSE_BITS } else { FINE_BITS };
        epsilon_bits = epsilon_bits.saturating_sub(step);
        residual.refine(epsilon_bits);
        let exact = if epsilon_bits <= scale_bits { residual.exact() } else { None };
        if let Some(potentials) = exact {
            return Some(Optimum { changes: residual.changes(), potentials });
        }
    }
    let potentials = potentials::whole(&residual.potentials, scale_bits)?;
    Some(Optimum { changes: residual.changes(), potentials })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maps::Key;

    /// A ring of nodes with random chords, some of them parallel.
    fn piece(nodes: u32, chords: u32) -> Vec<PieceArc> {
        let mut state = 88_172_645_463_325_252_u64;
        let mut draw = |below: u32| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            u32::try_from(state % u64::from(below)).unwrap()
        };
        let ring = (0..nodes).map(|node| (node, (node + 1) % nodes));
        let chords: Vec<_> = (0..chords).map(|_| (draw(nodes), draw(nodes))).collect();
        let ends: Vec<_> = ring.chain(chords).filter(|(from, to)| from != to).collect();
        let arc = |(from, to)| PieceArc {
            from: Node(from),
            to: Node(to),
            rise: i64::from(draw(1000)),
            fall: i64::from(draw(2) * draw(1000)),
            cost: i32::try_from(draw(131_071)).unwrap() - 65_535,
        };
        ends.into_iter().map(arc).collect()
    }

    fn gain(arcs: &[PieceArc], optimum: &Optimum) -> i64 {
        arcs.iter().zip(&optimum.changes).map(|(arc, change)| i64::from(arc.cost) * change).sum()
    }

    #[test]
    fn wide_and_narrow_numbers_find_the_same() {
        for (nodes, chords) in [(2, 3), (7, 30), (60, 400)] {
            let arcs = piece(nodes, chords);
            let nodes = usize::try_from(nodes).unwrap();
            let scale_bits = usize::BITS - nodes.leading_zeros();
            let narrow = by_scaling::<i64>(nodes, &arcs, scale_bits, 16).unwrap();
            let wide = by_scaling::<i128>(nodes, &arcs, scale_bits, 16).unwrap();
            assert_eq!(narrow.changes, wide.changes);
            assert_eq!(narrow.potentials, wide.potentials);
        }
    }

    #[test]
    fn refined_down_to_one_the_potentials_are_whole_without_a_search() {
        for (nodes, chords) in [(2, 3), (7, 30), (60, 400)] {
            let arcs = piece(nodes, chords);
            let nodes = usize::try_from(nodes).unwrap();
            let scale_bits = usize::BITS - nodes.leading_zeros();
            let mut residual = Residual::<i64>::new(nodes, &arcs, scale_bits);
            for bits in (0..scale_bits + 16).rev() {
                residual.refine(bits);
            }
            let potentials = potentials::whole(&residual.potentials, scale_bits).unwrap();
            for arc in &arcs {
                for half in residual.leaving(arc.from).start.0..residual.leaving(arc.from).end.0 {
                    let (half, from) = (residual::Half(half), arc.from.position());
                    let to = residual.halves[half].head.position();
                    let reduced =
                        i64::from(residual.halves[half].cost) + potentials[from] - potentials[to];
                    assert!(residual.room[half] == 0 || reduced >= 0);
                }
            }
            let best = Optimum { changes: residual.changes(), potentials };
            assert_eq!(gain(&arcs, &best), gain(&arcs, &optimum(nodes, &arcs).unwrap()));
        }
    }
}
