//! What each need and obligation asks for, and over which arcs it comes.

use crate::maps::{Arc, ArcMap, Key, Node};
use crate::network::{Kind, Network};

/// What somebody wants: of a version, or of what one unit owes it. By canonical position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wanted {
    Version(u32),
    Owed(u32),
}

/// One need as the plan meets it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    /// Who wants it, by canonical position.
    pub(super) unit: u32,
    pub(super) wanted: Wanted,
    pub(super) seconds: i64,
    pub(super) flow: i64,
    /// Over which arcs it comes; none if it reaches nobody.
    pub(super) comes: Option<Comes>,
    /// The need in the list of needs; none for an obligation.
    pub(super) source: Option<Source>,
}

/// How a need is met: one or two arcs side by side, from one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Comes {
    pub(super) tail: Node,
    pub(super) first: Arc,
    pub(super) second: Option<Arc>,
}

/// Where a need stands in the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Among those that reach an offer.
    Get(u32),
    /// Among those that reach none.
    Alone(u32),
}

impl Comes {
    pub(super) fn arcs(self) -> impl Iterator<Item = Arc> {
        std::iter::once(self.first).chain(self.second)
    }
}

impl Ask {
    pub(super) fn arcs(&self) -> impl Iterator<Item = Arc> + use<> {
        self.comes.into_iter().flat_map(Comes::arcs)
    }
}

/// Every need and obligation of a round, in canonical order, and then the needs that reach nobody.
pub(super) fn asks(network: &Network<'_>, flows: &ArcMap<i64>) -> Vec<Ask> {
    let round = network.round;
    let mut asks: Vec<Ask> = Vec::new();
    for (arc, kind) in network.kinds.iter() {
        let comes = Comes { tail: network.arcs[arc].from, first: arc, second: None };
        match *kind {
            Kind::Get { get, .. } => {
                let source = Some(Source::Get(get));
                // The essential part of a need comes right before the other part.
                if let Some(before) = asks.last_mut().filter(|before| before.source == source) {
                    before.flow += flows[arc];
                    before.comes = before.comes.map(|first| Comes { second: Some(arc), ..first });
                } else if let Some(need) = round.gets.get(Node(get).position()) {
                    asks.push(Ask {
                        unit: need.unit,
                        wanted: Wanted::Version(need.version),
                        seconds: need.seconds,
                        flow: flows[arc],
                        comes: Some(comes),
                        source,
                    });
                }
            }
            Kind::Owe(debt) => {
                let Some(debt) = round.debts.get(Node(debt).position()) else { continue };
                asks.push(Ask {
                    unit: debt.receiver,
                    wanted: Wanted::Owed(debt.giver),
                    seconds: debt.seconds,
                    flow: flows[arc],
                    comes: Some(comes),
                    source: None,
                });
            }
            _ => {}
        }
    }
    let alone = (0..).zip(&round.lone_gets);
    asks.extend(alone.map(|(place, need)| Ask {
        unit: need.unit,
        wanted: Wanted::Version(need.version),
        seconds: need.seconds,
        flow: 0,
        comes: None,
        source: Some(Source::Alone(place)),
    }));
    asks
}
