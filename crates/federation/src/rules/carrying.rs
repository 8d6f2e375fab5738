use crate::act::Question;
use crate::pact::check_order;
use crate::rows::{Proposal, Unit};
use crate::{Federation, Id, Refusal, Time};

impl Federation {
    /// Whether a question can be asked by a member of this unit at all.
    pub(crate) fn check_question(
        &self,
        unit: Id<Unit>,
        question: &Question,
    ) -> Result<(), Refusal> {
        match question {
            // What sends somebody has bounds of its own; see `check_sending`.
            Question::Text {}
            | Question::Own {}
            | Question::Mandate { .. }
            | Question::Delegates(_) => Ok(()),
            Question::Use { .. } => Err(Refusal::UseByConflict {}),
            Question::Pact(pact) => {
                pact.check()?;
                self.check_own_questions(pact)?;
                match self.pact() == Some(pact.as_ref()) {
                    true => Err(Refusal::NothingChanges {}),
                    false => Ok(()),
                }
            }
            Question::Specification { version } => {
                let id = self.find_version(*version)?;
                self.check_not_retired(self.version(id)?.specification)
            }
            Question::Value { version, value } => self.check_value_opened(unit, *version, *value),
            Question::Essentials(marks) => self.check_marks(marks),
            Question::Order(order) => {
                check_order(order)?;
                match *order == self.order {
                    true => Err(Refusal::NothingChanges {}),
                    false => Ok(()),
                }
            }
            Question::List(rows) => self.check_list(rows),
            Question::Expel { unit, failures } => {
                self.check_expulsion(self.find_unit(*unit)?, failures)
            }
            Question::AcceptPact { proposal } => {
                match self.unit(unit)?.pact >= self.version_from(*proposal)? {
                    true => Err(Refusal::NothingChanges {}),
                    false => Ok(()),
                }
            }
        }
    }

    /// What passed takes effect. Each room has its own function; nothing here can be refused: what
    /// has become pointless since it was proposed changes nothing.
    pub(crate) fn carry(&mut self, id: Id<Proposal>, _option: u8, at: Time) {
        let Ok(row) = self.proposal(id) else { return };
        let unit = row.unit;
        match row.question.clone() {
            // What becomes of a conflict's option is decided also where it did not pass.
            Question::Text {} | Question::Own {} | Question::Use { .. } => {}
            Question::Mandate { delegate, terms } => self.send_asked(id, (delegate, terms), at),
            Question::Delegates(_) => self.elect(id, at),
            Question::Pact(pact) => self.put_pact(id, *pact, at),
            Question::Specification { version } => self.ratify_version(version, at),
            Question::Value { version, value } => self.ratify_value(id, (version, value), at),
            Question::Essentials(marks) => self.mark_essential(&marks),
            Question::Order(order) => self.order = order,
            Question::List(rows) => self.carry_list(&rows, at),
            Question::Expel { unit: expelled, failures } => {
                if let Ok(expelled) = self.find_unit(expelled) {
                    self.carry_expulsion(expelled, &failures, at);
                }
            }
            Question::AcceptPact { proposal } => self.accept_for(unit, proposal),
        }
    }
}
