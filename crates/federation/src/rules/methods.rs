use crate::act::{Method, SetMethod};
use crate::{Effect, Federation, Refusal};

use super::Author;

impl Federation {
    /// A unit decides by its own method; nobody else has a say in it.
    pub(crate) fn set_method(
        &mut self,
        author: Author,
        act: &SetMethod,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let tries = act.method.consent_tries;
        if tries > Method::CONSENT_TRIES_MAX {
            return Err(Refusal::TriesOutOfBounds { found: tries });
        }
        let row = self.units.row_mut(unit)?;
        if row.method == act.method {
            return Err(Refusal::NothingChanges {});
        }
        row.method = act.method;
        Ok(Effect::Done)
    }
}
