//! The checker's own reading of a round: nodes, arcs with their bounds, and the flow the plan gives
//! them.

use super::flaw::{Flaw, Place};
use super::ways::position;
use crate::maps::{UnitIndex, VersionIndex};
use crate::round::{Reach, Round, Share};
use crate::stage::Class;

/// One arc with its flow and the bounds that the stages so far have left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Its place in canonical order.
    pub(super) number: u32,
    pub(super) tail: u32,
    pub(super) head: u32,
    pub(super) lower: i64,
    pub(super) upper: i64,
    pub(super) flow: i64,
    /// The most it could carry before any stage.
    pub(super) most: i64,
    pub(super) kind: Kind,
    /// The position, in its list of the round, of what it stands for.
    pub(super) of: u32,
}

/// What an arc stands for, and so the list of the round that it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An offer.
    Give,
    /// A span of offers → one of its lots.
    Spread,
    /// One of its lots → a span of needs.
    Gather,
    /// The part of a need that is of a class.
    Get(Class),
    /// A need → the floor of its unit and version.
    Feed,
    /// An obligation.
    Owe,
    /// The part of a floor that is of a class.
    Floor(Class),
    /// All of a class that a unit gets.
    Intake(Class),
    /// The pool → a unit.
    Room,
}

impl Line {
    pub(super) const fn can_change(&self) -> bool {
        self.lower < self.upper
    }

    pub(super) const fn can_rise(&self) -> bool {
        self.flow < self.upper
    }

    pub(super) const fn can_fall(&self) -> bool {
        self.flow > self.lower
    }

    /// The directions in which its flow can still change.
    pub(super) fn ways(&self) -> impl Iterator<Item = (u32, u32)> + Clone + use<> {
        let there = self.can_rise().then_some((self.tail, self.head));
        there.into_iter().chain(self.can_fall().then_some((self.head, self.tail)))
    }

    /// What meets a need or clears an obligation: the class that a second along the arc is of.
    pub(super) fn meets(&self) -> Option<Class> {
        match self.kind {
            Kind::Get(class) | Kind::Floor(class) => Some(class),
            Kind::Owe => Some(Class::Other),
            _ => None,
        }
    }
}

/// All arcs of a round, their flow seen to be feasible.
pub(super) struct Lines<'a> {
    pub(super) round: &'a Round,
    pub(super) nodes: Nodes,
    pub(super) arcs: Vec<Line>,
}

/// Where the nodes of each sort begin: units, lots, spans of offers, spans of needs, floors,
/// intakes, and the pool as the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nodes {
    lots: u32,
    give_spans: u32,
    get_spans: u32,
    floors: u32,
    intakes: u32,
    pool: u32,
}

impl Nodes {
    fn of(round: &Round) -> Self {
        let lots = number(round.units.len());
        let give_spans = lots + number(round.lots.len());
        let get_spans = give_spans + number(round.give_spans.len());
        let floors = get_spans + number(round.get_spans.len());
        let intakes = floors + number(round.floors.len());
        let pool = intakes + number(round.intakes.len());
        Self { lots, give_spans, get_spans, floors, intakes, pool }
    }

    pub(super) fn count(&self) -> usize {
        position(self.pool) + 1
    }

    /// How many are units.
    pub(super) const fn units(&self) -> u32 {
        self.lots
    }

    /// The lot that a node is.
    pub(super) const fn lot(&self, node: u32) -> u32 {
        node.wrapping_sub(self.lots)
    }
}

