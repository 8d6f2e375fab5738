use std::sync::Arc;

use circuits::{Accepted, Before, Label, Refused, Request, Terms, UnitIndex, VersionIndex};

use crate::rows::{Drawn, Inputs, Pass, Phase, RoomLeft, Round, Unit, Version};
use crate::{Area, Federation, Id, Ref, Refusal, StatementId, Time};

/// A plan's inputs in the terms of the engine, with what its positions stand for.
#[derive(Debug)]
pub struct Problem {
    /// The problem as the engine has it.
    pub round: Arc<circuits::Round>,
    /// The unit at each position.
    pub units: Vec<Id<Unit>>,
    /// The version at each position.
    pub versions: Vec<Id<Version>>,
}

/// What an open round would be solved for if nothing more were said before it closes.
#[derive(Debug)]
pub struct Foreseen {
    /// What would be frozen.
    pub inputs: Inputs,
    /// When it would be: the round closes then at the earliest.
    pub closes: Time,
    /// The same in the terms of the engine.
    pub request: Request,
    /// The unit at each position.
    pub units: Vec<Id<Unit>>,
    /// The version at each position.
    pub versions: Vec<Id<Version>>,
}

/// What the engine's positions stand for, in order.
struct Places {
    units: Vec<Id<Unit>>,
    versions: Vec<Id<Version>>,
}

impl Places {
    fn of(inputs: &Inputs) -> Self {
        let units = inputs.rooms.iter().map(|room| room.unit).collect();
        let mut versions: Vec<_> = inputs.needs.iter().map(|drawn| drawn.version).collect();
        versions.sort_unstable();
        versions.dedup();
        Self { units, versions }
    }

    fn unit(&self, unit: Id<Unit>) -> Option<UnitIndex> {
        position(&self.units, &unit).map(UnitIndex)
    }

    fn version(&self, version: Id<Version>) -> Option<VersionIndex> {
        position(&self.versions, &version).map(VersionIndex)
    }
}

impl Federation {
    /// The problem that a round waits to have solved. Refused when it waits for something else.
    ///
    /// Anybody may solve it ([`circuits::solve`]) and submit the plan; the certificate, not the
    /// solver, is trusted.
    pub fn problem(&self, id: Id<Round>) -> Result<circuits::Round, Refusal> {
        Ok(Arc::unwrap_or_clone(self.problem_of(id)?.round))
    }

    /// What the problem that a round waits to have solved is made from. Refused as
    /// [`Federation::problem`] is.
    pub fn request(&self, id: Id<Round>) -> Result<Request, Refusal> {
        let (round, inputs) = self.frozen(id)?;
        self.request_of(round, inputs, &Places::of(inputs))
    }

    /// What an open round would be solved for if nothing more were said before it closes. Refused
    /// when it takes no more offers and needs.
    ///
    /// A pure function of the record, so everybody who reads it foresees the same. It changes
    /// nothing, and it binds nobody. When the round closes with nothing else said, and the calendar
    /// has nothing due until then, its inputs are these, up to the size of the record and the moment.
    pub fn foreseen(&self, id: Id<Round>) -> Result<Foreseen, Refusal> {
        let round = self.round(id)?;
        let other = |waits_for| Err(Refusal::OtherPhase { round: id.number(), waits_for });
        let until = match round.phase {
            Phase::Open { until } => until,
            Phase::Solving { .. } => return other("a certified plan"),
            Phase::Answering { .. } => return other("answers"),
            Phase::Finished => return other("nothing more, it is over"),
        };
        let closes = self.begins(until);
        let inputs = self.inputs_at(id, closes)?;
        let places = Places::of(&inputs);
        let request = self.request_of(round, &inputs, &places)?;
        let Places { units, versions } = places;
        Ok(Foreseen { inputs, closes, request, units, versions })
    }

    /// The problem that a recorded plan solved, to explain or to check it again.
    pub fn problem_solved(&self, id: Id<Round>, pass: Pass) -> Result<Problem, Refusal> {
        let round = self.round(id)?;
        let plan = match pass {
            Pass::First => round.plans.first(),
            Pass::Again => round.plans.get(1),
        };
        self.problem_for(round, &plan.ok_or(Refusal::PlanMissing {})?.inputs)
    }

    pub(crate) fn problem_of(&self, id: Id<Round>) -> Result<Problem, Refusal> {
        let (round, inputs) = self.frozen(id)?;
        self.problem_for(round, inputs)
    }

