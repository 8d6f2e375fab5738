use std::collections::{BTreeMap, BTreeSet};

use circuits::Weeks;
use measure::{Hours, Quantity};

use crate::act::Side;
use crate::rows::{
    Drawn, Inputs, Parties, Pass, Phase, RoomLeft, Round, Standing, Status, Unit, Version, Wish,
};
use crate::{Area, Effect, Federation, Id, Refusal, Time};

use super::Author;

/// The most hours that one unit offers, or needs, in one round: 2³² seconds, about 1.2 million hours, which
/// is what 2,000 people do in a quarter of a year.
///
/// Hours count once for each lot that they may go to, and what all of them come to is at most 2⁶⁰. So not even a
/// hundred units can bring so much, in so many places and weeks, that a round has no solution.
const HOURS_OF_UNIT_MAX: Hours = match Hours::from_seconds(1 << 32) {
    Some(hours) => hours,
    None => Hours::ZERO,
};

/// The most different areas and windows in which one unit offers, or needs, one version in one
/// round. Every one of them can multiply with those of others, so that a few wishes of one unit could
/// otherwise make a round larger than anybody can solve.
const REACHES_OF_UNIT_MAX: usize = 8;

/// How much of something, and what that is worth.
type Amount = (Quantity, Hours);

/// Where and when something can be handed over or taken.
type Reach = (Option<Area>, Weeks);

/// How much each unit has brought to a round so far, and in which areas and windows of a version.
#[derive(Default)]
struct Fits {
    brought: BTreeMap<Id<Unit>, (Quantity, Hours)>,
    reaches: BTreeMap<(Id<Unit>, Id<Version>), Vec<Reach>>,
}

impl Fits {
    /// Whether a wish in one version fits into the round as well; takes it in if so.
    fn take(&mut self, wish: &Wish, version: Id<Version>, (quantity, hours): Amount) -> bool {
        self.reaches_no_further(wish, version) && self.holds(wish.unit, quantity, hours)
    }

    fn reaches_no_further(&mut self, wish: &Wish, version: Id<Version>) -> bool {
        let reaches = self.reaches.entry((wish.unit, version)).or_default();
        let weeks = wish.weeks();
        if reaches.iter().any(|(area, other)| *area == wish.area && *other == weeks) {
            return true;
        }
        if reaches.len() >= REACHES_OF_UNIT_MAX {
            return false;
        }
        reaches.push((wish.area.clone(), weeks));
        true
    }

    fn holds(&mut self, unit: Id<Unit>, quantity: Quantity, hours: Hours) -> bool {
        let row = self.brought.entry(unit).or_default();
        let (Some(steps), Some(hours)) = (row.0.plus(quantity), row.1.plus(hours)) else {
            return false;
        };
        if hours > HOURS_OF_UNIT_MAX {
            return false;
        }
        *row = (steps, hours);
        true
    }
}

impl Federation {
    /// Freezes what a solve is for; a round in which nothing can be matched is over.
    pub(crate) fn freeze(
        &mut self,
        author: Author,
        id: Id<Round>,
        pass: Pass,
    ) -> Result<Effect, Refusal> {
        let inputs = self.inputs_at(id, self.begins(author.at))?;
        if inputs.offers.is_empty() || inputs.needs.is_empty() {
            return self.finish(id);
        }
        let round = self.rounds.row_mut(id)?;
        round.inputs = Some(inputs);
        round.phase = Phase::Solving { pass };
        Ok(Effect::Done)
    }

    /// What a solve is for if it is frozen at a moment.
    pub(crate) fn inputs_at(&self, id: Id<Round>, at: Time) -> Result<Inputs, Refusal> {
        let one = |wish: &Wish, _| wish.versions.first().copied();
        let offers = self.drawn_on(id, (Side::Offer, at), one)?;
        let offered: BTreeSet<Id<Version>> = offers.iter().map(|drawn| drawn.version).collect();
        let before = self.drawn_in_first(id)?;
        let needs = self.drawn_on(id, (Side::Need, at), |wish, need| {
            self.version_to_try(wish, &offered, before.get(&need).copied())
        })?;
        let units = || self.units().filter(|(_, unit)| unit.is_in());
        let homes = units().filter_map(|(id, unit)| Some((id, unit.area.clone()?)));
        let refused = units().flat_map(|(id, unit)| unit.refuses.iter().map(move |&p| (id, p)));
        let versions: BTreeSet<Id<Version>> = needs.iter().map(|drawn| drawn.version).collect();
        let essential = |id| Some((id, self.essential(id)?));
        Ok(Inputs {
            essentials: versions.into_iter().filter_map(essential).collect(),
            order: self.order.clone(),
            size: self.size,
            at,
            rooms: self.rooms_for(id),
            offers,
            needs,
            accepted: self.accepted_in(id)?,
            let_down: self.let_down_in(id)?,
            homes: homes.collect(),
            refused: refused.collect(),
        })
    }

