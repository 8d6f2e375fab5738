use crate::rows::Due;
use crate::{Federation, Time};

impl Federation {
    /// What will happen by itself, and when, soonest first; it happens with the first entry after
    /// which enough units vouch for a later time.
    pub fn calendar(&self) -> impl Iterator<Item = (Time, Due)> {
        self.calendar.iter().copied()
    }

    /// Carries out what is due, at the end of every accepted entry.
    ///
    /// INVARIANT: nothing that comes due can be refused. What it asks for was checked when it was
    /// put into the calendar, or is decided here one way or the other.
    pub(crate) fn keep_calendar(&mut self) {
        while let Some(&(at, due)) = self.calendar.first()
            && at < self.testified
        {
            self.calendar.pop_first();
            self.come_due(at, due);
        }
    }

    /// Each kind has its function in the file of its room; `at` is the moment it was due.
    fn come_due(&mut self, at: Time, due: Due) {
        match due {
            Due::LotStageEnds(id) => self.end_lot_stage(id, at),
            Due::ConflictStageEnds(id) => self.end_conflict_stage(id, at),
            Due::Draw(contribution) => self.draw_for_contribution(contribution),
            Due::Lapses(contribution) => self.lapse_unanswered(contribution, at),
            Due::NoticeEnds(proposal) => self.end_notice(proposal),
            Due::PollCloses(proposal) => self.close_poll(proposal, at),
            Due::HelpersChange(person) => self.change_helpers(at, person),
            Due::RecoveryStands(since) => self.end_recovery(at, since),
            Due::Enrolment => self.enrol(),
        }
    }
}
