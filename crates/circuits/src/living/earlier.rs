//! What an earlier round and its plan tell about a later one.

use super::kin::Kin;
use crate::maps::{Arc, ArcMap, Key, Node, NodeMap};
use crate::network::{Kind, Network};
use crate::plan::{Plan, Proof};
use crate::round::Round;
use crate::stage::{DRAWS, Stage};

/// A round with its plan, from which one that differs in a few things is solved anew in a fraction of
/// the time.
///
/// Made of a plan that [`crate::check()`] accepts for the round; another plan leads to the same
/// result more slowly.
pub struct Solved<'a> {
    network: Network<'a>,
    /// The flow of every arc, rooms too.
    flows: ArcMap<i64>,
    /// The stages of the plan after the floors, with their proofs.
    stages: Vec<(Stage, &'a Proof)>,
}

impl<'a> Solved<'a> {
    /// Lays a plan along its round.
    pub fn new(round: &'a Round, plan: &'a Plan) -> Self {
        let network = Network::new(round);
        let mut flows = plan.flows.clone();
        flows.resize(network.flow_count(), 0);
        flows.resize(network.arcs.len(), 0);
        let mut flows = ArcMap::from(flows);
        fill_rooms(&network, &mut flows);
        let settled =
            round.agenda.iter().filter(|stage| !matches!(stage, Stage::Floor(_))).copied();
        let stages = settled.chain((0..DRAWS).map(Stage::Draw));
        let proofs = plan.stages.iter().filter(|proof| proof.level.is_none());
        Self { flows, stages: stages.zip(proofs).collect(), network }
    }

    /// How many stages of its tie-break drew weights.
    pub(super) fn draws(&self) -> u8 {
        let draws = self.stages.iter().filter(|(stage, _)| matches!(stage, Stage::Draw(_)));
        u8::try_from(draws.count()).unwrap_or(DRAWS)
    }

    /// The potentials that proved a stage, by the nodes of the earlier round.
    fn proof(&self, stage: Stage) -> Option<&'a Proof> {
        self.stages.iter().find(|(of, _)| *of == stage).map(|(_, proof)| *proof)
    }
}

/// What a unit gives beyond what it gets flows to it from the pool.
fn fill_rooms(network: &Network<'_>, flows: &mut ArcMap<i64>) {
    let mut balance = NodeMap::filled(0_i64, network.node_count);
    for (arc, bounds) in network.arcs.iter() {
        balance[bounds.from] = balance[bounds.from].wrapping_add(flows[arc]);
        balance[bounds.to] = balance[bounds.to].wrapping_sub(flows[arc]);
    }
    for (arc, kind) in network.kinds.iter() {
        if let Kind::Room(unit) = *kind {
            flows[arc] = balance[Node(unit)];
        }
    }
}

/// Where the search for a plan begins: as much of an earlier plan as is still there.
pub(crate) struct Guess<'a> {
    /// Flows, which need not balance nor keep to bounds.
    pub(super) flows: ArcMap<i64>,
    kin: Kin,
    earlier: &'a Solved<'a>,
}

impl<'a> Guess<'a> {
    /// What a plan of an earlier round tells about this network, in which no stage has narrowed
    /// anything yet.
    ///
    /// Where contracts have been accepted in between, the plan's flow went into them, and what they
    /// took from a wish or a room they took from its flow. Otherwise the flow stays as it was.
    pub(crate) fn of(network: &Network<'_>, earlier: &'a Solved<'a>) -> Self {
        let kin = Kin::of(network, &earlier.network);
        let accepted = |round: &Round| round.shifts.iter().any(|&shift| shift != 0);
        let taken = accepted(network.round) && !accepted(earlier.network.round);
        let flow = |(arc, twin): (Arc, &Option<Arc>)| {
            let Some(twin) = *twin else { return 0 };
            let fallen = earlier.network.arcs[twin].upper - network.arcs[arc].upper;
            let room = matches!(network.kinds[arc], Kind::Room(_));
            let fallen = if room { fallen } else { fallen.max(0) };
            earlier.flows[twin].saturating_sub(if taken { fallen } else { 0 })
        };
        let flows: Vec<_> = kin.arcs.iter().map(flow).collect();
        Self { flows: flows.into(), kin, earlier }
    }

    /// How many stages of the tie-break to expect.
    pub(crate) fn draws(&self) -> u8 {
        self.earlier.draws()
    }

    /// What each node's potential in a stage was; nought for what is new.
    pub(super) fn potentials(&self, stage: Stage) -> impl Iterator<Item = i64> {
        let proof = self.earlier.proof(stage).map_or(&[][..], |proof| &proof.potentials);
        let of = |twin: &Option<Node>| proof.get((*twin)?.position()).copied();
        self.kin.nodes.values().iter().map(move |twin| of(twin).unwrap_or(0))
    }
}
