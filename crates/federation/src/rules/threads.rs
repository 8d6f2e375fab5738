use crate::act::{Audience, Comment, Topic};
use crate::rows::Said;
use crate::{Effect, Federation, Refusal};

use super::Author;
use super::contracts::check_party;

impl Federation {
    /// Says something in a thread: the sides of a contract, and everybody whom a proposal is put to,
    /// before, during and after its poll. It decides nothing.
    pub(crate) fn comment(&mut self, author: Author, act: &Comment) -> Result<Effect, Refusal> {
        let Author { person: by, made_by, at } = author;
        let said = Said { made_by, by, at, answers: act.answers, words: act.words };
        match act.on {
            Topic::Contract(named) => {
                let own = self.acting_row(by)?;
                let id = self.find_contract(named)?;
                let row = self.contract(id)?;
                check_party(id, row, own)?;
                check_answers(&row.thread, act)?;
                self.contracts.row_mut(id)?.thread.push(said);
            }
            Topic::Proposal(named) => {
                let own = self.acting_unit(by)?;
                let id = self.find_proposal(named)?;
                let row = self.proposal(id)?;
                if row.audience() == Audience::Unit && row.unit != own {
                    let unit = self.unit(row.unit)?.name.clone();
                    return Err(Refusal::NotMember { unit });
                }
                check_answers(&row.thread, act)?;
                self.proposals.row_mut(id)?.thread.push(said);
            }
        }
        Ok(Effect::Done)
    }
}

/// What a comment answers stands in the same thread.
fn check_answers(thread: &[Said], act: &Comment) -> Result<(), Refusal> {
    match act.answers {
        Some(answered) if !thread.iter().any(|said| said.made_by == answered) => {
            Err(Refusal::Unknown { kind: "comment", named: answered.to_string() })
        }
        _ => Ok(()),
    }
}
