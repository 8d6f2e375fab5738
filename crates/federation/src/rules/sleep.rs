use crate::rows::Unit;

impl Unit {
    /// An act of one of its members wakes a unit; what it missed before is forgotten.
    pub(crate) fn wake(&mut self) {
        if self.asleep_since.take().is_some() {
            self.missed_since = None;
        }
    }
}
