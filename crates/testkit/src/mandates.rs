use federation::act::{Instruction, LayDownMandate, MandateTerms, Question, Recall, Vote};
use federation::rows::{Mandate, Unit};
use federation::{Act, Days, Id, PersonId, Ref, Time};

use crate::{Member, Scene, name, votes};

/// Signs to take a delegate back.
pub fn recall(mandate: Ref<Mandate>) -> Act {
    Act::Recall(Recall { mandate })
}

/// Gives a mandate back.
pub fn lay_down(mandate: Ref<Mandate>) -> Act {
    Act::LayDownMandate(LayDownMandate { mandate })
}

/// What somebody is sent with on the matter of the mill.
pub fn sent_with(instruction: Instruction, until: Time) -> MandateTerms {
    MandateTerms { matter: name("the mill"), instruction, until }
}

impl Scene {
    /// A member whom their unit sends with voice only, for so many days after the poll of 7 days.
    pub fn sent(&mut self, unit: Id<Unit>, delegate: Member, days: u16) -> Ref<Mandate> {
        self.sent_to_say(unit, delegate, Instruction::Voice {}, days)
    }

    /// As [`Scene::sent`], with an instruction. Panics if nobody is sent.
    pub fn sent_to_say(
        &mut self,
        unit: Id<Unit>,
        delegate: Member,
        instruction: Instruction,
        days: u16,
    ) -> Ref<Mandate> {
        let until = self.now.plus_days(Days(days + 7));
        let terms = sent_with(instruction, until);
        self.carried(unit, Question::Mandate { delegate: delegate.person, terms });
        let last = self.federation.mandates().next_back().map(|(id, _)| id);
        let named = last.and_then(|id| self.federation.mandate_ref(id));
        named.unwrap_or_else(|| panic!("nobody is sent"))
    }

    /// The row of a mandate. Panics if there is none.
    pub fn mandate(&self, named: Ref<Mandate>) -> &Mandate {
        let id = self.federation.find_mandate(named);
        let row = id.and_then(|id| self.federation.mandate(id));
        row.unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    /// A member ranks the options of an election: 1 for the best, nought for unranked.
    pub fn ranks(
        &mut self,
        by: Member,
        proposal: Ref<federation::rows::Proposal>,
        ranks: &[u8],
    ) -> federation::Effect {
        self.record(by, votes(proposal, Vote::Rank(ranks.to_vec())))
    }
}

/// The persons behind members.
pub fn persons(members: &[Member]) -> Vec<PersonId> {
    members.iter().map(|member| member.person).collect()
}
