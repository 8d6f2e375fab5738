use crate::act::{
    Instruction, LayDownMandate, MandateTerms, NumberRange, Parameter, Propose, Question,
};
use crate::rows::{Ended, Mandate, Person, Proposal, Unit};
use crate::{Effect, Federation, Id, Pact, PersonId, Refusal, Time};

use super::Author;

impl Federation {
    /// What a unit can send a delegate with, in a poll that closes then.
    pub(crate) fn check_terms(terms: &MandateTerms, closes: Time) -> Result<(), Refusal> {
        let latest = closes.plus_days(Mandate::DAYS_MAX);
        if terms.until <= closes || terms.until > latest {
            return Err(Refusal::MandateOutOfBounds { found: terms.until, closes, latest });
        }
        match terms.instruction.is_sound() {
            true => Ok(()),
            false => Err(Refusal::InstructionEmpty {}),
        }
    }

    /// Whether the signer's unit can send somebody as a question asks.
    pub(crate) fn check_sending(&self, unit: Id<Unit>, act: &Propose) -> Result<(), Refusal> {
        match &act.question {
            Question::Mandate { delegate, terms } => {
                Self::check_terms(terms, act.closes)?;
                self.check_delegate(unit, *delegate, act.closes)?;
                Ok(())
            }
            Question::Delegates(election) => self.check_election(unit, election, act.closes),
            _ => Ok(()),
        }
    }

    /// A member of the unit, whose turn it is not to pause.
    pub(crate) fn check_delegate(
        &self,
        unit: Id<Unit>,
        delegate: PersonId,
        at: Time,
    ) -> Result<Id<Person>, Refusal> {
        let not_member = || Refusal::DelegateNotMember { person: delegate };
        let person = self.person_by_id(delegate).ok_or_else(not_member)?;
        if !self.unit(unit)?.members.contains(&person) {
            return Err(not_member());
        }
        match self.pause_until(unit, person).filter(|&until| until > at) {
            Some(until) => Err(Refusal::DelegatePauses { person: delegate, until }),
            None => Ok(person),
        }
    }

    /// Until when somebody pauses before a unit may send them again: two mandates in a row, whatever
    /// they are about, then a pause as long as the longer of them. Two are in a row where less time
    /// lies between them than the first has lasted, or none. Named by its matter, a row would end
    /// with each new name for the same thing.
    pub fn pause_until(&self, unit: Id<Unit>, person: Id<Person>) -> Option<Time> {
        let own = |row: &&Mandate| row.delegate == person;
        let mut before = self.mandates_by(unit).rev().map(|(_, row)| row).filter(own);
        let (last, first) = (before.next()?, before.next()?);
        let in_a_row = last.since < first.end().plus_seconds(first.seconds());
        let ended = last.end().max(first.end());
        in_a_row.then(|| ended.plus_seconds(last.seconds().max(first.seconds())))
    }

    /// Sends a delegate: the poll has closed. What it replaces ends.
    pub(crate) fn send(
        &mut self,
        (by, row): (Id<Proposal>, u32),
        (delegate, terms): (Id<Person>, MandateTerms),
        at: Time,
    ) -> Option<Id<Mandate>> {
        let made_by = self.proposal_ref(by)?.made_by;
        let proposal = self.proposal(by).ok()?;
        let unit = proposal.unit;
        let voters = proposal.voters();
        let matter = terms.matter.folded();
        let replaced: Vec<Id<Mandate>> = self
            .mandates_of(unit, at)
            .filter(|(_, row)| row.delegate == delegate)
            .filter(|(_, row)| row.terms.matter.folded() == matter)
            .map(|(id, _)| id)
            .collect();
        for old in replaced {
            self.end_mandate(old, Ended::Renewed(at));
        }
        let (needed, signed) = (u32::MAX, Default::default());
        let mandate =
            Mandate { unit, delegate, terms, by, since: at, voters, needed, signed, ended: None };
        let id = self.mandates.add(made_by, row, mandate);
        self.mandates_by.insert((unit, id));
        self.recount_recall(id, at);
        Some(id)
    }

    /// A unit's poll has sent somebody. If they have left since it was proposed, or have to pause by
    /// now, nobody is sent.
    pub(crate) fn send_asked(
        &mut self,
        by: Id<Proposal>,
        (delegate, terms): (PersonId, MandateTerms),
        at: Time,
    ) {
        let Ok(unit) = self.proposal(by).map(|row| row.unit) else { return };
        let in_federation = self.check_in(unit).is_ok();
        if let Ok(person) = self.check_delegate(unit, delegate, at)
            && in_federation
        {
            self.send((by, 0), (person, terms), at);
        }
    }

    pub(crate) fn lay_down_mandate(
        &mut self,
        author: Author,
        act: &LayDownMandate,
    ) -> Result<Effect, Refusal> {
        let id = self.find_mandate(act.mandate)?;
        let (row, now) = (self.mandate(id)?, self.begins(author.at));
        if row.delegate != author.person {
            return Err(Refusal::NotDelegate { mandate: id.number() });
        }
        self.check_holds(id, row)?;
        self.end_mandate(id, Ended::LaidDown(now));
        Ok(Effect::Done)
    }

    pub(crate) fn check_holds(&self, id: Id<Mandate>, row: &Mandate) -> Result<(), Refusal> {
        match row.ended.is_none() && self.testified <= row.terms.until {
            true => Ok(()),
            false => Err(Refusal::MandateOver { mandate: id.number(), end: row.end() }),
        }
    }

