use measure::{Hours, Quantity};

use super::Author;
use super::deliveries::CORRECTION_DAYS;
use super::shares::{Portion, divided};
use crate::act::CorrectContribution;
use crate::rows::{Carried, Contribution, Progress};
use crate::{Effect, Federation, Id, Refusal};

impl Federation {
    /// A correction names one contribution, only reduces it, each share in proportion, and holds
    /// when its giver and a unit that carries some of it have signed the same within 90 days.
    pub(crate) fn correct_contribution(
        &mut self,
        author: Author,
        act: &CorrectContribution,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let id = self.find_contribution(act.contribution)?;
        let row = self.contribution(id)?;
        let contribution = id.number();
        if !row.is_party(own) {
            return Err(Refusal::NotCarrier { contribution });
        }
        let Progress::Accepted { at, .. } = row.progress else {
            return Err(Refusal::ContributionNotAccepted { contribution });
        };
        let until = at.plus_days(CORRECTION_DAYS);
        if self.testified > until {
            return Err(Refusal::ContributionTooOld { contribution, until });
        }
        if act.quantity >= row.quantity {
            return Err(Refusal::ContributionNotLess { contribution });
        }
        let (giver, signed) = (row.giver, row.correction);
        let less = self.taken_off(id, act.quantity)?;
        let sum = less.iter().fold(Hours::ZERO, |sum, s| sum.plus(s.hours).unwrap_or(sum));
        self.check_can_correct(giver, sum)?;
        match signed {
            Some((by, quantity)) if quantity == act.quantity && by == own => {
                return Err(Refusal::SignedAlready { signed: 1, needed: 2 });
            }
            Some((by, quantity)) if quantity == act.quantity && (by == giver) != (own == giver) => {
            }
            _ => {
                self.contributions.row_mut(id)?.correction = Some((own, act.quantity));
                return Ok(Effect::Gathering { signed: 1, needed: 2 });
            }
        }
        self.reduce_contribution(id, act.quantity, &less)?;
        Ok(Effect::Done)
    }

    /// What a correction takes off each share.
    fn taken_off(&self, id: Id<Contribution>, to: Quantity) -> Result<Vec<Carried>, Refusal> {
        let row = self.contribution(id)?;
        let version = self.common(row.common)?.version;
        let rest = self.hours_of(version, to).min(row.hours());
        let portions: Vec<Portion> =
            row.shares.iter().map(|s| Portion { weight: s.hours, most: s.hours }).collect();
        let kept = row.shares.iter().zip(divided(rest, &portions));
        let less = kept.map(|(share, kept)| Carried {
            unit: share.unit,
            hours: share.hours.minus(kept).unwrap_or_default(),
        });
        Ok(less.collect())
    }

    fn reduce_contribution(
        &mut self,
        id: Id<Contribution>,
        to: Quantity,
        less: &[Carried],
    ) -> Result<(), Refusal> {
        let giver = self.contribution(id)?.giver;
        self.move_shares(giver, less, Hours::minus)?;
        self.give_back_shares(id, less)?;
        let row = self.contributions.row_mut(id)?;
        for (share, less) in row.shares.iter_mut().zip(less) {
            share.hours = share.hours.minus(less.hours).unwrap_or_default();
        }
        (row.quantity, row.correction) = (to, None);
        let left = row.hours();
        if let Progress::Accepted { hours, .. } = &mut row.progress {
            *hours = left;
        }
        self.run_off_shares(giver, less)
    }
}
