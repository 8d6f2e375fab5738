use std::collections::BTreeMap;

use circuits::{UnitIndex, VersionIndex};
use measure::{Hours, Quantity};

use crate::act::{Consent, PlanAct, Side, Terms};
use crate::rows::{
    Answered, Contract, Inputs, Meeting, Origin, Parties, Phase, Planned, Status, Unit, Valuation,
    Version, Wish,
};
use crate::{Area, Effect, Federation, Id, Line, Refusal, Time};

use super::Author;
use super::problem::Problem;

/// One match of a plan, in the federation's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Who gives, and who gets.
    pub parties: Parties,
    /// What.
    pub version: Id<Version>,
    /// How much of it; at least one step.
    pub quantity: Quantity,
    /// What that is worth.
    pub hours: Hours,
    /// Where and when they can meet.
    pub meeting: Meeting,
}

impl Federation {
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
        let matched = problem.matched(plan);
        let answer_hours = self.round(id)?.answer_hours;
        let round = self.rounds.row_mut(id)?;
        let (Phase::Solving { pass }, Some(inputs)) = (round.phase, round.inputs.take()) else {
            return Err(Refusal::OtherPhase { round: id.number(), waits_for: "its inputs" });
        };
        let at = self.begins(author.at);
        let until = at.plus_hours(answer_hours);
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
            meeting: matched.meeting.clone(),
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
            let wishes = wishes.filter(|wish| wish.allows(&matched.meeting));
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

impl Problem {
    /// What a plan proposes, in the federation's terms: a contract for each, in their order.
    pub fn matched(&self, plan: &circuits::Plan) -> Vec<Matched> {
        let unit = |index: UnitIndex| self.units.get(usize::try_from(index.0).ok()?).copied();
        let version =
            |index: VersionIndex| self.versions.get(usize::try_from(index.0).ok()?).copied();
        let in_our_terms = |found: &circuits::Match| {
            let parties = Parties { giver: unit(found.giver)?, receiver: unit(found.receiver)? };
            let area = found.area.as_ref().and_then(|area| Area::parse(area.path()).ok());
            let meeting = Meeting { area, week: found.week };
            let (version, quantity) = (version(found.version)?, found.quantity);
            Some(Matched { parties, version, quantity, hours: found.hours, meeting })
        };
        let matches = circuits::matches(&self.round, plan);
        let matched = matches.iter().filter_map(in_our_terms);
        matched.filter(|found| !found.quantity.is_zero()).collect()
    }
}
