use crate::rows::Unit;
use crate::state::Witnesses;
use crate::{Federation, Id, Time};

/// How many units vouch for a time.
const VOUCHING: usize = 3;

impl Federation {
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
        let (units, without) =
            if others == 0 { (enrolled().count(), None) } else { (others, host) };
        let mut newest: Vec<(Time, Id<Unit>)> = enrolled()
            .filter(|&(id, _)| Some(id) != without)
            .filter_map(|(id, unit)| Some((unit.dated?, id)))
            .collect();
        newest.sort_unstable_by(|a, b| b.cmp(a));
        newest.truncate(VOUCHING);
        self.witnesses = Witnesses { newest, units };
        self.vouch();
    }

    /// Takes note of the date on a statement of one of a unit's members.
    pub(crate) fn hear_witness(&mut self, id: Id<Unit>, date: Time) {
        let Ok(unit) = self.units.row_mut(id) else { return };
        if unit.dated.is_some_and(|dated| dated >= date) {
            return;
        }
        unit.dated = Some(date);
        let enrolled = unit.is_enrolled();
        let alone =
            self.witnesses.newest.iter().all(|&(_, witness)| Some(witness) == self.host_unit());
        if !enrolled || (self.host_unit() == Some(id) && !(alone && self.is_host_alone())) {
            return;
        }
        let newest = &mut self.witnesses.newest;
        newest.retain(|&(_, witness)| witness != id);
        let place = newest.partition_point(|&witness| witness > (date, id));
        newest.insert(place, (date, id));
        newest.truncate(VOUCHING);
        self.vouch();
    }

    /// Whether no unit but the host's is enrolled.
    fn is_host_alone(&self) -> bool {
        let host = self.host_unit();
        !self.units().any(|(id, unit)| unit.is_enrolled() && Some(id) != host)
    }

    /// The testified time is the date that the last of those needed has passed. It never goes back.
    fn vouch(&mut self) {
        let needed = self.witnesses.units.min(VOUCHING);
        let last = needed.checked_sub(1).and_then(|n| self.witnesses.newest.get(n));
        if let Some(&(date, _)) = last {
            self.testified = self.testified.max(date);
        }
    }
}
