use measure::Value;

use crate::rows::{Proposal, Unit, Valuation, Version};
use crate::{Federation, Id, Ref, Refusal, Time};

use super::Author;
use super::values::above_nought;

impl Federation {
    /// The whole stands behind a version of a specification.
    pub(crate) fn ratify_version(&mut self, version: Ref<Version>, at: Time) {
        if let Ok(id) = self.find_version(version)
            && let Ok(row) = self.versions.row_mut(id)
        {
            row.ratified = Some(at);
        }
    }

    /// Whether a unit can open a value to the whole.
    pub(crate) fn check_value_opened(
        &self,
        unit: Id<Unit>,
        version: Ref<Version>,
        value: Value,
    ) -> Result<(), Refusal> {
        let unit = self.unit(unit)?;
        if !unit.is_enrolled() {
            return Err(Refusal::NotEnrolled { unit: unit.name.clone() });
        }
        let row = self.version(self.find_version(version)?)?;
        self.check_not_retired(row.specification)?;
        match self.agreed_at(row, above_nought(value)?)? {
            Some(agreed) => {
                Err(Refusal::AgreedAlready { version: self.version_label(agreed), value })
            }
            None => Ok(()),
        }
    }

    /// The whole has agreed a value: that makes a new version, named by the proposal, which binds
    /// nobody who does not go on offering or needing under it. If producers and receivers have
    /// agreed it meanwhile, or the specification was retired, nothing is left to do.
    pub(crate) fn ratify_value(
        &mut self,
        id: Id<Proposal>,
        (version, value): (Ref<Version>, Value),
        at: Time,
    ) {
        let (Ok(row), Some(name)) = (self.proposal(id), self.proposal_ref(id)) else { return };
        let author = Author { person: row.by, made_by: name.made_by, at };
        let by = row.unit;
        let Ok(old) = self.find_version(version) else { return };
        let agreed = self.version(old).and_then(|row| self.agreed_at(row, value));
        if let (Ok(None), Ok(agreed)) =
            (agreed, self.revalued(author, old, by, Some(Valuation::Agreed { value })))
        {
            let agreed = Version { ratified: Some(at), ..agreed };
            // The specification is there, for its version is.
            drop(self.put_version((author.made_by, 0), agreed));
        }
    }
}
