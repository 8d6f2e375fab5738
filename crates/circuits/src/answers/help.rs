//! What would help: more room, more on offer, and who could see to it.

use measure::Hours;

use crate::maps::{ArcMap, Node, UnitIndex, VersionIndex};
use crate::stage::Class;

use super::gains::{Step, Worth};
use super::graph::{Graph, NO_LIMIT, Open, falling};
use super::view::View;
use super::why::hours;

/// How many arcs may be looked at while the best offerings or backers are looked for, if each that is
/// tried takes one look at all; but a dozen are always tried.
const LOOKED_AT_MAX: usize = 1 << 20;
const TRIED_ALWAYS: usize = 12;

/// How many offerings or backers are tried at most in a round of so many arcs.
pub(super) fn tried_max(arcs: usize) -> usize {
    (LOOKED_AT_MAX / arcs.max(1)).max(TRIED_ALWAYS)
}

/// What so much more of something would bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gain {
    /// How much more of it.
    pub with: Hours,
    /// How many more hours of needs would be met, of all units together.
    pub met: Hours,
}

impl Gain {
    /// The whole of several steps.
    pub fn of(steps: &[Self]) -> Self {
        steps.iter().fold(Self::default(), |sum, step| Self {
            with: sum.with.plus(step.with).unwrap_or(sum.with),
            met: sum.met.plus(step.met).unwrap_or(sum.met),
        })
    }
}

/// Something that a unit could offer beyond what it does, and what that would bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offering {
    /// Who would offer it.
    pub unit: UnitIndex,
    /// What.
    pub version: VersionIndex,
    /// As much as is of use, and what it would bring.
    pub gain: Gain,
}

/// Backing that a unit could give to another, and what that would bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backer {
    /// Who would back.
    pub unit: UnitIndex,
    /// As much as is of use, and what it would bring.
    pub gain: Gain,
}

/// The best plan of a stage that counts hours, and what can still change of it.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) class: Class,
    pub(super) open: ArcMap<Open>,
    pub(super) worth: Worth,
}

impl Counted {
    fn graph(&self) -> Graph {
        Graph::new(self.worth.potentials().len(), &self.open)
    }

    /// What room would bring a unit.
    pub(super) fn room(&self, view: &View<'_>, unit: u32) -> Vec<Step> {
        self.worth.clone().climb(&mut self.graph(), (view.pool(), Node(unit)), NO_LIMIT)
    }

    /// What room would bring a unit, were it taken from the room of another.
    pub(super) fn backing(
        &self,
        view: &View<'_>,
        (backer, unit): (u32, u32),
        at_most: i64,
    ) -> Vec<Step> {
        // Room beyond what it could ever use can be lent without a change; what it has earned in the
        // plan cannot be lent.
        let (room, spare) = view.room_beyond(backer);
        let way = falling(view.room(backer));
        let graph = self.graph();
        let left = graph.left(way);
        let mut lent = at_most.min(left.saturating_add(spare)).min(room);
        loop {
            let mut without = graph.clone();
            without.set_left(way, left - (lent - spare).max(0));
            let ends = (view.pool(), Node(unit));
            let steps = self.worth.clone().climb(&mut without, ends, lent);
            // Less may be of use than could be lent, and then the backer keeps the rest.
            let used = steps.iter().map(|step| step.seconds).sum();
            if used == lent {
                return steps;
            }
            lent = used;
        }
    }
}

/// Steps as they are told.
pub(super) fn told(steps: &[Step]) -> Vec<Gain> {
    let gain = |step: &Step| Gain {
        with: hours(step.seconds),
        met: hours(step.gain.saturating_mul(step.seconds)),
    };
    steps.iter().map(gain).collect()
}
