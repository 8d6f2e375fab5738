use std::collections::BTreeSet;

use crate::act::RefusePartners;
use crate::rows::Unit;
use crate::{Effect, Federation, Id, Refusal};

use super::Author;

/// The most units with which rounds do not join one. Each need is met apart from those of units
/// that refuse others, so this bounds how much larger a round becomes.
const PARTNERS_MAX: usize = 32;

impl Federation {
    /// Nobody has to deal with everybody. From the next time that a round's inputs are frozen,
    /// nothing is planned or swapped between the unit and those that it names, in either direction.
    pub(crate) fn refuse_partners(
        &mut self,
        author: Author,
        act: &RefusePartners,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let named = act.units.iter().map(|&partner| self.find_unit(partner));
        let named: BTreeSet<_> = named.collect::<Result<_, _>>()?;
        let found = act.units.len();
        if found != named.len() || found > PARTNERS_MAX || named.contains(&unit) {
            return Err(Refusal::PartnersOutOfBounds { found });
        }
        let row = self.units.row_mut(unit)?;
        if row.refuses == named {
            return Err(Refusal::NothingChanges {});
        }
        row.refuses = named;
        Ok(Effect::Done)
    }

    /// Whether one of two units has said that rounds are not to join it with the other.
    pub(crate) fn refuse_each_other(&self, one: Id<Unit>, other: Id<Unit>) -> bool {
        let refuses =
            |unit, partner| self.unit(unit).is_ok_and(|row| row.refuses.contains(&partner));
        refuses(one, other) || refuses(other, one)
    }
}
