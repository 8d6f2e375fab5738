use std::collections::{BTreeMap, BTreeSet};

use measure::{Hours, Quantity};

use crate::act::CloseRound;
use crate::rows::{
    Contract, Inputs, Need, Origin, Pass, Phase, RoomLeft, Round, Standing, Status, Unit, Version,
};
use crate::{Effect, Federation, Id, Refusal, Root, Time};

use super::Author;

/// The most hours that one unit offers, or needs, in one round: 2⁴⁰ seconds, about 300 million
/// hours. So no unit can bring so much that a round has no solution within the range of numbers.
const HOURS_OF_UNIT_MAX: Hours = match Hours::from_seconds(1 << 40) {
    Some(hours) => hours,
    None => Hours::ZERO,
};

/// How much each unit has brought to a round so far.
#[derive(Default)]
struct Fits(BTreeMap<Id<Unit>, (Quantity, Hours)>);

impl Fits {
    /// Whether so much more of a unit fits into the round; takes it in if so.
    fn take(&mut self, unit: Id<Unit>, quantity: Quantity, hours: Hours) -> bool {
        let row = self.0.entry(unit).or_default();
        let (Some(steps), Some(hours)) = (row.0.plus(quantity), row.1.plus(hours)) else {
            return false;
        };
        if hours > HOURS_OF_UNIT_MAX {
            return false;
        }
        *row = (steps, hours);
        true
    }
}

impl Federation {
    /// When the calendar lets the next round open: at the founding, and then every so many hours.
    pub fn next_round_due(&self) -> Option<Time> {
        let founding = self.founding.as_ref()?;
        let every = i64::from(founding.pact.round_every_hours) * 3600;
        let passed = (self.testified.seconds() - founding.at.seconds()).max(0) / every;
        let latest = founding.at.plus_seconds(passed * every);
        match self.rounds().next_back() {
            Some((_, last)) if last.due >= latest => Some(last.due.plus_seconds(every)),
            _ => Some(latest),
        }
    }

    /// Any member opens the round that is due. The seed is the record's root before it, so nobody
    /// knew it when the inputs were made, and nobody chooses the moment.
    pub(crate) fn open_round(
        &mut self,
        author: Author,
        root_before: Option<Root>,
    ) -> Result<Effect, Refusal> {
        self.acting_unit(author.person)?;
        if let Some((id, last)) = self.rounds().next_back()
            && last.phase != Phase::Finished
        {
            return Err(Refusal::RoundUnderWay { round: id.number() });
        }
        let due = self.next_round_due().ok_or(Refusal::NotFounded {})?;
        if due > self.testified {
            return Err(Refusal::RoundNotDue { due, testified: self.testified });
        }
        let seed = root_before.ok_or(Refusal::SeedMissing {})?;
        let open_hours = self.pact().map_or(0, |pact| pact.round_open_hours);
        let until = self.begins(author.at).plus_hours(open_hours);
        let round = Round {
            due,
            seed,
            phase: Phase::Open { until },
            inputs: None,
            plans: Vec::new(),
            swaps: Vec::new(),
            out: BTreeSet::new(),
        };
        Ok(Effect::Round(self.rounds.add(author.made_by, 0, round)))
    }

    /// Any member closes the window that is over. That freezes what the next solve is for, so that
    /// whoever solves it has the same inputs.
    pub(crate) fn close_round(
        &mut self,
        author: Author,
        act: &CloseRound,
    ) -> Result<Effect, Refusal> {
        self.acting_unit(author.person)?;
        let id = self.find_round(act.round)?;
        let over = |until: Time| match until <= self.testified {
            true => Ok(()),
            false => Err(Refusal::WindowOpen { until, testified: self.testified }),
        };
        match self.round(id)?.phase {
            Phase::Open { until } => {
                over(until)?;
                self.swap_things(author, id)?;
                self.freeze(author, id, Pass::First)
            }
            Phase::Answering { pass, until } => {
                if !self.all_answered(id)? {
                    over(until)?;
                }
                self.close_answers(id)?;
                match pass {
                    Pass::First => self.freeze(author, id, Pass::Again),
                    Pass::Again => self.finish(id),
                }
            }
            Phase::Solving { .. } => {
                Err(Refusal::OtherPhase { round: id.number(), waits_for: "a certified plan" })
            }
            Phase::Finished => Err(Refusal::OtherPhase {
                round: id.number(),
                waits_for: "nothing more, it is over",
            }),
        }
    }

