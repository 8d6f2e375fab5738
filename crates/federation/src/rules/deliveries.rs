use measure::{Hours, Quantity};

use crate::act::{AcceptDelivery, Correct, Deliver, Receipt, RejectDelivery};
use crate::rows::{Contract, Delivery, Progress, Status, Unit};
use crate::{Days, Effect, Federation, Id, Line, Refusal, Time};

use super::Author;
use super::contracts::check_party;

/// How long a receiver has to answer what it has signed for.
pub(crate) const ANSWER_DAYS: Days = crate::fixed::ANSWER_DELIVERY;

/// How long a delivery can be corrected.
pub(crate) const CORRECTION_DAYS: Days = crate::fixed::CORRECTION;

impl Federation {
    /// The giver says that something was handed over, in whole or as an instalment. One that would
    /// take the receiver below its allowance waits until the receiver has given.
    pub(crate) fn deliver(&mut self, author: Author, act: &Deliver) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_contract(act.contract)?;
        let contract = self.contract(id)?;
        check_party(id, contract, own)?;
        if contract.parties.giver != own {
            return Err(Refusal::NotGiver { contract: id.number() });
        }
        if !contract.is_agreed() {
            return Err(Refusal::NotAgreed { contract: id.number() });
        }
        if act.quantity.is_zero() {
            return Err(Refusal::QuantityNought {});
        }
        self.check_within(id, act.quantity)?;
        self.check_receiver_room(id, act.quantity)?;
        let delivery = self.put_delivery(author, id, act.quantity, act.note.clone())?;
        Ok(Effect::Delivery(delivery))
    }

    fn put_delivery(
        &mut self,
        author: Author,
        contract: Id<Contract>,
        quantity: Quantity,
        note: Line,
    ) -> Result<Id<Delivery>, Refusal> {
        let (since, progress) = (author.at, Progress::HandedOver);
        let delivery = Delivery { contract, quantity, since, note, progress, correction: None };
        let id = self.deliveries.add(author.made_by, 0, delivery);
        self.contracts.row_mut(contract)?.deliveries.push(id);
        Ok(id)
    }

    /// No more than the contract has left, beyond what is accepted or held with a receipt.
    fn check_within(&self, id: Id<Contract>, quantity: Quantity) -> Result<(), Refusal> {
        let contract = self.contract(id)?;
        if quantity <= contract.left() {
            return Ok(());
        }
        let specification = self.version(contract.version)?.specification;
        let measure = &self.specification(specification)?.measure;
        let left = format!("{} {measure}", measure.format(contract.left()));
        Err(Refusal::BeyondContract { contract: id.number(), left })
    }

    /// What is received must be within the room that the receiver has this moment.
    fn check_receiver_room(&self, id: Id<Contract>, quantity: Quantity) -> Result<(), Refusal> {
        let contract = self.contract(id)?;
        let held = contract.unanswered;
        let with = contract.worth_with(held.plus(quantity).unwrap_or(contract.quantity));
        let asked = with.minus(contract.worth_with(held)).unwrap_or_default();
        let receiver = self.unit(contract.parties.receiver)?;
        let room = receiver.room_now().at_least_zero();
        match asked > room {
            true => Err(Refusal::ReceiverGivesFirst { unit: receiver.name.clone(), room, asked }),
            false => Ok(()),
        }
    }

    /// The receiver says that the thing was handed over, also after the contract has ended.
    pub(crate) fn sign_receipt(
        &mut self,
        author: Author,
        act: &Receipt,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_delivery(act.delivery)?;
        let contract = self.check_side(id, own, Side::Receiver)?;
        let row = self.delivery(id)?;
        match row.progress {
            Progress::HandedOver => {}
            Progress::Receipted { .. } => {
                return Err(Refusal::ReceiptSigned { delivery: id.number() });
            }
            _ => return Err(Refusal::DeliverySettled { delivery: id.number() }),
        }
        let quantity = row.quantity;
        self.check_within(contract, quantity)?;
        self.check_receiver_room(contract, quantity)?;
        self.hold(contract, quantity)?;
        let at = self.begins(author.at);
        self.deliveries.row_mut(id)?.progress = Progress::Receipted { at };
        Ok(Effect::Done)
    }

    /// Moves a quantity from what is to come to what is held with a receipt.
    fn hold(&mut self, id: Id<Contract>, quantity: Quantity) -> Result<(), Refusal> {
        self.change_contract(id, |row| {
            row.unanswered = row.unanswered.plus(quantity).unwrap_or(row.unanswered);
        })
    }

    /// The receiver accepts; or the giver enters it as accepted, when the receiver signed for it
    /// and has not answered in seven days. Either settles this delivery alone.
    pub(crate) fn accept_delivery(
        &mut self,
        author: Author,
        act: &AcceptDelivery,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_delivery(act.delivery)?;
        let row = self.delivery(id)?;
        let (contract, quantity) = (row.contract, row.quantity);
        let gives = self.contract(contract)?.parties.giver == own;
        self.check_side(id, own, Side::Either)?;
        match row.progress {
            Progress::Receipted { at } if gives => self.check_silence(id, at)?,
            Progress::Receipted { .. } => {}
            Progress::HandedOver if gives => {
                return Err(Refusal::NoReceipt { delivery: id.number() });
            }
            Progress::HandedOver => {
                self.check_within(contract, quantity)?;
                self.check_receiver_room(contract, quantity)?;
                self.hold(contract, quantity)?;
            }
            _ => return Err(Refusal::DeliverySettled { delivery: id.number() }),
        }
        self.settle(id, author.at)?;
        Ok(Effect::Done)
    }

    /// The giver enters silence as acceptance only when the seven days have passed.
    fn check_silence(&self, id: Id<Delivery>, since: Time) -> Result<(), Refusal> {
        let until = since.plus_days(ANSWER_DAYS);
        let testified = self.testified;
        match until <= testified {
            true => Ok(()),
            false => Err(Refusal::StillTime { delivery: id.number(), until, testified }),
        }
    }

    /// Settles a delivery that is held with a receipt: giver + h, receiver − h, where h is what the
    /// contract's accepted quantity is worth with it, less what counts already.
    fn settle(&mut self, id: Id<Delivery>, at: Time) -> Result<(), Refusal> {
        let row = self.delivery(id)?;
        let (contract, quantity) = (row.contract, row.quantity);
        let before = self.contract(contract)?;
        let accepted = before.accepted.plus(quantity).unwrap_or(before.quantity);
        let hours = before.worth_with(quantity);
        let parties = before.parties;
        self.move_hours(contract, hours)?;
        self.change_contract(contract, |row| {
            row.accepted = accepted;
            row.counted = row.counted.plus(hours).unwrap_or(row.counted);
            row.unanswered = row.unanswered.minus(quantity).unwrap_or_default();
            if row.is_agreed() && row.accepted == row.quantity {
                row.status = Status::Fulfilled;
            }
        })?;
        self.deliveries.row_mut(id)?.progress = Progress::Accepted { at, hours };
        self.run_off(parties.giver)?;
        self.run_off(parties.receiver)
    }

    /// What was already done is delivered, signed for and accepted by the yes that confirms it.
    pub(crate) fn enter_done(&mut self, author: Author, id: Id<Contract>) -> Result<(), Refusal> {
        let quantity = self.contract(id)?.quantity;
        let delivery = self.put_delivery(author, id, quantity, Line::default())?;
        self.hold(id, quantity)?;
        self.settle(delivery, author.at)
    }

    /// Rejecting names a clause and offers the thing back; nothing counts.
    pub(crate) fn reject_delivery(
        &mut self,
        author: Author,
        act: &RejectDelivery,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_delivery(act.delivery)?;
        let contract = self.check_side(id, own, Side::Receiver)?;
        let row = self.delivery(id)?;
        let (quantity, held) = match row.progress {
            Progress::HandedOver => (row.quantity, false),
            Progress::Receipted { .. } => (row.quantity, true),
            _ => return Err(Refusal::DeliverySettled { delivery: id.number() }),
        };
        let count = self.version(self.contract(contract)?.version)?.clauses.len();
        if act.clause == 0 || usize::from(act.clause) > count {
            return Err(Refusal::ClauseUnknown { found: act.clause, count });
        }
        let receiver = self.contract(contract)?.parties.receiver;
        if held {
            self.change_contract(contract, |row| {
                row.unanswered = row.unanswered.minus(quantity).unwrap_or_default();
            })?;
        }
        let (at, clause, reason) = (author.at, act.clause, act.reason.clone());
        self.deliveries.row_mut(id)?.progress = Progress::Rejected { at, clause, reason };
        self.run_off(receiver)?;
        Ok(Effect::Done)
    }

    /// A correction names one delivery, only reduces it, and holds when both sides have signed the
    /// same within 90 days.
    pub(crate) fn correct(&mut self, author: Author, act: &Correct) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_delivery(act.delivery)?;
        let contract = self.check_side(id, own, Side::Either)?;
        let row = self.delivery(id)?;
        let Progress::Accepted { at, .. } = row.progress else {
            return Err(Refusal::NotAccepted { delivery: id.number() });
        };
        let until = at.plus_days(CORRECTION_DAYS);
        if self.testified > until {
            return Err(Refusal::CorrectionTooLate { delivery: id.number(), until });
        }
        let Some(taken_off) = row.quantity.minus(act.quantity).filter(|q| !q.is_zero()) else {
            return Err(Refusal::CorrectionNotLess { delivery: id.number() });
        };
        let correction = row.correction;
        let less = self.correction_hours(id, taken_off)?;
        self.check_can_correct(self.contract(contract)?.parties.giver, less)?;
        match correction {
            Some((by, quantity)) if quantity == act.quantity && by == own => {
                return Err(Refusal::SignedAlready { signed: 1, needed: 2 });
            }
            Some((by, quantity)) if quantity == act.quantity && by != own => {}
            _ => {
                self.deliveries.row_mut(id)?.correction = Some((own, act.quantity));
                return Ok(Effect::Gathering { signed: 1, needed: 2 });
            }
        }
        self.reduce(id, taken_off, less)?;
        let row = self.deliveries.row_mut(id)?;
        row.quantity = act.quantity;
        row.correction = None;
        Ok(Effect::Done)
    }

    /// The hours that a correction takes off a delivery: what its contract counts beyond what the
    /// rest is worth, and no more than this delivery counts.
    fn correction_hours(&self, id: Id<Delivery>, taken_off: Quantity) -> Result<Hours, Refusal> {
        let row = self.delivery(id)?;
        let Progress::Accepted { hours, .. } = row.progress else { return Ok(Hours::ZERO) };
        let contract = self.contract(row.contract)?;
        let rest = contract.worth(contract.accepted.minus(taken_off).unwrap_or_default());
        Ok(contract.counted.minus(rest).unwrap_or_default().at_least_zero().min(hours))
    }

    /// Hours that its giver has used cannot be taken off a delivery: the giver's debt would then be
    /// backed by nobody, and two units could draw without end by correcting each other.
    pub(crate) fn check_can_correct(&self, giver: Id<Unit>, asked: Hours) -> Result<(), Refusal> {
        let unit = self.unit(giver)?;
        let room = unit.room_now().at_least_zero();
        match asked > room {
            true => Err(Refusal::NoRoom { unit: unit.name.clone(), room, asked }),
            false => Ok(()),
        }
    }

    fn reduce(
        &mut self,
        id: Id<Delivery>,
        taken_off: Quantity,
        less: Hours,
    ) -> Result<(), Refusal> {
        let contract = self.delivery(id)?.contract;
        let parties = self.contract(contract)?.parties;
        self.move_back(contract, less)?;
        self.change_contract(contract, |row| {
            row.accepted = row.accepted.minus(taken_off).unwrap_or_default();
            row.counted = row.counted.minus(less).unwrap_or_default();
            // What was corrected away does not come due again.
            row.quantity = row.quantity.minus(taken_off).unwrap_or_default();
        })?;
        if let Progress::Accepted { hours, .. } = &mut self.deliveries.row_mut(id)?.progress {
            *hours = hours.minus(less).unwrap_or_default();
        }
        self.run_off(parties.giver)?;
        self.run_off(parties.receiver)
    }

    /// The delivery's contract. Refused unless the unit is the side that may enter this.
    fn check_side(
        &self,
        id: Id<Delivery>,
        own: Id<Unit>,
        side: Side,
    ) -> Result<Id<Contract>, Refusal> {
        let contract = self.delivery(id)?.contract;
        let row = self.contract(contract)?;
        check_party(contract, row, own)?;
        match side {
            Side::Receiver if row.parties.receiver != own => {
                Err(Refusal::NotReceiver { contract: contract.number() })
            }
            _ => Ok(contract),
        }
    }
}

/// Which side of its contract may enter something about a delivery.
#[derive(Clone, Copy)]
enum Side {
    Receiver,
    Either,
}
