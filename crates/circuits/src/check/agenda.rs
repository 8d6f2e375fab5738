//! Which stages a round has before the tie-break, and what a second on each arc is worth in them:
//! told from the round alone.

use sha2::{Digest, Sha256};

use super::floor::{Floor, Rising};
use super::line::{Kind, Line};
use super::lines::Lines;
use super::narrow::Gain;
use super::ways::position;
use crate::round::{Merged, Reach};
use crate::stage::{Class, StageName};
use crate::terms::Preference;

/// The bounds of the bands in which a class is shared out: seconds for each counted member.
pub(super) const BANDS: [i64; 7] = [900, 1800, 3600, 7200, 14_400, 28_800, 57_600];

/// What is left of an offer's time that makes no hurry any more, in weeks.
const WEEKS_LONG: u32 = 15;

/// The classes and their floors.
impl Lines<'_> {
    /// The classes in their order; that of essentials only if something is essential.
    pub(super) fn classes(&self) -> Vec<Class> {
        let essential = |line: &Line| line.meets() == Some(Class::Essential);
        if self.arcs.iter().any(essential) {
            vec![Class::Essential, Class::Other]
        } else {
            vec![Class::Other]
        }
    }

    /// The essential versions of which somebody needs something, in the order of SHA-256 of the
    /// seed, the letter e and the version's label.
    pub(super) fn essentials(&self) -> Vec<u32> {
        let essential = self.arcs.iter().filter(|line| line.meets() == Some(Class::Essential));
        let mut versions: Vec<u32> = essential.filter_map(|line| self.version_of(line)).collect();
        versions.sort_unstable();
        versions.dedup();
        versions.sort_by_cached_key(|&version| {
            let mut hash = Sha256::new_with_prefix(self.round.seed);
            hash.update(b"e");
            hash.update(self.round.version_label(version).map_or(&[][..], |label| &label.0));
            <[u8; 32]>::from(hash.finalize())
        });
        versions
    }

    /// The floor of an essential version, with everybody who needs something of it.
    pub(super) fn floor(&self, version: u32) -> Floor {
        let one = self.round.versions.get(position(version)).map(|version| &version.item);
        let highest = one.and_then(|one| one.value.worth(one.essential?, one.decimals));
        let essential = self.arcs.iter().filter(|line| line.meets() == Some(Class::Essential));
        let of = essential.filter(|line| self.version_of(line) == Some(version));
        let rising = of.map(|line| Rising {
            number: line.number,
            members: self.members(self.receiver(line)),
            most: line.most,
            flow: line.flow,
        });
        let highest = highest.map_or(0, measure::Hours::seconds);
        Floor::new(highest, rising.collect(), self.arcs.len())
    }

    /// The version of a need's or floor's part.
    pub(super) fn version_of(&self, line: &Line) -> Option<u32> {
        match line.kind {
            Kind::Get(_) => self.round.gets.get(position(line.of)).map(|get| get.version),
            Kind::Floor(_) => self.round.floors.get(position(line.of)).map(|floor| floor.version),
            _ => None,
        }
    }

    /// The unit that a part of a need or floor, an obligation or an intake goes to.
    pub(super) fn receiver(&self, line: &Line) -> u32 {
        let (round, of) = (self.round, position(line.of));
        let unit = match line.kind {
            Kind::Get(_) => round.gets.get(of).map(|get| get.unit),
            Kind::Floor(_) => round.floors.get(of).map(|floor| floor.unit),
            Kind::Owe => round.debts.get(of).map(|debt| debt.receiver),
            Kind::Intake(_) => round.intakes.get(of).map(|intake| intake.unit),
            _ => None,
        };
        unit.unwrap_or(u32::MAX)
    }

    fn members(&self, unit: u32) -> u32 {
        self.round.units.get(position(unit)).map_or(1, |unit| unit.item.members)
    }
}

/// The bands.
impl Lines<'_> {
    /// The bands of a class that can decide anything, with their bounds: those that somebody could
    /// get more than.
    pub(super) fn bands(&self, class: Class) -> Vec<(u8, i64)> {
        if !self.round.terms.evenness {
            return Vec::new();
        }
        let above = |line: &Line, bound: i64| {
            self.feeds(line, class).is_some_and(|members| line.most > bound * i64::from(members))
        };
        let reached = |&(_, bound): &(u8, i64)| self.arcs.iter().any(|line| above(line, bound));
        (0..).zip(BANDS).filter(reached).collect()
    }

    /// How many members count, if the arc carries all that its unit gets of a class.
    pub(super) fn feeds(&self, line: &Line, class: Class) -> Option<u32> {
        let all = match line.kind {
            Kind::Intake(of) => of == class,
            _ => line.meets() == Some(class) && line.head < self.nodes.units(),
        };
        all.then(|| self.members(self.receiver(line)))
    }
}

