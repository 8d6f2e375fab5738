use federation::act::{
    Election, Instruction, LayDownMandate, MandateTerms, NumberRange, Parameter, Question, Recall,
};
use federation::rows::{Circle, Mandate, Person, Proposal, Unit};
use federation::{Act, Federation, Id, PersonId, Prose, Ref};

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

    pub(super) fn sends(&mut self, federation: &Federation, unit: Id<Unit>) -> Option<Question> {
        let delegate = self.member_of(federation, unit)?;
        Some(Question::Mandate { delegate, terms: self.mandate_terms(federation) })
    }

    pub(super) fn elects(&mut self, federation: &Federation, unit: Id<Unit>) -> Option<Question> {
        let members = &federation.unit(unit).ok()?.members;
        let mut candidates: Vec<PersonId> =
            members.iter().take(4).filter_map(|&id| Some(federation.person(id).ok()?.id)).collect();
        if self.chance.percent(5) {
            candidates.extend(candidates.first().copied());
        }
        let most = i64::try_from(candidates.len()).unwrap_or(1);
        let seats = u8::try_from(self.chance.within(1, most)).unwrap_or(1);
        let terms = self.mandate_terms(federation);
        Some(Question::Delegates(Box::new(Election { seats, candidates, terms })))
    }

    fn mandate_terms(&mut self, federation: &Federation) -> MandateTerms {
        let days = self.chance.within(12, 185);
        let matter = if self.chance.percent(80) { "the mill" } else { "The Mill" };
        MandateTerms {
            matter: crate::name(matter),
            instruction: self.instruction(federation),
            until: federation.time().plus_seconds(days * 86_400),
        }
    }

    fn instruction(&mut self, federation: &Federation) -> Instruction {
        let thought = match self.chance.within(0, 9) {
            0 | 1 => Some(Instruction::Voice {}),
            2..=6 => self.bound(federation),
            7 => self.value_range(federation),
            _ => self.parameter_range(),
        };
        thought.unwrap_or(Instruction::Voice {})
    }

    /// To something that was proposed to the whole, mostly, or to a text.
    fn bound(&mut self, federation: &Federation) -> Option<Instruction> {
        let open = federation.proposals().filter(|(_, row)| row.is_open());
        let open: Vec<Id<Proposal>> = open.map(|(id, _)| id).collect();
        let row = self.chance.pick(&open).and_then(|id| federation.proposal(id).ok());
        let (question, text) = match row.filter(|_| self.chance.percent(70)) {
            Some(row) => (row.question.clone(), row.text.clone()),
            None => (Question::Text {}, Prose::parse("because").ok()?),
        };
        let text = if question == (Question::Text {}) { text } else { Prose::default() };
        Some(Instruction::Bound { question: Box::new(question), text })
    }

    fn value_range(&mut self, federation: &Federation) -> Option<Instruction> {
        let version = federation.version_ref(self.version(federation)?)?;
        let (least, most) = (self.chance.within(0, 30), self.chance.within(25, 90));
        let (least, most) = (phrases::minutes(least), phrases::minutes(most));
        Some(Instruction::Range(NumberRange::Value { version, least, most }))
    }

    fn parameter_range(&mut self) -> Option<Instruction> {
        let parameter = self.chance.pick(&PARAMETERS)?;
        let least = u32::try_from(self.chance.within(0, 20)).unwrap_or(0);
        let most = u32::try_from(self.chance.within(15, 120)).unwrap_or(100);
        Some(Instruction::Range(NumberRange::Parameter { parameter, least, most }))
    }

    /// Preferences in an election: those who stand in some order, now and then equals.
    pub(super) fn preferences(&mut self, row: &Proposal) -> Vec<u8> {
        let count = row.option_count();
        let mut left: Vec<u8> = (1..=count).collect();
        let mut ranks = Vec::new();
        for _ in 0..count {
            let place = self.chance.place(left.len());
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