impl<'a> Lines<'a> {
    /// Reads a round with the flows of a plan. Refused unless every flow is within its bounds, as
    /// much comes out of every lot, span, floor and intake as goes in, and every unit stays within
    /// its room.
    pub(super) fn read(round: &'a Round, flows: &[i64]) -> Result<Self, Flaw> {
        let nodes = Nodes::of(round);
        let mut lines =
            Self { round, nodes, arcs: Vec::with_capacity(flows.len() + round.units.len()) };
        lines.lay();
        let (found, expected) = (flows.len(), lines.arcs.len());
        if found != expected {
            return Err(Flaw::Flows { found, expected });
        }
        let mut balance = vec![0_i128; nodes.count()];
        for (line, &flow) in lines.arcs.iter_mut().zip(flows) {
            line.flow = flow;
            add(&mut balance, line.tail, -i128::from(flow));
            add(&mut balance, line.head, i128::from(flow));
        }
        if let Some(line) = lines.arcs.iter().find(|line| !(0..=line.upper).contains(&line.flow)) {
            return Err(lines.beyond(line, line.flow.into()));
        }
        let between = balance.iter().enumerate().take(position(nodes.pool)).skip(round.units.len());
        for (node, &seconds) in between {
            if seconds != 0 {
                return Err(Flaw::Unbalanced { place: lines.junction(number(node)), seconds });
            }
        }
        lines.add_rooms(&balance)?;
        Ok(lines)
    }

    /// The arcs from the pool follow from what each unit gives beyond what it gets.
    fn add_rooms(&mut self, balance: &[i128]) -> Result<(), Flaw> {
        let pool = self.nodes.pool;
        for (unit, (room, got)) in (0_u32..).zip(self.round.rooms.iter().zip(balance)) {
            self.push(Kind::Room, unit, (pool, unit), room.up);
            let Some(line) = self.arcs.last_mut() else { continue };
            line.lower = -room.down;
            let line = *line;
            match i64::try_from(-got) {
                Ok(flow) if (line.lower..=line.upper).contains(&flow) => {
                    self.arcs.last_mut().iter_mut().for_each(|line| line.flow = flow);
                }
                _ => return Err(self.beyond(&line, -got)),
            }
        }
        Ok(())
    }

    fn beyond(&self, line: &Line, seconds: i128) -> Flaw {
        let place = self.place(line.number);
        Flaw::OutOfBounds { place, seconds, least: line.lower, most: line.upper }
    }
}

/// The arcs in canonical order, rooms left out.
impl Lines<'_> {
    fn push(&mut self, kind: Kind, of: u32, (tail, head): (u32, u32), upper: i64) {
        let number = number(self.arcs.len());
        self.arcs.push(Line {
            number,
            tail,
            head,
            lower: 0,
            upper,
            flow: 0,
            most: upper,
            kind,
            of,
        });
    }

    fn lay(&mut self) {
        let (round, nodes) = (self.round, self.nodes);
        for (of, give) in (0_u32..).zip(&round.gives) {
            let head = match give.reach {
                Reach::Lot(lot) => nodes.lots + lot,
                Reach::Span(span) => nodes.give_spans + span,
            };
            self.push(Kind::Give, of, (give.unit, head), give.seconds);
        }
        for (of, span) in (0_u32..).zip(&round.give_spans) {
            for &lot in &span.lots {
                self.push(
                    Kind::Spread,
                    of,
                    (nodes.give_spans + of, nodes.lots + lot),
                    span.seconds,
                );
            }
        }
        for (of, span) in (0_u32..).zip(&round.get_spans) {
            for &lot in &span.lots {
                self.push(Kind::Gather, of, (nodes.lots + lot, nodes.get_spans + of), span.seconds);
            }
        }
        for (of, (get, share)) in (0_u32..).zip(round.gets.iter().zip(&round.shares)) {
            let tail = match get.reach {
                Reach::Lot(lot) => nodes.lots + lot,
                Reach::Span(span) => nodes.get_spans + span,
            };
            match *share {
                Share::Floor(floor) => {
                    self.push(Kind::Feed, of, (tail, nodes.floors + floor), get.seconds);
                }
                Share::Direct { essential } => {
                    self.parts(
                        Kind::Get,
                        of,
                        (tail, get.unit),
                        [essential, get.seconds - essential],
                    );
                }
            }
        }
        for (of, debt) in (0_u32..).zip(&round.debts) {
            let head = self.intake(debt.receiver, Class::Other);
            self.push(Kind::Owe, of, (debt.giver, head), debt.seconds);
        }
        for (of, floor) in (0_u32..).zip(&round.floors) {
            let ends = (nodes.floors + of, floor.unit);
            self.parts(Kind::Floor, of, ends, [floor.essential, floor.other]);
        }
        for (of, intake) in (0_u32..).zip(&round.intakes) {
            let ends = (nodes.intakes + of, intake.unit);
            self.push(Kind::Intake(intake.class), of, ends, intake.seconds);
        }
    }

    /// The essential and the other part of what a unit gets, as far as there are such.
    fn parts(
        &mut self,
        kind: fn(Class) -> Kind,
        of: u32,
        (tail, unit): (u32, u32),
        most: [i64; 2],
    ) {
        for (class, most) in [Class::Essential, Class::Other].into_iter().zip(most) {
            if most > 0 {
                self.push(kind(class), of, (tail, self.intake(unit, class)), most);
            }
        }
    }

    /// Where what a unit gets of a class goes: to its intake if it has one, else to itself.
    fn intake(&self, unit: u32, class: Class) -> u32 {
        let intakes = &self.round.intakes;
        let place = intakes.binary_search_by_key(&(unit, class), |one| (one.unit, one.class));
        place.map_or(unit, |place| self.nodes.intakes + number(place))
    }
}

