use federation::act::{
    Audience, Election, Instruction, LayDownMandate, MandateTerms, NumberRange, Parameter,
    Question, Recall,
};
use federation::rows::{Circle, Mandate, Person, Proposal, Unit, Version};
use federation::{Act, Federation, Id, Pact, PersonId, Prose, Ref, Time};

use super::Idea;
use crate::{Wild, phrases};

const PARAMETERS: [Parameter; 5] = [
    Parameter::CeilingHours,
    Parameter::RoundEveryHours,
    Parameter::RoundOpenHours,
    Parameter::AnswerHours,
    Parameter::NoticeDays,
];

impl Wild {
    /// Now and then something is proposed in a circle's name.
    pub(super) fn circle_of(
        &mut self,
        federation: &Federation,
        unit: Id<Unit>,
    ) -> Option<Ref<Circle>> {
        if !self.chance.percent(10) {
            return None;
        }
        let any = self.chance.percent(10);
        let members = &federation.unit(unit).ok()?.members;
        let own = |circle: &Circle| any || members.iter().any(|m| circle.members.contains(m));
        let circles = federation.circles().filter(|(_, circle)| own(circle));
        let circles: Vec<_> = circles.map(|(id, _)| id).collect();
        federation.circle_ref(self.chance.pick(&circles)?)
    }

    fn member_of(&mut self, federation: &Federation, unit: Id<Unit>) -> Option<PersonId> {
        let unit = if self.chance.percent(3) { self.unit(federation)? } else { unit };
        let members = &federation.unit(unit).ok()?.members;
        let members: Vec<Id<Person>> = members.iter().copied().collect();
        Some(federation.person(self.chance.pick(&members)?).ok()?.id)
    }

    /// Mostly somebody whom the unit has sent before, where there is one.
    pub(super) fn sends(&mut self, federation: &Federation, unit: Id<Unit>) -> Option<Question> {
        let sent = federation.mandates_by(unit).map(|(_, row)| row.delegate);
        let sent: Vec<Id<Person>> = sent.collect();
        let sent = self.chance.pick(&sent).filter(|_| self.chance.percent(60));
        let delegate = match sent {
            Some(person) => federation.person(person).ok()?.id,
            None => self.member_of(federation, unit)?,
        };
        Some(Question::Mandate { delegate, terms: self.mandate_terms(federation) })
    }

    pub(super) fn elects(&mut self, federation: &Federation, unit: Id<Unit>) -> Option<Question> {
        let members = &federation.unit(unit).ok()?.members;
        let mut candidates: Vec<PersonId> =
            members.iter().take(5).filter_map(|&id| Some(federation.person(id).ok()?.id)).collect();
        if self.chance.percent(5) {
            candidates.extend(candidates.first().copied());
        }
        let most = i64::try_from(candidates.len()).unwrap_or(1);
        let seats = u8::try_from(self.chance.within(1, most)).unwrap_or(1);
        let terms = self.mandate_terms(federation);
        Some(Question::Delegates(Box::new(Election { seats, candidates, terms })))
    }

    fn mandate_terms(&mut self, federation: &Federation) -> MandateTerms {
        let most = if self.chance.percent(50) { 40 } else { 185 };
        let days = self.chance.within(12, most);
        let matter = self.chance.pick(&["the mill", "the mill", "The Mill", "the river"]);
        let open = federation.proposals().filter(|(_, row)| row.is_open());
        let ends: Vec<Time> = open.map(|(_, row)| row.closes).collect();
        let end = self.chance.pick(&ends).filter(|_| self.chance.percent(15));
        MandateTerms {
            matter: crate::name(matter.unwrap_or("the mill")),
            instruction: self.instruction(federation),
            until: end.unwrap_or_else(|| federation.time().plus_seconds(days * 86_400)),
        }
    }

    fn instruction(&mut self, federation: &Federation) -> Instruction {
        let thought = match self.chance.within(0, 9) {
            0 => Some(Instruction::Voice {}),
            1..=4 => self.bound(federation),
            5 | 6 => self.value_range(federation),
            _ => self.parameter_range(federation),
        };
        thought.unwrap_or(Instruction::Voice {})
    }

