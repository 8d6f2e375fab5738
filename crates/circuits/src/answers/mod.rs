//! What a plan means for a unit: why a need stayed open, and what would help.
//!
//! Everything is worked out from the round and its plan alone, so every reader of the certificate
//! finds the same. The one tool is the residual graph, which holds every way in which the plan could
//! still change (`graph`):
//!
//! - **Why did I not get it?** (`why`) Along which path could the need rise, and what stands in the
//!   way: what holds it down is loosened, one thing after the other.
//! - **What would help?** (`help`) Around the best plan no cycle gains an hour. More room, or a new
//!   offer, is a new arc, and what it gains is what the best path back from its head to its tail
//!   gains (`gains`). With nothing before the stage that counts the hours, it is exactly what
//!   solving again would find; else it is what solving again would find at least, with all that was
//!   decided before left as it is.
//! - **Who decided?** (`decided`) The stage after which nothing about it could change any more.

mod answer;
mod ask;
mod bid;
mod follow;
mod gains;
mod given;
mod graph;
mod help;
mod offers;
mod reach;
mod send;
mod trace;
mod view;
mod why;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use measure::Hours;

use crate::maps::{Arc, UnitIndex, VersionIndex};
use crate::round::Round;
use crate::stage::StageName;

use ask::Wanted;
use help::Counted;
use offers::{Offers, Pair};
use view::View;

pub use answer::{Answer, Settled};
pub use help::{Backer, Gain, Offering};
pub use reach::Barrier;
pub use trace::Trace;
pub use why::{OpenNeed, OpenPart, WantedOf, Why};

/// A plan laid over its round, to be asked what it means for a unit. A unit that is not in the round
/// has no answers.
pub struct Answers<'a> {
    view: View<'a>,
    trace: &'a Trace,
}

impl<'a> Answers<'a> {
    /// The plan of a trace, laid over the round that it was gone through for.
    pub fn new(round: &'a Round, trace: &'a Trace) -> Self {
        Self { view: View::new(round, trace), trace }
    }

    /// Why needs of a unit stayed open, in canonical order; and none that was met.
    pub fn open_needs(&self, unit: UnitIndex) -> Vec<OpenNeed> {
        self.view.unit_rank(unit).map_or_else(Vec::new, |unit| why::open_needs(&self.view, unit))
    }

    /// The room of its own that the plan leaves a unit, so that it could lend it.
    pub fn room_left(&self, unit: UnitIndex) -> Hours {
        let left = self.view.unit_rank(unit).map(|unit| self.view.room_left(unit));
        why::hours(left.unwrap_or(0))
    }

    /// What more room would bring a unit, step by step; the first hours bring most.
    pub fn more_room(&self, unit: UnitIndex) -> Vec<Gain> {
        let Some(unit) = self.view.unit_rank(unit) else { return Vec::new() };
        self.first_gain(|counted| counted.room(&self.view, unit))
    }

    /// What it would bring a unit if another lent it room, up to so much: step by step.
    pub fn backing(&self, backer: UnitIndex, unit: UnitIndex, at_most: Hours) -> Vec<Gain> {
        let ranks = self.view.unit_rank(backer).zip(self.view.unit_rank(unit));
        let Some(pair) = ranks.filter(|(backer, unit)| backer != unit) else { return Vec::new() };
        self.first_gain(|counted| counted.backing(&self.view, pair, at_most.seconds()))
    }

    /// Who could lend a unit room that the plan leaves them, those first whose backing brings most;
    /// `most` of them, and no more than `lendable` for each.
    pub fn backers(
        &self,
        unit: UnitIndex,
        most: usize,
        lendable: impl Fn(UnitIndex) -> Hours,
    ) -> Vec<Backer> {
        let whole = Gain::of(&self.more_room(unit));
        if !whole.met.is_positive() {
            return Vec::new();
        }
        let mut others: Vec<(Hours, UnitIndex)> = self
            .view
            .units()
            .filter(|&other| other != unit)
            .map(|other| (lendable(other).min(self.room_left(other)), other))
            .filter(|(left, _)| left.is_positive())
            .collect();
        others.sort_unstable_by_key(|&(left, other)| (Reverse(left), other));
        let mut found: Vec<Backer> = Vec::new();
        let tried = help::tried_max(self.view.flows.len());
        for (left, other) in others.into_iter().take(tried) {
            // Nobody can bring more than all the room that is of use.
            if found.iter().filter(|backer| backer.gain.met >= whole.met).count() >= most {
                break;
            }
            let gain = Gain::of(&self.backing(other, unit, left));
            if gain.met.is_positive() {
                found.push(Backer { unit: other, gain });
            }
        }
        found.sort_by_key(|one| (Reverse(one.gain.met), one.gain.with, one.unit));
        found.truncate(most);
        found
    }