    /// Whether every contract that the last plan proposed was answered.
    pub fn all_answered(&self, id: Id<Round>) -> Result<bool, Refusal> {
        let last = self.round(id)?.plans.last();
        let contracts = last.map(|plan| plan.contracts.as_slice()).unwrap_or_default();
        Ok(contracts.iter().all(|&c| self.contract(c).is_ok_and(|row| !row.is_proposed())))
    }

    /// What was not answered lapses. Whoever refused or was silent takes no further part for that
    /// specification in this round.
    fn close_answers(&mut self, id: Id<Round>) -> Result<(), Refusal> {
        let contracts = self.round(id)?.plans.last().map(|plan| plan.contracts.clone());
        let mut lapsed = Vec::new();
        for contract in contracts.unwrap_or_default() {
            let row = self.contract(contract)?;
            let (parties, proposed) = (row.parties, row.is_proposed());
            let out: Vec<Id<Unit>> = match &row.status {
                Status::Declined { by, .. } => vec![*by],
                Status::Proposed { giver, receiver, .. } => {
                    let sides = [(parties.giver, giver), (parties.receiver, receiver)];
                    sides.into_iter().filter(|(_, said)| !said.is_yes()).map(|(u, _)| u).collect()
                }
                _ => Vec::new(),
            };
            let specification = self.version(row.version)?.specification;
            if proposed {
                self.change_contract(contract, |row| row.status = Status::Lapsed)?;
                lapsed.push(parties);
            }
            let round = self.rounds.row_mut(id)?;
            round.out.extend(out.into_iter().map(|unit| (unit, specification)));
        }
        self.run_off_of(&lapsed)
    }

    fn finish(&mut self, id: Id<Round>) -> Result<Effect, Refusal> {
        let round = self.rounds.row_mut(id)?;
        round.phase = Phase::Finished;
        round.inputs = None;
        Ok(Effect::Done)
    }

    /// Freezes what a solve is for; a round in which nothing can be matched is over.
    fn freeze(&mut self, author: Author, id: Id<Round>, pass: Pass) -> Result<Effect, Refusal> {
        let at = self.begins(author.at);
        let out = self.round(id)?.out.clone();
        let takes_part = |unit, version| {
            let specification = self.version(version).map(|row| row.specification);
            specification.is_ok_and(|s| {
                self.specification(s).is_ok_and(|row| row.retired.is_none())
                    && !out.contains(&(unit, s))
            })
        };
        let mut fits = Fits::default();
        let offers: Vec<_> = self
            .standing_offers
            .iter()
            .filter(|&&(unit, version, _)| takes_part(unit, version))
            .filter_map(|&(.., offer)| Some((offer, self.offer(offer).ok()?)))
            .filter(|(_, row)| row.is_for_rounds() && !row.left(at).is_zero())
            .filter(|(_, row)| {
                fits.take(row.unit, row.left(at), self.hours_of(row.version, row.left(at)))
            })
            .map(|(offer, row)| (offer, row.left(at)))
            .collect();
        let offered: BTreeSet<Id<Version>> =
            offers.iter().filter_map(|&(id, _)| Some(self.offer(id).ok()?.version)).collect();
        let drawn_before = self.drawn_in_first(id)?;
        let mut fits = Fits::default();
        let needs: Vec<_> = self
            .standing_needs
            .iter()
            .filter_map(|&(_, need)| Some((need, self.need(need).ok()?)))
            .filter(|(_, row)| row.is_for_rounds() && !row.left(at).is_zero())
            .filter_map(|(need, row)| {
                let before = drawn_before.get(&need).copied();
                let version = self.version_to_try(row, &offered, before)?;
                let left = row.left(at);
                let part = takes_part(row.unit, version)
                    && fits.take(row.unit, left, self.hours_of(version, left));
                part.then_some((need, version, left))
            })
            .collect();
        if offers.is_empty() || needs.is_empty() {
            return self.finish(id);
        }
        let accepted = self.accepted_in(id)?;
        let rooms = self.rooms_for(id);
        let inputs = Inputs { size: self.size, at, rooms, offers, needs, accepted };
        let round = self.rounds.row_mut(id)?;
        round.inputs = Some(inputs);
        round.phase = Phase::Solving { pass };
        Ok(Effect::Done)
    }

