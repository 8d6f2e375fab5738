use federation::act::{
    AcceptContribution, CeilingWarning, Contribute, CorrectContribution, OpenCommon,
    ReceiptContribution, RejectContribution, Subscribe, Unsubscribe,
};
use federation::rows::{Common, Contribution, Progress, Unit};
use federation::{Act, Federation, Id, Line, Prose};
use measure::Hours;

use super::Idea;
use crate::Wild;

impl Wild {
    pub(super) fn opens_common(&mut self, federation: &Federation) -> Option<Idea> {
        let several = federation.commons().len() > 2;
        if several && self.chance.percent(90) {
            return self.subscribes(federation);
        }
        let version = federation.version_ref(self.version(federation)?)?;
        let open = OpenCommon { name: crate::name("street"), version, about: Prose::default() };
        Idea::of(self.unit(federation)?, Act::OpenCommon(open))
    }

    fn common(&mut self, federation: &Federation) -> Option<Id<Common>> {
        let all: Vec<Id<Common>> = federation.commons().map(|(id, _)| id).collect();
        self.chance.pick(&all)
    }

    pub(super) fn subscribes(&mut self, federation: &Federation) -> Option<Idea> {
        let common = federation.common_ref(self.common(federation)?)?;
        let hours = match self.chance.within(0, 19) {
            0 => 0,
            1 => -1,
            _ => self.chance.within(1, 12) * 1800,
        };
        let every_days = match self.chance.within(0, 9) {
            0 => Some(0),
            1..5 => u16::try_from(self.chance.within(1, 40)).ok(),
            _ => None,
        };
        let hours = Hours::from_seconds(hours).unwrap_or_default();
        Idea::of(self.unit(federation)?, Act::Subscribe(Subscribe { common, hours, every_days }))
    }

    pub(super) fn unsubscribes(&mut self, federation: &Federation) -> Option<Idea> {
        let id = self.common(federation)?;
        let carried: Vec<Id<Unit>> =
            federation.common(id).ok()?.subscriptions.keys().copied().collect();
        let any = self.unit(federation);
        let unit = self.chance.pick(&carried).filter(|_| self.chance.percent(90)).or(any)?;
        Idea::of(unit, Act::Unsubscribe(Unsubscribe { common: federation.common_ref(id)? }))
    }

    pub(super) fn contributes(&mut self, federation: &Federation) -> Option<Idea> {
        let id = self.common(federation)?;
        let row = federation.common(id).ok()?;
        let version = federation.version(row.version).ok()?;
        let decimals = federation.specification(version.specification).ok()?.measure.decimals();
        let can = federation.can_carry(id, federation.time());
        let room: i64 = can.iter().map(|share| share.hours.seconds()).sum();
        let most = version.valuation.and_then(|valuation| {
            valuation.value().steps_within(Hours::from_seconds(room)?, decimals)
        });
        let quantity = self.amount(most.map_or(1, |quantity| quantity.steps().max(1)));
        let ceiling = match self.chance.percent(5) {
            true => CeilingWarning::NotRead,
            false => CeilingWarning::Understood,
        };
        let common = federation.common_ref(id)?;
        let contribute = Contribute { common, quantity, ceiling, note: Line::default() };
        Idea::of(self.unit(federation)?, Act::Contribute(contribute))
    }

    fn contribution_that(
        &mut self,
        federation: &Federation,
        fits: impl Fn(&Contribution) -> bool,
    ) -> Option<(Id<Contribution>, Contribution)> {
        let any = self.chance.percent(7);
        let fitting = federation.contributions().filter(|(_, row)| any || fits(row));
        let fitting: Vec<(Id<Contribution>, &Contribution)> = fitting.collect();
        self.chance.pick(&fitting).map(|(id, row)| (id, row.clone()))
    }

    /// A unit that carries some of it, other than the giver where there is one.
    fn carrier(&mut self, row: &Contribution) -> Option<Id<Unit>> {
        let others = row.shares.iter().map(|share| share.unit).filter(|&unit| unit != row.giver);
        let others: Vec<Id<Unit>> = others.collect();
        match self.chance.percent(4) {
            true => Some(row.giver),
            false => self.chance.pick(&others),
        }
    }

    pub(super) fn receipts_contribution(&mut self, federation: &Federation) -> Option<Idea> {
        let held = |row: &Contribution| row.progress == Progress::HandedOver;
        let (id, row) = self.contribution_that(federation, held)?;
        let receipt = ReceiptContribution { contribution: federation.contribution_ref(id)? };
        Idea::of(self.carrier(&row)?, Act::ReceiptContribution(receipt))
    }

    /// One of those drawn, or the giver.
    fn answerer(&mut self, row: &Contribution) -> Option<Id<Unit>> {
        let waiting = row.asked.iter().filter(|asked| !asked.accepted).map(|asked| asked.unit);
        let waiting: Vec<Id<Unit>> = waiting.collect();
        let receipted = matches!(row.progress, Progress::Receipted { .. });
        match receipted && self.chance.percent(30) {
            true => Some(row.giver),
            false => self.chance.pick(&waiting),
        }
    }

    pub(super) fn accepts_contribution(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) = self.contribution_that(federation, Contribution::is_open)?;
        let accept = AcceptContribution { contribution: federation.contribution_ref(id)? };
        Idea::of(self.answerer(&row)?, Act::AcceptContribution(accept))
    }

    pub(super) fn rejects_contribution(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) = self.contribution_that(federation, Contribution::is_open)?;
        let clause = u16::try_from(self.chance.within(0, 2)).unwrap_or(1);
        let contribution = federation.contribution_ref(id)?;
        let reject = RejectContribution { contribution, clause, reason: Prose::default() };
        Idea::of(self.answerer(&row)?, Act::RejectContribution(reject))
    }

    pub(super) fn corrects_contribution(&mut self, federation: &Federation) -> Option<Idea> {
        let accepted = |row: &Contribution| matches!(row.progress, Progress::Accepted { .. });
        let (id, row) = self.contribution_that(federation, accepted)?;
        let quantity = match row.correction.filter(|_| self.chance.percent(80)) {
            Some((_, quantity)) => quantity,
            None => self.amount(row.quantity.steps().saturating_sub(1)),
        };
        let unit = match row.correction.is_some_and(|(by, _)| by == row.giver) {
            true => self.carrier(&row)?,
            false => row.giver,
        };
        let contribution = federation.contribution_ref(id)?;
        let reason = Line::default();
        let correct = CorrectContribution { contribution, quantity, reason };
        Idea::of(unit, Act::CorrectContribution(correct))
    }
}
