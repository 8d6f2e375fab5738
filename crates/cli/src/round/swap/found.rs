use std::io::{self, Write};
use std::time::Duration;

use circuits::{Swap, ThingIndex};
use serde_json::{Value, json};

use super::things::Things;
use crate::round::names::plain;

/// The most rings that are told; the plan and the JSON have all.
const RINGS_TOLD: usize = 20;

/// The most things of a ring that are told.
const GIVEN_TOLD: usize = 12;

/// The swaps that were found.
pub(super) struct Found<'a> {
    pub(super) things: &'a Things,
    pub(super) would_take: &'a [Vec<ThingIndex>],
    pub(super) swaps: Vec<Swap>,
    pub(super) took: Duration,
}

/// A thing that changes hands: who gives it, who gets it, for which, and which choice that is.
struct Given<'a> {
    giver: &'a str,
    thing: &'a str,
    receiver: &'a str,
    for_it: &'a str,
    choice: usize,
}

impl Found<'_> {
    /// What changes hands in a ring; whoever receives gives next.
    fn given<'a>(&'a self, swap: &'a Swap) -> impl Iterator<Item = Given<'a>> {
        // Each thing goes to the owner of the one before it, so its way is the other way round.
        let way = swap.things.iter().take(1).chain(swap.things.iter().skip(1).rev());
        let pairs = way.clone().zip(way.cycle().skip(1));
        pairs.map(|(&given, &for_it)| Given {
            giver: self.things.unit(given),
            thing: self.things.name(given),
            receiver: self.things.unit(for_it),
            for_it: self.things.name(for_it),
            choice: self.choice(for_it, given),
        })
    }

    /// The place of a thing on the list of another, counted from 1.
    fn choice(&self, for_it: ThingIndex, given: ThingIndex) -> usize {
        let list = usize::try_from(for_it.0).ok().and_then(|place| self.would_take.get(place));
        let place = list.and_then(|list| list.iter().position(|&wanted| wanted == given));
        place.map_or(0, |place| place + 1)
    }

    fn swapped(&self) -> usize {
        self.swaps.iter().map(|swap| swap.things.len()).sum()
    }

    fn steps(&self) -> u32 {
        self.swaps.iter().map(|swap| swap.step).max().unwrap_or(0)
    }

    fn wishes(&self) -> usize {
        self.would_take.iter().map(Vec::len).sum()
    }

    /// How many got the first of their list, the second, and so on.
    fn choices(&self) -> Vec<usize> {
        let mut choices = Vec::new();
        for given in self.swaps.iter().flat_map(|swap| self.given(swap)) {
            choices.resize(choices.len().max(given.choice), 0);
            if let Some(count) = choices.get_mut(given.choice.saturating_sub(1)) {
                *count += 1;
            }
        }
        choices
    }

    /// What changes hands, ring by ring, as CSV.
    pub(super) fn write_plan(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(to);
        table.write_record(["ring", "step", "giver", "thing", "receiver", "for", "choice"])?;
        for (ring, swap) in (1_usize..).zip(&self.swaps) {
            for given in self.given(swap) {
                table.write_record([
                    &ring.to_string(),
                    &swap.step.to_string(),
                    given.giver,
                    given.thing,
                    given.receiver,
                    given.for_it,
                    &given.choice.to_string(),
                ])?;
            }
        }
        table.flush()
    }

    /// For programs: the counts, and every ring.
    pub(super) fn to_json(&self) -> Value {
        let row = |given: Given<'_>| {
            json!({
                "giver": given.giver, "thing": given.thing,
                "receiver": given.receiver, "for": given.for_it, "choice": given.choice,
            })
        };
        let ring = |swap: &Swap| json!({ "step": swap.step, "given": self.given(swap).map(row).collect::<Vec<_>>() });
        let mut goes = vec![false; self.things.len()];
        for thing in self.swaps.iter().flat_map(|swap| &swap.things) {
            if let Some(goes) = usize::try_from(thing.0).ok().and_then(|n| goes.get_mut(n)) {
                *goes = true;
            }
        }
        let kept = self.things.all().zip(&goes).filter(|(_, goes)| !**goes);
        json!({
            "things": self.things.len(),
            "wishes": self.wishes(),
            "swapped": self.swapped(),
            "steps": self.steps(),
            "choices": self.choices(),
            "rings": self.swaps.iter().map(ring).collect::<Vec<_>>(),
            "kept": kept.map(|(thing, _)| self.things.name(thing)).collect::<Vec<_>>(),
            "solve_seconds": self.took.as_secs_f64(),
        })
    }

    /// For people: what was brought, what is swapped, and the first rings in words.
    pub(super) fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let (things, swapped) = (self.things.len(), self.swapped());
        let share = (swapped * 1000).checked_div(things).unwrap_or(0);
        writeln!(to, "things       {things}")?;
        writeln!(to, "wishes       {}", self.wishes())?;
        writeln!(to, "swapped      {swapped}, {}.{} %", share / 10, share % 10)?;
        writeln!(to, "first choice {}", self.choices().first().copied().unwrap_or(0))?;
        writeln!(to, "rings        {}, in {} steps", self.swaps.len(), self.steps())?;
        writeln!(to, "solved in    {:.3} s", self.took.as_secs_f64())?;
        for (ring, swap) in (1_usize..).zip(&self.swaps).take(RINGS_TOLD) {
            writeln!(to, "Ring {ring}, step {}: {}.", swap.step, plain(&self.told(swap)))?;
        }
        let more = self.swaps.len().saturating_sub(RINGS_TOLD);
        if more > 0 {
            writeln!(to, "{more} rings more; --plan and --json have all.")?;
        }
        Ok(())
    }

    /// A ring in words; of a long one only the beginning.
    fn told(&self, swap: &Swap) -> String {
        let told = self.given(swap).map(|Given { giver, thing, receiver, .. }| {
            format!("`{giver}` gives `{thing}` to `{receiver}`")
        });
        let mut told: Vec<String> = told.take(GIVEN_TOLD).collect();
        let more = swap.things.len().saturating_sub(GIVEN_TOLD);
        if more > 0 {
            told.push(format!("and so on through {more} more"));
        }
        told.join(", ")
    }
}
