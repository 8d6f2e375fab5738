//! What new offers would bring, many of them from one graph.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::maps::{Arc, ArcMap, Node, NodeMap};

use super::ask::Comes;
use super::gains::{Step, Worth};
use super::graph::{Graph, NO_LIMIT, Open, back};
use super::help::{Counted, tried_max};
use super::view::View;

/// A unit and a version that it could offer, by canonical position.
pub(super) type Pair = (u32, u32);

/// What can be told of an offer before it is tried.
pub(super) struct Hope {
    pub(super) pair: Pair,
    /// The most that it could bring: its first second gains most, and it can be used no further than
    /// it is needed, and than its unit has use for more.
    most: i64,
    /// What it brings if it goes where nothing came.
    likely: i64,
}

/// New offers, one at a time, around the best plan of a stage that counts hours.
///
/// An offer is an arc from its unit to wherever it could go. Its unit has a node beyond those of the
/// round into which all leads that the unit can spare, and its version one out of which all leads
/// where it is needed; what the offer brings is what the best way from the latter to the former
/// gains. Nothing leads out of the nodes of units or into those of versions, so no offer changes
/// anything for another.
pub(super) struct Offers<'a> {
    view: &'a View<'a>,
    graph: Graph,
    worth: Worth,
    givers: BTreeMap<u32, Node>,
    kinds: BTreeMap<Kind, Node>,
}

/// A version, and whose refusals keep it from some that need it, if there are any.
type Kind = (u32, Option<u32>);

impl<'a> Offers<'a> {
    /// Offers that could be made.
    pub(super) fn new(view: &'a View<'a>, counted: &Counted, pairs: &[Pair]) -> Self {
        let mut laid = Laid::new(view, counted);
        let (mut givers, mut kinds) = (BTreeMap::new(), BTreeMap::new());
        for &(unit, version) in pairs {
            givers.entry(unit).or_insert_with(|| laid.giver(unit));
            let kind = kind(view, (unit, version));
            kinds.entry(kind).or_insert_with(|| laid.kind(counted, kind));
        }
        let graph = Graph::new(laid.potentials.len(), &laid.open);
        let worth = Worth::new(laid.gains, laid.potentials);
        Self { view, graph, worth, givers, kinds }
    }

    /// Where an offer begins, and where what it brings comes back to; none if its unit needs the same.
    fn ends(&self, pair: Pair) -> Option<(Node, Node)> {
        if self.view.needs(pair.0, pair.1) {
            return None;
        }
        let ends = (self.kinds.get(&kind(self.view, pair))?, self.givers.get(&pair.0)?);
        Some((*ends.0, *ends.1))
    }

    /// What an offer would bring, wherever and whenever it is needed.
    pub(super) fn steps(&self, pair: Pair) -> Vec<Step> {
        let climb = |ends| self.worth.clone().climb(&mut self.graph.clone(), ends, NO_LIMIT);
        self.ends(pair).map(climb).unwrap_or_default()
    }

    /// The offers that bring anything, with what can be told of each before it is tried.
    pub(super) fn hopes(&self, pairs: &[Pair]) -> Vec<Hope> {
        let firsts = self.first_gains();
        let usable: BTreeMap<u32, i64> =
            self.givers.keys().map(|&unit| (unit, self.usable(unit))).collect();
        let kinds = self.kinds.keys().map(|kind| kind.0).collect::<BTreeSet<_>>();
        let needed = kinds.into_iter().map(|version| (version, self.needed(version)));
        let needed: BTreeMap<u32, (i64, i64)> = needed.collect();
        let hope = |&pair: &Pair| {
            let gain = *firsts.get(&self.ends(pair)?)?;
            let (&usable, &(needed, open)) = (usable.get(&pair.0)?, needed.get(&pair.1)?);
            let with = |seconds: i64| gain.saturating_mul(seconds.min(usable));
            (gain > 0).then(|| Hope { pair, most: with(needed), likely: with(open) })
        };
        pairs.iter().filter_map(hope).collect()
    }

    /// How many seconds of a version are needed, and how many of them stayed open.
    fn needed(&self, version: u32) -> (i64, i64) {
        self.view.needing(version).fold((0, 0), |(needed, open), ask| {
            (needed + ask.seconds, open + ask.seconds - ask.flow)
        })
    }

    /// What the first second of each offer gains, by its ends.
    fn first_gains(&self) -> BTreeMap<(Node, Node), i64> {
        let mut firsts = BTreeMap::new();
        // From the side on which there are fewer.
        if self.givers.len() < self.kinds.len() {
            for &giver in self.givers.values() {
                let gains = self.worth.gains_to(&self.graph, giver);
                let gain = |&kind: &Node| Some(((kind, giver), gains[kind]?));
                firsts.extend(self.kinds.values().filter_map(gain));
            }
        } else {
            for &kind in self.kinds.values() {
                let gains = self.worth.gains_from(&self.graph, kind);
                let gain = |&giver: &Node| Some(((kind, giver), gains[giver]?));
                firsts.extend(self.givers.values().filter_map(gain));
            }
        }
        firsts
    }