/// The words of the request.
impl Lines<'_> {
    pub(super) fn unit(&self, rank: u32) -> UnitIndex {
        self.round.units.get(position(rank)).map_or(UnitIndex(rank), |unit| unit.given)
    }

    pub(super) fn version(&self, rank: u32) -> VersionIndex {
        let version = self.round.versions.get(position(rank));
        version.map_or(VersionIndex(rank), |version| version.given)
    }

    /// Where an arc stands.
    pub(super) fn place(&self, number: u32) -> Place {
        let Some(line) = self.arcs.get(position(number)) else {
            return Place::Room(UnitIndex(number));
        };
        let (round, of) = (self.round, position(line.of));
        let place = match line.kind {
            Kind::Give => round
                .gives
                .get(of)
                .map(|give| Place::Offer(self.unit(give.unit), self.version(give.version))),
            Kind::Get(_) | Kind::Feed => round
                .gets
                .get(of)
                .map(|get| Place::Need(self.unit(get.unit), self.version(get.version))),
            Kind::Floor(_) => round
                .floors
                .get(of)
                .map(|floor| Place::Need(self.unit(floor.unit), self.version(floor.version))),
            Kind::Owe => round
                .debts
                .get(of)
                .map(|debt| Place::Obligation(self.unit(debt.giver), self.unit(debt.receiver))),
            Kind::Intake(_) => round.intakes.get(of).map(|one| Place::Intake(self.unit(one.unit))),
            Kind::Room => Some(Place::Room(self.unit(line.of))),
            Kind::Spread => Some(self.junction(line.head)),
            Kind::Gather => Some(self.junction(line.tail)),
        };
        place.unwrap_or(Place::Room(UnitIndex(line.of)))
    }

    /// What a node is that is no unit.
    fn junction(&self, node: u32) -> Place {
        let (round, nodes) = (self.round, self.nodes);
        let version = if node < nodes.give_spans {
            round.lots.get(position(nodes.lot(node))).map(|lot| lot.version)
        } else if node < nodes.floors {
            let gives = round.give_spans.get(position(node - nodes.give_spans));
            let gets = round.get_spans.get(position(node.wrapping_sub(nodes.get_spans)));
            let give = gives.and_then(|span| round.gives.get(position(span.first)));
            give.or_else(|| round.gets.get(position(gets?.first))).map(|wish| wish.version)
        } else if node < nodes.intakes {
            round.floors.get(position(node - nodes.floors)).map(|floor| floor.version)
        } else {
            let intake = round.intakes.get(position(node - nodes.intakes));
            return Place::Intake(self.unit(intake.map_or(node, |intake| intake.unit)));
        };
        Place::Version(self.version(version.unwrap_or(node)))
    }
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn add(balance: &mut [i128], node: u32, seconds: i128) {
    if let Some(sum) = balance.get_mut(position(node)) {
        *sum += seconds;
    }
}
