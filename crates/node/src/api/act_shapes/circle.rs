use super::{Field, NAME, PROSE, Shape};

const WHICH: Field = Field::must("circle", Shape::Ref, "The circle.");

pub(super) const FORM: Shape = Shape::Object(&[
    Field::must("name", NAME, "What it is called, unlike any other circle."),
    Field::must("about", PROSE, "What it is for."),
]);

pub(super) const CIRCLE: Shape = Shape::Object(&[WHICH]);

pub(super) const POST: Shape = Shape::Object(&[
    WHICH,
    Field::must("words", Shape::Hex(64), "The words, in a body that their author can erase."),
]);
