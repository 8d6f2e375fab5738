use std::io::{self, Write};

use circuits::{Delivery, Fault, Flaw, Place, Plan, UnitIndex, VersionIndex};
use measure::Hours;

use super::course;
use super::exchange::Exchange;
use super::explain::Step;
use super::names::Names;
use super::obligations::Obligations;

/// What was read, with the round made from it.
pub(crate) enum Problem {
    /// Offers and needs.
    Exchange(Box<Exchange>),
    /// Who owes whom.
    Obligations(Box<Obligations>),
}

impl Problem {
    pub(crate) const fn round(&self) -> &circuits::Round {
        match self {
            Self::Exchange(exchange) => &exchange.round,
            Self::Obligations(obligations) => &obligations.round,
        }
    }

    pub(crate) const fn units(&self) -> &Names {
        match self {
            Self::Exchange(exchange) => &exchange.units.names,
            Self::Obligations(obligations) => &obligations.units.names,
        }
    }

    /// Whether members are counted, so that hours are shared out evenly among them.
    pub(crate) const fn by_members(&self) -> bool {
        match self {
            Self::Exchange(exchange) => exchange.units.by_members,
            Self::Obligations(obligations) => obligations.units.by_members,
        }
    }

    /// What is offered; nothing in a round of obligations.
    pub(crate) const fn specifications(&self) -> Option<&Names> {
        match self {
            Self::Exchange(exchange) => Some(&exchange.specifications.names),
            Self::Obligations(_) => None,
        }
    }

    /// How far the entitlement of a unit may fall.
    pub(crate) fn room(&self, unit: UnitIndex) -> Hours {
        match self {
            Self::Exchange(exchange) => exchange.units.room_down(unit),
            Self::Obligations(obligations) => obligations.units.room_down(unit),
        }
    }

    /// What a version is called.
    pub(crate) fn what(&self, version: VersionIndex) -> &str {
        match self {
            Self::Exchange(exchange) => exchange.specifications.names.name(version.0),
            Self::Obligations(_) => "?",
        }
    }

    /// Every unit, in the order of the round.
    pub(crate) fn all_units(&self) -> impl Iterator<Item = UnitIndex> + use<> {
        let count = u32::try_from(self.units().len()).unwrap_or(u32::MAX);
        (0..count).map(UnitIndex)
    }

    /// Whether things are set off against each other at one stroke, instead of delivered.
    pub(crate) const fn is_set_off(&self) -> bool {
        matches!(self, Self::Obligations(_))
    }

    /// The deliveries of a plan, by the names of what is delivered.
    pub(crate) fn deliveries(&self, plan: &Plan) -> Vec<Step<'_>> {
        match self {
            Self::Exchange(exchange) => {
                let step = |one: circuits::Match| {
                    let (giver, receiver, hours) = (one.giver, one.receiver, one.hours);
                    let what = Some(exchange.specifications.names.name(one.version.0));
                    Step { delivery: Delivery { giver, receiver, hours }, what }
                };
                circuits::matches(&exchange.round, plan).into_iter().map(step).collect()
            }
            Self::Obligations(obligations) => {
                let cleared = circuits::cleared(&obligations.round, plan, &obligations.list);
                let step = |(one, hours): (&circuits::Obligation, Hours)| {
                    let (giver, receiver) = (one.giver, one.receiver);
                    Step { delivery: Delivery { giver, receiver, hours }, what: None }
                };
                obligations.list.iter().zip(cleared).map(step).collect()
            }
        }
    }

    /// Writes what a plan comes to: the deliveries, or what is cleared of each line.
    pub(crate) fn write_plan(&self, plan: &Plan, to: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Exchange(exchange) => {
                exchange.write_matches(&circuits::matches(&exchange.round, plan), to)
            }
            Self::Obligations(obligations) => obligations.write_cleared(plan, to),
        }
    }

    /// What is wrong with a plan, by the names of units and specifications.
    pub(crate) fn in_words(&self, flaw: Flaw) -> String {
        match flaw {
            Flaw::OutOfBounds { place, seconds, least, most } => {
                let place = self.place(place);
                format!("{place} carries `{seconds}` seconds; expected {least} to {most}")
            }
            Flaw::Unbalanced { place, seconds } => {
                let place = self.place(place);
                format!("`{seconds}` seconds more go into {place} than come out; expected as many")
            }
            Flaw::Stage { stage, name, fault } => {
                let (number, stage) = (stage + 1, course::in_words(name, self.specifications()));
                format!("stage {number}, {stage}: {}", self.fault_in_words(fault))
            }
            other => other.to_string(),
        }
    }

    fn fault_in_words(&self, fault: Fault) -> String {
        match fault {
            Fault::NotBest { place } => {
                let place = self.place(place);
                format!("by its potentials, changing {place} would be better")
            }
            Fault::LevelTooHigh { level, place } => {
                let place = self.place(place);
                format!("{place} is less than level `{level}` asks for")
            }
            other => other.to_string(),
        }
    }

    fn place(&self, place: Place) -> String {
        let lot = |number: u32| match self {
            Self::Exchange(exchange) => exchange.specifications.names.name(number),
            Self::Obligations(_) => "?",
        };
        match place {
            Place::Offer(unit, what) => {
                format!("what `{}` gives of `{}`", self.units().name(unit.0), lot(what.0))
            }
            Place::Need(unit, what) => {
                format!("what `{}` gets of `{}`", self.units().name(unit.0), lot(what.0))
            }
            Place::Obligation(giver, receiver) => {
                format!(
                    "what `{}` owes `{}`",
                    self.units().name(giver.0),
                    self.units().name(receiver.0)
                )
            }
            Place::Room(unit) => format!("the room of `{}`", self.units().name(unit.0)),
            Place::Version(what) => format!("`{}`", lot(what.0)),
            Place::Intake(unit) => {
                format!("all that `{}` gets of one class", self.units().name(unit.0))
            }
        }
    }
}
