//! The solver of one piece: it shrinks it to its kernel and solves that, where costs are large at
//! first roughly, by cost scaling, after Goldberg and Tarjan, with partial augmentation and global
//! updates as in Goldberg (2008) and Király and Kovács (2012).
//!
//! Costs are multiplied by a power of two, the scale. A flow and potentials are ε-optimal when no
//! half-arc with room has a reduced cost below −ε. Starting with ε at a fraction of the largest
//! cost, each refinement makes ε some bits smaller, down to 1. Were the scale beyond the number of
//! nodes, the flow would be optimal then, because every cycle of the residual graph costs at least
//! −n, and so at least nought. But long before, at an eighth of one cost, the flow is wrong at a
//! few places only: rounded to whole numbers ([`potentials::whole`]), the potentials leave hardly a
//! half-arc below nought. If there is none, the flow is optimal and proven. Otherwise the
//! refinement goes on from the rounded potentials at a larger scale, and has only those few to
//! deal with.

mod half;
mod kernel;
mod potentials;
mod refine;
mod residual;
mod rough;
mod shrinking;
mod update;

use crate::maps::{Key, Node, NodeMap};
use kernel::Kernel;
use potentials::Number;
use residual::Residual;

/// The scale at first, in bits: ε ends at an eighth of a cost.
const SCALE_BITS: u32 = 3;

/// How many bits the scale goes up when it was not enough.
const FINER_BITS: u32 = 2;

/// How many bits ε loses from one refinement to the next.
const STEP_BITS: u32 = 3;

/// An arc of a piece: how much its flow may rise and fall, and what a second of it costs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PieceArc {
    pub(crate) from: Node,
    pub(crate) to: Node,
    pub(crate) rise: i64,
    pub(crate) fall: i64,
    /// At most 2¹⁶ either way; in a kernel 2²⁸.
    pub(crate) cost: i32,
}

/// By how much each arc's flow changes to reach the optimum, and the potentials that prove it:
/// `cost + potential(from) − potential(to)` is nought or more where the flow can rise, and nought
/// or less where it can fall.
pub(crate) struct Optimum {
    pub(crate) changes: Vec<i64>,
    pub(crate) potentials: Vec<i64>,
}

/// How a number of refinements ended.
enum Ending<P> {
    /// With whole potentials that prove the flow optimal.
    Optimal(Residual<P>, NodeMap<i64>),
    /// At the largest scale allowed, with something left to do.
    Open(Residual<P>),
    /// With a potential that leaves `i64`.
    TooLarge,
}

/// The cheapest change of flow in a piece; none if potentials leave `i64`.
///
/// The kernel of a piece, where it is smaller, is solved in its place; and where costs are large, what
/// a rough solution of that leaves open, and the kernel of this, and so on.
pub(crate) fn optimum(nodes: usize, arcs: &[PieceArc]) -> Option<Optimum> {
    if let Some(kernel) = Kernel::of(nodes, arcs) {
        let optimum = optimum(kernel.node_count(), &kernel.arcs)?;
        return Some(kernel.unfold(nodes, &optimum));
    }
    let size = Size::of(nodes, arcs);
    if size.cost_bits >= rough::COST_BITS_MIN {
        return rough::refined(nodes, arcs, size);
    }
    let residual = Residual::<i64>::new(nodes, arcs, SCALE_BITS);
    finish(residual.descend(size.coarsest(), size.narrow()), size, arcs)
}

/// Goes on with wider numbers where narrow ones were not enough, and reads the result.
fn finish(ending: Ending<i64>, size: Size, arcs: &[PieceArc]) -> Option<Optimum> {
    match ending {
        Ending::Optimal(residual, potentials) => Some(read(&residual, potentials, arcs)),
        Ending::Open(residual) => {
            let wide = residual.potentials.values().iter().map(|&one| i128::from(one));
            let (wide, scale) = (wide.collect::<Vec<_>>().into(), residual.scale_bits);
            match residual.with_potentials::<i128>(wide, scale).descend(0, size.node_bits) {
                Ending::Optimal(residual, potentials) => Some(read(&residual, potentials, arcs)),
                Ending::Open(_) | Ending::TooLarge => None,
            }
        }
        Ending::TooLarge => None,
    }
}

fn read<P: Number>(residual: &Residual<P>, potentials: NodeMap<i64>, arcs: &[PieceArc]) -> Optimum {
    Optimum { changes: residual.changes(arcs), potentials: potentials.into_values() }
}

fn scaled<P: Number>(whole: &NodeMap<i64>, bits: u32) -> NodeMap<P> {
    whole.values().iter().map(|&potential| P::from(potential).up(bits)).collect::<Vec<_>>().into()
}

impl<P: Number> Residual<P> {
    /// Refines from one ε to the next, and then at larger and larger scales up to a largest one,
    /// until the potentials are right when they are rounded.
    fn descend(mut self, coarsest_bits: u32, scale_bits_max: u32) -> Ending<P> {
        let mut epsilon_bits = coarsest_bits;
        while epsilon_bits > 0 {
            self.refine(epsilon_bits);
            epsilon_bits = epsilon_bits.saturating_sub(STEP_BITS);
        }
        loop {
            self.refine(0);
            let Some(whole) = potentials::whole(&self.potentials, self.scale_bits) else {
                return Ending::TooLarge;
            };
            if self.holds(&whole) {
                return Ending::Optimal(self, whole);
            }
            let bits = FINER_BITS.min(scale_bits_max.saturating_sub(self.scale_bits));
            if bits == 0 {
                return Ending::Open(self);
            }
            self.scale_bits += bits;
            self.potentials = scaled(&whole, self.scale_bits);
        }
    }

