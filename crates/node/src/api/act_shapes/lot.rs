use super::{Field, LINE, Shape};

const WHICH: Field = Field::must("lot", Shape::Ref, "The lot.");

pub(super) const OPEN: Shape = Shape::Object(&[
    Field::must("about", LINE, "What it is for."),
    Field::must(
        "names",
        Shape::List { of: &LINE, least: 2, most: 200 },
        "The names that it draws from, all different. A person's id, or a unit's ref, stands for them.",
    ),
    Field::must("draw", Shape::Whole { least: 1, most: 200 }, "How many are drawn."),
]);

pub(super) const COMMIT: Shape = Shape::Object(&[
    WHICH,
    Field::must("hash", Shape::Hex(64), "The SHA-256 of the number's 32 bytes."),
]);

pub(super) const NUMBER: Shape =
    Shape::Object(&[WHICH, Field::must("number", Shape::Hex(64), "The number: 32 random bytes.")]);
