//! The round as nodes and arcs: what the solver solves.

use crate::maps::{Arc, ArcMap, Key, Node};
use crate::round::{Reach, Round, Share};
use crate::stage::Class;

/// A round as a circulation problem, with its nodes and arcs in the order that [`Round`] fixes.
#[derive(Clone)]
pub(crate) struct Network<'a> {
    pub(crate) round: &'a Round,
    pub(crate) node_count: usize,
    pub(crate) arcs: ArcMap<Bounded>,
    /// What each arc stands for.
    pub(crate) kinds: ArcMap<Kind>,
}

/// An arc and the flow it may carry.
///
/// At first `lower ≤ 0 ≤ upper`: every arc can carry nought. Stages narrow the bounds.
///
/// Room is one arc for both directions, so that no flow can run to the pool and back for nothing.
/// What a unit gives beyond what it gets flows to it from the pool, which counts as entitlement
/// earned; what it gets beyond what it gives flows back, which counts as entitlement used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounded {
    pub(crate) from: Node,
    pub(crate) to: Node,
    pub(crate) lower: i64,
    pub(crate) upper: i64,
}

/// What an arc stands for, by positions in the lists of the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An offer.
    Give(u32),
    /// From a span of offers to a lot.
    Hand {
        span: u32,
        lot: u32,
    },
    /// From a lot to a span of needs.
    Take {
        lot: u32,
        span: u32,
    },
    /// A need, or its part of a class; of no class if it goes to a floor.
    Get {
        get: u32,
        class: Option<Class>,
    },
    /// An obligation.
    Owe(u32),
    /// The part of a floor in a class.
    Floor {
        floor: u32,
        class: Class,
    },
    Intake(u32),
    /// The room of a unit.
    Room(u32),
}

impl<'a> Network<'a> {
    pub(crate) fn new(round: &'a Round) -> Self {
        let nodes = Nodes::of(round);
        let count = round.arc_count();
        let mut network = Self {
            round,
            node_count: nodes.pool.position() + 1,
            arcs: ArcMap::with_capacity(count),
            kinds: ArcMap::with_capacity(count),
        };
        network.add_offers(&nodes);
        network.add_needs(&nodes);
        for (debt, kind) in round.debts.iter().zip((0..).map(Kind::Owe)) {
            let to = nodes.taking_in(round, debt.receiver, Class::Other);
            network.add(kind, (Node(debt.giver), to), debt.seconds);
        }
        network.add_floors(&nodes);
        for (intake, number) in round.intakes.iter().zip(0..) {
            let ends = (nodes.intake(number), Node(intake.unit));
            network.add(Kind::Intake(number), ends, intake.seconds);
        }
        for (room, unit) in round.rooms.iter().zip(0..) {
            let (lower, upper) = (-room.down, room.up);
            network.arcs.push(Bounded { from: nodes.pool, to: Node(unit), lower, upper });
            network.kinds.push(Kind::Room(unit));
        }
        network
    }

    fn add(&mut self, kind: Kind, (from, to): (Node, Node), upper: i64) {
        self.arcs.push(Bounded { from, to, lower: 0, upper });
        self.kinds.push(kind);
    }

    fn add_offers(&mut self, nodes: &Nodes) {
        let round = self.round;
        for (give, number) in round.gives.iter().zip(0..) {
            let to = match give.reach {
                Reach::Lot(lot) => nodes.lot(lot),
                Reach::Span(span) => nodes.give_span(span),
            };
            self.add(Kind::Give(number), (Node(give.unit), to), give.seconds);
        }
        for (span, number) in round.give_spans.iter().zip(0..) {
            for &lot in &span.lots {
                let ends = (nodes.give_span(number), nodes.lot(lot));
                self.add(Kind::Hand { span: number, lot }, ends, span.seconds);
            }
        }
    }

    fn add_needs(&mut self, nodes: &Nodes) {
        let round = self.round;
        for (span, number) in round.get_spans.iter().zip(0..) {
            for &lot in &span.lots {
                let ends = (nodes.lot(lot), nodes.get_span(number));
                self.add(Kind::Take { lot, span: number }, ends, span.seconds);
            }
        }
        for ((need, share), get) in round.gets.iter().zip(&round.shares).zip(0..) {
            let from = match need.reach {
                Reach::Lot(lot) => nodes.lot(lot),
                Reach::Span(span) => nodes.get_span(span),
            };
            match *share {
                Share::Floor(floor) => {
                    let ends = (from, nodes.floor(floor));
                    self.add(Kind::Get { get, class: None }, ends, need.seconds);
                }
                Share::Direct { essential } => {
                    let other = need.seconds - essential;
                    for (class, seconds) in [(Class::Essential, essential), (Class::Other, other)] {
                        if seconds > 0 {
                            let ends = (from, nodes.taking_in(round, need.unit, class));
                            self.add(Kind::Get { get, class: Some(class) }, ends, seconds);
                        }
                    }
                }
            }
        }
    }

