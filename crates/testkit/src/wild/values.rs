use federation::act::{
    AgreeValue, AskValue, CounterValue, Nature, ProposeSpecification, RetireSpecification,
    ReviseSpecification,
};
use federation::rows::{Valuation, Version};
use federation::{Act, Federation, Id, Line, Prose};
use measure::{MAGNITUDE_MAX, Measure, Value};

use super::Idea;
use crate::{Wild, name, phrases};

impl Wild {
    pub(super) fn proposes_specification(&mut self, federation: &Federation) -> Option<Idea> {
        let wanted = federation.specifications().len() < 4 || self.chance.percent(10);
        let decimals = u8::try_from(self.chance.within(0, 3)).unwrap_or(0);
        let propose = ProposeSpecification {
            name: name(&format!("thing {}", self.chance.next() % 1000)),
            nature: Nature::Service,
            measure: Measure::try_new("kg", decimals).ok()?,
            clauses: self.clauses(),
            about: Prose::default(),
        };
        wanted.then_some(Idea {
            unit: self.unit(federation),
            act: Act::ProposeSpecification(propose),
        })
    }

    fn clauses(&mut self) -> Vec<Line> {
        let count = match self.chance.within(0, 29) {
            0 => 0,
            1 => 31,
            2..10 => 1,
            _ => 2,
        };
        (0..count).map(|nth| phrases::line(&format!("clause {nth}"))).collect()
    }

    pub(super) fn revises(&mut self, federation: &Federation) -> Option<Idea> {
        let (specification, _) = federation
            .specifications()
            .nth(self.chance.place(federation.specifications().len()))?;
        let specification = federation.specification_ref(specification)?;
        let revise =
            ReviseSpecification { specification, clauses: self.clauses(), about: Prose::default() };
        Idea::of(self.unit(federation)?, Act::ReviseSpecification(revise))
    }

    pub(super) fn retires(&mut self, federation: &Federation) -> Option<Idea> {
        let count = federation.specifications().len();
        let (id, row) = federation.specifications().nth(self.chance.place(count))?;
        let specification = federation.specification_ref(id)?;
        let unit = if self.chance.percent(70) { row.by } else { self.unit(federation)? };
        Idea::of(unit, Act::RetireSpecification(RetireSpecification { specification }))
    }

    /// A version, those with a value before others.
    pub(super) fn version(&mut self, federation: &Federation) -> Option<Id<Version>> {
        let any = self.chance.percent(5);
        let valued = federation.versions().filter(|(_, row)| {
            let retired = federation.specification(row.specification).ok().and_then(|s| s.retired);
            any || (row.valuation.is_some() && retired.is_none())
        });
        let valued: Vec<Id<Version>> = valued.map(|(id, _)| id).collect();
        // Few versions, so that offers and needs meet.
        let few = valued.len().min(3);
        self.chance.pick(&valued[valued.len() - few..])
    }

    fn value(&mut self) -> Value {
        let seconds = match self.chance.within(0, 39) {
            0 => 0,
            1 => MAGNITUDE_MAX,
            2 => self.chance.within(1, 5),
            3..10 => self.chance.within(1, 20_000),
            _ => self.chance.within(1, 8) * 1800,
        };
        Value::from_seconds(seconds).unwrap_or_default()
    }

    pub(super) fn asks_value(&mut self, federation: &Federation) -> Option<Idea> {
        let few = federation.versions().len() < 8 || self.chance.percent(10);
        let (version, _) =
            federation.versions().nth(self.chance.place(federation.versions().len()))?;
        let version = federation.version_ref(version)?;
        let ask = AskValue { version, value: self.value(), reasons: Prose::default() };
        few.then_some(Idea { unit: self.unit(federation), act: Act::AskValue(ask) })
    }

    pub(super) fn counters_value(&mut self, federation: &Federation) -> Option<Idea> {
        let version = self.version(federation)?;
        let version = federation.version_ref(version)?;
        let counter = CounterValue { version, value: self.value(), reasons: Prose::default() };
        Idea::of(self.unit(federation)?, Act::CounterValue(counter))
    }

    /// Somebody concerned signs a value that was named before.
    pub(super) fn agrees_value(&mut self, federation: &Federation) -> Option<Idea> {
        let id = self.version(federation)?;
        let row = federation.version(id).ok()?;
        let version = federation.version_ref(id)?;
        let concerned = federation.concerned(id, federation.time());
        let concerned: Vec<_> = concerned.producers.union(&concerned.receivers).copied().collect();
        let unit = self.chance.pick(&concerned).or_else(|| self.unit(federation))?;
        let named: Vec<Value> = row.words.iter().map(|word| word.value).collect();
        let asked = row.valuation.map(Valuation::value);
        let value = match self.chance.percent(80) {
            true => self.chance.pick(&named).or(asked)?,
            false => self.value(),
        };
        Idea::of(unit, Act::AgreeValue(AgreeValue { version, value }))
    }
}
