use federation::act::{BallotAct, Propose, Question, Vote};
use federation::rows::{Proposal, Unit};
use federation::{Act, Effect, Id, Line, Prose, Ref, Time};

use crate::{Member, Scene};

/// A proposal in a few words.
pub fn asks(question: Question, closes: Time) -> Propose {
    let text = Prose::parse("let us do this").unwrap_or_default();
    Propose { question, options: Vec::new(), text, again: None, circle: None, closes }
}

/// A ballot without a reason.
pub fn votes(proposal: Ref<Proposal>, vote: Vote) -> Act {
    Act::Ballot(BallotAct { proposal, vote, reason: Line::default() })
}

impl Scene {
    /// A question put to the vote by a member of a unit; to the whole its poll closes after 14
    /// days, in a unit after 7.
    pub fn proposed(&mut self, by: Id<Unit>, question: Question) -> Ref<Proposal> {
        let days = match question.audience() {
            federation::act::Audience::Whole => 14,
            federation::act::Audience::Unit => 7,
        };
        let closes = self.now.plus_days(federation::Days(days));
        self.proposes(by, asks(question, closes))
    }

    /// As [`Scene::proposed`], with everything said.
    pub fn proposes(&mut self, by: Id<Unit>, act: Propose) -> Ref<Proposal> {
        let effect = self.record(self.signer(by), Act::Propose(act));
        let Effect::Proposal(id) = effect else { panic!("{effect:?}") };
        self.federation.proposal_ref(id).unwrap_or_else(|| panic!("there is no proposal {id}"))
    }

    /// The row of a proposal. Panics if there is none.
    pub fn question(&self, proposal: Ref<Proposal>) -> &Proposal {
        let id = self.federation.find_proposal(proposal);
        let row = id.and_then(|id| self.federation.proposal(id));
        row.unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    /// Somebody votes for an option.
    pub fn chooses(&mut self, by: Member, proposal: Ref<Proposal>, option: u8) -> Effect {
        self.record(by, votes(proposal, Vote::Choose(option)))
    }

    /// Every member of a unit who has a key votes for an option.
    pub fn all_choose(&mut self, unit: Id<Unit>, proposal: Ref<Proposal>, option: u8) {
        for member in self.signers(unit) {
            self.chooses(member, proposal, option);
        }
    }

    /// Waits until the notice is over; for a proposal to the whole.
    pub fn wait_for_voting(&mut self, proposal: Ref<Proposal>) {
        self.wait_until(self.question(proposal).notice_until);
    }

    /// Waits until the poll has closed; before that, until its notice is over.
    pub fn wait_for_close(&mut self, proposal: Ref<Proposal>) {
        if self.question(proposal).fixed.is_none() {
            self.wait_for_voting(proposal);
        }
        self.wait_until(self.question(proposal).closes);
    }

    fn wait_until(&mut self, end: Time) {
        let seconds = end.seconds() - self.now.seconds() + 1;
        self.wait_hours((seconds / 3600).max(0) + 1);
    }

    /// A question that everybody says yes to, from its proposal to the close of its poll.
    pub fn carried(&mut self, by: Id<Unit>, question: Question) -> Ref<Proposal> {
        let proposal = self.proposed(by, question);
        if self.question(proposal).fixed.is_none() {
            self.wait_for_voting(proposal);
        }
        let units: Vec<Id<Unit>> = self.question(proposal).electorate.keys().copied().collect();
        for unit in units {
            self.all_choose(unit, proposal, 0);
        }
        self.wait_for_close(proposal);
        proposal
    }
}
