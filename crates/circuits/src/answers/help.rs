//! What would help: more room, more on offer, and who could see to it.

use measure::Hours;

use crate::maps::{ArcMap, Key, Node, UnitIndex, VersionIndex};
use crate::stage::Class;

use super::ask::{Ask, Comes, Wanted};
use super::gains::{Step, Worth};
use super::graph::{Graph, NO_LIMIT, Open, falling};
use super::view::View;
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
    pub(super) class: Class,
    pub(super) open: ArcMap<Open>,
    pub(super) worth: Worth,
}

/// A node beyond those of the round, from which a unit's new offer goes.
#[derive(Clone)]
struct Maker {
    open: ArcMap<Open>,
    worth: Worth,
    node: Node,
    unit: u32,
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
        self.maker(view, unit).offering(self, view, version)
    }

    /// A unit that offers more also has use for more room upwards.
    fn maker(&self, view: &View<'_>, unit: u32) -> Maker {
        let node = Node::at(self.worth.potentials.len());
        let mut maker = Maker { open: self.open.clone(), worth: self.worth.clone(), node, unit };
        let pool = view.pool();
        let potentials = &mut maker.worth.potentials;
        let potential = potentials[Node(unit)].min(potentials[pool]);
        potentials.push(potential);
        maker.add((Node(unit), node), NO_LIMIT, 0);
        maker.add((pool, node), view.ceiling_beyond(unit), 0);
        maker
    }

    /// What a unit would best offer, best first.
    pub(super) fn best_offerings(
        &self,
        view: &View<'_>,
        unit: u32,
        at_most: usize,
    ) -> Vec<(u32, Vec<Step>)> {
        let maker = self.maker(view, unit);
        let graph = Graph::new(maker.worth.potentials.len(), &maker.open);
        let gains = maker.worth.gains_to(&graph, maker.node);
        let mut needed = vec![0_i64; view.round.versions.len()];
        let mut best = vec![0_i64; view.round.versions.len()];
        for ask in &view.asks {
            let Wanted::Version(version) = ask.wanted else { continue };
            let place = Node(version).position();
            let Some((needed, best)) = needed.get_mut(place).zip(best.get_mut(place)) else {
                continue;
            };
            *needed += ask.seconds;
            // A need that reaches nobody yet would be met on the way to its unit.
            if ask.comes.is_none() {
                let onwards = gains[Node(ask.unit)].max(gains[view.pool()]);
                *best = (*best).max(onwards.map_or(0, |gain| gain.saturating_add(1)));
            }
        }
        for (number, lot) in (0_u32..).zip(&view.round.lots) {
            if let Some(best) = best.get_mut(Node(lot.version).position()) {
                *best = (*best).max(gains[view.lot(number)].unwrap_or(0));
            }
        }
        // An offer can bring at most its best gain for all that is needed of it.
        let mut hopes: Vec<(i64, u32)> = (0..)
            .zip(needed.iter().zip(&best))
            .filter(|&(version, (_, best))| *best > 0 && !view.needs(unit, version))
            .map(|(version, (needed, best))| (best.saturating_mul(*needed), version))
            .collect();
        hopes.sort_unstable_by_key(|&(hope, version)| (std::cmp::Reverse(hope), version));
        let mut found: Vec<(i64, u32, Vec<Step>)> = Vec::new();
        for (hope, version) in hopes.into_iter().take(TRIED_MAX) {
            if found.len() >= at_most && found.last().is_some_and(|worst| worst.0 >= hope) {
                break;
            }
            let steps = maker.offering(self, view, version);
            if steps.is_empty() {
                continue;
            }
            found.push((met(&steps), version, steps));
            found.sort_by_key(|(met, version, _)| (std::cmp::Reverse(*met), *version));
            found.truncate(at_most);
        }
        found.into_iter().map(|(_, version, steps)| (version, steps)).collect()
    }
}

impl Maker {
    fn add(&mut self, (from, to): (Node, Node), rise: i64, gain: i64) {
        self.open.push(Open { from, to, rise, fall: 0 });
        self.worth.gains.push(gain);
    }

    /// A node from which ways lead to others; each way gains so much.
    ///
    /// Its potential is as high as it must be for none of the ways to gain more than they cost.
    fn source(&mut self, ways: &[(Node, i64, i64)]) -> Node {
        let node = Node::at(self.worth.potentials.len());
        let potentials = &mut self.worth.potentials;
        let least = |&(to, _, gain): &(Node, i64, i64)| potentials[to] + i128::from(gain);
        let potential = ways.iter().map(least).max().unwrap_or(0);
        potentials.push(potential);
        for &(to, rise, gain) in ways {
            self.add((node, to), rise, gain);
        }
        node
    }

    /// A node right before a need, so that it can be given to without its lot.
    fn before(&mut self, view: &View<'_>, comes: Comes) -> Node {
        let node = Node::at(self.worth.potentials.len());
        let potential = self.worth.potentials[comes.tail];
        self.worth.potentials.push(potential);
        let mut flow = 0;
        for arc in comes.arcs() {
            self.open[arc].from = node;
            flow += view.flows[arc];
        }
        self.open.push(Open { from: comes.tail, to: node, rise: NO_LIMIT, fall: flow });
        self.worth.gains.push(0);
        node
    }

    /// What an offer of a version would bring, wherever and whenever it is needed.
    fn offering(&self, counted: &Counted, view: &View<'_>, version: u32) -> Vec<Step> {
        let mut maker = self.clone();
        let refused = |(ask, _): (&Ask, Comes)| view.has_refused(ask.unit, self.unit);
        let targets: Vec<Node> = if view.reaching(version).any(refused) {
            let open = view.reaching(version).filter(|&need| !refused(need));
            open.map(|(_, comes)| maker.before(view, comes)).collect()
        } else {
            view.lots_of(version).collect()
        };
        let mut ways: Vec<_> = targets.into_iter().map(|node| (node, NO_LIMIT, 0)).collect();
        for (unit, seconds) in view.alone(self.unit, version, counted.class) {
            let (_, beyond) = view.room_beyond(unit);
            let to = maker.source(&[(Node(unit), NO_LIMIT, 0), (view.pool(), beyond, 0)]);
            ways.push((to, seconds, 1));
        }
        let hub = maker.source(&ways);
        let mut graph = Graph::new(maker.worth.potentials.len(), &maker.open);
        maker.worth.climb(&mut graph, (hub, self.node), NO_LIMIT)
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
