use std::collections::BTreeSet;

use federation::act::Side;
use federation::rows::{Drawn, Inputs, Pass, Round, Unit, Valuation, Version, Wish};
use federation::{Federation, Id};
use serde_json::{Value, json};

use crate::words;

/// A need that stood for a round and that a plan of it was not even asked to meet.
#[derive(Debug, Clone)]
pub(crate) struct LeftOut {
    need: Id<Wish>,
    versions: Vec<Id<Version>>,
    pub(crate) says: String,
}

impl LeftOut {
    /// The needs of a unit that a plan was not asked to meet.
    pub(crate) fn all(
        state: &Federation,
        (round, pass): (&Round, Pass),
        inputs: &Inputs,
        unit: Id<Unit>,
    ) -> Vec<Self> {
        let offered: BTreeSet<_> = inputs.offers.iter().map(|drawn| drawn.version).collect();
        let drawn: BTreeSet<_> = inputs.needs.iter().map(|drawn| drawn.wish).collect();
        let stood = |wish: &Wish| {
            let at = inputs.at;
            wish.unit == unit
                && wish.is_for_rounds()
                && wish.since <= at
                && !wish.left(at).is_zero()
        };
        let needs = state
            .standing_wishes(Side::Need)
            .filter(|(id, wish)| stood(wish) && !drawn.contains(id));
        let told = needs.map(|(need, wish)| Self {
            need,
            versions: wish.versions.clone(),
            says: says(state, (round, pass), wish, &offered),
        });
        told.collect()
    }

    /// Which need it is.
    pub(crate) const fn need(&self) -> Id<Wish> {
        self.need
    }

    /// The same for programs.
    pub(crate) fn data(&self) -> Value {
        let versions: Vec<_> = self.versions.iter().map(|version| version.number()).collect();
        json!({ "need": self.need.number(), "versions": versions, "says": self.says })
    }
}

/// `Smithy needs 4 kg of bread/2. Nobody offered it to this round.`
fn says(
    state: &Federation,
    (round, pass): (&Round, Pass),
    need: &Wish,
    offered: &BTreeSet<Id<Version>>,
) -> String {
    let name = words::unit_name(state, need.unit);
    let labels: Vec<_> = need.versions.iter().map(|&id| state.version_label(id)).collect();
    let what = match need.versions.first() {
        Some(&first) => words::amount(state, need.quantity, first),
        None => need.quantity.steps().to_string(),
    };
    let why = match pass {
        Pass::Again if is_out(state, round, need) => {
            "After the answers to the first plan it takes no further part in this round for that."
        }
        _ => why(state, need, offered),
    };
    format!("{name} needs {what} of {}. {why}", labels.join(" or "))
}

/// Whether the unit refused or left unanswered what the first plan had found for it.
fn is_out(state: &Federation, round: &Round, need: &Wish) -> bool {
    need.versions.iter().all(|&version| {
        let row = state.version(version);
        row.is_ok_and(|row| round.out.contains(&(need.unit, row.specification)))
    })
}

fn why(state: &Federation, need: &Wish, offered: &BTreeSet<Id<Version>>) -> &'static str {
    let bears = |version: &Id<Version>| {
        let value =
            state.version(*version).ok().and_then(|row| row.valuation).map(Valuation::value);
        need.value_max.is_none_or(|most| value.is_some_and(|value| value <= most))
    };
    let offers = || need.versions.iter().filter(|version| offered.contains(version));
    if offers().next().is_none() {
        "Nobody offered it to this round."
    } else if !offers().any(bears) {
        "It was offered, but at a higher value than the need accepts."
    } else {
        "It is more than one unit can bring to one round."
    }
}

/// Whether a unit needed anything that a plan was asked to meet.
pub(crate) fn needed_any(state: &Federation, inputs: &Inputs, unit: Id<Unit>) -> bool {
    let of_unit = |drawn: &Drawn| state.wish(drawn.wish).is_ok_and(|wish| wish.unit == unit);
    inputs.needs.iter().any(of_unit)
}
