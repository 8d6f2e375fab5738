use std::collections::BTreeSet;

use crate::rows::{Due, Enrolled, Enrolment, Progress, Unit};
use crate::{Days, Federation, Id, Refusal, Time};

/// How long a unit is in before it is enrolled by itself.
const IN: Days = crate::fixed::ENROLMENT_IN;

/// How long two units have backed it by then, and over which time a quarter is enrolled at most.
const BACKED: Days = crate::fixed::ENROLMENT_BACKED;

/// To how many enrolled units it has delivered by then.
const RECEIVERS: usize = 3;

/// How a unit stands to being enrolled by itself: what is there, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolling {
    /// From when on it has been in long enough.
    pub in_from: Time,
    /// The enrolled units that back it now, and since when without a break; longest first.
    pub backers: Vec<(Id<Unit>, Time)>,
    /// From when on two of them that do not back each other have backed it long enough; none if
    /// there are no two.
    pub backed_from: Option<Time>,
    /// The other enrolled units that have accepted a delivery of its that counts.
    pub receivers: BTreeSet<Id<Unit>>,
    /// How many such units it takes.
    pub receivers_needed: usize,
}

impl Enrolling {
    /// Whether nothing is missing at a moment but its turn.
    pub fn qualifies(&self, now: Time) -> bool {
        self.in_from <= now
            && self.backed_from.is_some_and(|from| from <= now)
            && self.receivers.len() >= self.receivers_needed
    }
}

impl Federation {
    /// What is there and what is missing for a unit to be enrolled by itself; none for a unit that
    /// is enrolled or is not in.
    pub fn enrolling(&self, id: Id<Unit>) -> Option<Enrolling> {
        let unit = self.unit(id).ok().filter(|unit| unit.is_in() && unit.enrolled.is_none())?;
        let (joined, _) = unit.joined?;
        let backers = self.enrolled_backers(id);
        Some(Enrolling {
            in_from: joined.plus_days(IN),
            backed_from: self.backed_from(&backers),
            backers,
            receivers: self.enrolled_receivers(id),
            receivers_needed: RECEIVERS,
        })
    }

    fn enrolled_backers(&self, id: Id<Unit>) -> Vec<(Id<Unit>, Time)> {
        let links = self.backings.range((id, Id::new(0))..=(id, Id::new(u32::MAX)));
        let enrolled = |id| self.unit(id).is_ok_and(Unit::is_enrolled);
        let standing = links.filter(|((_, backer), row)| row.stands() && enrolled(*backer));
        let mut backers: Vec<_> =
            standing.map(|(&(_, backer), row)| ((row.unbroken, row.since), backer)).collect();
        backers.sort_unstable();
        backers.into_iter().map(|((unbroken, _), backer)| (backer, unbroken)).collect()
    }

    /// When two backers that do not back each other will have stood by the unit long enough, and
    /// have not backed each other for as long.
    fn backed_from(&self, backers: &[(Id<Unit>, Time)]) -> Option<Time> {
        let pairs = backers.iter().enumerate().flat_map(|(place, &one)| {
            backers.iter().skip(place + 1).map(move |&other| (one, other))
        });
        let from = pairs.filter_map(|((one, since), (other, other_since))| {
            let apart = self.apart_since(one, other)?;
            Some(since.max(other_since).max(apart).plus_days(BACKED))
        });
        from.min()
    }

    /// Since when neither of two units backs the other; none while one does.
    pub(crate) fn apart_since(&self, one: Id<Unit>, other: Id<Unit>) -> Option<Time> {
        let links = [(one, other), (other, one)];
        if links.iter().any(|link| self.backings.contains_key(link)) {
            return None;
        }
        let ended = links.iter().filter_map(|link| self.backed_until.get(link));
        Some(ended.max().copied().unwrap_or_default())
    }

    /// Who is enrolled and has accepted something of a unit's that counts.
    fn enrolled_receivers(&self, id: Id<Unit>) -> BTreeSet<Id<Unit>> {
        let contracts = self.contracts_of(id).filter_map(|contract| self.contract(contract).ok());
        let given = contracts.filter(|row| row.parties.giver == id && row.counted.is_positive());
        let counts = |delivery: &Id<_>| {
            let progress = self.delivery(*delivery).map(|row| &row.progress);
            matches!(progress, Ok(Progress::Accepted { hours, .. }) if hours.is_positive())
        };
        let counted = given.filter(|row| row.deliveries.iter().any(counts));
        let receivers = counted.map(|row| row.parties.receiver);
        receivers.filter(|&to| to != id && self.unit(to).is_ok_and(Unit::is_enrolled)).collect()
    }

