use std::collections::BTreeSet;

use measure::Hours;

use super::Author;
use crate::act::{ClaimResource, DeclareMakeup, Makeup, Register, Release, ReportUse};
use crate::rows::{Claim, Person, Resource, Unit, Usage};
use crate::{Effect, Federation, Id, Refusal, Time};

/// The longest that one claim can last.
const CLAIM_DAYS: crate::Days = crate::fixed::CLAIM;

/// The hours a day that a claim can have for each member who works with the resource.
const HOURS_A_DAY: i64 = 12;

impl Federation {
    /// Any unit writes a resource down. That gives it no more right to it than any other has.
    pub(crate) fn register(&mut self, author: Author, act: &Register) -> Result<Effect, Refusal> {
        let by = self.acting_unit(author.person)?;
        let resource = Resource {
            name: act.name.clone(),
            place: act.place.clone(),
            about: act.about.clone(),
            by,
            since: author.at,
            claims: Vec::new(),
            uses: Vec::new(),
            conflicts: Vec::new(),
        };
        Ok(Effect::Resource(self.resources.add(author.made_by, 0, resource)))
    }

    /// A unit claims a resource with the members who will work with it: living labour, and not a
    /// body that stands for others. Where it overlaps with another unit's claim, that opens a
    /// conflict by itself or joins the running one.
    pub(crate) fn claim_resource(
        &mut self,
        author: Author,
        act: &ClaimResource,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let resource = self.find_resource(act.resource)?;
        let row = self.unit(unit)?;
        if row.makeup == Makeup::Units {
            return Err(Refusal::MadeOfUnits { unit: row.name.clone() });
        }
        let workers = self.working_members(unit, act)?;
        self.check_dates(author, act)?;
        self.check_hours((resource, unit), act, &workers)?;
        let dependents = act.dependents.iter().map(|&named| self.find_unit(named));
        let dependents: BTreeSet<Id<Unit>> = dependents.collect::<Result<_, _>>()?;
        if dependents.len() != act.dependents.len() || dependents.len() > 32 {
            return Err(Refusal::DependentsOutOfBounds { found: act.dependents.len() });
        }
        let claim = Claim {
            resource,
            unit,
            purpose: act.purpose.clone(),
            hours: act.hours,
            from: act.from,
            until: act.until,
            workers,
            dependents,
            since: author.at,
            released: None,
        };
        let id = self.claims.add(author.made_by, 0, claim);
        self.resources.row_mut(resource)?.claims.push(id);
        self.contest(author, id)?;
        Ok(Effect::Claim(id))
    }

    /// The members named to work with it: at least one, each of the signer's unit, each once.
    fn working_members(
        &self,
        unit: Id<Unit>,
        act: &ClaimResource,
    ) -> Result<BTreeSet<Id<Person>>, Refusal> {
        let members = &self.unit(unit)?.members;
        let named = act.workers.iter().filter_map(|&person| self.person_by_id(person));
        let named: BTreeSet<Id<Person>> = named.filter(|id| members.contains(id)).collect();
        let found = act.workers.len();
        match found == named.len() && (1..=100).contains(&found) {
            true => Ok(named),
            false => Err(Refusal::WorkersOutOfBounds { found, members: named.len() }),
        }
    }

    fn check_dates(&self, author: Author, act: &ClaimResource) -> Result<(), Refusal> {
        let now = self.begins(author.at);
        if act.until <= now {
            return Err(Refusal::Past { found: act.until, now });
        }
        if act.until <= act.from {
            return Err(Refusal::WindowEmpty { from: act.from, until: act.until });
        }
        let most = act.from.plus_days(CLAIM_DAYS);
        match act.until > most {
            true => Err(Refusal::ClaimTooLong { until: act.until, most }),
            false => Ok(()),
        }
    }

    /// Gives a claim up; if that ends the overlap, the conflict over it is over too.
    pub(crate) fn release(&mut self, author: Author, act: &Release) -> Result<Effect, Refusal> {
        let own = self.acting_unit(author.person)?;
        let id = self.find_claim(act.claim)?;
        let claim = self.claim(id)?;
        if claim.unit != own {
            let unit = self.unit(claim.unit)?.name.clone();
            return Err(Refusal::NotYours { kind: "claim", unit });
        }
        if claim.released.is_some() {
            return Err(Refusal::Withdrawn { kind: "claim" });
        }
        let resource = claim.resource;
        self.claims.row_mut(id)?.released = Some(author.at);
        self.look_at_claims(resource);
        Ok(Effect::Done)
    }

    /// A unit that leaves, or says that it is made of units, claims nothing any more.
    pub(crate) fn release_all(&mut self, unit: Id<Unit>, at: Time) -> Result<(), Refusal> {
        let own: Vec<(Id<Claim>, Id<Resource>)> = self
            .claims()
            .filter(|(_, claim)| claim.unit == unit && claim.released.is_none())
            .map(|(id, claim)| (id, claim.resource))
            .collect();
        for (id, resource) in own {
            self.claims.row_mut(id)?.released = Some(at);
            self.look_at_claims(resource);
        }
        Ok(())
    }

