//! The checker's own reading of a round: nodes, arcs with their bounds, and the flow the plan gives
//! them.

use super::flaw::Flaw;
use super::line::{Kind, Line};
use super::nodes::Nodes;
use super::ways::position;
use crate::round::{Reach, Round, Share};
use crate::stage::Class;

/// All arcs of a round, their flow seen to be feasible.
pub(super) struct Lines<'a> {
    pub(super) round: &'a Round,
    pub(super) nodes: Nodes,
    pub(super) arcs: Vec<Line>,
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
pub(super) fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn add(balance: &mut [i128], node: u32, seconds: i128) {
    if let Some(sum) = balance.get_mut(position(node)) {
        *sum += seconds;
    }
}
