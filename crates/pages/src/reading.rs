use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use federation::rows::{Unit, Version};
use federation::{Area, Federation, Id, Line, Name, Prose, Ref, Time};
use measure::{Hours, Measure, NumberRefused, Quantity, Value};

use crate::day::Day;
use crate::given::Given;
use crate::scene::Scene;

/// Reads a form field by field, and remembers what is wrong with which.
pub(crate) struct Reading<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) wrong: BTreeMap<Cow<'static, str>, String>,
}

/// How a statement names the thing with a number.
type Naming<T> = fn(&Federation, Id<T>) -> Option<Ref<T>>;

impl<'a> Reading<'a> {
    pub(crate) fn new(scene: &'a Scene<'a>) -> Self {
        Self { scene, wrong: BTreeMap::new() }
    }

    pub(crate) fn given(&self) -> &'a Given {
        self.scene.given
    }

    /// Keeps what was read, or why it could not be.
    pub(crate) fn keep<T, E: Display>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        read: Result<T, E>,
    ) -> Option<T> {
        read.map_err(|error| self.wrong.insert(field.into(), error.to_string())).ok()
    }

    fn missing<T>(&mut self, field: &'static str, says: &str) -> Option<T> {
        self.keep(field, Err::<T, _>(says))
    }

    pub(crate) fn name(&mut self, field: &'static str) -> Option<Name> {
        self.keep(field, Name::parse(&self.given().text(field)))
    }

    pub(crate) fn line(&mut self, field: &'static str) -> Option<Line> {
        self.keep(field, Line::parse(&self.given().text(field)))
    }

    pub(crate) fn prose(&mut self, field: &'static str) -> Option<Prose> {
        self.keep(field, Prose::parse(&self.given().text(field)))
    }

    /// One clause a line.
    pub(crate) fn lines(&mut self, field: &'static str) -> Option<Vec<Line>> {
        let text = self.given().text(field);
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        self.keep(field, lines.map(Line::parse).collect::<Result<Vec<_>, _>>())
    }

    /// Hours as `1:30` or `1.5`.
    pub(crate) fn hours(&mut self, field: &'static str) -> Option<Hours> {
        let read = Hours::parse(&self.given().text(field)).map_err(|wrong| as_hours(&wrong));
        self.keep(field, read)
    }

    pub(crate) fn value(&mut self, field: &'static str) -> Option<Value> {
        let read = Value::parse(&self.given().text(field)).map_err(|wrong| as_hours(&wrong));
        self.keep(field, read)
    }

    /// A value, or none if the field is empty. The outer `None` means that it is wrong.
    #[expect(
        clippy::option_option,
        reason = "whether it could be read, and whether it was filled in"
    )]
    pub(crate) fn value_if_any(&mut self, field: &'static str) -> Option<Option<Value>> {
        if self.given().text(field).is_empty() { Some(None) } else { self.value(field).map(Some) }
    }

    pub(crate) fn quantity(&mut self, field: &'static str, measure: &Measure) -> Option<Quantity> {
        let text = self.given().text(field).replace(',', ".");
        let read = measure.parse(&text).map_err(|wrong| format!("{wrong}, counted in {measure}"));
        self.keep(field, read)
    }

    /// A quantity counted as this version is.
    pub(crate) fn quantity_of(
        &mut self,
        field: &'static str,
        version: Option<Id<Version>>,
    ) -> Option<Quantity> {
        let measure = self.scene.measure_of(version?)?.clone();
        self.quantity(field, &measure)
    }

    /// A whole number, or none if the field is empty.
    #[expect(
        clippy::option_option,
        reason = "whether it could be read, and whether it was filled in"
    )]
    pub(crate) fn days_if_any(&mut self, field: &'static str) -> Option<Option<u16>> {
        let text = self.given().text(field);
        if text.is_empty() {
            return Some(None);
        }
        let expected = |_| format!("`{text}` is no whole number of days; write a number such as 7");
        self.keep(field, text.parse().map(Some).map_err(expected))
    }

    /// The end of a day.
    pub(crate) fn day_end(&mut self, field: &'static str) -> Option<Time> {
        let text = self.given().text(field);
        self.keep(field, Day::parse(&text).map(Day::end))
    }

    /// The end of a day, or none if the field is empty.
    #[expect(
        clippy::option_option,
        reason = "whether it could be read, and whether it was filled in"
    )]
    pub(crate) fn day_end_if_any(&mut self, field: &'static str) -> Option<Option<Time>> {
        if self.given().text(field).is_empty() { Some(None) } else { self.day_end(field).map(Some) }
    }

    /// The beginning of a day, or none if the field is empty.
    #[expect(
        clippy::option_option,
        reason = "whether it could be read, and whether it was filled in"
    )]
    pub(crate) fn day_start_if_any(&mut self, field: &'static str) -> Option<Option<Time>> {
        let text = self.given().text(field);
        if text.is_empty() {
            return Some(None);
        }
        self.keep(field, Day::parse(&text).map(|day| Some(day.start())))
    }

    /// An area, or none if the field is empty.
    #[expect(
        clippy::option_option,
        reason = "whether it could be read, and whether it was filled in"
    )]
    pub(crate) fn area_if_any(&mut self, field: &'static str) -> Option<Option<Area>> {
        let text = self.given().text(field);
        if text.is_empty() {
            return Some(None);
        }
        self.keep(field, Area::parse(&text).map(Some))
    }

    /// A day and a time of that day, in two fields.
    pub(crate) fn moment(&mut self, day: &'static str, clock: &'static str) -> Option<Time> {
        let (on, at) = (self.given().text(day), self.given().text(clock));
        let on = self.keep(day, Day::parse(&on))?;
        self.keep(clock, on.at(&at))
    }

    /// The number of a thing.
    pub(crate) fn id<T>(&mut self, field: &'static str) -> Option<Id<T>> {
        match self.given().number(field) {
            Some(number) => Some(Id::new(number)),
            None => self.missing(field, "nothing is chosen; choose one"),
        }
    }

    /// How a statement names the thing that was chosen.
    pub(crate) fn reference<T>(
        &mut self,
        field: &'static str,
        naming: Naming<T>,
    ) -> Option<Ref<T>> {
        let id = self.id(field)?;
        match naming(self.scene.federation, id) {
            Some(named) => Some(named),
            None => self.missing(field, "there is no such thing in this record; choose another"),
        }
    }

    pub(crate) fn unit(&mut self, field: &'static str) -> Option<Ref<Unit>> {
        self.reference(field, Federation::unit_ref)
    }

    /// Units by their names, one a line.
    pub(crate) fn units(&mut self, field: &'static str) -> Option<Vec<Ref<Unit>>> {
        let text = self.given().text(field);
        let names = text.lines().map(str::trim).filter(|name| !name.is_empty());
        let federation = self.scene.federation;
        let found = names.map(|name| {
            let same = |unit: &Unit| unit.name.as_str().to_lowercase() == name.to_lowercase();
            let unit = federation.units().find(|(_, unit)| same(unit));
            let named = unit.and_then(|(id, _)| federation.unit_ref(id));
            named.ok_or_else(|| format!("no unit is called `{name}`; look in the directory"))
        });
        let found = found.collect::<Result<Vec<_>, _>>();
        self.keep(field, found)
    }

    pub(crate) fn version(&mut self, field: &'static str) -> Option<Ref<Version>> {
        self.reference(field, Federation::version_ref)
    }

    /// One of the words that a choice offers.
    pub(crate) fn word<T: serde::de::DeserializeOwned>(
        &mut self,
        field: &'static str,
    ) -> Option<T> {
        let word = serde_json::Value::String(self.given().text(field));
        let read = serde_json::from_value(word).map_err(|_| "nothing is chosen; choose one");
        self.keep(field, read)
    }
}

fn as_hours(wrong: &NumberRefused) -> String {
    format!("{wrong}; write hours as 1:30 or 1.5")
}
