//! What all answers about a plan rest on, gone through once.

use crate::maps::{Arc, ArcMap, Key};
use crate::matches::{self, Match};
use crate::network::Network;
use crate::plan::Plan;
use crate::round::Round;
use crate::rounding::{self, Rounding};
use crate::whole::whole;

use super::ask::{Ask, asks};
use super::follow::{self, Course};
use super::help::Counted;

/// A plan gone through, stage by stage and into whole steps: all that is the same for whoever asks.
///
/// The plan must have passed [`crate::check()`] for its round.
#[derive(Debug)]
pub struct Trace {
    /// What each arc carries, rooms too.
    pub(super) flows: ArcMap<i64>,
    /// Every need and obligation, in canonical order, and then the needs that reach nobody.
    pub(super) asks: Vec<Ask>,
    /// What each stage left open.
    pub(super) course: Course,
    /// The stages that count hours, the essential ones first.
    pub(super) counted: Vec<Counted>,
    pub(super) matches: Vec<Match>,
    rounding: Rounding,
}

impl Trace {
    /// Goes through a plan of a round. None if it is not one.
    pub fn new(round: &Round, plan: &Plan) -> Option<Self> {
        let network = Network::new(round);
        let flows = flows(&network, plan)?;
        let (course, counted) = follow::course(round, plan, &flows)?;
        let (whole, lost) = whole(round, plan);
        Some(Self {
            asks: asks(&network, &flows),
            flows,
            course,
            counted,
            matches: matches::of_whole(round, &whole),
            rounding: rounding::of_whole(round, plan, (&whole, &lost)),
        })
    }

    /// The deliveries of the plan; see [`crate::matches()`].
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }

    /// What rounding the plan to whole steps costs; see [`crate::rounding()`].
    pub const fn rounding(&self) -> Rounding {
        self.rounding
    }
}

/// What each arc carries, rooms too: what a unit gives beyond what it gets comes from the pool.
fn flows(network: &Network<'_>, plan: &Plan) -> Option<ArcMap<i64>> {
    if plan.flows.len() != network.flow_count() {
        return None;
    }
    let mut flows = ArcMap::filled(0, network.arcs.len());
    let mut net = vec![0_i64; network.node_count];
    for (place, &flow) in plan.flows.iter().enumerate() {
        let arc = Arc::at(place);
        flows[arc] = flow;
        for (node, sign) in [(network.arcs[arc].from, 1), (network.arcs[arc].to, -1)] {
            if let Some(net) = net.get_mut(node.position()) {
                *net += sign * flow;
            }
        }
    }
    for (unit, &net) in net.iter().enumerate().take(network.round.units.len()) {
        flows[Arc::at(network.flow_count() + unit)] = net;
    }
    Some(flows)
}