    /// How much more a unit could give at most: in place of what it gives, for more of what it needs,
    /// and as far as its room reaches.
    fn usable(&self, unit: u32) -> i64 {
        let inwards = self.graph.out_of(Node(unit)).iter().map(|&way| self.graph.left(back(way)));
        inwards.fold(self.view.ceiling_beyond(unit), i64::saturating_add)
    }

    /// Those that bring most, at most so many; what brings most first. Of a large round only the
    /// likeliest are tried.
    pub(super) fn best(&self, mut hopes: Vec<Hope>, at_most: usize) -> Vec<(Pair, Vec<Step>)> {
        hopes.sort_unstable_by_key(|hope| {
            let (unit, version) = hope.pair;
            (Reverse((hope.likely, hope.most)), version, unit)
        });
        let mut found: Vec<(i64, Pair, Vec<Step>)> = Vec::new();
        for Hope { pair, most, .. } in hopes.into_iter().take(tried_max(self.worth.gains().len())) {
            if found.len() >= at_most && found.last().is_none_or(|worst| worst.0 >= most) {
                continue;
            }
            let steps = self.steps(pair);
            found.push((met(&steps), pair, steps));
            found.sort_by_key(|&(met, (unit, version), _)| (Reverse(met), version, unit));
            found.truncate(at_most);
        }
        found.into_iter().map(|(_, pair, steps)| (pair, steps)).collect()
    }
}

/// What an offer of a unit is, where some that need it have refused that unit or it them.
fn kind(view: &View<'_>, (unit, version): Pair) -> Kind {
    let refused = view.needing(version).any(|ask| view.has_refused(ask.unit, unit));
    (version, refused.then_some(unit))
}

/// A graph while it is laid out.
struct Laid<'a> {
    view: &'a View<'a>,
    open: ArcMap<Open>,
    gains: ArcMap<i64>,
    potentials: NodeMap<i128>,
    /// The nodes right before needs, by the arc over which those come.
    before: BTreeMap<Arc, Node>,
}

impl<'a> Laid<'a> {
    fn new(view: &'a View<'a>, counted: &Counted) -> Self {
        let (gains, potentials) =
            (counted.worth.gains().clone(), counted.worth.potentials().clone());
        Self { view, open: counted.open.clone(), gains, potentials, before: BTreeMap::new() }
    }

    fn add(&mut self, (from, to): (Node, Node), rise: i64, gain: i64) {
        self.open.push(Open { from, to, rise, fall: 0 });
        self.gains.push(gain);
    }

    /// The node of a unit that offers more; it has use for more room upwards, too.
    fn giver(&mut self, unit: u32) -> Node {
        let pool = self.view.pool();
        let potential = self.potentials[Node(unit)].min(self.potentials[pool]);
        let node = self.potentials.push(potential);
        self.add((Node(unit), node), NO_LIMIT, 0);
        self.add((pool, node), self.view.ceiling_beyond(unit), 0);
        node
    }

    /// The node of a version that is offered, wherever and whenever it is needed.
    fn kind(&mut self, counted: &Counted, (version, giver): Kind) -> Node {
        let view = self.view;
        let refused = |unit| giver.is_some_and(|giver| view.has_refused(unit, giver));
        let targets: Vec<Node> = if giver.is_some() {
            let open = view.reaching(version).filter(|(ask, _)| !refused(ask.unit));
            open.map(|(_, comes)| self.before(comes)).collect()
        } else {
            view.lots_of(version).collect()
        };
        let mut ways: Vec<_> = targets.into_iter().map(|node| (node, NO_LIMIT, 0)).collect();
        for (unit, seconds) in view.alone(version, counted.class) {
            if !refused(unit) {
                let (_, beyond) = view.room_beyond(unit);
                let to = self.source(&[(Node(unit), NO_LIMIT, 0), (view.pool(), beyond, 0)]);
                ways.push((to, seconds, 1));
            }
        }
        self.source(&ways)
    }

    /// A node from which ways lead to others; each way gains so much.
    ///
    /// Its potential is as high as it must be for none of the ways to gain more than they cost.
    fn source(&mut self, ways: &[(Node, i64, i64)]) -> Node {
        let least = |&(to, _, gain): &(Node, i64, i64)| self.potentials[to] + i128::from(gain);
        let potential = ways.iter().map(least).max().unwrap_or(0);
        let node = self.potentials.push(potential);
        for &(to, rise, gain) in ways {
            self.add((node, to), rise, gain);
        }
        node
    }

    /// A node right before a need, so that it can be given to without its lot.
    fn before(&mut self, comes: Comes) -> Node {
        if let Some(&node) = self.before.get(&comes.first) {
            return node;
        }
        let node = self.potentials.push(self.potentials[comes.tail]);
        let mut flow = 0;
        for arc in comes.arcs() {
            self.open[arc].from = node;
            flow += self.view.flows[arc];
        }
        self.open.push(Open { from: comes.tail, to: node, rise: NO_LIMIT, fall: flow });
        self.gains.push(0);
        self.before.insert(comes.first, node);
        node
    }
}

fn met(steps: &[Step]) -> i64 {
    steps.iter().map(|step| step.gain.saturating_mul(step.seconds)).fold(0, i64::saturating_add)
}
