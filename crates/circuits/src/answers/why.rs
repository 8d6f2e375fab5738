//! Why a need stayed open, part by part.

use measure::Hours;

use crate::maps::{Arc, Node, UnitIndex, VersionIndex};
use crate::stage::StageName;

use super::ask::{Ask, Comes, Wanted};
use super::graph::{Graph, NO_LIMIT, falling, rising};
use super::reach::Barrier;
use super::view::View;

/// A need of which a part stayed open, with every second of that part explained.
///
/// The parts are found one after the other by loosening what holds the need down, and together they
/// are what stayed open. Each is the most that the loosening lets through (a maximum flow), so it
/// does not depend on who works it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenNeed {
    /// What was wanted.
    pub wanted: WantedOf,
    /// How much.
    pub needed: Hours,
    /// How much of it the plan meets, before rounding to whole steps.
    pub met: Hours,
    /// Why the rest stayed open; the largest part first.
    pub parts: Vec<OpenPart>,
}

/// What a need is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WantedOf {
    /// A version.
    Version(VersionIndex),
    /// What a unit owes.
    OwedBy(UnitIndex),
}

/// A part of a need that stayed open, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPart {
    /// How much.
    pub hours: Hours,
    /// Why.
    pub why: Why,
}

/// Why a part of a need stayed open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The unit's room is used up. With so much more of it, this part could be met, and nobody else
    /// would get less.
    RoomUsedUp,
    /// Others cannot give more before they get something: their entitlement has reached their
    /// ceiling. Were it not so, this part could be met, and nobody else would get less.
    OthersFull {
        /// Who has some of it left to give.
        givers: Vec<UnitIndex>,
    },
    /// It went to others, who stand first.
    WentToOthers {
        /// Who got of what this need could have drawn on, and how much; those with most first.
        receivers: Vec<(UnitIndex, Hours)>,
        /// Who would have had to go without for this part: the units whose needs lie on the
        /// shortest way to it.
        instead_of: Vec<UnitIndex>,
        /// The stage that decided it: before it, there were plans as good that gave this need
        /// more. None if it would have taken more room as well.
        decided: Option<StageName>,
    },
    /// Others offer it, but not to this unit, or not where or when it is needed.
    ShutOut {
        /// Who offers it, and what stands between.
        partners: Vec<(UnitIndex, Barrier)>,
    },
    /// Nobody offers so much of it.
    NotOffered,
}

/// The open needs of a unit, in canonical order.
pub(super) fn open_needs(view: &View<'_>, unit: u32) -> Vec<OpenNeed> {
    let open = view.asks.iter().filter(|ask| ask.unit == unit && ask.flow < ask.seconds);
    open.map(|ask| open_need(view, ask)).collect()
}

fn open_need(view: &View<'_>, ask: &Ask) -> OpenNeed {
    let mut left = ask.seconds - ask.flow;
    let mut parts = Vec::new();
    let mut part = |seconds: i64, why: &dyn Fn() -> Why| {
        let seconds = seconds.min(left);
        if seconds > 0 {
            left -= seconds;
            parts.push(OpenPart { hours: hours(seconds), why: why() });
        }
    };
    if let Some(comes) = ask.comes {
        let mut loosened = Loosened::new(view, ask, comes);
        part(loosened.own_room(), &|| Why::RoomUsedUp);
        part(loosened.all_rooms(), &|| Why::OthersFull { givers: view.with_more(ask) });
        part(loosened.other_needs(), &|| went_to_others(view, ask, comes));
    }
    let (within, anywhere) = view.offered(ask);
    part(anywhere - within, &|| Why::ShutOut { partners: view.shut_out(ask) });
    part(i64::MAX, &|| Why::NotOffered);
    parts.sort_by_key(|part| std::cmp::Reverse(part.hours));
    let wanted = match ask.wanted {
        Wanted::Version(version) => WantedOf::Version(view.version_given(version)),
        Wanted::Owed(giver) => WantedOf::OwedBy(view.unit_given(giver)),
    };
    OpenNeed { wanted, needed: hours(ask.seconds), met: hours(ask.flow), parts }
}

/// A plan in which one need rises while what holds it down is loosened.
struct Loosened<'a> {
    view: &'a View<'a>,
    ask: &'a Ask,
    comes: Comes,
    graph: Graph,
    left: i64,
}

impl<'a> Loosened<'a> {
    /// Begins with all needs held: what anybody gets must not fall.
    fn new(view: &'a View<'a>, ask: &'a Ask, comes: Comes) -> Self {
        let mut graph = view.graph();
        view.hold_needs(&mut graph, |_| true);
        comes.arcs().for_each(|arc| graph.shut(arc));
        Self { view, ask, comes, graph, left: ask.seconds - ask.flow }
    }

    /// How much more comes through.
    fn more(&mut self) -> i64 {
        let way = (Node(self.ask.unit), self.comes.tail);
        let sent = self.graph.send(way, self.left, |_, _| true);
        self.left -= sent;
        sent
    }

    /// With as much room of its own as it likes.
    fn own_room(&mut self) -> i64 {
        self.graph.set_left(falling(self.view.room(self.ask.unit)), NO_LIMIT);
        self.more()
    }

    /// With as much room as anybody likes.
    fn all_rooms(&mut self) -> i64 {
        for unit in (0..).take(self.view.round.units.len()) {
            let room = self.view.room(unit);
            self.graph.set_left(rising(room), NO_LIMIT);
            self.graph.set_left(falling(room), NO_LIMIT);
        }
        self.more()
    }

    /// With less for others, but not for the unit itself.
    fn other_needs(&mut self) -> i64 {
        let others = self.view.asks.iter().filter(|other| other.unit != self.ask.unit);
        for arc in others.flat_map(Ask::arcs) {
            let way = falling(arc);
            let left = self.graph.left(way) + self.view.flows[arc];
            self.graph.set_left(way, left);
        }
        self.more()
    }
}

fn went_to_others(view: &View<'_>, ask: &Ask, comes: Comes) -> Why {
    // Within the rooms as they are: what the unit has stays, what others have can fall.
    let way = |graph: &Graph| {
        if !view.can_rise(graph, ask, comes) {
            return None;
        }
        let mut graph = graph.clone();
        view.hold_needs(&mut graph, |other| other.unit == ask.unit);
        comes.arcs().for_each(|arc| graph.shut(arc));
        graph.path(Node(ask.unit), comes.tail, |_, _| true)
    };
    let path = way(&view.graph());
    let decided = path.as_ref().and_then(|_| view.settled_by(|graph| way(graph).is_some()));
    let falls = |arc: Arc| path.iter().flatten().any(|&way| way == falling(arc));
    let losers = view.asks.iter().filter(|other| other.arcs().any(falls));
    let mut instead_of: Vec<_> = losers.map(|other| view.unit_given(other.unit)).collect();
    instead_of.sort_unstable();
    instead_of.dedup();
    Why::WentToOthers { receivers: view.receivers(ask), instead_of, decided }
}

pub(super) fn hours(seconds: i64) -> Hours {
    Hours::from_seconds(seconds).unwrap_or_default()
}
