//! A plan laid over its round: what each arc carries, and what each need asks for.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::gather::Placed;
use crate::maps::{Arc, ArcMap, Key, Node, UnitIndex};
use crate::network::{Bounded, Kind, Network};
use crate::request::Unit;
use crate::round::{Merged, Room, Round};
use crate::stage::{Class, StageName};

use super::ask::{Ask, Comes, Source, Wanted};
use super::bid::Bid;
use super::follow::Course;
use super::graph::{Graph, Open, arc_of, falling, is_rising, rising};
use super::trace::Trace;

/// A plan laid over its round.
pub(super) struct View<'a> {
    pub(super) round: &'a Round,
    pub(super) network: Network<'a>,
    /// What each arc carries, rooms too.
    pub(super) flows: &'a ArcMap<i64>,
    /// Every need and obligation, in canonical order, and then the needs that reach nobody.
    pub(super) asks: &'a [Ask],
    /// What each stage left open.
    course: &'a Course,
}

impl<'a> View<'a> {
    /// The plan of a trace, over its round.
    pub(super) fn new(round: &'a Round, trace: &'a Trace) -> Self {
        let Trace { flows, asks, course, .. } = trace;
        Self { round, network: Network::new(round), flows, asks, course }
    }

    pub(super) fn pool(&self) -> Node {
        Node::at(self.network.node_count - 1)
    }

    pub(super) fn room(&self, unit: u32) -> Arc {
        Arc::at(self.network.flow_count() + Node(unit).position())
    }

    /// The lots of a version.
    pub(super) fn lots_of(&self, version: u32) -> impl Iterator<Item = Node> {
        let places = alike(&self.round.lots, |lot| lot.version.cmp(&version));
        places.map(|place| Node::at(self.round.units.len() + place))
    }

    pub(super) fn has_refused(&self, one: u32, other: u32) -> bool {
        self.round.refused.binary_search(&(one, other)).is_ok()
    }

    /// The needs of a version that reach an offer.
    pub(super) fn reaching(&self, version: u32) -> impl Iterator<Item = (&Ask, Comes)> {
        let wanted = Wanted::Version(version);
        let asks = these(self.coming(), |ask| ask.wanted.cmp(&wanted)).iter();
        asks.filter_map(|ask| Some((ask, ask.comes?)))
    }

    /// The needs of a version.
    pub(super) fn needing(&self, version: u32) -> impl Iterator<Item = &Ask> {
        let wanted = Wanted::Version(version);
        let alone = self.asks.get(self.coming().len()..).unwrap_or_default();
        let alone = these(alone, |ask| ask.wanted.cmp(&wanted)).iter();
        self.reaching(version).map(|(ask, _)| ask).chain(alone)
    }

    /// The arcs over which something comes to a unit.
    pub(super) fn getting(&self, unit: u32, wanted: Wanted) -> impl Iterator<Item = Arc> {
        let asks = these(self.coming(), |ask| (ask.wanted, ask.unit).cmp(&(wanted, unit)));
        asks.iter().flat_map(Ask::arcs)
    }

    /// The needs and obligations that reach anybody: by what is wanted, and then by unit.
    fn coming(&self) -> &[Ask] {
        let reaching = self.asks.partition_point(|ask| ask.comes.is_some());
        self.asks.get(..reaching).unwrap_or_default()
    }

    /// The needs of a version that reach no offer, but could be met: who, and how much of it in a
    /// class.
    pub(super) fn alone(&self, version: u32, class: Class) -> Vec<(u32, i64)> {
        let mut sums: BTreeMap<u32, (i64, i64)> = BTreeMap::new();
        for ask in self.needing(version) {
            let (reaching, alone) = sums.entry(ask.unit).or_default();
            match ask.comes {
                Some(_) => *reaching += ask.seconds,
                None => *alone += ask.seconds,
            }
        }
        let each = self.round.essential_seconds(version);
        let of_class = |(unit, (reaching, alone)): (u32, (i64, i64))| {
            let most = each.saturating_mul(self.round.members(unit));
            let essential = (reaching + alone).min(most) - reaching.min(most);
            let seconds = if class == Class::Essential { essential } else { alone - essential };
            (seconds > 0).then_some((unit, seconds))
        };
        sums.into_iter().filter_map(of_class).collect()
    }

    /// The room of its own that the plan leaves a unit. What it earns in the plan is not its own
    /// yet.
    pub(super) fn room_left(&self, unit: u32) -> i64 {
        let (whole, beyond) = self.room_beyond(unit);
        let room = self.room(unit);
        whole.min(beyond + self.flows[room] - self.network.arcs[room].lower)
    }

    pub(super) fn units(&self) -> impl Iterator<Item = UnitIndex> {
        self.round.units.iter().map(|unit| unit.given)
    }

    /// Whether a unit has a need of a version.
    pub(super) fn needs(&self, unit: u32, version: u32) -> bool {
        self.needing(version).any(|ask| ask.unit == unit)
    }

    /// Who offers a version.
    pub(super) fn givers(&self, version: u32) -> Vec<UnitIndex> {
        let offers = self.round.gives.iter().filter(|offer| offer.version == version);
        let mut givers: Vec<_> = offers.map(|offer| self.unit_given(offer.unit)).collect();
        givers.sort_unstable();
        givers.dedup();
        givers
    }

