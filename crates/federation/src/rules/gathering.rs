use std::collections::BTreeSet;

use crate::act::{Matter, SignPact, Signing};
use crate::rows::{Person, Unit};
use crate::state::Gatherer;
use crate::{Act, Effect, Federation, Id, Refusal};

use super::Author;

impl Federation {
    /// Adds a signature to an act that needs several. `None` when it was the last one needed.
    ///
    /// Signatures of people who are no longer members do not count.
    pub(crate) fn gather(
        &mut self,
        gatherer: Gatherer,
        act: &Act,
        by: Id<Person>,
        needed: usize,
    ) -> Result<Option<Effect>, Refusal> {
        let unit = match gatherer {
            Gatherer::Unit(unit) => Some(unit),
            Gatherer::Person(person) => self.person(person)?.unit,
        };
        let key = (gatherer, act.clone());
        let mut signed: BTreeSet<Id<Person>> =
            self.gathering.get(&key).cloned().unwrap_or_default();
        signed.retain(|&id| self.person(id).is_ok_and(|person| person.unit == unit));
        let count = |set: &BTreeSet<_>| u32::try_from(set.len()).unwrap_or(u32::MAX);
        let needed_count = u32::try_from(needed).unwrap_or(u32::MAX);
        if !signed.insert(by) {
            return Err(Refusal::SignedAlready { signed: count(&signed), needed: needed_count });
        }
        if signed.len() >= needed {
            self.gathering.remove(&key);
            return Ok(None);
        }
        let waiting = Effect::Gathering { signed: count(&signed), needed: needed_count };
        self.gathering.insert(key, signed);
        Ok(Some(waiting))
    }

    /// Gathers what the unit's own rule of signing asks for.
    pub(crate) fn gather_for_unit(
        &mut self,
        author: Author,
        act: &Act,
    ) -> Result<Option<Effect>, Refusal> {
        let unit = match act {
            Act::SignPact(SignPact::Return { unit }) => {
                let id = self.find_unit(*unit)?;
                self.check_can_return(author.person, id)?;
                id
            }
            _ => match self.person(author.person)?.unit {
                Some(id) => id,
                None => return Ok(None),
            },
        };
        let needed = self.signatures_needed(unit, act)?;
        if needed <= 1 {
            return Ok(None);
        }
        if !self.unit(unit)?.is_departed() {
            self.check_in(unit)?;
        }
        self.gather(Gatherer::Unit(unit), act, author.person, needed)
    }

    /// How many members of a unit sign an act: as its rule says, but no more than have a key.
    pub fn signatures_needed(&self, id: Id<Unit>, act: &Act) -> Result<usize, Refusal> {
        let unit = self.unit(id)?;
        let with_key = unit.members.iter().filter(|&&member| self.has_key(member)).count();
        let by_rule = match (act, matter(act)) {
            (Act::SetSigning(_), _) => unit.members.len() / 2 + 1,
            (_, Some(matter)) => match unit.signing_in(matter) {
                Signing::AnyMember => 1,
                Signing::TwoMembers => 2,
            },
            (_, None) => 1,
        };
        Ok(by_rule.min(with_key.max(1)))
    }
}

/// In which matter of its unit an act is signed; none if it is the person's own.
const fn matter(act: &Act) -> Option<Matter> {
    match act {
        Act::AdmitMember(_) | Act::DescribeUnit(_) => Some(Matter::Members),
        Act::AnnounceLeaving(_) | Act::Leave {} | Act::SignPact(SignPact::Return { .. }) => {
            Some(Matter::Leaving)
        }
        Act::ProposeSpecification(_)
        | Act::ReviseSpecification(_)
        | Act::RetireSpecification(_)
        | Act::AskValue(_)
        | Act::CounterValue(_)
        | Act::AgreeValue(_) => Some(Matter::Values),
        Act::Offer(_) | Act::Need(_) | Act::WithdrawOffer(_) | Act::WithdrawNeed(_) => {
            Some(Matter::Offers)
        }
        Act::ProposeContract(_)
        | Act::AcceptContract(_)
        | Act::DeclineContract(_)
        | Act::EndContract(_)
        | Act::AlreadyDone(_)
        | Act::Arrange(_) => Some(Matter::Contracts),
        Act::Deliver(_)
        | Act::Receipt(_)
        | Act::AcceptDelivery(_)
        | Act::RejectDelivery(_)
        | Act::Correct(_) => Some(Matter::Deliveries),
        Act::Back(_) | Act::ReleaseBacking(_) => Some(Matter::Trust),
        Act::Found(_)
        | Act::SignPact(_)
        | Act::MemberLeaves {}
        | Act::Introduce(_)
        | Act::SetSigning(_)
        | Act::AddKey(_)
        | Act::RevokeKey(_)
        | Act::OpenRound {}
        | Act::CloseRound(_)
        | Act::Plan(_)
        | Act::Comment(_)
        | Act::AttestTime {} => None,
    }
}
