use measure::{Quantity, Value};

use crate::act::{NeedAct, OfferAct, WithdrawNeed, WithdrawOffer};
use crate::rows::{Need, Offer, Unit, Version};
use crate::{Effect, Federation, Id, Refusal, Time};

use super::Author;

/// The most versions that a need can name.
const VERSIONS_MAX: usize = 8;

impl Federation {
    pub(crate) fn make_offer(&mut self, author: Author, act: &OfferAct) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let version = self.find_version(act.version)?;
        self.check_amount(version, act.quantity)?;
        check_standing(act.every_days, act.until, author.at)?;
        let offer = Offer {
            unit,
            version,
            quantity: act.quantity,
            stands_for: act.stands_for,
            consent: act.consent,
            every_days: act.every_days,
            until: act.until,
            place: act.place.clone(),
            since: author.at,
            withdrawn: false,
            taken: (0, Quantity::ZERO),
        };
        let id = self.offers.add(author.made_by, 0, offer);
        self.standing_offers.insert((unit, version, id));
        Ok(Effect::Offer(id))
    }

    pub(crate) fn make_need(&mut self, author: Author, act: &NeedAct) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let versions: Vec<_> =
            act.versions.iter().map(|&named| self.find_version(named)).collect::<Result<_, _>>()?;
        self.check_versions(&versions)?;
        for &version in &versions {
            self.check_amount(version, act.quantity)?;
        }
        check_standing(act.every_days, act.until, author.at)?;
        let need = Need {
            unit,
            versions,
            quantity: act.quantity,
            value_max: act.value_max,
            stands_for: act.stands_for,
            consent: act.consent,
            every_days: act.every_days,
            until: act.until,
            place: act.place.clone(),
            since: author.at,
            withdrawn: false,
            taken: (0, Quantity::ZERO),
        };
        let id = self.needs.add(author.made_by, 0, need);
        self.standing_needs.insert((unit, id));
        Ok(Effect::Need(id))
    }

    pub(crate) fn withdraw_offer(
        &mut self,
        author: Author,
        act: &WithdrawOffer,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_offer(act.offer)?;
        let offer = self.offer(id)?;
        let (of, version) = (offer.unit, offer.version);
        self.check_can_withdraw("offer", of, unit, offer.withdrawn)?;
        self.offers.row_mut(id)?.withdrawn = true;
        self.drop_offer(id)?;
        self.decline_planned(unit, &[version], |contract| contract.parties.giver)?;
        Ok(Effect::Done)
    }

    pub(crate) fn withdraw_need(
        &mut self,
        author: Author,
        act: &WithdrawNeed,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_need(act.need)?;
        let need = self.need(id)?;
        let (of, versions) = (need.unit, need.versions.clone());
        self.check_can_withdraw("need", of, unit, need.withdrawn)?;
        self.needs.row_mut(id)?.withdrawn = true;
        self.drop_need(id)?;
        self.decline_planned(unit, &versions, |contract| contract.parties.receiver)?;
        Ok(Effect::Done)
    }

    fn check_can_withdraw(
        &self,
        kind: &'static str,
        of: Id<Unit>,
        by: Id<Unit>,
        withdrawn: bool,
    ) -> Result<(), Refusal> {
        if of != by {
            return Err(Refusal::NotYours { kind, unit: self.unit(of)?.name.clone() });
        }
        if withdrawn {
            return Err(Refusal::Withdrawn { kind });
        }
        Ok(())
    }

    /// The standing offers of a unit, by version and number.
    pub fn offers_of(&self, unit: Id<Unit>) -> impl Iterator<Item = Id<Offer>> {
        let first = (unit, Id::new(0), Id::new(0));
        let last = (unit, Id::new(u32::MAX), Id::new(u32::MAX));
        self.standing_offers.range(first..=last).map(|&(_, _, offer)| offer)
    }

    /// The standing needs of a unit, by number.
    pub fn needs_of(&self, unit: Id<Unit>) -> impl Iterator<Item = Id<Need>> {
        let all = self.standing_needs.range((unit, Id::new(0))..=(unit, Id::new(u32::MAX)));
        all.map(|&(_, need)| need)
    }

    /// Takes an offer out of those that stand.
    pub(crate) fn drop_offer(&mut self, id: Id<Offer>) -> Result<(), Refusal> {
        let offer = self.offer(id)?;
        let place = (offer.unit, offer.version, id);
        self.standing_offers.remove(&place);
        Ok(())
    }

    /// Takes a need out of those that stand.
    pub(crate) fn drop_need(&mut self, id: Id<Need>) -> Result<(), Refusal> {
        let unit = self.need(id)?.unit;
        self.standing_needs.remove(&(unit, id));
        Ok(())
    }

    /// An agreed contract takes its quantity off the giver's offers of the version, first made
    /// first, as far as they stand for such contracts.
    pub(crate) fn take_from_offers(
        &mut self,
        (unit, version): (Id<Unit>, Id<Version>),
        quantity: Quantity,
        at: Time,
        stands: impl Fn(&Offer) -> bool,
    ) -> Result<(), Refusal> {
        let mut rest = quantity;
        let offers: Vec<_> = self.offers_of(unit).collect();
        for id in offers {
            let offer = self.offers.row_mut(id)?;
            if offer.version != version || !stands(offer) {
                continue;
            }
            rest = rest.minus(offer.take(rest, at)).unwrap_or_default();
            if offer.every_days.is_none() && offer.left(at).is_zero() {
                self.drop_offer(id)?;
            }
        }
        Ok(())
    }

    /// As [`Federation::take_from_offers`], for the receiver's needs.
    pub(crate) fn take_from_needs(
        &mut self,
        (unit, version): (Id<Unit>, Id<Version>),
        quantity: Quantity,
        at: Time,
        stands: impl Fn(&Need) -> bool,
    ) -> Result<(), Refusal> {
        let mut rest = quantity;
        let needs: Vec<_> = self.needs_of(unit).collect();
        for id in needs {
            let need = self.needs.row_mut(id)?;
            if !need.versions.contains(&version) || !stands(need) {
                continue;
            }
            rest = rest.minus(need.take(rest, at)).unwrap_or_default();
            if need.every_days.is_none() && need.left(at).is_zero() {
                self.drop_need(id)?;
            }
        }
        Ok(())
    }

    /// The value of a version. Refused if it has none yet.
    pub(crate) fn value_of(&self, id: Id<Version>) -> Result<Value, Refusal> {
        let valuation = self.version(id)?.valuation;
        let not_valued = || Refusal::NotValued { version: self.version_label(id) };
        valuation.map(crate::rows::Valuation::value).ok_or_else(not_valued)
    }

    /// Refused for nothing at all, for a version that is retired or has no value, and for more
    /// hours than there are numbers.
    fn check_amount(&self, version: Id<Version>, quantity: Quantity) -> Result<(), Refusal> {
        let specification = self.version(version)?.specification;
        self.check_not_retired(specification)?;
        if quantity.is_zero() {
            return Err(Refusal::QuantityNought {});
        }
        let decimals = self.specification(specification)?.measure.decimals();
        match self.value_of(version)?.worth(quantity, decimals) {
            Some(_) => Ok(()),
            None => Err(Refusal::TooLarge {}),
        }
    }

    fn check_versions(&self, versions: &[Id<Version>]) -> Result<(), Refusal> {
        let out_of_bounds = Refusal::VersionsOutOfBounds { found: versions.len() };
        let measure = |&id: &Id<Version>| {
            Ok::<_, Refusal>(&self.specification(self.version(id)?.specification)?.measure)
        };
        let Some(first) = versions.first() else { return Err(out_of_bounds) };
        let mut different: Vec<_> = versions.to_vec();
        different.sort_unstable();
        different.dedup();
        let first = measure(first)?;
        for version in versions {
            if measure(version)? != first {
                return Err(out_of_bounds);
            }
        }
        match different.len() == versions.len() && versions.len() <= VERSIONS_MAX {
            true => Ok(()),
            false => Err(out_of_bounds),
        }
    }
}

fn check_standing(every_days: Option<u16>, until: Option<Time>, now: Time) -> Result<(), Refusal> {
    if let Some(found) = every_days.filter(|days| !(1..=366).contains(days)) {
        return Err(Refusal::RepeatOutOfBounds { found });
    }
    match until.filter(|&until| until <= now) {
        Some(found) => Err(Refusal::Past { found, now }),
        None => Ok(()),
    }
}
