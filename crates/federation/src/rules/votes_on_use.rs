use std::collections::{BTreeMap, BTreeSet};

use crate::act::Question;
use crate::rows::{Agreed, Conflict, Course, Due, Proposal, Settled, Stage, Unit};
use crate::{Days, Federation, Id, Prose};

/// How long the units affected vote on one option, after the pact's notice.
const POLL_DAYS: Days = crate::fixed::USE_POLL;

impl Federation {
    /// The best supported of these options goes to the units affected, with the pact's notice. Where
    /// none is left, it stays as it is.
    pub(crate) fn put_next_to_the_vote(&mut self, id: Id<Conflict>, order: Vec<u8>) {
        let mut order = order.into_iter();
        let next = order.next();
        let Some((option, proposal)) = next.and_then(|o| Some((o, self.put_option(id, o)?))) else {
            let agreed = Agreed { text: Prose::default(), turns: None };
            return self.settle_conflict(id, agreed, Settled::AsItIs);
        };
        self.set_stage(id, Stage::Voting { proposal, option, then: order.collect() }, None);
    }

    /// A proposal that nobody moved: the conflict does, by the calendar. Statements name it by the
    /// act that opened the conflict.
    fn put_option(&mut self, id: Id<Conflict>, option: u8) -> Option<Id<Proposal>> {
        let (row, named) = (self.conflict(id).ok()?, self.conflict_ref(id)?);
        let question = Question::Use { conflict: named, option: option.checked_add(1)? };
        let since = self.testified;
        let notice = self.pact().map_or(0, |pact| pact.notice_days);
        let notice_until = since.plus_days(Days(notice));
        let closes = notice_until.plus_days(POLL_DAYS);
        let nth = u32::try_from(row.polls.len()).ok()?;
        let proposal = Proposal {
            by: row.by,
            unit: row.unit,
            since,
            rule: self.rule_of(&question),
            question,
            options: Vec::new(),
            text: row.options.get(usize::from(option))?.text.clone(),
            again: None,
            circle: None,
            tries: 1,
            notice_until,
            closes,
            course: Course::Notice,
            fixed: None,
            electorate: BTreeMap::new(),
            late: BTreeMap::new(),
            thread: Vec::new(),
        };
        let proposal = self.proposals.add(named.made_by, nth, proposal);
        self.calendar.insert((notice_until, Due::NoticeEnds(proposal)));
        self.calendar.insert((closes, Due::PollCloses(proposal)));
        self.conflicts.row_mut(id).ok()?.polls.push(proposal);
        Some(proposal)
    }

    /// Who alone votes on a question, if it is not everybody: those whom a conflict affects.
    pub(crate) fn affected_by(&self, question: &Question) -> Option<BTreeSet<Id<Unit>>> {
        let Question::Use { conflict, .. } = question else { return None };
        Some(self.find_conflict(*conflict).map(|id| self.affected(id)).unwrap_or_default())
    }

    /// The poll on an option has closed: what passed holds, and else the next option goes to the
    /// vote. Where the conflict was settled otherwise meanwhile, nothing is left to do.
    pub(crate) fn use_decided(&mut self, proposal: Id<Proposal>) {
        let Ok(row) = self.proposal(proposal) else { return };
        let Question::Use { conflict, .. } = row.question else { return };
        let passed = row.has_passed();
        let Ok(id) = self.find_conflict(conflict) else { return };
        let Ok(Stage::Voting { proposal: awaited, option, then }) =
            self.conflict(id).map(|row| row.stage.clone())
        else {
            return;
        };
        if awaited != proposal {
            return;
        }
        match passed {
            true => {
                let agreed = self.comes_to(id, option);
                self.settle_conflict(id, agreed, Settled::Voted { option, proposal });
            }
            false => self.put_next_to_the_vote(id, then),
        }
    }
}
