use measure::Hours;

use crate::rows::{Backing, Unit};
use crate::{Federation, Id, Refusal};

impl Federation {
    /// A unit has fewer members than count: so many fewer count, and its base falls with them.
    pub(crate) fn count_fewer(&mut self, id: Id<Unit>) -> Result<(), Refusal> {
        let unit = self.unit(id)?;
        let gone = unit.counted_in_record.saturating_sub(members(unit));
        if gone == 0 || !unit.is_in() {
            return Ok(());
        }
        let counted = unit.counted_members;
        let left = counted.saturating_sub(gone).max(1);
        let base = part_of(unit.base, left, counted);
        let unit = self.units.row_mut(id)?;
        unit.counted_members = left;
        unit.counted_in_record = unit.counted_in_record.saturating_sub(gone);
        self.shrink_base(id, base)
    }

    /// A base falls as far as its room is free. What others use of it stays with them as run-off,
    /// and so does what the unit itself uses; together no more than what is gone.
    fn shrink_base(&mut self, id: Id<Unit>, base: Hours) -> Result<(), Refusal> {
        let unit = self.unit(id)?;
        // What its contracts hold beyond its allowance was room of nobody's before, too.
        let beyond = unit.beyond_allowance();
        let lent_beyond = unit.backing_given.minus(base).unwrap_or_default().at_least_zero();
        self.end_backing_beyond(id, lent_beyond)?;
        let row = self.units.row_mut(id)?;
        row.base = base;
        let short = row.beyond_allowance().minus(beyond).unwrap_or_default().at_least_zero();
        row.run_off = row.run_off.plus(short).ok_or(Refusal::TooLarge {})?;
        self.run_off(id)
    }

    /// So much of what a unit lent comes to an end, what was lent last first. Where it is in use,
    /// the backed unit keeps that much as run-off.
    fn end_backing_beyond(&mut self, id: Id<Unit>, hours: Hours) -> Result<(), Refusal> {
        let mut given: Vec<(u64, Id<Unit>, Hours)> = self
            .backings()
            .filter(|&(backer, ..)| backer == id)
            .map(|(_, to, Backing { since, hours, .. })| (since, to, hours))
            .collect();
        given.sort_unstable_by_key(|&(since, ..)| std::cmp::Reverse(since));
        let mut left = hours;
        for (_, backed, lent) in given {
            let ends = lent.min(left);
            if !ends.is_positive() {
                break;
            }
            left = left.minus(ends).unwrap_or_default();
            let used = ends.minus(self.unit(backed)?.unused().min(ends)).unwrap_or_default();
            self.take_backing(id, backed, ends)?;
            let row = self.units.row_mut(backed)?;
            row.run_off = row.run_off.plus(used).ok_or(Refusal::TooLarge {})?;
        }
        Ok(())
    }
}

/// A base for so many of so many counted members, in whole seconds.
fn part_of(base: Hours, left: u32, counted: u32) -> Hours {
    // A base of at most 1,000 hours for each of 100,000 stays far within the range.
    let seconds = base.seconds().saturating_mul(i64::from(left)) / i64::from(counted.max(1));
    Hours::from_seconds(seconds).unwrap_or_default()
}

/// How many members the record knows.
pub(crate) fn members(unit: &Unit) -> u32 {
    u32::try_from(unit.members.len()).unwrap_or(u32::MAX)
}
