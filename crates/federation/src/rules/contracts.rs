use crate::act::{AcceptContract, Arrange, DeclineContract, EndContract, Side};
use crate::rows::{Answered, Arrangement, Contract, Origin, Status, Unit, Wish};
use crate::{Effect, Federation, Id, Line, Refusal, Time};

use super::Author;

impl Federation {
    /// Nothing binds a unit that did not accept. The second yes makes the contract.
    pub(crate) fn accept_contract(
        &mut self,
        author: Author,
        act: &AcceptContract,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_contract(act.contract)?;
        let contract = self.contract(id)?;
        check_party(id, contract, own)?;
        let Status::Proposed { giver, receiver, answer_by } = contract.status else {
            return Err(Refusal::NotProposed { contract: id.number() });
        };
        if self.testified > answer_by {
            return Err(Refusal::ContractLapsed { contract: id.number(), answer_by });
        }
        let (parties, hours, origin) = (contract.parties, contract.hours(), contract.origin);
        let gives = parties.giver == own;
        let (said, other) = if gives { (giver, receiver) } else { (receiver, giver) };
        if said.is_yes() {
            return Err(Refusal::AnsweredAlready { contract: id.number() });
        }
        self.check_sides(parties, hours, Some(id))?;
        if let Origin::Swap { .. } = origin {
            return self.accept_swap(id, own);
        }
        if gives && !matches!(origin, Origin::Round { .. }) {
            self.check_ceiling(own, hours, act.ceiling)?;
        }
        if !other.is_yes() {
            self.change_contract(id, |row| {
                row.status = match gives {
                    true => Status::Proposed { giver: Answered::Yes, receiver, answer_by },
                    false => Status::Proposed { giver, receiver: Answered::Yes, answer_by },
                };
            })?;
            return Ok(Effect::Gathering { signed: 1, needed: 2 });
        }
        if !matches!(origin, Origin::Round { .. }) {
            self.check_room(parties.receiver, hours)?;
        }
        self.agree(id, self.begins(author.at))?;
        if let Origin::AlreadyDone { .. } = origin {
            self.enter_done(author, id)?;
        }
        Ok(Effect::Contract(id))
    }

    /// A direct contract takes its full hours off the receiver's room.
    fn check_room(&self, receiver: Id<Unit>, asked: measure::Hours) -> Result<(), Refusal> {
        let unit = self.unit(receiver)?;
        let room = unit.room().at_least_zero();
        match asked > room {
            true => Err(Refusal::NoRoom { unit: unit.name.clone(), room, asked }),
            false => Ok(()),
        }
    }

    /// Both have said yes: the contract is agreed and takes its quantity off offers and needs.
    pub(crate) fn agree(&mut self, id: Id<Contract>, at: Time) -> Result<(), Refusal> {
        self.change_contract(id, |row| row.status = Status::Agreed)?;
        let row = self.contract(id)?;
        let (parties, version, quantity) = (row.parties, row.version, row.quantity);
        let of_round = matches!(row.origin, Origin::Round { .. });
        let meeting = row.meeting.clone();
        let stands = |wish: &Wish| match of_round {
            true => wish.is_for_rounds() && wish.allows(&meeting),
            false => wish.is_for_direct_contracts(),
        };
        for side in [Side::Offer, Side::Need] {
            self.take_from_wishes((parties.on(side), side, version), quantity, at, stands)?;
        }
        Ok(())
    }

    pub(crate) fn decline_contract(
        &mut self,
        author: Author,
        act: &DeclineContract,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_contract(act.contract)?;
        let contract = self.contract(id)?;
        check_party(id, contract, own)?;
        if !contract.is_proposed() {
            return Err(Refusal::NotProposed { contract: id.number() });
        }
        self.decline(id, own, act.reason.clone())?;
        Ok(Effect::Done)
    }

    pub(crate) fn decline(
        &mut self,
        id: Id<Contract>,
        by: Id<Unit>,
        reason: Line,
    ) -> Result<(), Refusal> {
        let row = self.contract(id)?;
        if let Origin::Swap { .. } = row.origin {
            return self.decline_swap(id, by, &reason);
        }
        let parties = row.parties;
        self.change_contract(id, |row| row.status = Status::Declined { by, reason })?;
        self.run_off(parties.receiver)?;
        self.run_off(parties.giver)
    }

    /// Either side ends a contract, without anybody's leave. What was handed over stays.
    pub(crate) fn end_contract(
        &mut self,
        author: Author,
        act: &EndContract,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_contract(act.contract)?;
        let contract = self.contract(id)?;
        check_party(id, contract, own)?;
        if !contract.is_agreed() {
            return Err(Refusal::NotAgreed { contract: id.number() });
        }
        let parties = contract.parties;
        let reason = act.reason.clone();
        self.change_contract(id, |row| row.status = Status::Ended { by: own, reason })?;
        self.run_off(parties.receiver)?;
        self.run_off(parties.giver)?;
        Ok(Effect::Done)
    }

    pub(crate) fn arrange(&mut self, author: Author, act: &Arrange) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_contract(act.contract)?;
        let contract = self.contract(id)?;
        check_party(id, contract, own)?;
        if !contract.is_proposed() && !contract.is_agreed() {
            return Err(Refusal::NotAgreed { contract: id.number() });
        }
        let suggested = contract.arrangement.as_ref();
        let same = suggested.filter(|s| s.when == act.when && s.place == act.place);
        if same.is_some_and(|s| s.by == own || s.agreed) {
            return Err(Refusal::NothingChanges {});
        }
        let (by, agreed) = same.map_or((own, false), |s| (s.by, true));
        let (when, place) = (act.when, act.place.clone());
        self.contracts.row_mut(id)?.arrangement = Some(Arrangement { when, place, by, agreed });
        Ok(Effect::Done)
    }
}

/// Only its two sides act on a contract.
pub(crate) fn check_party(
    id: Id<Contract>,
    contract: &Contract,
    unit: Id<Unit>,
) -> Result<(), Refusal> {
    match contract.is_party(unit) {
        true => Ok(()),
        false => Err(Refusal::NotParty { contract: id.number() }),
    }
}
