//! Where a flaw lies, by the positions that the round was given.

use super::flaw::Place;
use super::line::Kind;
use super::lines::Lines;
use super::ways::position;
use crate::maps::{UnitIndex, VersionIndex};

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
    pub(super) fn junction(&self, node: u32) -> Place {
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
