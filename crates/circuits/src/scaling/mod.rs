//! The solver of one strongly connected piece: cost scaling by Goldberg and Tarjan, with partial
//! augmentation and global potential updates as in Goldberg (2008) and Király and Kovács (2012).
//!
//! Costs are multiplied by one more than the number of nodes. A flow and potentials are ε-optimal when
//! no arc that can still carry flow has a reduced cost below −ε. Starting with ε at the largest
//! cost, each refinement divides ε by [`REFINEMENT`]; at ε = 1 the flow is optimal, because every
//! cycle of the residual graph then costs more than −(n + 1), so at least nought.

mod potentials;
mod refine;
mod residual;
mod update;

use crate::maps::Node;
use potentials::Number;
use residual::Residual;

/// By how much ε falls from one refinement to the next.
const REFINEMENT: i64 = 16;

/// An arc of a piece: how much its flow may rise and fall, and what a second of it costs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PieceArc {
    pub(crate) from: Node,
    pub(crate) to: Node,
    pub(crate) rise: i64,
    pub(crate) fall: i64,
    pub(crate) cost: i64,
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
    let largest = arcs.iter().map(|arc| arc.cost.abs()).max().unwrap_or(0);
    let n = i128::try_from(nodes).ok()?;
    // Numbers stay below 3·n·(n + 1)·C, and reduced costs below twice that.
    if 6 * n * (n + 1) * i128::from(largest.max(1)) < 1 << 62 {
        by_scaling::<i64>(nodes, arcs, largest)
    } else {
        by_scaling::<i128>(nodes, arcs, largest)
    }
}

fn by_scaling<P: Number>(nodes: usize, arcs: &[PieceArc], largest: i64) -> Option<Optimum> {
    let factor = P::from(i64::try_from(nodes).ok()? + 1);
    let mut residual = Residual::new(nodes, arcs, factor);
    let mut epsilon = factor.times(largest);
    while epsilon > P::from(1) {
        epsilon = epsilon.over(REFINEMENT).max(P::from(1));
        residual.refine(epsilon);
    }
    let potentials = potentials::whole(&residual.potentials, nodes)?;
    Some(Optimum { changes: residual.changes(), potentials })
}