    /// What could still change of the plan, if nothing were decided.
    pub(super) fn graph(&self) -> Graph {
        let open = open(self.network.arcs.values().iter(), self.flows);
        Graph::new(self.network.node_count, &open)
    }

    /// Whether what a need gets can rise all the way from where it comes to its unit.
    pub(super) fn can_rise(&self, graph: &Graph, ask: &Ask, comes: Comes) -> bool {
        let unit = Node(ask.unit);
        let inwards = |_: &Graph, way| {
            let kind = self.network.kinds[arc_of(way)];
            is_rising(way) && matches!(kind, Kind::Floor { .. } | Kind::Intake(_))
        };
        comes.arcs().filter(|&arc| graph.left(rising(arc)) > 0).any(|arc| {
            let head = self.network.arcs[arc].to;
            head == unit || graph.path(head, unit, inwards).is_some()
        })
    }

    /// The first stage after which something about the plan could not change any more: what the
    /// graph of what is still open says. None if no stage settled it.
    pub(super) fn settled_by(&self, open: impl Fn(&Graph) -> bool) -> Option<StageName> {
        let mut graph = self.graph();
        self.course.stages.iter().find_map(|stage| {
            for &(arc, lower, upper) in &stage.narrowed {
                let flow = self.flows[arc];
                graph.set_left(rising(arc), upper - flow);
                graph.set_left(falling(arc), flow - lower);
            }
            (!open(&graph)).then_some(stage.name)
        })
    }

    /// The last stage that settled the flow of any of some arcs, with its place among the stages.
    pub(super) fn last_settled(&self, arcs: impl Iterator<Item = Arc>) -> Option<StageName> {
        let last = arcs.filter_map(|arc| self.course.settled[arc]).max()?;
        let stage = usize::try_from(last).ok().and_then(|last| self.course.stages.get(last));
        stage.map(|stage| stage.name)
    }

    /// The arcs of a unit's offers of a version, through which it gives to any lot.
    pub(super) fn giving(&self, unit: u32, version: u32) -> impl Iterator<Item = Arc> {
        let of = |give: &Merged| (give.version, give.unit).cmp(&(version, unit));
        // The arcs of offers come first, in their order.
        alike(&self.round.gives, of).map(Arc::at)
    }

    /// How much room a unit has, and how much of that lies beyond anything that it could get.
    pub(super) fn room_beyond(&self, unit: u32) -> (i64, i64) {
        self.rooms(unit, |unit, room, shift| {
            let whole = (unit.room_down.seconds() + shift).max(room.down);
            (whole, whole - room.down)
        })
    }

    /// How much room upwards a unit has beyond anything that it could give.
    pub(super) fn ceiling_beyond(&self, unit: u32) -> i64 {
        self.rooms(unit, |unit, room, shift| (unit.room_up.seconds() - shift - room.up).max(0))
    }

    fn rooms<T: Default>(&self, unit: u32, of: impl Fn(&Unit, &Room, i64) -> T) -> T {
        let place = Node(unit).position();
        let shift = self.round.shifts.get(place).copied().unwrap_or(0);
        let rooms = self.round.units.get(place).zip(self.round.rooms.get(place));
        rooms.map(|(Placed { item, .. }, room)| of(item, room, shift)).unwrap_or_default()
    }

    /// Holds what needs get: none of it can fall.
    pub(super) fn hold_needs(&self, graph: &mut Graph, held: impl Fn(&Ask) -> bool) {
        for arc in self.asks.iter().filter(|ask| held(ask)).flat_map(Ask::arcs) {
            graph.set_left(falling(arc), 0);
        }
    }

    /// A need of the list that it stands in.
    pub(super) fn need(&self, source: Source) -> Option<Bid> {
        match source {
            Source::Get(get) => self.round.gets.get(Node(get).position()).map(Bid::of),
            Source::Alone(alone) => {
                self.round.lone_gets.get(Node(alone).position()).map(Bid::alone)
            }
        }
    }
}

/// The places of those in a list in order that come neither before nor after what is looked for.
fn alike<T>(list: &[T], order: impl Fn(&T) -> Ordering) -> Range<usize> {
    let begin = list.partition_point(|one| order(one).is_lt());
    begin..list.partition_point(|one| order(one).is_le())
}

/// The same as a list.
fn these<T>(list: &[T], order: impl Fn(&T) -> Ordering) -> &[T] {
    list.get(alike(list, order)).unwrap_or_default()
}

/// How far arcs can rise and fall within some bounds, from what they carry.
pub(super) fn open<'b>(
    bounds: impl Iterator<Item = &'b Bounded>,
    flows: &ArcMap<i64>,
) -> ArcMap<Open> {
    let open = |(bounds, flow): (&Bounded, &i64)| Open {
        from: bounds.from,
        to: bounds.to,
        rise: bounds.upper - flow,
        fall: flow - bounds.lower,
    };
    bounds.zip(flows.values()).map(open).collect::<Vec<_>>().into()
}
