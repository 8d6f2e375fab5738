use measure::Hours;

use crate::maps::{UnitIndex, VersionIndex};
use crate::stage::StageName;

use super::Answers;
use super::ask::Wanted;
use super::help::{Backer, Gain, Offering};
use super::why::{self, OpenNeed, WantedOf};

/// What a plan means for one unit, beyond what it gives and gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which unit.
    pub unit: UnitIndex,
    /// Its needs that stayed open, and why.
    pub open: Vec<OpenNeed>,
    /// What more room would bring it, step by step.
    pub room: Vec<Gain>,
    /// Who could lend it room.
    pub backers: Vec<Backer>,
    /// What it could offer or learn to make.
    pub offerings: Vec<Offering>,
    /// Whom it could ask to offer what it needs.
    pub asked: Vec<Offering>,
    /// What it gives and gets, and which stage settled how much.
    pub settled: Vec<Settled>,
}

/// A delivery with the stage that settled how much it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// Who gives.
    pub giver: UnitIndex,
    /// Who gets.
    pub receiver: UnitIndex,
    /// What; none if an obligation is cleared.
    pub version: Option<VersionIndex>,
    /// How much.
    pub hours: Hours,
    /// The last stage that settled it; see [`Answers::decided`]. None if no stage did.
    pub decided: Option<StageName>,
    /// Whether no stage planned it: it was added when seconds became whole steps, where something was
    /// left of offer and need and rooms allowed it.
    pub added: bool,
}

impl Answers<'_> {
    /// The answer for one unit, with at most so many suggestions of a kind.
    ///
    /// `known` are units that are known to make something, such as those who offered it before; who
    /// offers it in this round is known anyway. `lendable` is how much of its room a unit could
    /// lend; no more than the plan leaves it counts.
    pub fn answer(
        &self,
        unit: UnitIndex,
        most: usize,
        known: &[(UnitIndex, VersionIndex)],
        lendable: impl Fn(UnitIndex) -> Hours,
    ) -> Answer {
        let open = self.open_needs(unit);
        let mut askable: Vec<(UnitIndex, VersionIndex)> = Vec::new();
        for need in &open {
            let WantedOf::Version(version) = need.wanted else { continue };
            askable.extend(self.givers(version).into_iter().map(|giver| (giver, version)));
            askable.extend(known.iter().filter(|(_, known)| *known == version));
        }
        askable.retain(|&(giver, _)| giver != unit);
        askable.sort_unstable_by_key(|&(giver, version)| (version, giver));
        askable.dedup();
        Answer {
            unit,
            open,
            room: self.more_room(unit),
            backers: self.backers(unit, most, lendable),
            offerings: self.best_offerings(unit, most),
            asked: self.best_of(askable, most),
            settled: self.settled(unit),
        }
    }

    /// What a unit gives, then what it gets, and which stage settled how much.
    pub fn settled(&self, unit: UnitIndex) -> Vec<Settled> {
        let own = |giver, receiver| giver == unit || receiver == unit;
        let delivered = self.trace.matches.iter();
        let delivered = delivered.filter(|one| own(one.giver, one.receiver)).map(|one| {
            let (units, version) = ((one.giver, one.receiver), Some(one.version));
            let added = !self.is_planned(units, version);
            Settled {
                giver: one.giver,
                receiver: one.receiver,
                version,
                hours: one.hours,
                decided: if added { None } else { self.decided(units, version) },
                added,
            }
        });
        let cleared = self.view.asks.iter().filter(|ask| ask.flow > 0).filter_map(|ask| {
            let Wanted::Owed(giver) = ask.wanted else { return None };
            let (giver, receiver) = (self.view.unit_given(giver), self.view.unit_given(ask.unit));
            let decided = self.decided((giver, receiver), None);
            let hours = why::hours(ask.flow);
            own(giver, receiver).then_some(Settled {
                giver,
                receiver,
                version: None,
                hours,
                decided,
                added: false,
            })
        });
        let mut settled: Vec<_> = delivered.chain(cleared).collect();
        settled.sort_by_key(|one| (one.giver != unit, one.version, one.giver, one.receiver));
        settled
    }
}
