use measure::{Quantity, Value};

use crate::act::{Side, WishAct, Withdraw};
use crate::rows::{Unit, Version, Wish};
use crate::{Effect, Federation, Id, Refusal, Time};

use super::Author;

/// The most versions that a need can name.
const VERSIONS_MAX: usize = 8;

impl Federation {
    pub(crate) fn make_wish(
        &mut self,
        author: Author,
        side: Side,
        act: &WishAct,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let versions: Vec<_> =
            act.versions.iter().map(|&named| self.find_version(named)).collect::<Result<_, _>>()?;
        self.check_versions(side, &versions)?;
        for &version in &versions {
            self.check_amount(version, act.quantity)?;
        }
        if side == Side::Offer && act.value_max.is_some() {
            return Err(Refusal::OfferWithHighest {});
        }
        check_standing(act, author.at)?;
        let wish = Wish {
            side,
            unit,
            versions,
            quantity: act.quantity,
            value_max: act.value_max,
            stands_for: act.stands_for,
            consent: act.consent,
            every_days: act.every_days,
            from: act.from,
            until: act.until,
            area: act.area.clone(),
            since: author.at,
            withdrawn: false,
            taken: (0, Quantity::ZERO),
        };
        let id = self.wishes.add(author.made_by, 0, wish);
        self.standing_wishes.insert((unit, side, id));
        Ok(Effect::Wish(side, id))
    }

    pub(crate) fn withdraw(&mut self, author: Author, act: &Withdraw) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_wish(act.wish)?;
        let wish = self.wish(id)?;
        let (side, versions) = (wish.side, wish.versions.clone());
        if wish.unit != unit {
            let unit = self.unit(wish.unit)?.name.clone();
            return Err(Refusal::NotYours { kind: side.word(), unit });
        }
        if wish.withdrawn {
            return Err(Refusal::Withdrawn { kind: side.word() });
        }
        self.withdraw_wish(id)?;
        self.decline_planned(unit, &versions, side)?;
        Ok(Effect::Done)
    }

    /// The standing offers or needs of a unit, first made first.
    pub fn wishes_of(&self, unit: Id<Unit>, side: Side) -> impl Iterator<Item = (Id<Wish>, &Wish)> {
        let all = (unit, side, Id::new(0))..=(unit, side, Id::new(u32::MAX));
        let ids = self.standing_wishes.range(all).map(|&(.., id)| id);
        ids.filter_map(|id| Some((id, self.wish(id).ok()?)))
    }

    /// Takes a wish back.
    pub(crate) fn withdraw_wish(&mut self, id: Id<Wish>) -> Result<(), Refusal> {
        self.wishes.row_mut(id)?.withdrawn = true;
        self.drop_wish(id)
    }

    /// Takes a wish out of those that stand.
    fn drop_wish(&mut self, id: Id<Wish>) -> Result<(), Refusal> {
        let wish = self.wish(id)?;
        let place = (wish.unit, wish.side, id);
        self.standing_wishes.remove(&place);
        Ok(())
    }

    /// An agreed contract takes its quantity off a side's wishes for the version, first made
    /// first, as far as they stand for such contracts.
    pub(crate) fn take_from_wishes(
        &mut self,
        (unit, side, version): (Id<Unit>, Side, Id<Version>),
        quantity: Quantity,
        at: Time,
        stands: impl Fn(&Wish) -> bool,
    ) -> Result<(), Refusal> {
        let drawn = self.wishes_of(unit, side);
        let drawn = drawn.filter(|(_, wish)| wish.versions.contains(&version) && stands(wish));
        let drawn: Vec<_> = drawn.map(|(id, _)| id).collect();
        let mut rest = quantity;
        for id in drawn {
            let wish = self.wishes.row_mut(id)?;
            rest = rest.minus(wish.take(rest, at)).unwrap_or_default();
            if wish.every_days.is_none() && wish.left(at).is_zero() {
                self.drop_wish(id)?;
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

    fn check_versions(&self, side: Side, versions: &[Id<Version>]) -> Result<(), Refusal> {
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
        let most = if side == Side::Offer { 1 } else { VERSIONS_MAX };
        match different.len() == versions.len() && versions.len() <= most {
            true => Ok(()),
            false => Err(out_of_bounds),
        }
    }
}

impl Side {
    /// The word for it: `offer` or `need`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Need => "need",
        }
    }
}

fn check_standing(act: &WishAct, now: Time) -> Result<(), Refusal> {
    if let Some(found) = act.every_days.filter(|days| !(1..=366).contains(days)) {
        return Err(Refusal::RepeatOutOfBounds { found });
    }
    if let Some(found) = act.until.filter(|&until| until <= now) {
        return Err(Refusal::Past { found, now });
    }
    match (act.from, act.until) {
        (Some(from), Some(until)) if from >= until => Err(Refusal::WindowEmpty { from, until }),
        _ => Ok(()),
    }
}
