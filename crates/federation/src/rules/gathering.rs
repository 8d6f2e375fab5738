use std::collections::BTreeSet;

use crate::act::{Matter, SignPact, Signing};
use crate::rows::{Person, Unit};
use crate::state::Gatherer;
use crate::{Act, Effect, Federation, Id, Refusal};

use super::Author;
use super::sealing::TELLERS;

impl Federation {
    /// Adds a signature to an act that needs several. `None` when it is the last one needed; the
    /// caller then carries the act out and [forgets](Federation::forget) the signatures, so that a
    /// refusal leaves them as they were.
    ///
    /// Signatures of people who may no longer sign do not count.
    pub(crate) fn gather(
        &mut self,
        gatherer: Gatherer,
        act: &Act,
        by: Id<Person>,
        needed: usize,
    ) -> Result<Option<Effect>, Refusal> {
        let key = (gatherer, act.clone());
        let mut signed: BTreeSet<Id<Person>> =
            self.gathering.get(&key).cloned().unwrap_or_default();
        signed.retain(|&person| self.may_sign(gatherer, act, person));
        let count = |set: &BTreeSet<_>| u32::try_from(set.len()).unwrap_or(u32::MAX);
        let needed_count = u32::try_from(needed).unwrap_or(u32::MAX);
        let is_new = signed.insert(by);
        if signed.len() >= needed {
            return Ok(None);
        }
        if !is_new {
            return Err(Refusal::SignedAlready { signed: count(&signed), needed: needed_count });
        }
        let waiting = Effect::Gathering { signed: count(&signed), needed: needed_count };
        self.gathering.insert(key, signed);
        Ok(Some(waiting))
    }

    /// Whether somebody who has signed for a gatherer still can.
    fn may_sign(&self, gatherer: Gatherer, act: &Act, signer: Id<Person>) -> bool {
        let unit_of = |person| self.person(person).ok().and_then(|row| row.unit);
        match (gatherer, act) {
            (Gatherer::Unit(unit), Act::SignPact(SignPact::Return { .. })) => {
                self.check_can_return(signer, unit).is_ok()
            }
            (Gatherer::Unit(unit), Act::CountRoom(act)) => {
                self.check_teller(unit, act, signer).is_ok()
            }
            (Gatherer::Unit(unit), _) => unit_of(signer) == Some(unit),
            (Gatherer::Person(person), _) => unit_of(signer) == unit_of(person),
        }
    }

    /// Forgets the signatures under an act that was carried out.
    pub(crate) fn forget(&mut self, gatherer: Option<Gatherer>, act: &Act) {
        if let Some(gatherer) = gatherer {
            self.gathering.remove(&(gatherer, act.clone()));
        }
    }

    /// For which unit an act gathers signatures, and how many, by the unit's own rule; none where
    /// one is enough.
    pub(crate) fn gatherer_of(
        &self,
        author: Author,
        act: &Act,
    ) -> Result<Option<(Gatherer, usize)>, Refusal> {
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
        if let Act::CountRoom(act) = act {
            self.check_teller(unit, act, author.person)?;
        }
        let needed = self.signatures_needed(unit, act)?;
        if needed <= 1 {
            return Ok(None);
        }
        if !self.unit(unit)?.is_departed() {
            self.check_in(unit)?;
        }
        Ok(Some((Gatherer::Unit(unit), needed)))
    }

    /// How many members of a unit sign an act, as its rule says: two where it asks for two, but no
    /// more than have a key; more than half of all members where it asks for that, whoever has a key.
    /// Else one who has could decide alone for those who have none. What only ends a contract, or a part in a
    /// common, takes no more than have a key: a unit that binds itself must be able to go.
    pub fn signatures_needed(&self, id: Id<Unit>, act: &Act) -> Result<usize, Refusal> {
        let unit = self.unit(id)?;
        let signing = match (act, matter(act)) {
            // Tellers count for people who vote without a device, so there is no count without them.
            (Act::CountRoom(_), _) => return Ok(TELLERS.min(unit.members.len()).max(1)),
            (Act::SetSigning(_) | Act::SetMethod(_) | Act::AcceptPact(_), _) => {
                Signing::MoreThanHalf
            }
            (_, Some(matter)) => unit.signing_in(matter),
            (_, None) => Signing::AnyMember,
        };
        let signers = match act {
            Act::SignPact(SignPact::Return { .. }) => self.who_can_bring_back(id)?,
            _ => unit.members.clone(),
        };
        let keyed = signers.iter().filter(|&&member| self.has_key(member)).count().max(1);
        let ends = matches!(act, Act::EndContract(_) | Act::Unsubscribe(_));
        Ok(match signing {
            Signing::AnyMember => 1,
            Signing::TwoMembers => keyed.min(2),
            Signing::MoreThanHalf if ends => keyed.min(signers.len() / 2 + 1),
            Signing::MoreThanHalf => signers.len() / 2 + 1,
        })
    }

