use std::collections::BTreeMap;

use circuits::{Accepted, Label, Request, UnitIndex, VersionIndex};
use measure::Quantity;

use crate::act::{Consent, PlanAct, Side, Terms};
use crate::rows::{
    Answered, Contract, Drawn, Inputs, Origin, Parties, Pass, Phase, Planned, Round, Status, Unit,
    Valuation, Version, Wish,
};
use crate::{Area, Effect, Federation, Id, Line, Ref, Refusal, StatementId, Time};

use super::Author;

/// One match of a plan, in the federation's terms.
struct Matched {
    parties: Parties,
    version: Id<Version>,
    quantity: Quantity,
}

/// A plan's inputs in the terms of the engine, with what its positions stand for.
#[derive(Debug)]
pub struct Problem {
    /// The problem as the engine has it.
    pub round: circuits::Round,
    /// The unit at each position.
    pub units: Vec<Id<Unit>>,
    /// The version at each position.
    pub versions: Vec<Id<Version>>,
}

impl Federation {
    /// The problem that a round waits to have solved. Refused when it waits for something else.
    ///
    /// Anybody may solve it ([`circuits::solve`]) and submit the plan; the certificate, not the
    /// solver, is trusted.
    pub fn problem(&self, id: Id<Round>) -> Result<circuits::Round, Refusal> {
        Ok(self.problem_of(id)?.round)
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

    fn problem_of(&self, id: Id<Round>) -> Result<Problem, Refusal> {
        let round = self.round(id)?;
        if let (Phase::Solving { .. }, Some(inputs)) = (&round.phase, &round.inputs) {
            return self.problem_for(round, inputs);
        }
        let waits_for = "offers and needs, or answers";
        Err(Refusal::OtherPhase { round: id.number(), waits_for })
    }

    fn problem_for(&self, round: &Round, inputs: &Inputs) -> Result<Problem, Refusal> {
        let units: Vec<Id<Unit>> = inputs.rooms.iter().map(|room| room.unit).collect();
        let mut versions: Vec<_> = inputs.needs.iter().map(|drawn| drawn.version).collect();
        versions.sort_unstable();
        versions.dedup();
        let unit_at = |unit| Some(UnitIndex(position(&units, &unit)?));
        let version_at = |version| Some(VersionIndex(position(&versions, &version)?));
        let wish = |drawn: &Drawn| {
            let row = self.wish(drawn.wish).ok()?;
            let (unit, version) = (unit_at(row.unit)?, version_at(drawn.version)?);
            let area = row.area.as_ref().and_then(Area::for_engine);
            let wish = circuits::Wish::new(unit, version, drawn.quantity);
            Some(circuits::Wish { area, weeks: row.weeks(), ..wish })
        };
        let offers = inputs.offers.iter().filter_map(wish).collect();
        let needs = inputs.needs.iter().filter_map(wish).collect();
        let accepted: Vec<_> = inputs
            .accepted
            .iter()
            .filter_map(|&(parties, hours)| {
                let (giver, receiver) = (unit_at(parties.giver)?, unit_at(parties.receiver)?);
                Some(Accepted { giver, receiver, hours })
            })
            .collect();
        let request = Request {
            units: inputs.rooms.iter().map(|room| self.engine_unit(*room)).collect(),
            versions: versions.iter().map(|&v| self.engine_version(v)).collect::<Result<_, _>>()?,
            offers,
            needs,
            accepted,
            seed: round.seed.0,
            ..Request::default()
        };
        let built = circuits::Round::try_new(request)
            .map_err(|refused| Refusal::PlanRefused { flaw: refused.to_string() })?;
        Ok(Problem { round: built, units, versions })
    }

    fn engine_unit(&self, room: crate::rows::RoomLeft) -> circuits::Unit {
        let label = self.unit_ref(room.unit).map_or_else(|| Label(Vec::new()), label);
        circuits::Unit::new(label, room.down, room.up)
    }

    fn engine_version(&self, version: Id<Version>) -> Result<circuits::Version, Refusal> {
        let label = self.version_ref(version).map_or_else(|| Label(Vec::new()), label);
        let specification = self.version(version)?.specification;
        let decimals = self.specification(specification)?.measure.decimals();
        Ok(circuits::Version::new(label, self.value_of(version)?, decimals))
    }

    /// Records the first plan submitted whose certificate holds. Each match is a proposed contract;
    /// standing consent answers yes within its limits.
    pub(crate) fn record_plan(
        &mut self,
        author: Author,
        act: &PlanAct,
        plan: Option<&circuits::Plan>,
    ) -> Result<Effect, Refusal> {
        self.acting_unit(author.person)?;
        let id = self.find_round(act.round)?;
        let problem = self.problem_of(id)?;
        let plan = plan.ok_or(Refusal::PlanMissing {})?;
        circuits::check(&problem.round, plan)
            .map_err(|flaw| Refusal::PlanRefused { flaw: flaw.to_string() })?;
        let matched = in_our_terms(&problem, plan);
        let round = self.rounds.row_mut(id)?;
        let (Phase::Solving { pass }, Some(inputs)) = (round.phase, round.inputs.take()) else {
            return Err(Refusal::OtherPhase { round: id.number(), waits_for: "its inputs" });
        };
        let at = self.begins(author.at);
        let until = at.plus_hours(self.pact().map_or(0, |pact| pact.answer_hours));
        let origin = Origin::Round { round: id, pass };
        let drawn = DrawnOn::new(self, &inputs);
        let mut contracts = Vec::new();
        for (row, matched) in (0..).zip(&matched) {
            contracts.push(self.propose_match(author, (row, matched), (origin, until), &drawn)?);
        }
        let parties: Vec<_> = matched.iter().map(|matched| matched.parties).collect();
        self.run_off_of(&parties)?;
        let planned = Planned { annex: act.annex, at, contracts, inputs };
        let round_row = self.rounds.row_mut(id)?;
        round_row.plans.push(planned);
        round_row.phase = Phase::Answering { pass, until };
        let contracts = u32::try_from(matched.len()).unwrap_or(u32::MAX);
        Ok(Effect::Planned { round: id, contracts })
    }

    fn propose_match(
        &mut self,
        author: Author,
        (row, matched): (u32, &Matched),
        (origin, answer_by): (Origin, Time),
        drawn: &DrawnOn,
    ) -> Result<Id<Contract>, Refusal> {
        let at = self.begins(author.at);
        let [giver, receiver] = self.say(matched, drawn, at);
        let answered = |word| match word {
            Word::Standing => Answered::Standing,
            Word::Ask | Word::TakenBack => Answered::No,
        };
        let (giver_says, receiver_says) = (answered(giver), answered(receiver));
        let contract = Contract {
            origin,
            status: Status::Proposed { giver: giver_says, receiver: receiver_says, answer_by },
            ..self.contract_of(
                matched.parties,
                matched.version,
                matched.quantity,
                Terms::AtValue,
            )?
        };
        let id =
            self.put_contract((author.made_by, row), Contract { since: author.at, ..contract })?;
        let declined = |by| Status::Declined { by, reason: Line::default() };
        let Parties { giver: gives, receiver: gets } = matched.parties;
        match (giver, receiver) {
            (Word::TakenBack, _) => self.change_contract(id, |row| row.status = declined(gives))?,
            (_, Word::TakenBack) => self.change_contract(id, |row| row.status = declined(gets))?,
            (Word::Standing, Word::Standing) => self.agree(id, at)?,
            _ => {}
        }
        Ok(id)
    }

    /// What each side of a match says by what it has offered and needs, as it stands now: giver,
    /// then receiver.
    fn say(&self, matched: &Matched, drawn: &DrawnOn, at: Time) -> [Word; 2] {
        // An asked value needs the receiver's own yes, unless the need names a highest value.
        let agreed = self
            .version(matched.version)
            .is_ok_and(|row| matches!(row.valuation, Some(Valuation::Agreed { .. })));
        let consent =
            |wish: &Wish| match wish.side == Side::Offer || agreed || wish.value_max.is_some() {
                true => wish.consent,
                false => Consent::Ask,
            };
        [Side::Offer, Side::Need].map(|side| {
            let ids = drawn.0.get(&(side, matched.parties.on(side), matched.version));
            let wishes = ids.into_iter().flatten().filter_map(|&id| self.wish(id).ok());
            word(matched.quantity, wishes.map(|wish| (wish.left(at), consent(wish))))
        })
    }
}

/// What a side of a match says before anybody has asked it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Yes, in advance.
    Standing,
    /// Nothing yet.
    Ask,
    /// It has taken back, since the inputs were frozen, what the match draws on; a refusal.
    TakenBack,
}

