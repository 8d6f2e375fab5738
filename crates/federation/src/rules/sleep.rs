use crate::rows::Unit;
use crate::{Days, Federation, Id, Time};

/// How far apart two missed polls close for a unit to fall asleep.
const BETWEEN_MISSED: Days = Days(60);

impl Unit {
    /// An act of one of its members wakes a unit; what it missed before is forgotten.
    pub(crate) fn wake(&mut self) {
        if self.asleep_since.take().is_some() {
            self.missed_since = None;
        }
    }
}

impl Federation {
    /// A poll of the whole has closed in which a unit of the electorate took part or did not. It
    /// sleeps after missing two that closed at least 60 days apart, and has taken part in none
    /// between them.
    pub(crate) fn note_turnout(&mut self, id: Id<Unit>, closed: Time, took_part: bool) {
        let Ok(unit) = self.units.row_mut(id) else { return };
        match (took_part, unit.missed_since) {
            (true, _) => unit.missed_since = None,
            (false, None) => unit.missed_since = Some(closed),
            (false, Some(first)) if unit.is_in() && first.plus_days(BETWEEN_MISSED) <= closed => {
                unit.asleep_since = unit.asleep_since.or(Some(closed));
            }
            (false, Some(_)) => {}
        }
    }
}
