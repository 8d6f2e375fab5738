//! A federation's things in plain words, the same on pages and in the interface for programs.

mod act;
pub mod answer;
pub mod answer_data;
mod circle;
mod commons;
mod contract;
mod decision;
mod lot;
mod mandate;
mod question;
mod resources;
mod room;
mod stage;
mod standing;
mod swap;

use federation::rows::{Unit, Valuation, Version};
use federation::{Federation, Id};
use measure::{Measure, Quantity};

pub use act::act_sentence;
pub use commons::contribution_sentence;
pub use contract::{
    contract_sentence, delivery_sentence, has_answered, meeting_words, outlook_sentence,
    progress_words, status_words, your_outlook_sentence,
};
pub use decision::{option_names, overtaken_words, question_words};
pub use lot::{lot_name_words, lot_words};
pub use mandate::{ended_words, instruction_words, parameter_words};
pub use question::{failure_words, list_row_words, question_lines};
pub use resources::{
    conflict_sentence, option_of_conflict_words, resource_name, settled_words,
    stage_of_conflict_words, turns_lines, way_words,
};
pub use room::room_lines;
pub use stage::stage_words;
pub use standing::{method_words, recovery_words, signing_words, weight_lines};
use swap::goods_in_swap;
pub use swap::{swap_sentence, swap_status_words, thing_words};

/// What a unit is called.
pub fn unit_name(federation: &Federation, unit: Id<Unit>) -> String {
    federation.unit(unit).map_or_else(|_| format!("unit {unit}"), |unit| unit.name.to_string())
}

/// How a version is counted.
pub fn measure_of(federation: &Federation, version: Id<Version>) -> Option<&Measure> {
    let version = federation.version(version).ok()?;
    Some(&federation.specification(version.specification).ok()?.measure)
}

/// `2.5 kg`.
pub fn amount(federation: &Federation, quantity: Quantity, version: Id<Version>) -> String {
    match measure_of(federation, version) {
        Some(measure) => format!("{} {measure}", measure.format(quantity)),
        None => quantity.steps().to_string(),
    }
}

/// `bread/3: 0:20 hours for each kg, agreed`.
pub fn version_with_value(federation: &Federation, id: Id<Version>) -> String {
    let label = federation.version_label(id);
    let measure = measure_of(federation, id).map(ToString::to_string).unwrap_or_default();
    match federation.version(id).ok().and_then(|version| version.valuation) {
        None => format!("{label}: no value yet"),
        Some(Valuation::Asked { value }) => {
            format!("{label}: {} hours for each {measure}, asked", value.hours())
        }
        Some(Valuation::Agreed { value }) => {
            format!("{label}: {} hours for each {measure}, agreed", value.hours())
        }
    }
}

/// The hours that a version is worth a whole, in words, or that it has none.
pub fn value_words(version: &Version) -> String {
    match version.valuation {
        None => "no value yet".to_owned(),
        Some(Valuation::Asked { value }) => format!("{} hours, asked", value.hours()),
        Some(Valuation::Agreed { value }) => format!("{} hours, agreed", value.hours()),
    }
}
