use super::membership::{NEW_KEY, PERSON};
use super::{Field, Shape};

const COUNT: Shape = Shape::OneOf(&[
    Field::must(
        "yes-no",
        Shape::Object(&[Field::must(
            "share",
            Shape::Word(&["more-than-half", "two-thirds", "three-quarters", "all"]),
            "The part of the ballots that it takes.",
        )]),
        "One option each.",
    ),
    Field::must("approval", Shape::Object(&[]), "Everything each would accept."),
    Field::must("score", Shape::Object(&[]), "-2 to +2 for each option."),
    Field::must("schulze", Shape::Object(&[]), "Options in order, compared pair by pair."),
]);

const METHOD: Shape = Shape::Named(
    "Method",
    &Shape::Object(&[
        Field::must(
            "consent_tries",
            Shape::Whole { least: 0, most: 3 },
            "How often consent is tried before ballots are counted.",
        ),
        Field::must("count", COUNT, "How ballots are counted."),
    ]),
);

pub(super) const SET_METHOD: Shape =
    Shape::Object(&[Field::must("method", METHOD, "The method from now on.")]);

pub(super) const NAME_HELPERS: Shape = Shape::Object(&[
    Field::must(
        "helpers",
        Shape::List { of: &PERSON, least: 3, most: 9 },
        "The helpers; co-members, or anybody in a unit for members of a unit of fewer than four.",
    ),
    Field::must("needed", Shape::Whole { least: 2, most: 9 }, "How many of them it takes."),
]);

pub(super) const RECOVER_KEY: Shape = Shape::Object(&[
    Field::must("person", PERSON, "For whom."),
    Field::must("key", NEW_KEY, "The key that is to replace all theirs."),
]);

pub(super) const VETO_RECOVERY: Shape = Shape::Object(&[Field::must(
    "key",
    Shape::Hex(64),
    "The key that is to replace the signer's.",
)]);

const LIST_ROW: Shape = Shape::Named(
    "ListRow",
    &Shape::Object(&[
        Field::must("unit", Shape::Ref, "The unit."),
        Field::must(
            "counted_members",
            Shape::Whole { least: 1, most: 100_000 },
            "How many of its members count from then on; no fewer than before.",
        ),
        Field::must("base", Shape::COUNT, "Its base in seconds from then on; no less than before."),
        Field::must("enrolled", Shape::Flag, "Whether it is enrolled; one that is stays so."),
    ]),
);

pub(super) const LIST: Shape = Shape::List { of: &LIST_ROW, least: 1, most: 200 };

const FAILURE: Shape = Shape::Named(
    "Failing",
    &Shape::OneOf(&[
        Field::must(
            "rejected",
            Shape::Object(&[Field::must("delivery", Shape::Ref, "The delivery.")]),
            "A delivery that was rejected.",
        ),
        Field::must(
            "overdue",
            Shape::Object(&[Field::must("contract", Shape::Ref, "The contract.")]),
            "What was due under a contract and neither delivered nor ended.",
        ),
    ]),
);

pub(super) const EXPEL: Shape = Shape::Object(&[
    Field::must("unit", Shape::Ref, "The unit."),
    Field::must(
        "failures",
        Shape::List { of: &FAILURE, least: 3, most: 3 },
        "Three failures to do what it had agreed.",
    ),
]);
