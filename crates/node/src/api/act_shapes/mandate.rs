use super::{Field, NAME, PROSE, Shape, VALUE, decision};

pub(super) const MANDATE: Shape =
    Shape::Object(&[Field::must("mandate", Shape::Ref, "The mandate.")]);

const VALUE_RANGE: Shape = Shape::Object(&[
    Field::must("version", Shape::Ref, "The version."),
    Field::must("least", VALUE, "The least, in seconds per whole measure."),
    Field::must("most", VALUE, "The most."),
]);

const PARAMETER_RANGE: Shape = Shape::Object(&[
    Field::must(
        "parameter",
        Shape::Word(&[
            "ceiling-hours",
            "round-every-hours",
            "round-open-hours",
            "answer-hours",
            "notice-days",
        ]),
        "Which.",
    ),
    Field::must("least", Shape::NUMBER, "The least."),
    Field::must("most", Shape::NUMBER, "The most."),
]);

const RANGE: Shape = Shape::OneOf(&[
    Field::must("value", VALUE_RANGE, "The value of a version."),
    Field::must("parameter", PARAMETER_RANGE, "One parameter of the pact."),
]);

const BOUND: Shape = Shape::Object(&[
    Field::must("question", decision::OF_THE_WHOLE, "A question of the whole."),
    Field::must("text", PROSE, "Its words, where it is a text; empty for all others."),
]);

const TERMS: Shape = Shape::Named(
    "MandateTerms",
    &Shape::Object(&[
        Field::must("matter", NAME, "On what the delegate speaks for the unit."),
        Field::must(
            "instruction",
            Shape::OneOf(&[
                Field::must("bound", BOUND, "Yes to exactly this."),
                Field::must("range", RANGE, "Yes to a number between two others."),
                Field::must("voice", Shape::Object(&[]), "Yes to nothing."),
            ]),
            "What they bring along.",
        ),
        Field::must("until", Shape::TIME, "When it ends."),
    ]),
);

pub(super) const SEND: Shape = Shape::Object(&[
    Field::must("delegate", Shape::Hex(32), "Whom; a member."),
    Field::must("terms", TERMS, "With what."),
]);

pub(super) const ELECTION: Shape = Shape::Object(&[
    Field::must("seats", Shape::Whole { least: 1, most: 20 }, "How many are elected."),
    Field::must(
        "candidates",
        Shape::List { of: &Shape::Hex(32), least: 1, most: 20 },
        "Who stands, each once.",
    ),
    Field::must("terms", TERMS, "What each of them is sent with."),
]);
