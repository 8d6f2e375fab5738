use super::{Field, LINE, PACT, PROSE, STEPS, Shape, VALUE, mandate, standing};

const PROPOSAL: Field = Field::must("proposal", Shape::Ref, "The proposal.");
const VERSION: Field = Field::must("version", Shape::Ref, "The version.");
const OPTION: Shape = Shape::Whole { least: 0, most: 255 };

const MARK: Shape = Shape::Object(&[
    Field::must("specification", Shape::Ref, "What is essential."),
    Field::must("per_member", STEPS, "How much for each counted member, in smallest steps."),
]);
const TEXT: Field =
    Field::must("text", Shape::Object(&[]), "What the whole recommends; binds nobody.");
const ANOTHER_PACT: Field = Field::must("pact", PACT, "Another version of the pact.");
const SPECIFICATION: Field = Field::must(
    "specification",
    Shape::Object(&[VERSION]),
    "Whether the whole stands behind a version of a specification.",
);
const AGREED_VALUE: Field = Field::must(
    "value",
    Shape::Object(&[VERSION, Field::must("value", VALUE, "Its value; above nought.")]),
    "At which value a version is agreed.",
);

const ESSENTIALS: Field = Field::must(
    "essentials",
    Shape::List { of: &MARK, least: 0, most: 12 },
    "What is essential from now on.",
);
const ORDER: Field = Field::must(
    "order",
    Shape::List {
        of: &Shape::Word(&["nearness", "expiry", "memory", "changes"]),
        least: 0,
        most: 4,
    },
    "Which plans rounds prefer from now on.",
);

/// What the whole can be asked.
pub(super) const OF_THE_WHOLE: Shape = Shape::Named(
    "QuestionOfTheWhole",
    &Shape::OneOf(&[TEXT, ANOTHER_PACT, SPECIFICATION, AGREED_VALUE, ESSENTIALS, ORDER]),
);

pub(crate) const QUESTION: Shape = Shape::Named(
    "Question",
    &Shape::OneOf(&[
        TEXT,
        ANOTHER_PACT,
        SPECIFICATION,
        AGREED_VALUE,
        ESSENTIALS,
        ORDER,
        Field::must(
            "accept-pact",
            Shape::Object(&[PROPOSAL]),
            "Whether the signer's unit accepts a version of the pact.",
        ),
        Field::must(
            "use",
            Shape::Object(&[
                Field::must("conflict", Shape::Ref, "The conflict."),
                Field::must("option", Shape::Whole { least: 1, most: 20 }, "Counted from 1."),
            ]),
            "An option of a conflict; asked by the conflict itself, and proposed by nobody.",
        ),
        Field::must("mandate", mandate::SEND, "To send somebody with an instruction."),
        Field::must("delegates", mandate::ELECTION, "Whom of several to send."),
        Field::must("list", standing::LIST, "What a list adds: members, bases, enrolment."),
        Field::must("expel", standing::EXPEL, "Whether a unit is still in."),
        Field::must("own", Shape::Object(&[]), "Anything that the signer's unit decides."),
    ]),
);

const VOTE: Shape = Shape::Named(
    "Vote",
    &Shape::OneOf(&[
        Field::must("abstain", Shape::Object(&[]), "Took part and says nothing."),
        Field::must("choose", OPTION, "One option, counted from 0."),
        Field::must(
            "approve",
            Shape::List { of: &OPTION, least: 0, most: 10 },
            "Every option that will do.",
        ),
        Field::must(
            "score",
            Shape::List { of: &Shape::Whole { least: -2, most: 2 }, least: 3, most: 10 },
            "-2 to +2 for each option.",
        ),
        Field::must(
            "rank",
            Shape::List { of: &OPTION, least: 3, most: 22 },
            "A rank for each option, 1 for the best and 0 for none.",
        ),
    ]),
);

pub(super) const PROPOSE: Shape = Shape::Object(&[
    Field::must("question", QUESTION, "What is asked."),
    Field::must(
        "options",
        Shape::List { of: &LINE, least: 0, most: 8 },
        "What can be chosen, for a unit's own question; none for all others.",
    ),
    Field::must("text", PROSE, "What is proposed, and why."),
    Field::must(
        "again",
        Shape::OrNull(&Shape::Ref),
        "The earlier proposal that this puts forward again.",
    ),
    Field::must("circle", Shape::OrNull(&Shape::Ref), "The circle in whose name it is proposed."),
    Field::must("closes", Shape::TIME, "When the poll closes."),
]);

pub(super) const PROPOSAL_ONLY: Shape = Shape::Object(&[PROPOSAL]);

pub(super) const BALLOT: Shape = Shape::Object(&[
    PROPOSAL,
    Field::must("vote", VOTE, "What the signer says, in the form that their unit counts."),
    Field::must("reason", LINE, "Why; empty if they do not say."),
]);

pub(super) const COUNT_ROOM: Shape = Shape::Object(&[
    PROPOSAL,
    Field::must(
        "present",
        Shape::List { of: &Shape::Hex(32), least: 1, most: 1000 },
        "Who was there, tellers included.",
    ),
    Field::must(
        "votes",
        Shape::List {
            of: &Shape::Object(&[
                Field::must("vote", VOTE, "What was said."),
                Field::must("reason", LINE, "Why, if it was said."),
                Field::must("count", Shape::Whole { least: 0, most: 100_000 }, "By how many."),
            ]),
            least: 0,
            most: 100,
        },
        "What was said, and by how many.",
    ),
]);
