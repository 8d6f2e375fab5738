//! A level from any flow, by solving the whole face.

use super::cuts::Sets;
use super::{Active, Levels, largest, slot};
use crate::face::Face;
use crate::maps::{Node, NodeMap};
use crate::parts::Parts;

impl Levels {
    /// The largest level that is feasible, with a plan in hand that reaches it, by solving the whole
    /// face for each try.
    ///
    /// Newton's method on whole numbers: the most seconds up to a level that is too high give a cut
    /// that no plan gets beyond, and the largest level that the cut allows is the next to try. Every
    /// cut is passed by the level it was found at, so the levels fall strictly.
    pub(super) fn search_afresh(&self, face: &mut Face<'_>) -> Option<i64> {
        let parts = face.parts();
        let mut level = self.most;
        loop {
            let potentials = face.optimise(&parts, &self.gains(face, level))?;
            if self.active.iter().all(|one| face.flows[one.arc] >= one.at(level)) {
                return Some(level);
            }
            level = self.allowed(face, &parts, &potentials, level);
        }
    }

    /// The largest level below one that was too high that its cuts allow.
    ///
    /// Take the nodes whose potential is a number or more. Flow that goes out of them costs more
    /// than it is worth, so it is at its least, unless an active arc carries it; flow that comes in
    /// is worth more than it costs, so it is at its most. So no plan has more on the active arcs
    /// that go out than the plan in hand. The same holds of each set into which the nodes of either
    /// side fall.
    fn allowed(
        &self,
        face: &Face<'_>,
        parts: &Parts,
        potentials: &NodeMap<i64>,
        level: i64,
    ) -> i64 {
        let mut allowed = level - 1;
        let (mut crossing, mut numbers) = (Vec::new(), Vec::new());
        for one in &self.active {
            let (slot, flow) = (slot(face, one.arc), face.flows[one.arc]);
            let Some(slot) = slot.filter(|&slot| parts.on_cycle(slot).is_some()) else {
                // It cannot change at all.
                let most = flow.checked_div(one.members).unwrap_or(0);
                allowed = if flow < one.capacity { allowed.min(most) } else { allowed };
                continue;
            };
            let (from, to) = parts.ends[slot];
            if potentials[from] > potentials[to] {
                crossing.push(Crossing { from, to, active: one });
                if flow < one.at(level) {
                    numbers.push(potentials[from]);
                }
            }
        }
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        numbers.dedup();
        for &number in numbers.iter().take(CUTS_MAX) {
            let within = |node: Node| potentials[node] >= number;
            let cut = || crossing.iter().filter(|one| within(one.from) && !within(one.to));
            let mut sets = Sets::of(parts, within);
            let out_of = cut().map(|one| (sets.root(one.from), one.active)).collect();
            allowed = self.allowed_by(face, out_of, allowed);
            let mut sets = Sets::of(parts, |node| !within(node));
            let into = cut().map(|one| (sets.root(one.to), one.active)).collect();
            allowed = self.allowed_by(face, into, allowed);
        }
        allowed
    }

    /// The largest level up to one that cuts allow, given by the active arcs that cross each.
    fn allowed_by(
        &self,
        face: &Face<'_>,
        mut crossing: Vec<(Node, &Active)>,
        mut allowed: i64,
    ) -> i64 {
        crossing.sort_by_key(|(set, _)| *set);
        for cut in crossing.chunk_by(|a, b| a.0 == b.0) {
            let cut: Vec<_> = cut.iter().map(|(_, one)| *one).collect();
            allowed = largest(face, &cut, (self.level, allowed));
        }
        allowed
    }
}

/// An active arc that costs something to use.
struct Crossing<'a> {
    from: Node,
    to: Node,
    active: &'a Active,
}

/// How many cuts are looked at of those that one plan passes.
const CUTS_MAX: usize = 4;