    /// To something that was proposed to the whole, mostly, or to a text.
    fn bound(&mut self, federation: &Federation) -> Option<Instruction> {
        let any = self.chance.percent(5);
        let of_all = |row: &Proposal| any || row.audience() == Audience::Whole;
        let open = federation.proposals().filter(|(_, row)| row.is_open() && of_all(row));
        let open: Vec<Id<Proposal>> = open.map(|(id, _)| id).collect();
        let row = self.chance.pick(&open).and_then(|id| federation.proposal(id).ok());
        let (question, text) = match row.filter(|_| self.chance.percent(70)) {
            Some(row) => (row.question.clone(), row.text.clone()),
            None => (Question::Text {}, Prose::parse("because").ok()?),
        };
        let text = if question == (Question::Text {}) { text } else { Prose::default() };
        Some(Instruction::Bound { question: Box::new(question), text })
    }

    /// Around a value that is asked for, or anywhere.
    fn value_range(&mut self, federation: &Federation) -> Option<Instruction> {
        let asked = federation.proposals().filter(|(_, row)| row.is_open());
        let asked = asked.filter_map(|(_, row)| match row.question {
            Question::Value { version, value } => Some((version, value.seconds() / 60)),
            _ => None,
        });
        let asked: Vec<(Ref<Version>, i64)> = asked.collect();
        let (version, minutes) = match self.chance.pick(&asked) {
            Some(asked) => asked,
            None => (federation.version_ref(self.version(federation)?)?, 27),
        };
        let (least, most) = self.around(minutes);
        let (least, most) = (phrases::minutes(least), phrases::minutes(most));
        Some(Instruction::Range(NumberRange::Value { version, least, most }))
    }

    /// Of a parameter that another pact changes, around what it asks for; or around what is.
    fn parameter_range(&mut self, federation: &Federation) -> Option<Instruction> {
        let now = federation.pact()?;
        let asked = federation.proposals().filter(|(_, row)| row.is_open());
        let asked = asked.filter_map(|(_, row)| match &row.question {
            Question::Pact(pact) => {
                let parameter = PARAMETERS.into_iter().find(|one| one.of(pact) != one.of(now))?;
                Some((parameter, parameter.of(pact)?))
            }
            _ => None,
        });
        let asked: Vec<(Parameter, u32)> = asked.collect();
        let any = self.chance.pick(&PARAMETERS)?;
        let asked = self.chance.pick(&asked).filter(|_| self.chance.percent(80));
        let (parameter, number) = asked.or_else(|| Some((any, any.of(now)?)))?;
        let (least, most) = self.around(i64::from(number));
        let (least, most) = (u32::try_from(least).ok()?, u32::try_from(most).ok()?);
        Some(Instruction::Range(NumberRange::Parameter { parameter, least, most }))
    }

    /// A range with a number at one end of it, within, or just outside.
    fn around(&mut self, number: i64) -> (i64, i64) {
        let least = number - self.chance.within(-1, 8).min(3);
        let most = number + self.chance.within(-1, 8).min(3);
        (least.max(0), most.max(least).max(0))
    }

    /// A number at one end of a range, within, or just outside.
    fn near(&mut self, least: i64, most: i64) -> i64 {
        match self.chance.within(0, 9) {
            0 => least - 1,
            1 => most + 1,
            2 | 3 => least,
            4 | 5 => most,
            _ => self.chance.within(least, most),
        }
    }

    /// The ranges that mandates name which hold.
    fn ranges(federation: &Federation) -> Vec<NumberRange> {
        let held = federation.mandates().filter(|(_, row)| row.holds(federation.testified()));
        let ranges = held.filter_map(|(_, row)| match row.terms.instruction {
            Instruction::Range(range) => Some(range),
            _ => None,
        });
        ranges.collect()
    }

