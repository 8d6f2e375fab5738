use super::delivery::{CLAUSE, IN_WHAT_WAY};
use super::{Field, LINE, NAME, PROSE, STEPS, Shape};

const WHICH: Field = Field::must("common", Shape::Ref, "The common.");
const CONTRIBUTED: Field = Field::must("contribution", Shape::Ref, "The contribution.");

pub(super) const OPEN: Shape = Shape::Object(&[
    Field::must("name", NAME, "What it is called."),
    Field::must("version", Shape::Ref, "What is delivered to it; a version with a value."),
    Field::must("about", PROSE, "What it is for."),
]);

pub(super) const SUBSCRIBE: Shape = Shape::Object(&[
    WHICH,
    Field::must("hours", Shape::SECONDS, "Up to so many seconds; above nought."),
    Field::must(
        "every_days",
        Shape::OrNull(&Shape::Whole { least: 1, most: 366 }),
        "Stands anew every so many days.",
    ),
]);

pub(super) const UNSUBSCRIBE: Shape = Shape::Object(&[WHICH]);

pub(super) const CONTRIBUTE: Shape = Shape::Object(&[
    WHICH,
    Field::must("quantity", STEPS, "How much, in the smallest steps of the measure; above nought."),
    Field::must(
        "ceiling",
        Shape::Word(&["not-read", "understood"]),
        "What the giver knows of its ceiling.",
    ),
    Field::must("note", LINE, "What else there is to say."),
]);

pub(super) const CONTRIBUTION: Shape = Shape::Object(&[CONTRIBUTED]);

pub(super) const REJECT: Shape = Shape::Object(&[CONTRIBUTED, CLAUSE, IN_WHAT_WAY]);

pub(super) const CORRECT: Shape = Shape::Object(&[
    CONTRIBUTED,
    Field::must("quantity", STEPS, "How much it really was."),
    Field::must("reason", LINE, "Why."),
]);
