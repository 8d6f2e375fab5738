use super::{Field, LINE, NAME, PROSE, Shape, VALUE};

const CLAUSES: Field = Field::must(
    "clauses",
    Shape::List { of: &LINE, least: 1, most: 30 },
    "What every instance meets; each can be checked alone.",
);

const MEASURE: Shape = Shape::Object(&[
    Field::must("name", Shape::Text { least: 1, most: 40 }, "The name of one whole, such as `kg`."),
    Field::must(
        "decimals",
        Shape::Whole { least: 0, most: 3 },
        "How finely it divides: `kg` with 3 decimals counts grams.",
    ),
]);

pub(super) const PROPOSE: Shape = Shape::Object(&[
    Field::must("name", NAME, "What it is called."),
    Field::must("nature", Shape::Word(&["good", "service"]), "A good or a service."),
    Field::must("measure", Shape::Named("Measure", &MEASURE), "How it is counted."),
    CLAUSES,
    Field::must("about", PROSE, "What else there is to say."),
]);

pub(super) const REVISE: Shape = Shape::Object(&[
    Field::must("specification", Shape::Ref, "Of which specification."),
    CLAUSES,
    Field::must("about", PROSE, "Why."),
]);

pub(super) const RETIRE: Shape =
    Shape::Object(&[Field::must("specification", Shape::Ref, "Which one.")]);

const VERSION: Field = Field::must("version", Shape::Ref, "The version.");
const WORTH: Field = Field::must("value", VALUE, "Seconds per whole measure.");

pub(super) const REASONED_VALUE: Shape =
    Shape::Object(&[VERSION, WORTH, Field::must("reasons", PROSE, "Why.")]);

pub(super) const AGREE_VALUE: Shape = Shape::Object(&[VERSION, WORTH]);