    fn frozen(&self, id: Id<Round>) -> Result<(&Round, &Inputs), Refusal> {
        let round = self.round(id)?;
        if let (Phase::Solving { .. }, Some(inputs)) = (&round.phase, &round.inputs) {
            return Ok((round, inputs));
        }
        let waits_for = "offers and needs, or answers";
        Err(Refusal::OtherPhase { round: id.number(), waits_for })
    }

    fn problem_for(&self, round: &Round, inputs: &Inputs) -> Result<Problem, Refusal> {
        let places = Places::of(inputs);
        let round = circuits::Round::try_new(self.request_of(round, inputs, &places)?)
            .map_err(|refused| Refusal::PlanRefused { flaw: refused.to_string() })?;
        Ok(Problem { round: Arc::new(round), units: places.units, versions: places.versions })
    }

    fn request_of(
        &self,
        round: &Round,
        inputs: &Inputs,
        places: &Places,
    ) -> Result<Request, Refusal> {
        let wish = |drawn: &Drawn| self.engine_wish(drawn, places);
        let accepted = inputs.accepted.iter().filter_map(|&(parties, hours)| {
            let (giver, receiver) = (places.unit(parties.giver)?, places.unit(parties.receiver)?);
            Some(Accepted { giver, receiver, hours })
        });
        let refused = inputs.refused.iter().filter_map(|&(unit, partner)| {
            Some(Refused { unit: places.unit(unit)?, partner: places.unit(partner)? })
        });
        let before = inputs.let_down.iter().filter_map(|&(parties, version, hours)| {
            let (giver, receiver) = (places.unit(parties.giver)?, places.unit(parties.receiver)?);
            Some(Before { giver, receiver, version: Some(places.version(version)?), hours })
        });
        let versions = places.versions.iter().map(|&version| self.engine_version(version, inputs));
        let order = inputs.order.iter().map(|preference| preference.for_engine()).collect();
        Ok(Request {
            units: inputs.rooms.iter().map(|room| self.engine_unit(*room, inputs)).collect(),
            versions: versions.collect::<Result<_, _>>()?,
            offers: inputs.offers.iter().filter_map(wish).collect(),
            needs: inputs.needs.iter().filter_map(wish).collect(),
            obligations: Vec::new(),
            accepted: accepted.collect(),
            refused: refused.collect(),
            before: Some(before.collect::<Vec<_>>()).filter(|before| !before.is_empty()),
            terms: Terms { evenness: true, week: inputs.at.week(), order, ..Terms::default() },
            seed: round.seed.0,
        })
    }

    fn engine_wish(&self, drawn: &Drawn, places: &Places) -> Option<circuits::Wish> {
        let row = self.wish(drawn.wish).ok()?;
        let (unit, version) = (places.unit(row.unit)?, places.version(drawn.version)?);
        let area = row.area.as_ref().and_then(Area::for_engine);
        let wish = circuits::Wish::new(unit, version, drawn.quantity);
        Some(circuits::Wish { area, weeks: row.weeks(), ..wish })
    }

    fn engine_unit(&self, room: RoomLeft, inputs: &Inputs) -> circuits::Unit {
        let label = self.unit_ref(room.unit).map_or_else(|| Label(Vec::new()), label);
        circuits::Unit {
            members: room.members,
            home: inputs.homes.get(&room.unit).and_then(Area::for_engine),
            short: room.short,
            ..circuits::Unit::new(label, room.down, room.up)
        }
    }

    fn engine_version(
        &self,
        id: Id<Version>,
        inputs: &Inputs,
    ) -> Result<circuits::Version, Refusal> {
        let label = self.version_ref(id).map_or_else(|| Label(Vec::new()), label);
        let specification = self.version(id)?.specification;
        let decimals = self.specification(specification)?.measure.decimals();
        let version = circuits::Version::new(label, self.value_of(id)?, decimals);
        Ok(circuits::Version { essential: inputs.essentials.get(&id).copied(), ..version })
    }
}

fn position<T: Ord>(sorted: &[T], thing: &T) -> Option<u32> {
    sorted.binary_search(thing).ok().and_then(|n| u32::try_from(n).ok())
}

/// The same for the same thing wherever it stands in the record: its statement's hash and row.
fn label<T>(named: Ref<T>) -> Label {
    let StatementId(hash) = named.made_by;
    Label([hash.as_slice(), &named.row.to_be_bytes()].concat())
}
