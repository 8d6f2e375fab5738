use crate::rows::{Person, Unit};
use crate::state::{Dated, Witnesses};
use crate::{Days, Federation, Id, Time};

/// How many units vouch for a time.
const VOUCHING: usize = 3;

/// How far beyond the time that is vouched for a date can lie; one that lies further counts so far.
/// So what one clock says wrongly is made good within a month, and no statement says for good that
/// everything is over. (Decision: testified time.)
const BEYOND_VOUCHED: Days = Days(30);

/// How far the host's time may run ahead of the newest date: ten minutes.
const AHEAD_SECONDS_MAX: i64 = 600;

impl Federation {
    /// What a date on a statement counts as.
    pub(crate) fn believed(&self, date: Time) -> Time {
        let vouched = self.testified.max(self.founded().unwrap_or_default());
        date.min(vouched.plus_days(BEYOND_VOUCHED))
    }

    /// The latest time that the host can give an entry whose statement bears this date: ten minutes
    /// after the newest date, of which none counts more than 30 days beyond what is vouched for.
    pub fn latest_time(&self, date: Time) -> Time {
        let newest = match &self.founding {
            Some(_) => self.newest_date.max(self.believed(date)),
            None => date,
        };
        newest.plus_seconds(AHEAD_SECONDS_MAX)
    }

    /// The time that a host gives an entry: what its clock shows, but never back, and no later than
    /// [`Federation::latest_time`].
    pub fn host_time(&self, clock: Time, date: Time) -> Time {
        clock.min(self.latest_time(date)).max(self.time)
    }

    /// Somebody has left a unit: what they said of the time is not that unit's word any more, so
    /// nobody who goes from unit to unit is several witnesses.
    pub(crate) fn forget_word(&mut self, id: Id<Unit>, left: Id<Person>) {
        let Ok(unit) = self.units.row_mut(id) else { return };
        if unit.dated.is_some_and(|(.., by)| by == left) {
            unit.dated = None;
            self.find_witnesses();
        }
    }

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
            .filter_map(|(id, unit)| unit.dated.map(|(date, size, _)| (date, size, id)))
            .collect();
        newest.sort_unstable_by(|a, b| b.cmp(a));
        newest.truncate(VOUCHING);
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        self.witnesses = Witnesses { newest, units, host_alone };
        self.vouch();
    }

    /// Takes note of the date on a statement of one of a unit's members.
    pub(crate) fn hear_witness(&mut self, id: Id<Unit>, (date, by): (Time, Id<Person>)) {
        let size = self.size;
        let Ok(unit) = self.units.row_mut(id) else { return };
        if unit.dated.is_some_and(|(dated, ..)| dated >= date) {
            return;
        }
        unit.dated = Some((date, size, by));
        let enrolled = unit.is_enrolled();
        if !enrolled || (self.host_unit() == Some(id) && !self.witnesses.host_alone) {
            return;
        }
        let newest = &mut self.witnesses.newest;
        newest.retain(|&(.., witness)| witness != id);
        let place = newest.partition_point(|&witness| witness > (date, size, id));
        newest.insert(place, (date, size, id));
        newest.truncate(VOUCHING);
    }

    /// The testified time is the date that the last of those needed has passed; where a single unit
    /// can vouch, no later than the host's time, so that it takes two. It never goes back.
    pub(crate) fn vouch(&mut self) {
        let units = usize::try_from(self.witnesses.units).unwrap_or(usize::MAX);
        let needed = units.min(VOUCHING);
        let last = needed.checked_sub(1).and_then(|n| self.witnesses.newest.get(n));
        if let Some(&(date, ..)) = last {
            let date = if needed == 1 { date.min(self.time) } else { date };
            self.testified = self.testified.max(date);
        }
    }
}