    /// What stands on one side for a round, of units that take part in it for that specification.
    fn drawn_on(
        &self,
        id: Id<Round>,
        (side, at): (Side, Time),
        version_of: impl Fn(&Wish, Id<Wish>) -> Option<Id<Version>>,
    ) -> Result<Vec<Drawn>, Refusal> {
        let out = &self.round(id)?.out;
        let mut fits = Fits::default();
        let mut drawn = Vec::new();
        for (wish, row) in self.standing_wishes(side) {
            let quantity = row.left(at);
            if !row.is_for_rounds() || quantity.is_zero() {
                continue;
            }
            let Some(version) = version_of(row, wish) else { continue };
            let specification = self.version(version)?.specification;
            let takes_part = self.specification(specification)?.retired.is_none()
                && !out.contains(&(row.unit, specification));
            let amount = (quantity, self.hours_of(version, quantity));
            if takes_part && fits.take(row, version, amount) {
                drawn.push(Drawn { wish, version, quantity });
            }
        }
        Ok(drawn)
    }

    /// What so much under a version is worth; nothing if it has no value.
    pub(crate) fn hours_of(&self, version: Id<Version>, quantity: Quantity) -> Hours {
        let worth = || {
            let specification = self.version(version).ok()?.specification;
            let decimals = self.specification(specification).ok()?.measure.decimals();
            self.value_of(version).ok()?.worth(quantity, decimals)
        };
        worth().unwrap_or_default()
    }

    /// The version that each need drew on in the round's first solve.
    fn drawn_in_first(&self, id: Id<Round>) -> Result<BTreeMap<Id<Wish>, Id<Version>>, Refusal> {
        let first = self.round(id)?.plans.first();
        let needs = first.map(|plan| plan.inputs.needs.as_slice()).unwrap_or_default();
        Ok(needs.iter().map(|drawn| (drawn.wish, drawn.version)).collect())
    }

    /// The first version that a need wants, can bear the value of, and that is offered; in the
    /// re-solve the next such after the one before, or that one again if there is no other.
    fn version_to_try(
        &self,
        need: &Wish,
        offered: &BTreeSet<Id<Version>>,
        before: Option<Id<Version>>,
    ) -> Option<Id<Version>> {
        let bears = |version| match (need.value_max, self.value_of(version)) {
            (Some(most), Ok(value)) => value <= most,
            (None, value) => value.is_ok(),
            (Some(_), Err(_)) => false,
        };
        let fits = |version: &Id<Version>| offered.contains(version) && bears(*version);
        let skipped = match before {
            Some(before) => need.versions.iter().take_while(|&&v| v != before).count() + 1,
            None => 0,
        };
        let next = need.versions.iter().skip(skipped).copied().find(fits);
        next.or_else(|| before.filter(fits))
    }

    /// The contracts of the round's first plan that stay, with the hours still to come.
    fn accepted_in(&self, id: Id<Round>) -> Result<Vec<(Parties, Hours)>, Refusal> {
        let contracts = self.round(id)?.plans.iter().flat_map(|plan| &plan.contracts);
        let open = contracts.filter_map(|&c| self.contract(c).ok()).filter(|c| c.is_agreed());
        Ok(open.map(|c| (c.parties, c.hours_left())).collect())
    }

    /// What the round's first plan had matched and nobody will deliver, with its hours.
    fn let_down_in(&self, id: Id<Round>) -> Result<Vec<(Parties, Id<Version>, Hours)>, Refusal> {
        let contracts = self.round(id)?.plans.iter().flat_map(|plan| &plan.contracts);
        let rows = contracts.filter_map(|&contract| self.contract(contract).ok());
        let fell =
            rows.filter(|row| matches!(row.status, Status::Declined { .. } | Status::Lapsed));
        Ok(fell.map(|row| (row.parties, row.version, row.hours())).collect())
    }

    /// What each unit may use and earn. One that announced its leaving uses up what it is owed and
    /// gives no more than it gets.
    fn rooms_for(&self, id: Id<Round>) -> Vec<RoomLeft> {
        let units = self.units().filter(|(_, unit)| unit.is_in());
        let rooms = units.map(|(number, unit)| {
            let room = unit.room_without(Some(id));
            let leaving = matches!(unit.standing, Standing::Leaving { .. });
            let owed = room.minus(unit.allowance()).unwrap_or_default();
            let below_ceiling = self.ceiling(number).minus(unit.entitlement).unwrap_or_default();
            let up = below_ceiling.minus(unit.giving_beyond(id)).unwrap_or_default();
            let (down, up) =
                if leaving { (room.min(owed), Default::default()) } else { (room, up) };
            RoomLeft {
                unit: number,
                down: down.at_least_zero(),
                up: up.at_least_zero(),
                members: unit.counted_members,
                short: unit.short,
            }
        });
        rooms.collect()
    }
}
