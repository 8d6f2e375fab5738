use std::collections::BTreeSet;

use crate::act::Question;
use crate::rows::{Conflict, Due, Lot, Proposal};
use crate::{Federation, Id, Time};

impl Federation {
    /// What will happen by itself, and when, soonest first; it happens with the first entry after
    /// which enough units vouch for a later time.
    pub fn calendar(&self) -> impl Iterator<Item = (Time, Due)> {
        self.calendar.iter().copied()
    }

    /// The proposals that are neither closed nor taken back, soonest to close first.
    pub fn open_proposals(&self) -> impl Iterator<Item = (Id<Proposal>, &Proposal)> {
        self.calendar.iter().filter_map(|&(_, due)| match due {
            Due::PollCloses(id) => Some((id, self.proposal(id).ok()?)),
            _ => None,
        })
    }

    /// The conflicts that are still to be settled, first begun first.
    pub fn open_conflicts(&self) -> impl Iterator<Item = (Id<Conflict>, &Conflict)> {
        let by_stage = self.calendar.iter().filter_map(|&(_, due)| match due {
            Due::ConflictStageEnds(id) => Some(id),
            _ => None,
        });
        // While the units affected vote, the end of the poll is what stands in the calendar.
        let by_poll = self.open_proposals().filter_map(|(_, row)| match row.question {
            Question::Use { conflict, .. } => self.find_conflict(conflict).ok(),
            _ => None,
        });
        let ids: BTreeSet<Id<Conflict>> = by_stage.chain(by_poll).collect();
        let rows = ids.into_iter().filter_map(|id| Some((id, self.conflict(id).ok()?)));
        rows.filter(|(_, row)| row.is_open())
    }

    /// The public lots that are neither drawn nor over, first asked for first.
    pub fn open_lots(&self) -> impl Iterator<Item = (Id<Lot>, &Lot)> {
        let ids = self.calendar.iter().filter_map(|&(_, due)| match due {
            Due::LotStageEnds(id) => Some(id),
            _ => None,
        });
        let ids: BTreeSet<Id<Lot>> = ids.collect();
        let rows = ids.into_iter().filter_map(|id| Some((id, self.lot(id).ok()?)));
        rows.filter(|(_, row)| row.is_open())
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