    /// Whether these potentials leave no half-arc with room below nought.
    fn holds(&self, whole: &NodeMap<i64>) -> bool {
        (0..self.node_count()).map(Node::at).all(|node| {
            let potential = whole[node];
            let mut leaving = self.halves[self.leaving(node)].iter();
            leaving
                .all(|arc| !arc.is_open() | (i64::from(arc.cost()) + potential >= whole[arc.head]))
        })
    }
}

/// How large the numbers of a piece are, in bits.
#[derive(Clone, Copy)]
struct Size {
    node_bits: u32,
    cost_bits: u32,
}

impl Size {
    fn of(nodes: usize, arcs: &[PieceArc]) -> Self {
        let largest = arcs.iter().map(|arc| arc.cost.unsigned_abs()).max().unwrap_or(0);
        let node_bits = usize::BITS - nodes.leading_zeros();
        Self { node_bits, cost_bits: u32::BITS - largest.leading_zeros() }
    }

    /// The first ε: an eighth of the largest cost.
    fn coarsest(self) -> u32 {
        (self.cost_bits + SCALE_BITS).saturating_sub(1 + STEP_BITS)
    }

    /// Whole potentials stay below 3·n times the largest cost.
    fn potential_bits(self) -> u32 {
        self.node_bits + self.cost_bits + 2
    }

    /// The largest scale for which reduced costs, at most three potentials, fit `i64`.
    fn narrow(self) -> u32 {
        self.node_bits.min(60_u32.saturating_sub(self.potential_bits()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring of nodes with random chords, some of them parallel.
    pub(super) fn piece(nodes: u32, chords: u32, cost: u32) -> Vec<PieceArc> {
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
            cost: i32::try_from(draw(2 * cost + 1)).unwrap() - i32::try_from(cost).unwrap(),
        };
        ends.into_iter().map(arc).collect()
    }

    const SHAPES: [(u32, u32); 6] =
        [(2, 3), (7, 30), (60, 400), (3000, 20_000), (3000, 900), (50, 1)];

    pub(super) fn assert_proven(nodes: usize, arcs: &[PieceArc], optimum: &Optimum) {
        let mut balance = vec![0; nodes];
        for (arc, &change) in arcs.iter().zip(&optimum.changes) {
            let (from, to) = (arc.from.position(), arc.to.position());
            let reduced = i64::from(arc.cost) + optimum.potentials[from] - optimum.potentials[to];
            assert!((-arc.fall..=arc.rise).contains(&change));
            assert!(reduced >= 0 || change == arc.rise);
            assert!(reduced <= 0 || change == -arc.fall);
            balance[from] -= change;
            balance[to] += change;
        }
        assert!(balance.iter().all(|&seconds| seconds == 0));
    }

    #[test]
    fn what_is_found_is_proven_to_be_the_best() {
        for (nodes, chords) in SHAPES {
            for cost in [1, 16, 65_535] {
                let arcs = piece(nodes, chords, cost);
                let nodes = usize::try_from(nodes).unwrap();
                assert_proven(nodes, &arcs, &optimum(nodes, &arcs).unwrap());
            }
        }
    }

    #[test]
    fn wide_and_narrow_numbers_find_the_same() {
        for (nodes, chords) in SHAPES {
            let arcs = piece(nodes, chords, 65_535);
            let nodes = usize::try_from(nodes).unwrap();
            let size = Size::of(nodes, &arcs);
            let narrow = Residual::<i64>::new(nodes, &arcs, SCALE_BITS);
            let wide = Residual::<i128>::new(nodes, &arcs, SCALE_BITS);
            let narrow = narrow.descend(size.coarsest(), size.narrow());
            let wide = wide.descend(size.coarsest(), size.node_bits);
            let (Ending::Optimal(narrow, by_narrow), Ending::Optimal(wide, by_wide)) =
                (narrow, wide)
            else {
                panic!("not solved")
            };
            assert_eq!(by_narrow, by_wide);
            assert_eq!(narrow.changes(&arcs), wide.changes(&arcs));
        }
    }

    #[test]
    fn narrow_numbers_that_are_not_enough_are_followed_by_wide_ones() {
        let arcs = piece(3000, 20_000, 1);
        let size = Size::of(3000, &arcs);
        let open = Ending::Open(Residual::<i64>::new(3000, &arcs, SCALE_BITS));
        assert_proven(3000, &arcs, &finish(open, size, &arcs).unwrap());
    }

    #[test]
    fn refined_down_to_one_the_potentials_are_whole_at_once() {
        for (nodes, chords) in SHAPES {
            let arcs = piece(nodes, chords, 65_535);
            let nodes = usize::try_from(nodes).unwrap();
            let scale_bits = Size::of(nodes, &arcs).node_bits;
            let mut residual = Residual::<i64>::new(nodes, &arcs, scale_bits);
            for bits in (0..scale_bits + 16).rev() {
                residual.refine(bits);
            }
            let whole = potentials::whole(&residual.potentials, scale_bits).unwrap();
            assert!(residual.holds(&whole));
            assert_proven(nodes, &arcs, &read(&residual, whole, &arcs));
        }
    }
}
