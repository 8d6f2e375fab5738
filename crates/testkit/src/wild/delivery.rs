use federation::act::{AcceptDelivery, Correct, Deliver, Receipt, RejectDelivery};
use federation::rows::{Contract, Delivery, Progress};
use federation::{Act, Federation, Id, Line, Prose};

use super::Idea;
use crate::Wild;

impl Wild {
    pub(super) fn delivers(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) = self.contract_that(federation, Contract::is_agreed)?;
        let room = federation.unit(row.parties.receiver).ok()?.room_now();
        let left = row.left();
        let fits = row.value.steps_within(room, row.decimals).unwrap_or(left).min(left);
        let most = if self.chance.percent(70) { fits } else { left };
        let (contract, quantity) = (federation.contract_ref(id)?, self.amount(most.steps()));
        let deliver = Deliver { contract, quantity, note: Line::default() };
        let unit = match self.chance.percent(5) {
            true => row.parties.receiver,
            false => row.parties.giver,
        };
        Idea::of(unit, Act::Deliver(deliver))
    }

    fn delivery_that(
        &mut self,
        federation: &Federation,
        fits: impl Fn(&Progress) -> bool,
    ) -> Option<(Id<Delivery>, Delivery, Contract)> {
        let any = self.chance.percent(7);
        let fitting = federation.deliveries().filter(|(_, row)| any || fits(&row.progress));
        let fitting: Vec<(Id<Delivery>, &Delivery)> = fitting.collect();
        let (id, row) = self.chance.pick(&fitting)?;
        Some((id, row.clone(), federation.contract(row.contract).ok()?.clone()))
    }

    pub(super) fn signs_receipt(&mut self, federation: &Federation) -> Option<Idea> {
        let held = |progress: &Progress| matches!(progress, Progress::HandedOver);
        let (id, _, contract) = self.delivery_that(federation, held)?;
        let receipt = Receipt { delivery: federation.delivery_ref(id)? };
        Idea::of(contract.parties.receiver, Act::Receipt(receipt))
    }

    pub(super) fn accepts_delivery(&mut self, federation: &Federation) -> Option<Idea> {
        let open = |p: &Progress| matches!(p, Progress::HandedOver | Progress::Receipted { .. });
        let (id, row, contract) = self.delivery_that(federation, open)?;
        let by_giver =
            matches!(row.progress, Progress::Receipted { .. }) && self.chance.percent(40);
        let parties = contract.parties;
        let unit = match by_giver || self.chance.percent(5) {
            true => parties.giver,
            false => parties.receiver,
        };
        let accept = AcceptDelivery { delivery: federation.delivery_ref(id)? };
        Idea::of(unit, Act::AcceptDelivery(accept))
    }

    pub(super) fn rejects_delivery(&mut self, federation: &Federation) -> Option<Idea> {
        let open = |p: &Progress| matches!(p, Progress::HandedOver | Progress::Receipted { .. });
        let (id, _, contract) = self.delivery_that(federation, open)?;
        let clause = u16::try_from(self.chance.within(0, 3)).unwrap_or(1);
        let delivery = federation.delivery_ref(id)?;
        let reject = RejectDelivery { delivery, clause, reason: Prose::default() };
        let unit = match self.chance.percent(5) {
            true => contract.parties.giver,
            false => contract.parties.receiver,
        };
        Idea::of(unit, Act::RejectDelivery(reject))
    }

    pub(super) fn corrects(&mut self, federation: &Federation) -> Option<Idea> {
        let accepted = |progress: &Progress| matches!(progress, Progress::Accepted { .. });
        let half = |row: &Delivery| row.correction.is_some() && accepted(&row.progress);
        let half = federation.deliveries().filter(|(_, row)| half(row)).map(|(id, _)| id);
        let half: Vec<Id<Delivery>> = half.collect();
        let id = self.chance.pick(&half).filter(|_| self.chance.percent(70));
        let (id, row, contract) = match id {
            Some(id) => {
                let row = federation.delivery(id).ok()?;
                (id, row.clone(), federation.contract(row.contract).ok()?.clone())
            }
            None => self.delivery_that(federation, accepted)?,
        };
        let named = row.correction.map(|(_, quantity)| quantity);
        let quantity = match named.filter(|_| self.chance.percent(80)) {
            Some(quantity) => quantity,
            None if self.chance.percent(40) => measure::Quantity::ZERO,
            None => self.amount(row.quantity.steps()),
        };
        let other = row.correction.map(|(by, _)| match by == contract.parties.giver {
            true => contract.parties.receiver,
            false => contract.parties.giver,
        });
        let unit = other.filter(|_| self.chance.percent(80)).unwrap_or(contract.parties.giver);
        let delivery = federation.delivery_ref(id)?;
        Idea::of(unit, Act::Correct(Correct { delivery, quantity, reason: Line::default() }))
    }
}
