use super::{Field, LINE, PROSE, STEPS, Shape};

const WHICH: Field = Field::must("delivery", Shape::Ref, "The delivery.");

pub(super) const CLAUSE: Field = Field::must(
    "clause",
    Shape::Whole { least: 1, most: 30 },
    "The clause that it does not meet, counted from 1.",
);
pub(super) const IN_WHAT_WAY: Field = Field::must("reason", PROSE, "In what way.");

pub(super) const DELIVER: Shape = Shape::Object(&[
    Field::must("contract", Shape::Ref, "The contract."),
    Field::must("quantity", STEPS, "How much, in the smallest steps of the measure; above nought."),
    Field::must("note", LINE, "What else there is to say."),
]);

pub(super) const DELIVERY: Shape = Shape::Object(&[WHICH]);

pub(super) const REJECT: Shape = Shape::Object(&[WHICH, CLAUSE, IN_WHAT_WAY]);

pub(super) const CORRECT: Shape = Shape::Object(&[
    WHICH,
    Field::must("quantity", STEPS, "How much it really was."),
    Field::must("reason", LINE, "Why."),
]);