    /// What it would bring if a unit offered more of a version, wherever and whenever it is needed:
    /// step by step. Nothing for a version that it needs itself.
    pub fn offering(&self, unit: UnitIndex, version: VersionIndex) -> Vec<Gain> {
        let Some(pair) = self.pair((unit, version)) else { return Vec::new() };
        self.first_gain(|counted| Offers::new(&self.view, counted, &[pair]).steps(pair))
    }

    /// What a unit would best offer, or learn to make, at most so many: what brings most first.
    pub fn best_offerings(&self, unit: UnitIndex, most: usize) -> Vec<Offering> {
        let Some(unit) = self.view.unit_rank(unit) else { return Vec::new() };
        let versions = (0..).take(self.view.round.versions.len());
        self.best(versions.map(|version| (unit, version)).collect(), most)
    }

    /// Of units that could offer more of something, those whose offer would bring most, at most so
    /// many.
    pub fn best_of(
        &self,
        candidates: impl IntoIterator<Item = (UnitIndex, VersionIndex)>,
        most: usize,
    ) -> Vec<Offering> {
        self.best(candidates.into_iter().filter_map(|one| self.pair(one)).collect(), most)
    }

    fn pair(&self, (unit, version): (UnitIndex, VersionIndex)) -> Option<Pair> {
        self.view.unit_rank(unit).zip(self.view.version_rank(version))
    }

    /// The offers that would bring most, each in the first class in which it brings anything.
    fn best(&self, mut pairs: Vec<Pair>, most: usize) -> Vec<Offering> {
        let mut found = Vec::new();
        for counted in &self.trace.counted {
            let offers = Offers::new(&self.view, counted, &pairs);
            let hopes = offers.hopes(&pairs);
            let bring: BTreeSet<Pair> = hopes.iter().map(|hope| hope.pair).collect();
            pairs.retain(|pair| !bring.contains(pair));
            found.extend(offers.best(hopes, most).into_iter().map(|((unit, version), steps)| {
                let (unit, version) =
                    (self.view.unit_given(unit), self.view.version_given(version));
                Offering { unit, version, gain: Gain::of(&help::told(&steps)) }
            }));
        }
        found.sort_by_key(|one| (Reverse(one.gain.met), one.version, one.unit));
        found.truncate(most);
        found
    }

    /// The last stage that settled what a match comes to: after it, neither the giver's offers of the
    /// version nor the receiver's needs of it could change any more. For an obligation, of no
    /// version, the stage that settled how much of it is cleared.
    pub fn decided(
        &self,
        units: (UnitIndex, UnitIndex),
        version: Option<VersionIndex>,
    ) -> Option<StageName> {
        let (gives, gets) = self.arcs(units, version)?;
        self.view.last_settled(gives.into_iter().chain(gets))
    }

    /// Whether the plan sends something of what a match is about from the one, and to the other.
    fn is_planned(&self, units: (UnitIndex, UnitIndex), version: Option<VersionIndex>) -> bool {
        let flows = |arcs: &[Arc]| arcs.iter().any(|&arc| self.view.flows[arc] > 0);
        let sends = |(gives, gets): (Vec<Arc>, Vec<Arc>)| {
            (gives.is_empty() || flows(&gives)) && flows(&gets)
        };
        self.arcs(units, version).is_some_and(sends)
    }

    /// The arcs of a giver's offers of a version, and of a receiver's needs of it; of an obligation
    /// only the latter.
    fn arcs(
        &self,
        (giver, receiver): (UnitIndex, UnitIndex),
        version: Option<VersionIndex>,
    ) -> Option<(Vec<Arc>, Vec<Arc>)> {
        let view = &self.view;
        let (giver, receiver) = view.unit_rank(giver).zip(view.unit_rank(receiver))?;
        let (wanted, gives) = match version {
            Some(version) => {
                let version = view.version_rank(version)?;
                (Wanted::Version(version), view.giving(giver, version).collect())
            }
            None => (Wanted::Owed(giver), Vec::new()),
        };
        Some((gives, view.getting(receiver, wanted).collect()))
    }

    /// Who offers a version in this round.
    pub fn givers(&self, version: VersionIndex) -> Vec<UnitIndex> {
        self.view.version_rank(version).map_or_else(Vec::new, |version| self.view.givers(version))
    }

    /// The steps in the first class in which there is something to gain.
    fn first_gain(&self, steps: impl Fn(&Counted) -> Vec<gains::Step>) -> Vec<Gain> {
        let each = self.trace.counted.iter().map(steps);
        each.map(|steps| help::told(&steps)).find(|steps| !steps.is_empty()).unwrap_or_default()
    }
}
