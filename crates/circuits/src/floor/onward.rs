//! The next level from the flow in hand.
//!
//! From one level to the next hardly anything changes: a few units are held where they are, and the
//! flow is nearly the best already. So a level is found, and proven, by looking around those who
//! lack something, and nowhere else.

use super::meeting::{Meeting, Met, Star, Step};
use super::{Active, largest};
use crate::face::Face;
use crate::gain::Gain;
use crate::maps::{ArcMap, Node, NodeMap};
use crate::network::Bounded;

/// What the levels of one version are sought with after the first.
pub(super) struct Onward {
    star: Star,
    meeting: Meeting,
    held: Held,
    /// The nodes whose potentials were changed.
    changed: Vec<Node>,
    /// How many looks are too many.
    looks_max: usize,
    /// Whether a node belongs to a cut; of none, between calls.
    inside: NodeMap<bool>,
}

/// What keeps flow from going a way.
struct Held {
    /// The flow on each active arc up to which a second counts.
    marks: ArcMap<i64>,
    potentials: NodeMap<i64>,
}

/// The mark of arcs that are not active: no second counts.
const NO_MARK: i64 = i64::MIN;

/// With more looks than this for each arc there is, it is as fast to begin afresh.
const LOOKS_MAX: usize = 1;

/// How much flow can go a step.
type Room = fn(&Held, &Face<'_>, Step) -> i64;

/// How it ended that an arc was to carry more.
enum Raised {
    /// It carries as much.
    There,
    /// It is full.
    Full,
    /// No more can flow around it.
    Shut(Met),
    /// It was not looked for to the end.
    TooLong,
}

impl Onward {
    pub(super) fn new(face: &Face<'_>) -> Self {
        let nodes = face.network.node_count;
        Self {
            star: Star::new(face),
            meeting: Meeting::new(nodes),
            held: Held {
                marks: ArcMap::filled(NO_MARK, face.network.arcs.len()),
                potentials: NodeMap::filled(0, nodes),
            },
            changed: Vec::new(),
            looks_max: 0,
            inside: NodeMap::filled(false, nodes),
        }
    }

    /// Arcs that are no longer active count no more.
    pub(super) fn let_go(&mut self, active: &[Active]) {
        for one in active {
            self.held.marks[one.arc] = NO_MARK;
        }
    }

    /// The largest level between two that all active arcs can carry at once, with a flow in hand
    /// that reaches it; none if that takes too long.
    ///
    /// Newton's method on whole numbers, as afresh. But the first cut that is looked for is that of
    /// whoever has least, and so it is mostly the one that decides.
    pub(super) fn search(
        &mut self,
        face: &mut Face<'_>,
        active: &[Active],
        (least, most): (i64, i64),
    ) -> Option<i64> {
        self.looks_max = self.meeting.looks + LOOKS_MAX * self.star.arc_count();
        let mut level = most;
        loop {
            let lacks = |one: &&Active| face.flows[one.arc] < one.at(level);
            let reached = |one: &&Active| face.flows[one.arc].checked_div(one.members);
            let Some(last) = active.iter().filter(lacks).min_by_key(reached) else {
                return Some(level);
            };
            for one in active {
                self.held.marks[one.arc] = one.at(level);
            }
            let cut = match self.raise(face, last, Held::room_beside_marks) {
                Raised::There => continue,
                Raised::Full => vec![last],
                Raised::Shut(met) => self.crossing(face, active, &met),
                Raised::TooLong => return None,
            };
            level = largest(face, &cut, (least, level - 1));
        }
    }

    /// Goes to the plans that get the most seconds up to a level on active arcs, and keeps of the
    /// face those; returns the potentials that prove it. None if that takes too long.
    ///
    /// Seconds begin to count on one arc after the other. As long as only those count that flow
    /// already, potentials of nought prove that the flow is the best; and whenever more are to
    /// count on an arc, either they can flow, at no cost, or they are shut off from doing so. Then
    /// that side of the arc becomes dearer by one, and the arc costs as much as it is worth.
    pub(super) fn go_beyond(
        &mut self,
        face: &mut Face<'_>,
        active: &[Active],
        level: i64,
    ) -> Option<Vec<i64>> {
        self.looks_max = self.meeting.looks + LOOKS_MAX * self.star.arc_count();
        for node in self.changed.drain(..) {
            self.held.potentials[node] = 0;
        }
        for one in active {
            self.held.marks[one.arc] = one.at(level).min(face.flows[one.arc]);
        }
        for one in active {
            self.held.marks[one.arc] = one.at(level);
            let Bounded { from, to, .. } = face.network.arcs[one.arc];
            if self.held.potentials[from] > self.held.potentials[to] {
                continue;
            }
            match self.raise(face, one, Held::room_at_no_cost) {
                Raised::There | Raised::Full => {}
                Raised::Shut(met) => self.make_dearer(met),
                Raised::TooLong => return None,
            }
        }
        self.narrow(face, active);
        Some(self.held.potentials.values().to_vec())
    }

    /// Lets as much flow around an arc as its mark asks for, or as there is room for.
    fn raise(&mut self, face: &mut Face<'_>, one: &Active, room: Room) -> Raised {
        let Bounded { from, to, upper, .. } = face.network.arcs[one.arc];
        let mark = self.held.marks[one.arc];
        while face.flows[one.arc] < mark {
            if face.flows[one.arc] == upper {
                return Raised::Full;
            }
            if self.meeting.looks > self.looks_max {
                return Raised::TooLong;
            }
            let is_open = |step| room(&self.held, face, step) > 0;
            match self.meeting.search((face, &self.star), (to, from), is_open) {
                Met::Way(way) => {
                    let rooms = way.iter().map(|&step| room(&self.held, face, step));
                    let amount = rooms.fold(mark.min(upper) - face.flows[one.arc], i64::min);
                    face.flows[one.arc] += amount;
                    for Step { arc, rises } in way {
                        face.flows[arc] += if rises { amount } else { -amount };
                    }
                }
                shut => return Raised::Shut(shut),
            }
        }
        Raised::There
    }

    /// The active arcs that lead into the nodes that are shut in, or out of those from which others
    /// are shut out.
    ///
    /// No more can flow out of what is shut in, and nothing else that flows in can become less; so
    /// no plan has more on these arcs than the plan in hand. It is the same the other way round.
    fn crossing<'a>(
        &mut self,
        face: &Face<'_>,
        active: &'a [Active],
        met: &Met,
    ) -> Vec<&'a Active> {
        let (nodes, is_in) = match met {
            Met::Way(_) => return Vec::new(),
            Met::ShutIn(nodes) => (nodes, true),
            Met::ShutOut(nodes) => (nodes, false),
        };
        for &node in nodes {
            self.inside[node] = true;
        }
        let crosses = |one: &&Active| {
            let Bounded { from, to, .. } = face.network.arcs[one.arc];
            (self.inside[from], self.inside[to]) == (!is_in, is_in)
        };
        let crossing = active.iter().filter(crosses).collect();
        for &node in nodes {
            self.inside[node] = false;
        }
        crossing
    }

    fn make_dearer(&mut self, met: Met) {
        let (nodes, by) = match met {
            Met::Way(_) => return,
            Met::ShutIn(nodes) => (nodes, -1),
            Met::ShutOut(nodes) => (nodes, 1),
        };
        for &node in &nodes {
            self.held.potentials[node] += by;
        }
        self.changed.extend(nodes);
    }

    /// Narrows the bounds of the arcs on which a second counts or costs something. Those of the
    /// others stay as they are.
    fn narrow(&self, face: &mut Face<'_>, active: &[Active]) {
        let around = self.changed.iter().flat_map(|&node| self.star.at(node)).copied();
        for arc in around.chain(active.iter().map(|one| one.arc)) {
            let bounds = &mut face.network.arcs[arc];
            let gain = Gain::up_to(self.held.marks[arc]);
            let costs = self.held.potentials[bounds.from] - self.held.potentials[bounds.to];
            (bounds.lower, bounds.upper) =
                gain.narrowed((bounds.lower, bounds.upper), costs.into());
        }
    }
}

impl Held {
    /// How much can go a step as long as no active arc falls below its mark.
    fn room_beside_marks(&self, face: &Face<'_>, Step { arc, rises }: Step) -> i64 {
        let (Bounded { lower, upper, .. }, flow) = (face.network.arcs[arc], face.flows[arc]);
        if rises { upper - flow } else { flow - lower.max(self.marks[arc]) }
    }

    /// How much can go a step that costs nothing.
    ///
    /// A second that counts is worth one, so its step costs one less, or one more backwards.
    fn room_at_no_cost(&self, face: &Face<'_>, Step { arc, rises }: Step) -> i64 {
        let (Bounded { from, to, lower, upper }, flow) = (face.network.arcs[arc], face.flows[arc]);
        let mark = self.marks[arc];
        let counts = if rises { flow < mark } else { flow <= mark };
        if self.potentials[from] - self.potentials[to] != i64::from(counts) {
            return 0;
        }
        match (rises, counts) {
            (true, true) => upper.min(mark) - flow,
            (true, false) => upper - flow,
            (false, true) => flow - lower,
            (false, false) => flow - lower.max(mark),
        }
    }
}