    /// A unit says how it has used a resource, with a claim or without one: whoever lives from it
    /// goes on using it, whatever is in conflict.
    pub(crate) fn report_use(
        &mut self,
        author: Author,
        act: &ReportUse,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let resource = self.find_resource(act.resource)?;
        if act.until > author.at {
            return Err(Refusal::NotHappened { happened: act.until, now: author.at });
        }
        let most = act.until.seconds().saturating_sub(act.from.seconds());
        if !act.hours.is_positive() || act.hours.seconds() > most {
            let most = Hours::from_seconds(most.max(0)).unwrap_or_default();
            return Err(Refusal::UseOutOfBounds { found: act.hours, most });
        }
        let made = act.made.iter().map(|&named| self.find_version(named));
        let made: Vec<_> = made.collect::<Result<_, _>>()?;
        if made.len() > 8 {
            return Err(Refusal::MadeOutOfBounds { found: made.len() });
        }
        let usage = Usage {
            resource,
            unit,
            hours: act.hours,
            from: act.from,
            until: act.until,
            made,
            since: author.at,
            note: act.note.clone(),
        };
        let id = self.uses.add(author.made_by, 0, usage);
        self.resources.row_mut(resource)?.uses.push(id);
        Ok(Effect::Usage(id))
    }

    /// A unit says that it is made of other units, and then claims nothing; or of working members.
    pub(crate) fn declare_makeup(
        &mut self,
        author: Author,
        act: &DeclareMakeup,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let row = self.units.row_mut(unit)?;
        if row.makeup == act.makeup {
            return Err(Refusal::NothingChanges {});
        }
        row.makeup = act.makeup;
        if act.makeup == Makeup::Units {
            self.release_all(unit, author.at)?;
        }
        Ok(Effect::Done)
    }

    /// Whether a claim stands today, as far as enough units vouch for the date.
    pub(crate) fn claim_stands(&self, claim: &Claim) -> bool {
        claim.stands(self.testified)
    }

    /// The hours that each unit has claimed of a resource and not given up, and has used, over and
    /// over; the units in the order in which they first did either.
    pub fn claimed_and_used(&self, id: Id<Resource>) -> Vec<(Id<Unit>, Hours, Hours)> {
        let Ok(row) = self.resource(id) else { return Vec::new() };
        let claims = row.claims.iter().filter_map(|&claim| self.claim(claim).ok());
        let claims = claims.filter(|claim| claim.released.is_none());
        let claims = claims.map(|claim| (claim.unit, claim.hours, Hours::ZERO));
        let uses = row.uses.iter().filter_map(|&usage| self.usage(usage).ok());
        let uses = uses.map(|usage| (usage.unit, Hours::ZERO, usage.hours));
        let mut sums: Vec<(Id<Unit>, Hours, Hours)> = Vec::new();
        for (unit, claimed, used) in claims.chain(uses) {
            let add = |sum: &mut Hours, more| *sum = sum.plus(more).unwrap_or(*sum);
            match sums.iter_mut().find(|(of, ..)| *of == unit) {
                Some((_, sum_claimed, sum_used)) => {
                    add(sum_claimed, claimed);
                    add(sum_used, used);
                }
                None => sums.push((unit, claimed, used)),
            }
        }
        sums
    }

    /// No more hours than the members named can work in that time, less those for which they are
    /// named already in standing claims to the same resource: nobody's day is claimed twice.
    fn check_hours(
        &self,
        (resource, unit): (Id<Resource>, Id<Unit>),
        act: &ClaimResource,
        workers: &BTreeSet<Id<Person>>,
    ) -> Result<(), Refusal> {
        let seconds = act.until.seconds() - act.from.seconds();
        let days = (seconds + 86_399) / 86_400;
        let count = i64::try_from(workers.len()).unwrap_or(1);
        let can_work = days.saturating_mul(count).saturating_mul(HOURS_A_DAY * 3600);
        let claimed = self.standing_claims(resource).filter(|claim| claim.unit == unit);
        let taken = claimed.map(|claim| taken_by(claim, (act.from, act.until), workers));
        let most = can_work.saturating_sub(taken.fold(0, i64::saturating_add)).max(0);
        if act.hours.is_positive() && act.hours.seconds() <= most {
            return Ok(());
        }
        let most = Hours::from_seconds(most).unwrap_or_default();
        Err(Refusal::ClaimOutOfBounds { found: act.hours, most })
    }
}

/// The seconds that a claim takes of these workers in that time, if its hours are spread evenly over
/// its days and its workers; rounded up.
fn taken_by(claim: &Claim, (from, until): (Time, Time), workers: &BTreeSet<Id<Person>>) -> i64 {
    let shared = claim.workers.intersection(workers).count();
    let together = claim.until.min(until).seconds() - claim.from.max(from).seconds();
    if shared == 0 || together <= 0 {
        return 0;
    }
    let wide = |count: usize| i128::try_from(count).unwrap_or(i128::MAX);
    let all = i128::from(claim.until.seconds() - claim.from.seconds());
    let part = i128::from(claim.hours.seconds()) * i128::from(together) * wide(shared);
    let of = (all * wide(claim.workers.len())).max(1);
    i64::try_from((part + of - 1) / of).unwrap_or(i64::MAX)
}
