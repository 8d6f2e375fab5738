use measure::Quantity;

use crate::act::{ProposeSpecification, RetireSpecification, ReviseSpecification};
use crate::rows::{Specification, Unit, Version};
use crate::{Effect, Federation, Id, Line, Refusal, StatementId, Time};

use super::Author;

/// The most clauses of a version.
const CLAUSES_MAX: usize = 30;

impl Federation {
    pub(crate) fn propose_specification(
        &mut self,
        author: Author,
        act: &ProposeSpecification,
    ) -> Result<Effect, Refusal> {
        let by = self.acting_unit(author.person)?;
        check_clauses(&act.clauses)?;
        let id = self.write_specification((author.made_by, 0, author.at), by, act)?;
        Ok(Effect::Specification(id))
    }

    /// Adds a specification, with a first version that has no value yet.
    pub(crate) fn write_specification(
        &mut self,
        (made_by, row, since): (StatementId, u32, Time),
        by: Id<Unit>,
        act: &ProposeSpecification,
    ) -> Result<Id<Specification>, Refusal> {
        let specification = Specification {
            name: act.name.clone(),
            nature: act.nature,
            measure: act.measure.clone(),
            about: act.about.clone(),
            by,
            since,
            versions: Vec::new(),
            essential: None,
            retired: None,
        };
        let specification = self.specifications.add(made_by, row, specification);
        let version = Version {
            specification,
            number: 0,
            clauses: act.clauses.clone(),
            about: act.about.clone(),
            by,
            since,
            valuation: None,
            ratified: None,
            words: Vec::new(),
            signed: Default::default(),
        };
        self.put_version((made_by, row), version)?;
        Ok(specification)
    }

    /// A new version never touches an old contract, nor an old offer.
    pub(crate) fn revise_specification(
        &mut self,
        author: Author,
        act: &ReviseSpecification,
    ) -> Result<Effect, Refusal> {
        let by = self.acting_unit(author.person)?;
        let id = self.find_specification(act.specification)?;
        self.check_not_retired(id)?;
        check_clauses(&act.clauses)?;
        let version = Version {
            specification: id,
            number: 0,
            clauses: act.clauses.clone(),
            about: act.about.clone(),
            by,
            since: author.at,
            valuation: None,
            ratified: None,
            words: Vec::new(),
            signed: Default::default(),
        };
        Ok(Effect::Version(self.put_version((author.made_by, 0), version)?))
    }

    pub(crate) fn retire_specification(
        &mut self,
        author: Author,
        act: &RetireSpecification,
    ) -> Result<Effect, Refusal> {
        let by = self.acting_unit(author.person)?;
        let id = self.find_specification(act.specification)?;
        self.check_not_retired(id)?;
        let row = self.specification(id)?;
        if row.essential.is_some() {
            return Err(Refusal::EssentialStays { specification: row.name.clone() });
        }
        let proposer = row.by;
        if proposer != by {
            return Err(Refusal::NotProposer { unit: self.unit(proposer)?.name.clone() });
        }
        self.specifications.row_mut(id)?.retired = Some(author.at);
        Ok(Effect::Done)
    }

    /// Adds a version with the next number of its specification.
    pub(crate) fn put_version(
        &mut self,
        (made_by, row): (StatementId, u32),
        version: Version,
    ) -> Result<Id<Version>, Refusal> {
        let specification = version.specification;
        let count = self.specification(specification)?.versions.len();
        let number = u32::try_from(count + 1).unwrap_or(u32::MAX);
        let id = self.versions.add(made_by, row, Version { number, ..version });
        self.specifications.row_mut(specification)?.versions.push(id);
        Ok(id)
    }

    /// How much of a version is essential for each counted member: as much as of its
    /// specification, if its clauses are those that the pact names.
    pub fn essential(&self, id: Id<Version>) -> Option<Quantity> {
        let version = self.version(id).ok()?;
        let specification = self.specification(version.specification).ok()?;
        let first = self.version(*specification.versions.first()?).ok()?;
        specification.essential.filter(|_| first.clauses == version.clauses)
    }

    pub(crate) fn check_not_retired(&self, id: Id<Specification>) -> Result<(), Refusal> {
        let row = self.specification(id)?;
        match row.retired {
            Some(_) => Err(Refusal::Retired { specification: row.name.clone() }),
            None => Ok(()),
        }
    }
}

pub(crate) fn check_clauses(clauses: &[Line]) -> Result<(), Refusal> {
    let empty = clauses.iter().any(|clause| clause.as_str().is_empty());
    match clauses.is_empty() || clauses.len() > CLAUSES_MAX || empty {
        true => Err(Refusal::ClausesOutOfBounds { found: clauses.len() }),
        false => Ok(()),
    }
}