    pub(crate) fn end_mandate(&mut self, id: Id<Mandate>, ended: Ended) {
        if let Ok(row) = self.mandates.row_mut(id)
            && row.ended.is_none()
        {
            row.ended = Some(ended);
        }
    }

    /// Somebody has left a unit, or the unit has left: whom it sent is no delegate of it any more.
    pub(crate) fn end_mandates(&mut self, unit: Id<Unit>, of: Option<Id<Person>>, at: Time) {
        let ends = |row: &Mandate| of.is_none_or(|person| row.delegate == person);
        let held: Vec<_> =
            self.standing_mandates(unit).filter(|(_, row)| ends(row)).map(|(id, _)| id).collect();
        let at = self.begins(at);
        for id in held {
            self.end_mandate(id, Ended::Left(at));
        }
    }

    /// All mandates that a unit has given, first given first.
    pub fn mandates_by(
        &self,
        unit: Id<Unit>,
    ) -> impl DoubleEndedIterator<Item = (Id<Mandate>, &Mandate)> {
        let (first, last) = (Id::new(0), Id::new(u32::MAX));
        let given = self.mandates_by.range((unit, first)..=(unit, last));
        given.filter_map(|&(_, id)| Some((id, self.mandate(id).ok()?)))
    }

    /// The mandates of a unit that have not ended, also one that begins only now.
    pub(crate) fn standing_mandates(
        &self,
        unit: Id<Unit>,
    ) -> impl Iterator<Item = (Id<Mandate>, &Mandate)> {
        let held = |row: &Mandate| row.ended.is_none() && self.testified <= row.terms.until;
        self.mandates_by(unit).filter(move |(_, row)| held(row))
    }

    /// The mandates of a unit that hold at a moment, first given first.
    pub fn mandates_of(
        &self,
        unit: Id<Unit>,
        at: Time,
    ) -> impl Iterator<Item = (Id<Mandate>, &Mandate)> {
        self.mandates_by(unit).filter(move |(_, row)| row.holds(at))
    }

    /// The mandate by which a unit says yes to a proposal whose poll closes then, if one does.
    pub fn says_yes_by_mandate(
        &self,
        unit: Id<Unit>,
        proposal: &Proposal,
        at: Time,
    ) -> Option<Id<Mandate>> {
        let mut held = self.mandates_of(unit, at);
        held.find(|(_, row)| self.covers(&row.terms.instruction, proposal)).map(|(id, _)| id)
    }

    /// Whether what is proposed lies within an instruction, as the pact stands.
    pub fn covers(&self, instruction: &Instruction, proposal: &Proposal) -> bool {
        match instruction {
            Instruction::Voice {} => false,
            Instruction::Bound { question, text } => {
                let words = match proposal.question {
                    Question::Text {} => *text == proposal.text,
                    _ => true,
                };
                **question == proposal.question && words
            }
            Instruction::Range(range) => self.is_within(*range, &proposal.question),
        }
    }

    fn is_within(&self, range: NumberRange, question: &Question) -> bool {
        match (range, question) {
            (
                NumberRange::Value { version, least, most },
                Question::Value { version: asked, value },
            ) => least <= *value && *value <= most && self.same_clauses(version, *asked),
            (NumberRange::Parameter { parameter, least, most }, Question::Pact(pact)) => {
                let only = self.pact().is_some_and(|now| parameter.set_in(now, pact) == **pact);
                let number = parameter.of(pact);
                only && number.is_some_and(|number| least <= number && number <= most)
            }
            _ => false,
        }
    }

    fn same_clauses(
        &self,
        one: crate::Ref<crate::rows::Version>,
        other: crate::Ref<crate::rows::Version>,
    ) -> bool {
        let row = |named| self.find_version(named).and_then(|id| self.version(id));
        let (Ok(one), Ok(other)) = (row(one), row(other)) else { return false };
        one.specification == other.specification && one.clauses == other.clauses
    }
}

impl Parameter {
    /// What it is in a pact; none for a ceiling that is no whole number of hours.
    pub fn of(self, pact: &Pact) -> Option<u32> {
        match self {
            Self::CeilingHours => {
                let seconds = pact.ceiling_per_member.seconds();
                u32::try_from(seconds / 3600).ok().filter(|_| seconds % 3600 == 0)
            }
            Self::RoundEveryHours => Some(pact.round_every_hours),
            Self::RoundOpenHours => Some(pact.round_open_hours),
            Self::AnswerHours => Some(pact.answer_hours),
            Self::NoticeDays => Some(u32::from(pact.notice_days)),
        }
    }

    /// A pact that differs from `pact` in nothing but this parameter, which is as in `other`.
    fn set_in(self, pact: &Pact, other: &Pact) -> Pact {
        let pact = pact.clone();
        match self {
            Self::CeilingHours => Pact { ceiling_per_member: other.ceiling_per_member, ..pact },
            Self::RoundEveryHours => Pact { round_every_hours: other.round_every_hours, ..pact },
            Self::RoundOpenHours => Pact { round_open_hours: other.round_open_hours, ..pact },
            Self::AnswerHours => Pact { answer_hours: other.answer_hours, ..pact },
            Self::NoticeDays => Pact { notice_days: other.notice_days, ..pact },
        }
    }
}
