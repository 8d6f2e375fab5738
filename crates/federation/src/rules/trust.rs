use measure::Hours;

use crate::act::{Back, ReleaseBacking};
use crate::rows::Backing;
use crate::{Effect, Federation, Refusal};

use super::Author;

impl Federation {
    /// A unit lends trust, not hours: free room of its own base. What it was lent it cannot pass on.
    pub(crate) fn back(&mut self, author: Author, act: &Back) -> Result<Effect, Refusal> {
        let backer = self.acting_unit(author.person)?;
        let backed = self.find_unit(act.unit)?;
        self.check_in(backed)?;
        if backed == backer {
            return Err(Refusal::WithYourself {});
        }
        if !act.hours.is_positive() {
            return Err(Refusal::BackingNought {});
        }
        let unit = self.unit(backer)?;
        let free = unit.free_base();
        if act.hours > free {
            return Err(Refusal::BackingBeyondBase { free, asked: act.hours });
        }
        let more = |from: Hours| from.plus(act.hours).ok_or(Refusal::TooLarge {});
        let (given, received) =
            (more(unit.backing_given)?, more(self.unit(backed)?.backing_received)?);
        let (since, unbroken) = (self.size, self.begins(author.at));
        let nothing = Backing { hours: Hours::ZERO, releasing: Hours::ZERO, since, unbroken };
        let before = self.backings.get(&(backed, backer)).copied().unwrap_or(nothing);
        let unbroken = if before.stands() { before.unbroken } else { unbroken };
        let backing = Backing { hours: more(before.hours)?, unbroken, ..before };
        self.backings.insert((backed, backer), backing);
        self.units.row_mut(backer)?.backing_given = given;
        self.units.row_mut(backed)?.backing_received = received;
        self.run_off(backed)?;
        Ok(Effect::Done)
    }

    /// Backing is released as far as the room is free; the rest follows as the backed unit
    /// delivers.
    pub(crate) fn release_backing(
        &mut self,
        author: Author,
        act: &ReleaseBacking,
    ) -> Result<Effect, Refusal> {
        let backer = self.acting_row(author.person)?;
        let backed = self.find_unit(act.unit)?;
        if !act.hours.is_positive() {
            return Err(Refusal::BackingNought {});
        }
        let backing = self.backings.get(&(backed, backer)).copied();
        let lent = backing.and_then(|b| b.hours.minus(b.releasing)).unwrap_or_default();
        match self.backings.get_mut(&(backed, backer)) {
            Some(backing) if act.hours <= lent => {
                backing.releasing = backing.releasing.plus(act.hours).unwrap_or(backing.hours);
            }
            _ => return Err(Refusal::BackingNotLent { lent, asked: act.hours }),
        }
        self.run_off(backed)?;
        Ok(Effect::Done)
    }
}
