//! What holds of every round, shown on random ones of all shapes.

mod changed_plans;
mod instances;
mod properties;
mod reference;
mod whole;
