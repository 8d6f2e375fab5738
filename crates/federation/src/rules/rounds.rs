use std::collections::BTreeSet;

use crate::act::{CloseRound, Side};
use crate::rows::{Origin, Pass, Phase, Round, Status, Unit, Version};
use crate::{Effect, Federation, Id, Refusal, Root, Time};

use super::Author;

impl Federation {
    /// When the calendar lets the next round open: at the founding, and then every so many hours.
    pub fn next_round_due(&self) -> Option<Time> {
        let founding = self.founding.as_ref()?;
        let every = i64::from(self.pact()?.round_every_hours) * 3600;
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
        let hours = self.pact().map(|pact| (pact.round_open_hours, pact.answer_hours));
        let (open_hours, answer_hours) = hours.unwrap_or_default();
        let until = self.begins(author.at).plus_hours(open_hours);
        let round = Round {
            due,
            seed,
            answer_hours,
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
            Phase::Solving { .. } if self.is_solve_over(id) => self.finish(id),
            Phase::Solving { .. } => {
                Err(Refusal::OtherPhase { round: id.number(), waits_for: "a certified plan" })
            }
            Phase::Finished => Err(Refusal::OtherPhase {
                round: id.number(),
                waits_for: "nothing more, it is over",
            }),
        }
    }

    /// Until when a round waits for a certified plan, if it does: as long as units have to answer
    /// one. So a round that nobody can solve holds up no other.
    pub fn solve_until(&self, id: Id<Round>) -> Option<Time> {
        let inputs = self.round(id).ok()?.inputs.as_ref()?;
        Some(inputs.at.plus_hours(self.round(id).ok()?.answer_hours))
    }

    fn is_solve_over(&self, id: Id<Round>) -> bool {
        self.solve_until(id).is_some_and(|until| until <= self.testified)
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

    pub(crate) fn finish(&mut self, id: Id<Round>) -> Result<Effect, Refusal> {
        self.remember_short(id)?;
        let round = self.rounds.row_mut(id)?;
        round.phase = Phase::Finished;
        round.inputs = None;
        Ok(Effect::Done)
    }

    /// Withdrawing what a plan has drawn on, or will, counts as refusing it.
    pub(crate) fn decline_planned(
        &mut self,
        unit: Id<Unit>,
        versions: &[Id<Version>],
        side: Side,
    ) -> Result<(), Refusal> {
        let Some((id, round)) = self.rounds().next_back() else { return Ok(()) };
        let Phase::Answering { .. } = round.phase else { return Ok(()) };
        let proposed = round.plans.last().map(|plan| plan.contracts.clone()).unwrap_or_default();
        for contract in proposed {
            let row = self.contract(contract)?;
            let of_round = matches!(row.origin, Origin::Round { round, .. } if round == id);
            let drawn = row.parties.on(side) == unit && versions.contains(&row.version);
            if of_round && row.is_proposed() && drawn {
                self.decline(contract, unit, Default::default())?;
            }
        }
        Ok(())
    }
}