    /// A unit comes in, for the first time or again: what counts from its joining begins.
    pub(crate) fn comes_in(&mut self, id: Id<Unit>, at: Time) -> Result<(), Refusal> {
        let joined = Some((self.begins(at), self.size));
        let unit = self.units.row_mut(id)?;
        unit.joined = joined;
        unit.missed_since = None;
        unit.asleep_since = None;
        self.enrol_those_left(at);
        self.find_witnesses();
        self.count_fewer(id)
    }

    /// Where no enrolled unit is left, those that are in carry on as founders did: else nobody could
    /// vouch for a time or decide anything again.
    pub(crate) fn enrol_those_left(&mut self, at: Time) {
        if self.units().any(|(_, unit)| unit.is_enrolled()) {
            return;
        }
        let enrolment = Enrolment { at: self.begins(at), how: Enrolled::Founding };
        let left: Vec<_> = self.units().filter(|(_, u)| u.is_in()).map(|(id, _)| id).collect();
        for id in left {
            self.put_enrolled(id, enrolment);
        }
    }

    pub(crate) fn put_enrolled(&mut self, id: Id<Unit>, enrolment: Enrolment) {
        let Ok(unit) = self.units.row_mut(id) else { return };
        unit.enrolled = unit.enrolled.or(Some(enrolment));
        unit.waits_since = None;
    }

    /// Once a day: who has everything that it takes waits for its turn, and those who have waited
    /// longest are enrolled, at most a quarter, rounded up, of the enrolled units in 90 days.
    ///
    /// Nobody can refuse it, and nobody has to do anything for it. (Design: Exchange.)
    pub(crate) fn enrol(&mut self) {
        let now = self.testified;
        // Days in which nobody vouched for any time come to one.
        self.calendar.insert((now.plus_days(Days(1)), Due::Enrolment));
        self.backed_until.retain(|_, until| until.plus_days(BACKED) > now);
        self.find_who_waits(now);
        let mut waiting: Vec<_> = self
            .units()
            .filter_map(|(id, unit)| Some((unit.waits_since?, unit.joined?, id)))
            .collect();
        waiting.sort_unstable();
        let enrolment = Enrolment { at: now, how: Enrolled::ByItself };
        let chosen: Vec<_> = waiting.into_iter().take(self.places_free(now)).collect();
        for &(.., id) in &chosen {
            self.put_enrolled(id, enrolment);
        }
        if !chosen.is_empty() {
            self.find_witnesses();
        }
    }

    fn find_who_waits(&mut self, now: Time) {
        let found: Vec<_> = self
            .units()
            .filter(|(_, unit)| unit.enrolled.is_none() && unit.joined.is_some())
            .map(|(id, unit)| {
                let qualifies = self.enrolling(id).is_some_and(|row| row.qualifies(now));
                (id, qualifies.then(|| unit.waits_since.unwrap_or(now)))
            })
            .collect();
        for (id, since) in found {
            if let Ok(unit) = self.units.row_mut(id) {
                unit.waits_since = since;
            }
        }
    }

    /// How many more can be enrolled by themselves: a quarter, rounded up, of the units that were
    /// enrolled otherwise or longer ago, less those that were in the last 90 days.
    pub fn places_free(&self, now: Time) -> usize {
        let enrolled = self.units().filter(|(_, unit)| unit.is_enrolled());
        let is_new = |unit: &Unit| {
            unit.enrolled
                .is_some_and(|row| row.how == Enrolled::ByItself && row.at.plus_days(BACKED) > now)
        };
        let (new, others): (Vec<_>, Vec<_>) = enrolled.partition(|(_, unit)| is_new(unit));
        others.len().div_ceil(4).saturating_sub(new.len())
    }
}

impl Unit {
    /// Whether it was enrolled in the 90 days before a moment, and not as a founder: a list passes
    /// only if it would also pass without such units.
    pub(crate) fn is_newly_enrolled(&self, now: Time) -> bool {
        self.enrolled
            .is_some_and(|row| row.how != Enrolled::Founding && row.at.plus_days(BACKED) > now)
    }
}
