use super::exchange::QUANTITY;
use super::{Field, LINE, Shape};

const THING: Field = Field::must("thing", Shape::Ref, "The thing, of the signer's unit.");

pub(super) const BRING_THING: Shape = Shape::Object(&[
    Field::must("version", Shape::Ref, "Under which version; it needs no value."),
    QUANTITY,
    Field::must("what", LINE, "Which one it is; empty if the version says all."),
]);

pub(super) const WOULD_TAKE: Shape = Shape::Object(&[
    THING,
    Field::must(
        "instead",
        Shape::List { of: &Shape::Ref, least: 0, most: 64 },
        "The things of others that would be taken for it, best first; no other is.",
    ),
]);

pub(super) const WITHDRAW_THING: Shape = Shape::Object(&[THING]);
