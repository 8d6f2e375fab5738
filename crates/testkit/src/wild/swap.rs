use federation::act::{BringThing, WithdrawThing, WouldTake};
use federation::rows::{Thing, Unit};
use federation::{Act, Federation, Id, Line};

use super::Idea;
use crate::{Wild, phrases};

impl Wild {
    pub(super) fn brings_thing(&mut self, federation: &Federation) -> Option<Idea> {
        let version = federation.version_ref(self.version(federation)?)?;
        let quantity = phrases::steps(i64::from(!self.chance.percent(3)));
        let bring = BringThing { version, quantity, what: Line::default() };
        Idea::of(self.unit(federation)?, Act::BringThing(bring))
    }

    /// A thing that is in the swap; now and then any.
    fn thing(&mut self, federation: &Federation) -> Option<(Id<Thing>, Id<Unit>)> {
        let any = self.chance.percent(5);
        let things: Vec<_> = match any {
            true => federation.things().map(|(id, _)| id).collect(),
            false => federation.standing_things().collect(),
        };
        let id = self.chance.pick(&things)?;
        Some((id, federation.thing(id).ok()?.unit))
    }

    fn owner(&mut self, federation: &Federation, owner: Id<Unit>) -> Option<Id<Unit>> {
        if self.chance.percent(95) { Some(owner) } else { self.unit(federation) }
    }

    pub(super) fn would_take(&mut self, federation: &Federation) -> Option<Idea> {
        let (thing, owner) = self.thing(federation)?;
        let mut instead = Vec::new();
        let count = if self.chance.percent(5) { 0 } else { self.chance.within(1, 6) };
        for _ in 0..count {
            let (other, of) = self.thing(federation)?;
            let fits = of != owner && !instead.contains(&other);
            if fits || self.chance.percent(3) {
                instead.push(other);
            }
        }
        let instead = instead.into_iter().filter_map(|id| federation.thing_ref(id)).collect();
        let act = WouldTake { thing: federation.thing_ref(thing)?, instead };
        Idea::of(self.owner(federation, owner)?, Act::WouldTake(act))
    }

    pub(super) fn withdraws_thing(&mut self, federation: &Federation) -> Option<Idea> {
        let (thing, owner) = self.thing(federation)?;
        let act = WithdrawThing { thing: federation.thing_ref(thing)? };
        Idea::of(self.owner(federation, owner)?, Act::WithdrawThing(act))
    }
}