/// The preferences.
impl Lines<'_> {
    /// The preferences that can make a difference, in the order of the terms.
    pub(super) fn preferences(&self) -> Vec<Preference> {
        let counts = |preference: &&Preference| {
            self.arcs.iter().any(|line| self.preferred(line, **preference).counts())
        };
        self.round.terms.order.iter().filter(counts).copied().collect()
    }

    /// What a second on an arc is worth by a preference.
    pub(super) fn preferred(&self, line: &Line, preference: Preference) -> Gain {
        match preference {
            Preference::Nearness => Gain::flat(-self.distance(line)),
            Preference::Expiry => Gain::flat(self.urgency(line)),
            Preference::Memory => Gain::flat(self.shortness(line)),
            Preference::Changes => self.unchanged(line),
        }
    }

    /// The levels from where a thing is to the lot, from the lot to where it goes, or between the
    /// homes of an obligation.
    fn distance(&self, line: &Line) -> i64 {
        let (round, of) = (self.round, position(line.of));
        let home = |unit: u32| round.homes.get(position(unit)).copied().flatten();
        let lot = |lot: u32| round.lots.get(position(lot)).and_then(|lot| lot.area);
        let wished = |wish: &Merged| match wish.reach {
            Reach::Lot(reached) => (home(wish.unit).or(wish.area), lot(reached)),
            Reach::Span(_) => (None, None),
        };
        let ends = match line.kind {
            Kind::Give => round.gives.get(of).map(wished),
            Kind::Get(_) | Kind::Feed => round.gets.get(of).map(wished),
            Kind::Spread => {
                round.give_spans.get(of).map(|span| (span.place, lot(self.nodes.lot(line.head))))
            }
            Kind::Gather => {
                round.get_spans.get(of).map(|span| (span.place, lot(self.nodes.lot(line.tail))))
            }
            Kind::Owe => round.debts.get(of).map(|debt| (home(debt.giver), home(debt.receiver))),
            _ => None,
        };
        let area = |rank: u32| round.areas.get(position(rank));
        let ends = ends.and_then(|(one, other)| area(one?).zip(area(other?)));
        ends.map_or(0, |(one, other)| one.distance(other).into())
    }

    /// How soon an offer is over.
    fn urgency(&self, line: &Line) -> i64 {
        let give = match line.kind {
            Kind::Give => self.round.gives.get(position(line.of)),
            _ => None,
        };
        let until = give.and_then(|give| give.weeks.until);
        let left = until.map_or(WEEKS_LONG, |until| until.saturating_sub(self.round.terms.week));
        i64::from(WEEKS_LONG - left.min(WEEKS_LONG))
    }

    /// How many sixteenths of its needs the receiver of a need or obligation went short of.
    fn shortness(&self, line: &Line) -> i64 {
        let (round, of) = (self.round, position(line.of));
        let unit = match line.kind {
            Kind::Get(_) | Kind::Feed => round.gets.get(of).map(|get| get.unit),
            Kind::Owe => round.debts.get(of).map(|debt| debt.receiver),
            _ => None,
        };
        let unit = unit.and_then(|unit| round.units.get(position(unit)));
        unit.map_or(0, |unit| unit.item.short.into())
    }

    /// Up to what the plan before had, every second is one change less; beyond, one more.
    fn unchanged(&self, line: &Line) -> Gain {
        let (round, of) = (self.round, position(line.of));
        let before = match line.kind {
            Kind::Give => round.gives.get(of).map(|give| give.before),
            Kind::Feed | Kind::Get(Class::Essential) => {
                round.gets.get(of).map(|get| get.before.min(line.most))
            }
            // The essential part is filled up first.
            Kind::Get(Class::Other) => {
                let beyond = |all: i64| all - line.most;
                round.gets.get(of).map(|get| (get.before - beyond(get.seconds)).max(0))
            }
            Kind::Owe => round.debts.get(of).map(|debt| debt.before),
            _ => None,
        };
        before.map_or(Gain::NONE, |bend| Gain { below: 1, bend, above: -1 })
    }
}

/// A stage's name for a preference.
pub(super) const fn name(preference: Preference) -> StageName {
    match preference {
        Preference::Nearness => StageName::Nearness,
        Preference::Expiry => StageName::Expiry,
        Preference::Memory => StageName::Memory,
        Preference::Changes => StageName::Changes,
    }
}
