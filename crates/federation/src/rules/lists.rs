use measure::Hours;

use crate::act::ListRow;
use crate::rows::{Enrolled, Enrolment, Unit};
use crate::{Federation, Id, Pact, Refusal, Time};

use super::bases::members;
use super::founding::{COUNTED_MAX, HOURS_PER_MEMBER_MAX, ROWS_MAX};

impl Federation {
    /// A list names units that are in, each once, adds to each something, and takes nothing away.
    pub(crate) fn check_list(&self, rows: &[ListRow]) -> Result<(), Refusal> {
        if rows.is_empty() || rows.len() > ROWS_MAX {
            return Err(Refusal::ListOutOfBounds { found: rows.len() });
        }
        let mut named: Vec<_> = rows.iter().map(|row| row.unit).collect();
        named.sort_unstable();
        named.dedup();
        if named.len() < rows.len() {
            return Err(Refusal::ListedTwice {});
        }
        rows.iter().try_for_each(|row| self.check_list_row(row))
    }

    fn check_list_row(&self, row: &ListRow) -> Result<(), Refusal> {
        let id = self.find_unit(row.unit)?;
        self.check_in(id)?;
        let unit = self.unit(id)?;
        let most = HOURS_PER_MEMBER_MAX.times(row.counted_members).unwrap_or_default();
        if row.counted_members > COUNTED_MAX || row.base > most || row.base.is_negative() {
            let found = format!("{} counted and a base of {} hours", row.counted_members, row.base);
            return Err(Refusal::RowOutOfBounds { unit: unit.name.clone(), found });
        }
        let falls = row.counted_members < unit.counted_members
            || row.base < unit.base
            || (unit.enrolled.is_some() && !row.enrolled);
        let same = (row.counted_members, row.base, row.enrolled)
            == (unit.counted_members, unit.base, unit.enrolled.is_some());
        if falls || same {
            let (counted, base) = (unit.counted_members, unit.base);
            return Err(Refusal::ListOnlyAdds { unit: unit.name.clone(), counted, base });
        }
        Ok(())
    }

    /// A list has passed: each unit on it that is still in counts more members, has more base, or
    /// is enrolled.
    pub(crate) fn carry_list(&mut self, rows: &[ListRow], at: Time) {
        for row in rows {
            let Ok(id) = self.find_unit(row.unit) else { continue };
            let Ok(unit) = self.units.row_mut(id) else { continue };
            if !unit.is_in() {
                continue;
            }
            unit.counted_members = unit.counted_members.max(row.counted_members);
            unit.counted_in_record = unit.counted_members.min(members(unit));
            unit.base = unit.base.max(row.base);
            if row.enrolled {
                self.put_enrolled(id, Enrolment { at, how: Enrolled::ByList });
            }
            // More base lets run off what was there in its place; the unit is there.
            self.run_off(id).unwrap_or_default();
        }
        self.find_witnesses();
    }

    /// The list that could be put to the vote now: each unit whose members are more than those that
    /// count, or who has no base yet, and each that waits for its turn to be enrolled; who waits
    /// longest comes first. It is a draft, and whoever proposes it can change it.
    pub fn draft_list(&self) -> Vec<ListRow> {
        let mut rows: Vec<_> = self
            .units()
            .filter(|(_, unit)| unit.is_in())
            .filter_map(|(id, unit)| Some((unit.waits_since.is_none(), unit.joined?, id, unit)))
            .collect();
        rows.sort_unstable_by_key(|&(waits_not, joined, ..)| (waits_not, joined));
        let rows = rows.into_iter().filter_map(|(.., id, unit)| self.draft_row(id, unit));
        rows.take(ROWS_MAX).collect()
    }

    fn draft_row(&self, id: Id<Unit>, unit: &Unit) -> Option<ListRow> {
        // Those who count and are not in the record yet may be the ones who have come into it.
        let counted_members = members(unit).min(COUNTED_MAX).max(unit.counted_members);
        // A unit without a base gets that of all its members, others that of the added ones.
        let added = match unit.base == Hours::ZERO {
            true => counted_members,
            false => counted_members - unit.counted_members,
        };
        let base = unit.base.plus(Pact::BASE_PER_MEMBER.times(added)?)?;
        let enrolled = unit.enrolled.is_some() || unit.waits_since.is_some();
        let row = ListRow { unit: self.unit_ref(id)?, counted_members, base, enrolled };
        self.check_list_row(&row).is_ok().then_some(row)
    }
}