    fn add_floors(&mut self, nodes: &Nodes) {
        let round = self.round;
        for (one, floor) in round.floors.iter().zip(0..) {
            for (class, seconds) in [(Class::Essential, one.essential), (Class::Other, one.other)] {
                if seconds > 0 {
                    let ends = (nodes.floor(floor), nodes.taking_in(round, one.unit, class));
                    self.add(Kind::Floor { floor, class }, ends, seconds);
                }
            }
        }
    }

    /// How many arcs a plan has flows for: all but rooms, which come last.
    pub(crate) fn flow_count(&self) -> usize {
        self.arcs.len() - self.round.units.len()
    }

    /// The class in which flow on the arc meets a need or clears an obligation, and for whom.
    pub(crate) fn class(&self, arc: Arc) -> Option<(Class, u32)> {
        let round = self.round;
        match self.kinds[arc] {
            Kind::Get { get, class } => Some((class?, round.gets.get(Node(get).position())?.unit)),
            Kind::Owe(debt) => {
                Some((Class::Other, round.debts.get(Node(debt).position())?.receiver))
            }
            Kind::Floor { floor, class } => {
                Some((class, round.floors.get(Node(floor).position())?.unit))
            }
            _ => None,
        }
    }

    /// The unit whose essential need of a version the arc meets, and the seconds of that need:
    /// what the arc can carry before any stage has narrowed its bounds.
    pub(crate) fn essential(&self, arc: Arc, version: u32) -> Option<(u32, i64)> {
        match self.kinds[arc] {
            Kind::Get { get, class: Some(Class::Essential) } => {
                let place = Node(get).position();
                let Share::Direct { essential } = *self.round.shares.get(place)? else {
                    return None;
                };
                let get = self.round.gets.get(place).filter(|get| get.version == version)?;
                Some((get.unit, essential))
            }
            Kind::Floor { floor, class: Class::Essential } => {
                let floor = self.round.floors.get(Node(floor).position())?;
                (floor.version == version).then_some((floor.unit, floor.essential))
            }
            _ => None,
        }
    }

    /// The class and unit of which the arc carries all there is: an intake, or the only arc of the
    /// class.
    pub(crate) fn intake(&self, arc: Arc) -> Option<(Class, u32)> {
        if let Kind::Intake(intake) = self.kinds[arc] {
            let intake = self.round.intakes.get(Node(intake).position())?;
            return Some((intake.class, intake.unit));
        }
        let to_unit = self.arcs[arc].to.position() < self.round.units.len();
        self.class(arc).filter(|_| to_unit)
    }
}

/// Where the nodes of each kind begin.
struct Nodes {
    lots: u32,
    give_spans: u32,
    get_spans: u32,
    floors: u32,
    intakes: u32,
    pool: Node,
}

impl Nodes {
    fn of(round: &Round) -> Self {
        let mut sum = round.units.len();
        let mut after = |count: usize| {
            let first = sum;
            sum += count;
            Node::at(first).0
        };
        Self {
            lots: after(round.lots.len()),
            give_spans: after(round.give_spans.len()),
            get_spans: after(round.get_spans.len()),
            floors: after(round.floors.len()),
            intakes: after(round.intakes.len()),
            pool: Node(after(1)),
        }
    }

    const fn lot(&self, lot: u32) -> Node {
        Node(self.lots + lot)
    }

    const fn give_span(&self, span: u32) -> Node {
        Node(self.give_spans + span)
    }

    const fn get_span(&self, span: u32) -> Node {
        Node(self.get_spans + span)
    }

    const fn floor(&self, floor: u32) -> Node {
        Node(self.floors + floor)
    }

    const fn intake(&self, intake: u32) -> Node {
        Node(self.intakes + intake)
    }

    /// Where a unit takes in what it gets of a class.
    fn taking_in(&self, round: &Round, unit: u32, class: Class) -> Node {
        round.intake(unit, class).map_or(Node(unit), |intake| self.intake(Node::at(intake).0))
    }
}
