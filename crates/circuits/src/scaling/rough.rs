//! What a rough solution leaves open.
//!
//! After two refinements ε is a 64th of the largest cost. An arc that then costs far more than ε, or
//! gains far more, hardly ever changes again. Without such arcs a piece is again hardly more than a
//! tree, and so its kernel is a fraction of it: what is left open is solved as a piece of its own, at
//! what it costs beyond the potentials, again roughly first. Nothing rests on that guess. If an arc
//! that was left out spoils the proof, refinement goes on with all arcs from there.

use super::potentials::Number;
use super::residual::Residual;
use super::{Optimum, PieceArc, SCALE_BITS, STEP_BITS, Size, finish, optimum, scaled};
use crate::maps::{Map, NodeMap, Slot};

/// An arc is left out if it costs more than ε times 2 to this, or gains more.
const FAR_BITS: u32 = 4;

/// What a rough solution leaves open is smaller by some bits; below this there is nothing to gain.
pub(super) const COST_BITS_MIN: u32 = FAR_BITS + STEP_BITS;

/// The optimum of a piece whose costs have at least [`COST_BITS_MIN`] bits.
pub(super) fn refined(nodes: usize, arcs: &[PieceArc], size: Size) -> Option<Optimum> {
    let epsilon_bits = size.coarsest() - STEP_BITS;
    let rough = roughly(nodes, arcs, [size.coarsest(), epsilon_bits]);
    let far = 1_i64 << (epsilon_bits + FAR_BITS - SCALE_BITS);
    let potentials = NodeMap::from(rough.potentials);
    let (mut open, mut of) = (Vec::new(), Vec::new());
    let mut changes = Map::<Slot, i64>::from(rough.changes);
    for (slot, arc) in (0..).map(Slot).zip(arcs) {
        let costs = i64::from(arc.cost) + potentials[arc.from] - potentials[arc.to];
        if let Some(cost) = i32::try_from(costs).ok().filter(|_| costs.abs() <= far) {
            open.push(PieceArc { cost, ..changed(arc, changes[slot]) });
            of.push(slot);
        }
    }
    let found = optimum(nodes, &open)?;
    for (slot, change) in of.into_iter().zip(found.changes) {
        changes[slot] += change;
    }
    let both = potentials.into_values().into_iter().zip(found.potentials);
    let potentials = both.map(|(rough, fine)| rough.checked_add(fine)).collect::<Option<_>>()?;
    proven(nodes, arcs, Optimum { changes: changes.into_values(), potentials }, size)
}

/// A flow and potentials after refinements to some ε, none of them the last.
fn roughly(nodes: usize, arcs: &[PieceArc], epsilons_bits: [u32; 2]) -> Optimum {
    let mut residual = Residual::<i64>::new(nodes, arcs, SCALE_BITS);
    for bits in epsilons_bits {
        residual.refine(bits);
    }
    let down = |potential: &i64| potential.down(SCALE_BITS);
    let potentials = residual.potentials.values().iter().map(down).collect();
    Optimum { changes: residual.changes(arcs), potentials }
}

/// What is left of an arc once its flow has changed.
const fn changed(arc: &PieceArc, change: i64) -> PieceArc {
    PieceArc { rise: arc.rise - change, fall: arc.fall + change, ..*arc }
}

/// A guess, if it is an optimum; else the optimum to which it leads.
fn proven(nodes: usize, arcs: &[PieceArc], guess: Optimum, size: Size) -> Option<Optimum> {
    let Optimum { changes, potentials } = guess;
    let potentials = NodeMap::from(potentials);
    let left: Vec<_> =
        arcs.iter().zip(&changes).map(|(arc, &change)| changed(arc, change)).collect();
    let spoils = |arc: &PieceArc| {
        let costs = i64::from(arc.cost) + potentials[arc.from] - potentials[arc.to];
        (costs < 0 && arc.rise > 0) || (costs > 0 && arc.fall > 0)
    };
    if !left.iter().any(spoils) {
        return Some(Optimum { changes, potentials: potentials.into_values() });
    }
    let mut residual = Residual::<i64>::new(nodes, &left, SCALE_BITS);
    residual.potentials = scaled(&potentials, SCALE_BITS);
    let found = finish(residual.descend(0, size.narrow()), size, &left)?;
    let changes = changes.iter().zip(&found.changes).map(|(one, more)| one + more).collect();
    Some(Optimum { changes, potentials: found.potentials })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_proven, piece};
    use super::*;

    #[test]
    fn what_is_left_open_is_put_together_with_what_is_not() {
        for (nodes, chords) in [(7, 30), (60, 400), (3000, 20_000), (3000, 4000)] {
            for cost in [100, 65_535] {
                let arcs = piece(nodes, chords, cost);
                let nodes = usize::try_from(nodes).unwrap();
                let size = Size::of(nodes, &arcs);
                assert_proven(nodes, &arcs, &refined(nodes, &arcs, size).unwrap());
            }
        }
    }

    #[test]
    fn a_wrong_guess_still_leads_to_the_optimum() {
        let arcs = piece(300, 2000, 65_535);
        let size = Size::of(300, &arcs);
        let potentials = (0..300).map(|node: i64| (node * 7919) % 1009 * 100).collect();
        let guess = Optimum { changes: vec![0; arcs.len()], potentials };
        assert_proven(300, &arcs, &proven(300, &arcs, guess, size).unwrap());
    }
}