    /// What so much under a version is worth; nothing if it has no value.
    fn hours_of(&self, version: Id<Version>, quantity: Quantity) -> Hours {
        let worth = || {
            let specification = self.version(version).ok()?.specification;
            let decimals = self.specification(specification).ok()?.measure.decimals();
            self.value_of(version).ok()?.worth(quantity, decimals)
        };
        worth().unwrap_or_default()
    }

    /// The version that each need drew on in the round's first solve.
    fn drawn_in_first(&self, id: Id<Round>) -> Result<BTreeMap<Id<Need>, Id<Version>>, Refusal> {
        let first = self.round(id)?.plans.first();
        let needs = first.map(|plan| plan.inputs.needs.as_slice()).unwrap_or_default();
        Ok(needs.iter().map(|&(need, version, _)| (need, version)).collect())
    }

    /// The first version that a need wants, can bear the value of, and that is offered; in the
    /// re-solve the next such after the one before, or that one again if there is no other.
    fn version_to_try(
        &self,
        need: &Need,
        offered: &BTreeSet<Id<Version>>,
        before: Option<Id<Version>>,
    ) -> Option<Id<Version>> {
        let bears = |version| match (need.value_max, self.value_of(version)) {
            (Some(most), Ok(value)) => value <= most,
            (None, value) => value.is_ok(),
            (Some(_), Err(_)) => false,
        };
        let fits = |version: &Id<Version>| offered.contains(version) && bears(*version);
        let skipped = match before {
            Some(before) => need.versions.iter().take_while(|&&v| v != before).count() + 1,
            None => 0,
        };
        let next = need.versions.iter().skip(skipped).copied().find(fits);
        next.or_else(|| before.filter(fits))
    }

    /// The contracts of the round's first plan that stay, with the hours still to come.
    fn accepted_in(&self, id: Id<Round>) -> Result<Vec<(crate::rows::Parties, Hours)>, Refusal> {
        let contracts = self.round(id)?.plans.iter().flat_map(|plan| &plan.contracts);
        let open = contracts.filter_map(|&c| self.contract(c).ok()).filter(|c| c.is_agreed());
        Ok(open.map(|c| (c.parties, c.hours_left())).collect())
    }

    /// What each unit may use and earn. One that announced its leaving uses up what it is owed and
    /// gives no more than it gets.
    fn rooms_for(&self, id: Id<Round>) -> Vec<RoomLeft> {
        let units = self.units().filter(|(_, unit)| unit.is_in());
        let rooms = units.map(|(number, unit)| {
            let room = unit.room_without(Some(id));
            let leaving = matches!(unit.standing, Standing::Leaving { .. });
            let owed = room.minus(unit.allowance()).unwrap_or_default();
            let below_ceiling = self.ceiling(number).minus(unit.entitlement).unwrap_or_default();
            let up = below_ceiling.minus(unit.giving_beyond(id)).unwrap_or_default();
            let (down, up) =
                if leaving { (room.min(owed), Default::default()) } else { (room, up) };
            RoomLeft { unit: number, down: down.at_least_zero(), up: up.at_least_zero() }
        });
        rooms.collect()
    }

    /// Withdrawing what a plan has drawn on, or will, counts as refusing it.
    pub(crate) fn decline_planned(
        &mut self,
        unit: Id<Unit>,
        versions: &[Id<Version>],
        side: impl Fn(&Contract) -> Id<Unit>,
    ) -> Result<(), Refusal> {
        let Some((id, round)) = self.rounds().next_back() else { return Ok(()) };
        let Phase::Answering { .. } = round.phase else { return Ok(()) };
        let proposed = round.plans.last().map(|plan| plan.contracts.clone()).unwrap_or_default();
        for contract in proposed {
            let row = self.contract(contract)?;
            let of_round = matches!(row.origin, Origin::Round { round, .. } if round == id);
            if of_round && row.is_proposed() && side(row) == unit && versions.contains(&row.version)
            {
                self.decline(contract, unit, Default::default())?;
            }
        }
        Ok(())
    }
}
