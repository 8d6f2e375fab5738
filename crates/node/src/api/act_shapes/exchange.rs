use super::{Field, LINE, STEPS, Shape, VALUE};

pub(super) const QUANTITY: Field =
    Field::must("quantity", STEPS, "How much, in the smallest steps of the measure; above nought.");
const STANDS_FOR: Field = Field::must(
    "stands_for",
    Shape::Word(&["rounds", "direct", "both"]),
    "For rounds, direct contracts or both.",
);
const CONSENT: Field = Field::must(
    "consent",
    Shape::Word(&["standing", "ask"]),
    "Yes in advance within its limits, or each match is asked.",
);
const EVERY_DAYS: Field = Field::must(
    "every_days",
    Shape::OrNull(&Shape::Whole { least: 1, most: 366 }),
    "Stands anew every so many days.",
);
const UNTIL: Field =
    Field::must("until", Shape::OrNull(&Shape::TIME), "Stands no longer from then on.");
const FROM: Field = Field::must(
    "from",
    Shape::OrNull(&Shape::TIME),
    "Can be handed over, or taken, from then on; at once if it does not say.",
);
const AREA: Field = Field::must(
    "area",
    Shape::OrNull(&LINE),
    "Where it can be handed over, or taken, from wide to narrow: `valley/mill`; anywhere if it does \
     not say.",
);

pub(super) const OFFER: Shape = Shape::Object(&[
    Field::must(
        "versions",
        Shape::List { of: &Shape::Ref, least: 1, most: 1 },
        "Under which version; it has a value.",
    ),
    QUANTITY,
    Field::must("value_max", Shape::OrNull(&VALUE), "None; only a need names a highest value."),
    STANDS_FOR,
    CONSENT,
    EVERY_DAYS,
    FROM,
    UNTIL,
    AREA,
]);

pub(super) const NEED: Shape = Shape::Object(&[
    Field::must(
        "versions",
        Shape::List { of: &Shape::Ref, least: 1, most: 8 },
        "The versions that will do, best first.",
    ),
    QUANTITY,
    Field::must(
        "value_max",
        Shape::OrNull(&VALUE),
        "The highest value it accepts, in seconds per whole measure.",
    ),
    STANDS_FOR,
    CONSENT,
    EVERY_DAYS,
    FROM,
    UNTIL,
    AREA,
]);

pub(super) const WITHDRAW: Shape =
    Shape::Object(&[Field::must("wish", Shape::Ref, "The offer or need.")]);

pub(super) const REFUSE_PARTNERS: Shape = Shape::Object(&[Field::must(
    "units",
    Shape::List { of: &Shape::Ref, least: 0, most: 32 },
    "The units; in place of those it named before.",
)]);

const ROUND: Field = Field::must("round", Shape::Ref, "The round.");

pub(super) const CLOSE_ROUND: Shape = Shape::Object(&[ROUND]);
pub(super) const PLAN: Shape = Shape::Object(&[
    ROUND,
    Field::must("annex", Shape::Hex(64), "The annex with the plan and its certificate."),
]);

const ROLE: Field =
    Field::must("role", Shape::Word(&["giver", "receiver"]), "The side of the signer's unit.");
const WITH: Field = Field::must("with", Shape::Ref, "The other side.");
const UNDER: Field = Field::must("version", Shape::Ref, "Under which version.");
const TERMS: Field =
    Field::must("terms", Shape::Word(&["at-value", "gift"]), "At its value, or as a gift.");
const CEILING: Field = Field::must(
    "ceiling",
    Shape::Word(&["not-read", "understood"]),
    "Whether a giver knows that what goes beyond the ceiling may not come back.",
);
const NOTE: Field = Field::must("note", LINE, "What else there is to say.");
const CONTRACT: Field = Field::must("contract", Shape::Ref, "The contract.");

pub(super) const PROPOSE_CONTRACT: Shape = Shape::Object(&[
    ROLE,
    WITH,
    UNDER,
    QUANTITY,
    TERMS,
    Field::must("answer_by", Shape::TIME, "Declined if not answered by then."),
    CEILING,
    NOTE,
]);

pub(super) const ACCEPT_CONTRACT: Shape = Shape::Object(&[CONTRACT, CEILING]);

pub(super) const CONTRACT_WITH_REASON: Shape =
    Shape::Object(&[CONTRACT, Field::must("reason", LINE, "Why, if they say.")]);

pub(super) const ALREADY_DONE: Shape = Shape::Object(&[
    ROLE,
    WITH,
    UNDER,
    QUANTITY,
    TERMS,
    CEILING,
    Field::must("happened", Shape::TIME, "When it happened."),
    NOTE,
]);

pub(super) const ARRANGE: Shape = Shape::Object(&[
    CONTRACT,
    Field::must("when", Shape::TIME, "When."),
    Field::must("place", LINE, "Where."),
]);

pub(super) const COMMENT: Shape = Shape::Object(&[
    Field::must(
        "on",
        Shape::OneOf(&[
            Field::must("contract", Shape::Ref, "A contract; its two sides talk."),
            Field::must("proposal", Shape::Ref, "A proposal; all talk whom it is put to."),
        ]),
        "What it is about.",
    ),
    Field::must(
        "answers",
        Shape::OrNull(&Shape::Hex(64)),
        "The statement of the comment in the same thread that it answers.",
    ),
    Field::must("words", Shape::Hex(64), "The body with the words, which their author can erase."),
]);
