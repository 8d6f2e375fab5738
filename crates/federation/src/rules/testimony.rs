use crate::rows::{Person, Unit};
use crate::state::{Dated, Witnesses};
use crate::{Days, Federation, Id, Time};

/// A date that one of a unit's members has said, the size of the record with it, and who it was.
type Word = Option<(Time, u64, Id<Person>)>;

/// How many units vouch for a time.
const VOUCHING: usize = 3;

/// How far a date can lie beyond the host's time, where something begins, and the host's time beyond
/// what is vouched for. So what one clock says wrongly is made good within a month. (Decision:
/// testified time.)
const BEYOND: Days = crate::fixed::VOUCHED;

/// How far the host's time may run ahead of the newest date: ten minutes.
const AHEAD_SECONDS_MAX: i64 = 600;

impl Federation {
    /// The latest time that the host can give an entry whose statement bears this date: ten minutes
    /// after the newest date, and never more than 30 days and ten minutes beyond what is vouched for.
    pub fn latest_time(&self, date: Time) -> Time {
        let newest = match &self.founding {
            Some(founding) => {
                let vouched = self.vouched.max(founding.at);
                self.newest_date.max(date).min(vouched.plus_days(BEYOND))
            }
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
        let gone = |word: &mut Word| word.take_if(|(.., by)| *by == left).is_some();
        let (dated, said) = (gone(&mut unit.dated), gone(&mut unit.said));
        if dated || said {
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
        let newest = |word: fn(&Unit) -> Word| {
            let bearing = enrolled().filter(|&(id, _)| Some(id) != without);
            let dates =
                bearing.filter_map(|(id, unit)| word(unit).map(|(at, size, _)| (at, size, id)));
            let mut dates: Vec<Dated> = dates.collect();
            dates.sort_unstable_by(|a, b| b.cmp(a));
            dates.truncate(VOUCHING);
            dates
        };
        let (dated, said) = (newest(|unit| unit.dated), newest(|unit| unit.said));
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        self.witnesses = Witnesses { dated, said, units, host_alone };
        self.vouch();
    }

    /// Takes note of the date on a statement of one of a unit's members.
    ///
    /// It counts for no more than the host's time of its entry, so it takes the host and three units
    /// to end anything: a phone that shows the year 2100 says that it is now. Where something begins
    /// the host's time is not what bounds it, for a host that lags would else date it back.
    pub(crate) fn hear_witness(&mut self, id: Id<Unit>, (date, by): (Time, Id<Person>)) {
        let (size, time) = (self.size, self.time);
        let bears = self.host_unit() != Some(id) || self.witnesses.host_alone;
        let Ok(unit) = self.units.row_mut(id) else { return };
        let bears = bears && unit.is_enrolled();
        let hear = |word: &mut Word, dates: &mut Vec<Dated>, date: Time| {
            if word.is_some_and(|(before, ..)| before >= date) {
                return;
            }
            *word = Some((date, size, by));
            if bears {
                dates.retain(|&(.., witness)| witness != id);
                let place = dates.partition_point(|&witness| witness > (date, size, id));
                dates.insert(place, (date, size, id));
                dates.truncate(VOUCHING);
            }
        };
        hear(&mut unit.dated, &mut self.witnesses.dated, date.min(time));
        hear(&mut unit.said, &mut self.witnesses.said, date.min(time.plus_days(BEYOND)));
    }

    /// The testified time is the date that the last of those needed has passed. It never goes back.
    pub(crate) fn vouch(&mut self) {
        let units = usize::try_from(self.witnesses.units).unwrap_or(usize::MAX);
        let last = units.min(VOUCHING).checked_sub(1);
        let of = |dates: &[Dated]| last.and_then(|n| dates.get(n)).map(|&(date, ..)| date);
        let (dated, said) = (of(&self.witnesses.dated), of(&self.witnesses.said));
        self.testified = self.testified.max(dated.unwrap_or_default());
        self.vouched = self.vouched.max(self.testified).max(said.unwrap_or_default());
    }
}