    /// The pact with that parameter changed for which a mandate names a range; now and then with
    /// something else, or half an hour more.
    pub(super) fn pact_about_a_range(&mut self, federation: &Federation) -> Option<Pact> {
        let mut pact = federation.pact()?.clone();
        let ranges = Self::ranges(federation).into_iter().filter_map(|range| match range {
            NumberRange::Parameter { parameter, least, most } => Some((parameter, least, most)),
            NumberRange::Value { .. } => None,
        });
        let ranges: Vec<(Parameter, u32, u32)> = ranges.collect();
        let (parameter, least, most) = self.chance.pick(&ranges)?;
        let number = u32::try_from(self.near(i64::from(least), i64::from(most))).ok()?;
        match parameter {
            Parameter::CeilingHours => {
                let half = if self.chance.percent(20) { 1800 } else { 0 };
                pact.ceiling_per_member = phrases::seconds(i64::from(number) * 3600 + half);
            }
            Parameter::RoundEveryHours => pact.round_every_hours = number,
            Parameter::RoundOpenHours => pact.round_open_hours = number,
            Parameter::AnswerHours => pact.answer_hours = number,
            Parameter::NoticeDays => pact.notice_days = u16::try_from(number).ok()?,
        }
        if self.chance.percent(15) {
            pact.answer_hours += 1;
        }
        Some(pact)
    }

    /// A value for which a mandate names a range, of a version or of another one of the same
    /// thing; or any.
    pub(super) fn another_value(&mut self, federation: &Federation) -> Option<Question> {
        let ranges = Self::ranges(federation).into_iter().filter_map(|range| match range {
            NumberRange::Value { version, least, most } => {
                Some((version, least.seconds() / 60, most.seconds() / 60))
            }
            NumberRange::Parameter { .. } => None,
        });
        let ranges: Vec<(Ref<Version>, i64, i64)> = ranges.collect();
        let Some((named, least, most)) = self.chance.pick(&ranges) else {
            let version = federation.version_ref(self.version(federation)?)?;
            let value = phrases::minutes(self.chance.within(0, 90));
            return Some(Question::Value { version, value });
        };
        let of = federation.version(federation.find_version(named).ok()?).ok()?.specification;
        let same = federation.versions().filter(|(_, row)| row.specification == of);
        let same: Vec<Id<Version>> = same.map(|(id, _)| id).collect();
        let other = self.chance.pick(&same).filter(|_| self.chance.percent(60));
        let version = other.map_or(Some(named), |id| federation.version_ref(id))?;
        let value = phrases::minutes(self.near(least, most).max(0));
        Some(Question::Value { version, value })
    }

    /// Preferences in an election: those who stand in some order, those named first mostly before
    /// others, now and then equals.
    pub(super) fn preferences(&mut self, row: &Proposal) -> Vec<u8> {
        let count = row.option_count();
        let mut left: Vec<u8> = (1..=count).collect();
        let mut ranks = Vec::new();
        for _ in 0..count {
            let place = self.chance.place(left.len()).min(self.chance.place(left.len()));
            let rank = if left.is_empty() { 0 } else { left.remove(place) };
            ranks.push(if self.chance.percent(10) { 0 } else { rank });
        }
        ranks
    }

    /// A mandate that holds; now and then any.
    fn mandate(&mut self, federation: &Federation) -> Option<(Id<Mandate>, Id<Unit>, Id<Person>)> {
        let any = self.chance.percent(4);
        let held =
            federation.mandates().filter(|(_, row)| any || row.holds(federation.testified()));
        let held: Vec<_> = held.map(|(id, row)| (id, row.unit, row.delegate)).collect();
        self.chance.pick(&held)
    }

    pub(super) fn signs_recall(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, unit, _) = self.mandate(federation)?;
        let unit = if self.chance.percent(4) { self.unit(federation)? } else { unit };
        Idea::of(unit, Act::Recall(Recall { mandate: federation.mandate_ref(id)? }))
    }

    pub(super) fn lays_down(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, unit, _) = self.mandate(federation)?;
        let mandate = federation.mandate_ref(id)?;
        Idea::of(unit, Act::LayDownMandate(LayDownMandate { mandate }))
    }
}
