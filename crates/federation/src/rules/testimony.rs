use crate::rows::{Person, Unit};
use crate::state::{Dated, Witnesses};
use crate::{Federation, Id, Time};

/// How many units vouch for a time.
const VOUCHING: usize = 3;

impl Federation {
    /// Whether a person hosts the record.
    pub(crate) fn is_host(&self, person: Id<Person>) -> bool {
        self.host() == Some(person)
    }

    /// Where the host has moved to another unit, that unit's dates vouch for nothing any more.
    pub(crate) fn follow_host(&mut self, moved: Id<Person>) {
        if self.is_host(moved) {
            self.find_witnesses();
        }
    }

    /// The unit of the person who hosts the record.
    fn host_unit(&self) -> Option<Id<Unit>> {
        self.person(self.host()?).ok()?.unit
    }

    /// Finds anew whose dates vouch for the time; called when a unit comes in or leaves.
    ///
    /// Enrolled units bear witness, the host's own only where there is no other.
    pub(crate) fn find_witnesses(&mut self) {
        let host = self.host_unit();
        let enrolled = || self.units().filter(|(_, unit)| unit.is_enrolled());
        let others = enrolled().filter(|&(id, _)| Some(id) != host).count();
        let host_alone = others == 0;
        let (units, without) = if host_alone { (enrolled().count(), None) } else { (others, host) };
        let mut newest: Vec<Dated> = enrolled()
            .filter(|&(id, _)| Some(id) != without)
            .filter_map(|(id, unit)| unit.dated.map(|(date, size)| (date, size, id)))
            .collect();
        newest.sort_unstable_by(|a, b| b.cmp(a));
        newest.truncate(VOUCHING);
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        self.witnesses = Witnesses { newest, units, host_alone };
        self.vouch();
    }

    /// Takes note of the date on a statement of one of a unit's members.
    pub(crate) fn hear_witness(&mut self, id: Id<Unit>, date: Time) {
        let Ok(unit) = self.units.row_mut(id) else { return };
        if unit.dated.is_some_and(|(dated, _)| dated >= date) {
            return;
        }
        let size = self.size;
        unit.dated = Some((date, size));
        let enrolled = unit.is_enrolled();
        if !enrolled || (self.host_unit() == Some(id) && !self.witnesses.host_alone) {
            return;
        }
        let newest = &mut self.witnesses.newest;
        newest.retain(|&(.., witness)| witness != id);
        let place = newest.partition_point(|&witness| witness > (date, size, id));
        newest.insert(place, (date, size, id));
        newest.truncate(VOUCHING);
        self.vouch();
    }

    /// The testified time is the date that the last of those needed has passed. It never goes back.
    fn vouch(&mut self) {
        let units = usize::try_from(self.witnesses.units).unwrap_or(usize::MAX);
        let needed = units.min(VOUCHING);
        let last = needed.checked_sub(1).and_then(|n| self.witnesses.newest.get(n));
        if let Some(&(date, ..)) = last {
            self.testified = self.testified.max(date);
        }
    }
}
