use super::{Field, LINE, NAME, PROSE, Shape};

const WHICH: Field = Field::must("resource", Shape::Ref, "The resource.");

pub(super) const REGISTER: Shape = Shape::Object(&[
    Field::must("name", NAME, "What it is called."),
    Field::must("place", LINE, "Where it is."),
    Field::must("about", PROSE, "What it is."),
]);

pub(super) const CLAIM: Shape = Shape::Object(&[
    WHICH,
    Field::must("purpose", LINE, "What for."),
    Field::must("hours", Shape::SECONDS, "How many seconds of its use; above nought."),
    Field::must("from", Shape::TIME, "From then on."),
    Field::must("until", Shape::TIME, "Until then, at most 366 days later."),
    Field::must(
        "workers",
        Shape::List { of: &Shape::Hex(32), least: 1, most: 100 },
        "The members who will work with it.",
    ),
    Field::must(
        "dependents",
        Shape::List { of: &Shape::Ref, least: 0, most: 32 },
        "The units that depend on it.",
    ),
]);

pub(super) const RELEASE: Shape = Shape::Object(&[Field::must("claim", Shape::Ref, "The claim.")]);

pub(super) const REPORT_USE: Shape = Shape::Object(&[
    WHICH,
    Field::must("hours", Shape::SECONDS, "How many seconds; above nought."),
    Field::must("from", Shape::TIME, "From then on."),
    Field::must("until", Shape::TIME, "Until then; past."),
    Field::must(
        "made",
        Shape::List { of: &Shape::Ref, least: 0, most: 8 },
        "What was made with it: versions.",
    ),
    Field::must("note", LINE, "What else there is to say."),
]);

pub(super) const DECLARE_MAKEUP: Shape = Shape::Object(&[Field::must(
    "makeup",
    Shape::Word(&["workers", "units"]),
    "Working members, or other units and their delegates.",
)]);

const CONFLICT: Field = Field::must("conflict", Shape::Ref, "The conflict.");

const TURNS: Shape = Shape::Named(
    "Turns",
    &Shape::Object(&[
        Field::must(
            "every_days",
            Shape::Whole { least: 1, most: 366 },
            "It begins anew every so many days, counted from a Monday at midnight.",
        ),
        Field::must(
            "slots",
            Shape::List { of: &TURN, least: 1, most: 64 },
            "Who has it when; none overlaps another.",
        ),
    ]),
);

const TURN: Shape = Shape::Object(&[
    Field::must("unit", Shape::Ref, "A party."),
    Field::must("from_hour", Shape::Whole { least: 0, most: 8783 }, "The hour it begins in."),
    Field::must("hours", Shape::Whole { least: 1, most: 8784 }, "How many hours it lasts."),
]);

const CALENDAR: Field =
    Field::must("turns", Shape::OrNull(&TURNS), "Who has it when, if it is a calendar.");

pub(super) const DISPUTE: Shape = Shape::Object(&[
    Field::must(
        "about",
        Shape::OneOf(&[
            Field::must(
                "delivery",
                Shape::Object(&[Field::must("delivery", Shape::Ref, "Which one.")]),
                "A delivery that was rejected.",
            ),
            Field::must(
                "contribution",
                Shape::Object(&[Field::must("contribution", Shape::Ref, "Which one.")]),
                "A contribution that was rejected.",
            ),
            Field::must(
                "settlement",
                Shape::Object(&[Field::must("conflict", Shape::Ref, "Of which conflict.")]),
                "A settlement that was broken.",
            ),
            Field::must(
                "mandate",
                Shape::Object(&[Field::must("mandate", Shape::Ref, "Which one.")]),
                "A mandate of another unit that was exceeded.",
            ),
        ]),
        "What about.",
    ),
    Field::must("why", PROSE, "What the unit says to it; not empty."),
]);

pub(super) const TEXT: Shape =
    Shape::Object(&[CONFLICT, Field::must("text", PROSE, "In words; not empty."), CALENDAR]);

const OPTION: Shape = Shape::Whole { least: 1, most: 20 };

pub(super) const WEIGH: Shape = Shape::Object(&[
    CONFLICT,
    Field::must(
        "supports",
        Shape::List { of: &OPTION, least: 0, most: 20 },
        "The options that the signer supports, counted from 1.",
    ),
    Field::must(
        "objects",
        Shape::List {
            of: &Shape::Object(&[
                Field::must("option", OPTION, "The option."),
                Field::must("reason", LINE, "Why; not empty."),
            ]),
            least: 0,
            most: 20,
        },
        "Those that they object to.",
    ),
]);
