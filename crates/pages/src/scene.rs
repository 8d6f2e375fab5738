use federation::rows::{Circle, Contract, Delivery, Lot, Person, Specification, Unit, Version};
use federation::{Federation, Id, PersonId, Refusal, Time};
use measure::{Measure, Quantity};

use crate::field::Choice;
use crate::given::Given;
use node::words::{self, measure_of, unit_name, version_with_value};

/// What a form stands before: the federation, who fills it in, and what is filled in.
pub(crate) struct Scene<'a> {
    pub(crate) federation: &'a Federation,
    pub(crate) me: Option<Me>,
    pub(crate) given: &'a Given,
    pub(crate) now: Time,
    /// The rule that refused what was sent before, by its short name.
    pub(crate) refused: &'a str,
    /// What somebody is called.
    pub(crate) called: &'a dyn Fn(Id<Person>) -> String,
}

/// The reader in this federation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Me {
    pub(crate) id: PersonId,
    /// None while the record does not know them yet.
    pub(crate) person: Option<Id<Person>>,
    pub(crate) unit: Option<Id<Unit>>,
}

impl Scene<'_> {
    pub(crate) fn my_unit(&self) -> Option<Id<Unit>> {
        self.me?.unit
    }

    pub(crate) fn unit_name(&self, unit: Id<Unit>) -> String {
        unit_name(self.federation, unit)
    }

    pub(crate) fn measure_of(&self, version: Id<Version>) -> Option<&Measure> {
        measure_of(self.federation, version)
    }

    /// `2.5 kg`.
    pub(crate) fn amount(&self, quantity: Quantity, version: Id<Version>) -> String {
        words::amount(self.federation, quantity, version)
    }

    /// The chosen contract.
    pub(crate) fn contract(&self) -> Result<(Id<Contract>, &Contract), Refusal> {
        let id = Id::new(self.given.number("contract").unwrap_or(u32::MAX));
        Ok((id, self.federation.contract(id)?))
    }

    /// The chosen circle.
    pub(crate) fn circle(&self) -> Result<(Id<Circle>, &Circle), Refusal> {
        let id = Id::new(self.given.number("circle").unwrap_or(u32::MAX));
        Ok((id, self.federation.circle(id)?))
    }

    /// The chosen lot.
    pub(crate) fn lot(&self) -> Result<(Id<Lot>, &Lot), Refusal> {
        let id = Id::new(self.given.number("lot").unwrap_or(u32::MAX));
        Ok((id, self.federation.lot(id)?))
    }

    /// The chosen delivery.
    pub(crate) fn delivery(&self) -> Result<(Id<Delivery>, &Delivery), Refusal> {
        let id = Id::new(self.given.number("delivery").unwrap_or(u32::MAX));
        Ok((id, self.federation.delivery(id)?))
    }

    /// The chosen version, if one is.
    pub(crate) fn version(&self) -> Option<(Id<Version>, &Version)> {
        let id = Id::new(self.given.number("version")?);
        Some((id, self.federation.version(id).ok()?))
    }

    /// The chosen specification.
    pub(crate) fn specification(&self) -> Result<(Id<Specification>, &Specification), Refusal> {
        let id = Id::new(self.given.number("specification").unwrap_or(u32::MAX));
        Ok((id, self.federation.specification(id)?))
    }

    /// Units to deal with: those in the federation but the reader's own.
    pub(crate) fn other_units(&self) -> Vec<Choice> {
        let mut units: Vec<_> = self
            .federation
            .units()
            .filter(|&(id, unit)| Some(id) != self.my_unit() && !unit.is_departed())
            .map(|(id, unit)| Choice::new(id, unit.name.as_str()))
            .collect();
        units.sort_by_key(|choice| choice.label.to_lowercase());
        units
    }

    /// Versions to choose from: of nothing retired, and where asked, with a value only.
    pub(crate) fn versions(&self, which: Versions) -> Vec<Choice> {
        let mut versions: Vec<_> = self
            .federation
            .versions()
            .filter(|(_, version)| which == Versions::All || version.valuation.is_some())
            .filter(|(_, version)| {
                let specification = self.federation.specification(version.specification);
                specification.is_ok_and(|specification| specification.retired.is_none())
            })
            .map(|(id, _)| Choice::new(id, version_with_value(self.federation, id)))
            .collect();
        versions.sort_by_key(|choice| choice.label.to_lowercase());
        versions
    }
}

/// Which versions to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Versions {
    All,
    Valued,
}
