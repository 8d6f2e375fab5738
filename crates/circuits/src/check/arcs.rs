//! The checker's own reading of a round: arcs with their bounds and the flow the plan gives them.

use super::flaw::{Flaw, Place};
use crate::maps::{UnitIndex, VersionIndex};
use crate::request::Label;
use crate::round::Round;
use crate::tie::{Draw, Role};

/// One arc with its flow. Nodes are numbered units first, then lots, then the pool.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Its place in canonical order.
    pub(super) number: usize,
    pub(super) tail: usize,
    pub(super) head: usize,
    pub(super) lower: i64,
    pub(super) upper: i64,
    pub(super) flow: i64,
    pub(super) meets_need: bool,
    pub(super) place: Place,
    role: Role,
    unit: u32,
    other: u32,
}

impl Line {
    pub(super) fn can_change(&self) -> bool {
        self.lower < self.upper
    }

    pub(super) fn can_rise(&self) -> bool {
        self.flow < self.upper
    }

    pub(super) fn can_fall(&self) -> bool {
        self.flow > self.lower
    }
}

/// All arcs of a round, their flow seen to be feasible.
pub(super) struct Lines<'a> {
    round: &'a Round,
    pub(super) node_count: usize,
    pub(super) arcs: Vec<Line>,
}

impl<'a> Lines<'a> {
    /// Reads a round with the flows of a plan. Refused unless every flow is within its bounds, every
    /// lot gives what it takes, and every unit stays within its room.
    pub(super) fn read(round: &'a Round, flows: &[i64]) -> Result<Self, Flaw> {
        let (units, lots) = (round.units.len(), round.versions.len());
        let expected = round.gives.len() + round.gets.len() + round.debts.len();
        if flows.len() != expected {
            return Err(Flaw::Flows { found: flows.len(), expected });
        }
        let mut lines = Self { round, node_count: units + lots + 1, arcs: Vec::new() };
        lines.arcs.reserve(expected + units);
        let mut flows = flows.iter().copied();
        let mut balance = vec![0_i128; units + lots];
        for ends in ends(round) {
            let line = ends.line(lines.arcs.len(), units, flows.next().unwrap_or(0));
            within(&line)?;
            add(&mut balance, line.tail, -i128::from(line.flow));
            add(&mut balance, line.head, i128::from(line.flow));
            lines.arcs.push(line);
        }
        lines.balance_lots(balance.get(units..).unwrap_or_default())?;
        lines.add_rooms(balance.get(..units).unwrap_or_default())?;
        Ok(lines)
    }

    fn balance_lots(&self, balance: &[i128]) -> Result<(), Flaw> {
        match self.round.versions.iter().zip(balance).find(|(_, seconds)| **seconds != 0) {
            None => Ok(()),
            Some((lot, &seconds)) => {
                Err(Flaw::Unbalanced { place: Place::Lot(lot.given), seconds })
            }
        }
    }

    /// The arcs from the pool follow from what each unit gives beyond what it gets.
    fn add_rooms(&mut self, balance: &[i128]) -> Result<(), Flaw> {
        let pool = self.node_count - 1;
        let rows = self.round.units.iter().zip(&self.round.rooms).zip(balance);
        for (unit, ((placed, room), balance)) in rows.enumerate() {
            let place = Place::Room(placed.given);
            let (least, most, seconds) = (-room.down, room.up, -balance);
            let out = || Flaw::OutOfBounds { place, seconds, least, most };
            let line = Line {
                number: self.arcs.len(),
                tail: pool,
                head: unit,
                lower: least,
                upper: most,
                flow: i64::try_from(seconds).map_err(|_| out())?,
                meets_need: false,
                place,
                role: Role::Room,
                unit: u32::try_from(unit).unwrap_or(u32::MAX),
                other: 0,
            };
            within(&line)?;
            self.arcs.push(line);
        }
        Ok(())
    }

    /// The weight of an arc in one draw of the tie-break.
    pub(super) fn weight(&self, line: &Line, draw: usize) -> i64 {
        let other: Option<&Label> = match line.role {
            Role::Give | Role::Get => self.round.version_label(line.other),
            Role::Owe => self.round.unit_label(line.other),
            Role::Room => None,
        };
        Draw::new(self.round, line.role, line.unit, other).weight(draw)
    }
}

fn within(line: &Line) -> Result<(), Flaw> {
    if (line.lower..=line.upper).contains(&line.flow) {
        return Ok(());
    }
    let seconds = i128::from(line.flow);
    Err(Flaw::OutOfBounds { place: line.place, seconds, least: line.lower, most: line.upper })
}

fn add(balance: &mut [i128], node: usize, seconds: i128) {
    if let Some(sum) = balance.get_mut(node) {
        *sum += seconds;
    }
}

/// The ends of an offer, need or obligation, before they are nodes.
struct Ends {
    role: Role,
    unit: u32,
    other: u32,
    upper: i64,
    place: Place,
}

impl Ends {
    fn line(&self, number: usize, units: usize, flow: i64) -> Line {
        let node = |rank: u32| usize::try_from(rank).unwrap_or(usize::MAX);
        let (unit, other) = (node(self.unit), node(self.other));
        let (tail, head) = match self.role {
            Role::Give => (unit, units + other),
            Role::Get => (units + other, unit),
            Role::Owe | Role::Room => (unit, other),
        };
        Line {
            number,
            tail,
            head,
            lower: 0,
            upper: self.upper,
            flow,
            meets_need: matches!(self.role, Role::Get | Role::Owe),
            place: self.place,
            role: self.role,
            unit: self.unit,
            other: self.other,
        }
    }
}

/// Everything that a plan has a flow for, in the order of its flows.
fn ends(round: &Round) -> impl Iterator<Item = Ends> {
    let unit = |rank: u32| given(&round.units, rank, UnitIndex(rank), |unit| unit.given);
    let lot = |rank: u32| given(&round.versions, rank, VersionIndex(rank), |lot| lot.given);
    let gives = round.gives.iter().map(move |wish| Ends {
        role: Role::Give,
        unit: wish.unit,
        other: wish.version,
        upper: wish.seconds,
        place: Place::Offer(unit(wish.unit), lot(wish.version)),
    });
    let gets = round.gets.iter().map(move |wish| Ends {
        role: Role::Get,
        unit: wish.unit,
        other: wish.version,
        upper: wish.seconds,
        place: Place::Need(unit(wish.unit), lot(wish.version)),
    });
    let debts = round.debts.iter().map(move |debt| Ends {
        role: Role::Owe,
        unit: debt.giver,
        other: debt.receiver,
        upper: debt.seconds,
        place: Place::Obligation(unit(debt.giver), unit(debt.receiver)),
    });
    gives.chain(gets).chain(debts)
}

fn given<T, K>(list: &[T], rank: u32, otherwise: K, given: impl Fn(&T) -> K) -> K {
    usize::try_from(rank).ok().and_then(|i| list.get(i)).map_or(otherwise, given)
}
