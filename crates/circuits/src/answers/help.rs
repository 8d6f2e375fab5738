//! What would help: more room, more on offer, and who could see to it.

use measure::Hours;

use crate::maps::{ArcMap, Key, Node, UnitIndex, VersionIndex};

use super::gains::{Step, Worth};
use super::graph::{Graph, NO_LIMIT, Open, falling};
use super::view::{View, Wanted};
use super::why::hours;

/// How many offerings or backers are worked out at most while the best are looked for.
pub(super) const TRIED_MAX: usize = 40;

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
pub(super) struct Counted {
    pub(super) open: ArcMap<Open>,
    pub(super) worth: Worth,
}

/// A node beyond those of the round, from which a unit's new offer goes.
struct Maker {
    graph: Graph,
    worth: Worth,
    node: Node,
}

impl Counted {
    fn graph(&self) -> Graph {
        Graph::new(self.worth.potentials.len(), &self.open)
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

    /// What an offer by a unit would bring.
    pub(super) fn offering(&self, view: &View<'_>, unit: u32, version: u32) -> Vec<Step> {
        if view.needs(unit, version) {
            return Vec::new();
        }
        self.maker(view, unit).offering(view, version)
    }

    /// A unit that offers more also has use for more room upwards.
    fn maker(&self, view: &View<'_>, unit: u32) -> Maker {
        let node = Node::at(self.worth.potentials.len());
        let mut open = self.open.clone();
        let mut worth = self.worth.clone();
        for (from, rise) in [(Node(unit), NO_LIMIT), (view.pool(), view.ceiling_beyond(unit))] {
            open.push(Open { from, to: node, rise, fall: 0 });
            worth.gains.push(0);
        }
        let potentials = &mut worth.potentials;
        let potential = potentials[Node(unit)].min(potentials[view.pool()]);
        potentials.push(potential);
        Maker { graph: Graph::new(potentials.len(), &open), worth, node }
    }

    /// What a unit would best offer, best first.
    pub(super) fn best_offerings(
        &self,
        view: &View<'_>,
        unit: u32,
        at_most: usize,
    ) -> Vec<(u32, Vec<Step>)> {
        let maker = self.maker(view, unit);
        let gains = maker.worth.gains_to(&maker.graph, maker.node);
        let mut needed = vec![0_i64; view.round.versions.len()];
        for ask in view.asks() {
            if let Wanted::Version(version) = ask.wanted
                && let Some(needed) = needed.get_mut(Node(version).position())
            {
                *needed += ask.seconds;
            }
        }
        // An offer can bring at most its best gain for all that is needed of it.
        let mut hopes: Vec<(i64, u32)> = (0..)
            .zip(&needed)
            .filter_map(|(version, needed)| {
                let gain = gains[view.version_node(version)].filter(|gain| *gain > 0)?;
                if view.needs(unit, version) {
                    return None;
                }
                Some((gain.saturating_mul(*needed), version))
            })
            .collect();
        hopes.sort_unstable_by_key(|&(hope, version)| (std::cmp::Reverse(hope), version));
        let mut found: Vec<(i64, u32, Vec<Step>)> = Vec::new();
        for (hope, version) in hopes.into_iter().take(TRIED_MAX) {
            if found.len() >= at_most && found.last().is_some_and(|worst| worst.0 >= hope) {
                break;
            }
            let steps = maker.offering(view, version);
            found.push((met(&steps), version, steps));
            found.sort_by_key(|(met, version, _)| (std::cmp::Reverse(*met), *version));
            found.truncate(at_most);
        }
        found.into_iter().map(|(_, version, steps)| (version, steps)).collect()
    }
}

impl Maker {
    fn offering(&self, view: &View<'_>, version: u32) -> Vec<Step> {
        let ends = (view.version_node(version), self.node);
        self.worth.clone().climb(&mut self.graph.clone(), ends, NO_LIMIT)
    }
}

fn met(steps: &[Step]) -> i64 {
    steps.iter().map(|step| step.gain.saturating_mul(step.seconds)).fold(0, i64::saturating_add)
}

/// Steps as they are told.
pub(super) fn told(steps: &[Step]) -> Vec<Gain> {
    let gain = |step: &Step| Gain {
        with: hours(step.seconds),
        met: hours(step.gain.saturating_mul(step.seconds)),
    };
    steps.iter().map(gain).collect()
}
