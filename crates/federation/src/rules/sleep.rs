use crate::rows::Unit;
use crate::{Days, Federation, Id, Pact, Time};

/// How far apart two missed polls close for a unit to fall asleep.
const BETWEEN_MISSED: Days = crate::fixed::BETWEEN_MISSED;

/// INVARIANT: no notice is longer, so a unit that has acted since a notice began votes when it ends.
const _: () = assert!(Pact::NOTICE_DAYS_MAX <= BETWEEN_MISSED.0);

impl Unit {
    /// An act of one of its members shows a unit awake; what it missed before is forgotten.
    pub(crate) fn wake(&mut self, at: Time) {
        self.acted = self.acted.max(at);
        self.missed_since = None;
        self.asleep_since = None;
    }
}

impl Federation {
    /// A poll of the whole has closed in which a unit of the electorate took part or did not. It
    /// sleeps after missing two that closed at least 60 days apart without an act of any member
    /// since the first; one that closed before its last act it has not missed.
    pub(crate) fn note_turnout(&mut self, id: Id<Unit>, closed: Time, took_part: bool) {
        let Ok(unit) = self.units.row_mut(id) else { return };
        match (took_part, unit.missed_since) {
            (true, _) => unit.missed_since = None,
            (false, _) if closed <= unit.acted => {}
            (false, None) => unit.missed_since = Some(closed),
            (false, Some(first)) if unit.is_in() && first.plus_days(BETWEEN_MISSED) <= closed => {
                unit.asleep_since = unit.asleep_since.or(Some(closed));
            }
            (false, Some(_)) => {}
        }
    }
}