/// Standing consent says yes where all that is left has it, and it is enough.
fn word(quantity: Quantity, drawn: impl Iterator<Item = (Quantity, Consent)>) -> Word {
    let (mut left, mut all_standing) = (Quantity::ZERO, true);
    for (more, consent) in drawn.filter(|(more, _)| !more.is_zero()) {
        left = left.plus(more).unwrap_or(left);
        all_standing &= consent == Consent::Standing;
    }
    match left.is_zero() {
        true => Word::TakenBack,
        false if all_standing && left >= quantity => Word::Standing,
        false => Word::Ask,
    }
}

/// What the matches of a plan draw on: the wishes of each side, by unit and version.
struct DrawnOn(BTreeMap<SideOf, Vec<Id<Wish>>>);

/// A side that a unit takes in a version.
type SideOf = (Side, Id<Unit>, Id<Version>);

impl DrawnOn {
    fn new(federation: &Federation, inputs: &Inputs) -> Self {
        let mut wishes: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for drawn in inputs.offers.iter().chain(&inputs.needs) {
            let Ok(wish) = federation.wish(drawn.wish) else { continue };
            wishes.entry((wish.side, wish.unit, drawn.version)).or_default().push(drawn.wish);
        }
        Self(wishes)
    }
}

impl Answered {
    /// Whether it is a yes of either kind.
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Yes | Self::Standing)
    }
}

fn in_our_terms(problem: &Problem, plan: &circuits::Plan) -> Vec<Matched> {
    let matches = circuits::matches(&problem.round, plan);
    let unit = |index: UnitIndex| problem.units.get(usize::try_from(index.0).ok()?).copied();
    let version =
        |index: VersionIndex| problem.versions.get(usize::try_from(index.0).ok()?).copied();
    let in_our_terms = matches.iter().filter_map(|found| {
        let parties = Parties { giver: unit(found.giver)?, receiver: unit(found.receiver)? };
        Some(Matched { parties, version: version(found.version)?, quantity: found.quantity })
    });
    in_our_terms.filter(|found| !found.quantity.is_zero()).collect()
}

fn position<T: Ord>(sorted: &[T], thing: &T) -> Option<u32> {
    sorted.binary_search(thing).ok().and_then(|n| u32::try_from(n).ok())
}

/// The same for the same thing wherever it stands in the record: its statement's hash and row.
fn label<T>(named: Ref<T>) -> Label {
    let StatementId(hash) = named.made_by;
    Label([hash.as_slice(), &named.row.to_be_bytes()].concat())
}
