use federation::rows::{Lot, LotName, LotStage, Person};
use federation::{Federation, Id, Line};

use super::unit_name;

/// How far a public lot is: `drawn on 2026-05-01 00:00 UTC from 5 numbers`.
pub fn lot_words(federation: &Federation, lot: &Lot) -> String {
    match &lot.stage {
        LotStage::Committing { until, bound } => {
            let (have, needed) = (bound.len(), federation.lot_needs(lot));
            match have < needed {
                true => format!("waits for numbers: {have} of {needed} units are bound to one"),
                false => format!("takes numbers until {until} UTC; {have} units are bound to one"),
            }
        }
        LotStage::Opening { until, bound, told } => format!(
            "waits until {until} UTC for {} of {} numbers to be told",
            bound.len().saturating_sub(told.len()),
            bound.len()
        ),
        LotStage::Drawn { at, told } => format!("drawn on {at} UTC from {} numbers", told.len()),
        LotStage::Over { at } => {
            format!("over since {at} UTC: in four weeks too few units told a number; ask again")
        }
    }
}

/// Whom a name of a public lot stands for, as they are called now.
pub fn lot_name_words(
    federation: &Federation,
    called: &dyn Fn(Id<Person>) -> String,
    name: &Line,
) -> String {
    match federation.lot_name(name) {
        LotName::Person(person) => called(person),
        LotName::Unit(unit) => unit_name(federation, unit),
        LotName::Other => name.to_string(),
    }
}