    /// The members of a unit that left, and those who were when it did, as far as they are in no
    /// other unit now.
    fn who_can_bring_back(&self, id: Id<Unit>) -> Result<BTreeSet<Id<Person>>, Refusal> {
        let unit = self.unit(id)?;
        let known = unit.members.union(&unit.members_at_leaving).copied();
        Ok(known.filter(|&person| self.check_can_return(person, id).is_ok()).collect())
    }
}

/// In which matter of its unit an act is signed; none if it is the person's own.
const fn matter(act: &Act) -> Option<Matter> {
    match act {
        Act::AdmitMember(_) | Act::DescribeUnit(_) | Act::DeclareMakeup(_) => Some(Matter::Members),
        Act::AnnounceLeaving(_) | Act::Leave {} | Act::SignPact(SignPact::Return { .. }) => {
            Some(Matter::Leaving)
        }
        Act::ProposeSpecification(_)
        | Act::ReviseSpecification(_)
        | Act::RetireSpecification(_)
        | Act::AskValue(_)
        | Act::CounterValue(_)
        | Act::AgreeValue(_) => Some(Matter::Values),
        Act::Offer(_)
        | Act::Need(_)
        | Act::Withdraw(_)
        | Act::RefusePartners(_)
        | Act::BringThing(_)
        | Act::WouldTake(_)
        | Act::WithdrawThing(_) => Some(Matter::Offers),
        Act::ProposeContract(_)
        | Act::AcceptContract(_)
        | Act::DeclineContract(_)
        | Act::EndContract(_)
        | Act::AlreadyDone(_)
        | Act::Arrange(_)
        | Act::OpenCommon(_)
        | Act::Subscribe(_)
        | Act::Unsubscribe(_)
        | Act::Register(_)
        | Act::Claim(_)
        | Act::Release(_)
        | Act::Dispute(_)
        | Act::Settle(_) => Some(Matter::Contracts),
        Act::Deliver(_)
        | Act::Receipt(_)
        | Act::AcceptDelivery(_)
        | Act::RejectDelivery(_)
        | Act::Correct(_)
        | Act::Contribute(_)
        | Act::ReceiptContribution(_)
        | Act::CorrectContribution(_)
        | Act::ReportUse(_) => Some(Matter::Deliveries),
        Act::Back(_) | Act::ReleaseBacking(_) => Some(Matter::Trust),
        Act::Found(_)
        | Act::SignPact(_)
        | Act::MemberLeaves {}
        | Act::Introduce(_)
        | Act::SetSigning(_)
        | Act::SetMethod(_)
        | Act::AddKey(_)
        | Act::RevokeKey(_)
        | Act::NameHelpers(_)
        | Act::RecoverKey(_)
        | Act::VetoRecovery(_)
        | Act::OpenRound {}
        | Act::CloseRound(_)
        | Act::Plan(_)
        | Act::Comment(_)
        | Act::Recall(_)
        | Act::LayDownMandate(_)
        | Act::FormCircle(_)
        | Act::JoinCircle(_)
        | Act::LeaveCircle(_)
        | Act::Post(_)
        | Act::OpenLot(_)
        | Act::CommitNumber(_)
        | Act::OpenNumber(_)
        | Act::AcceptContribution(_)
        | Act::RejectContribution(_)
        | Act::Propose(_)
        | Act::WithdrawProposal(_)
        | Act::Ballot(_)
        | Act::CountRoom(_)
        | Act::Seal(_)
        | Act::AcceptPact(_)
        | Act::WriteOption(_)
        | Act::WeighOptions(_)
        | Act::AttestTime {} => None,
    }
}
