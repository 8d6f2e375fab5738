//! What holds of every round, shown on random ones of all shapes.

mod changed_plans;
mod flaws;
mod guarantees;
mod inflation;
mod instances;
mod levels;
mod living;
mod properties;
mod reference;
mod slow;
mod splitting;
mod whole;
mod whole_without_room;
