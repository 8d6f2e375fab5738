use super::specification::PROPOSE;
use super::{Field, LINE, NAME, PROSE, STEPS, Shape};

pub(super) const PERSON: Shape = Shape::Hex(32);
const ABOUT: Field =
    Field::must("about", Shape::OrNull(&Shape::Hex(64)), "Who they are, in a body.");
const UNIT: Field = Field::must("unit", Shape::Ref, "The unit.");
const UNIT_NAME: Field = Field::must("name", NAME, "The unit's name, unlike any other's here.");
const PLACE: Field = Field::must("place", LINE, "Where it is; empty if it does not say.");
const AREA: Field = Field::must(
    "area",
    Shape::OrNull(&LINE),
    "In which area it is at home, from wide to narrow: `valley/mill`.",
);
const HELD_BY: Field = Field::must(
    "held_by",
    Shape::Word(&["device", "node", "invite"]),
    "Who holds the private half.",
);

pub(super) const NEW_KEY: Shape = Shape::Named(
    "NewKey",
    &Shape::Object(&[Field::must("key", Shape::Hex(64), "The Ed25519 public key."), HELD_BY]),
);

const ESSENTIAL: Shape = Shape::Named(
    "Essential",
    &Shape::Object(&[
        Field::must("specification", PROPOSE, "What it is; the founding act writes it down."),
        Field::must("per_member", STEPS, "How much for each counted member, in smallest steps."),
    ]),
);

/// The parameters of a pact.
pub(crate) const PACT: Shape = Shape::Named(
    "Pact",
    &Shape::Object(&[
        Field::must(
            "ceiling_per_member",
            Shape::Whole { least: 3600, most: 3_600_000 },
            "Entitlement per counted member, in seconds, above which rounds plan only receiving.",
        ),
        Field::must(
            "round_every_hours",
            Shape::Whole { least: 1, most: 8784 },
            "Hours from the opening of one round to that of the next.",
        ),
        Field::must(
            "round_open_hours",
            Shape::Whole { least: 1, most: 8784 },
            "Hours that a round takes offers and needs.",
        ),
        Field::must(
            "answer_hours",
            Shape::Whole { least: 1, most: 336 },
            "Hours that units have to answer what a plan proposes.",
        ),
        Field::must(
            "notice_days",
            Shape::Whole { least: 7, most: 60 },
            "Days between a proposal to the whole and the first vote on it.",
        ),
        Field::must(
            "majority",
            Shape::Word(&["more-than-half", "two-thirds", "three-quarters"]),
            "The part of units, and of ballots, that a decision of the whole takes.",
        ),
        Field::must(
            "pact_majority",
            Shape::Word(&["two-thirds", "three-quarters"]),
            "The same for another pact, and for expulsion.",
        ),
        Field::must("reading", Shape::Word(&["public", "members"]), "Who may read the record."),
        Field::must(
            "essentials",
            Shape::List { of: &ESSENTIAL, least: 0, most: 12 },
            "What rounds share out by counted member before anything else.",
        ),
        Field::must(
            "order",
            Shape::List {
                of: &Shape::Word(&["nearness", "expiry", "memory", "changes"]),
                least: 0,
                most: 4,
            },
            "Which plans are preferred among those that meet as much as evenly, weightiest first.",
        ),
    ]),
);

const MEMBER: Shape = Shape::Named(
    "FoundingMember",
    &Shape::Object(&[
        Field::must("person", PERSON, "The person."),
        Field::must("key", Shape::OrNull(&NEW_KEY), "Their first key, if they have a device."),
        ABOUT,
    ]),
);

const ROW: Shape = Shape::Named(
    "FoundingRow",
    &Shape::Object(&[
        UNIT_NAME,
        PLACE,
        Field::must(
            "counted_members",
            Shape::Whole { least: 1, most: 100_000 },
            "How many members count.",
        ),
        Field::must("base", Shape::COUNT, "Its base in seconds, up to 1,000 hours a member."),
        Field::must(
            "opening",
            Shape::SECONDS,
            "Its opening entitlement in seconds; all rows together sum to zero.",
        ),
        Field::must(
            "members",
            Shape::List { of: &MEMBER, least: 1, most: 200 },
            "The members known at the founding, at least one with a key.",
        ),
    ]),
);

pub(super) const FOUND: Shape = Shape::Object(&[
    Field::must("name", NAME, "What it is called."),
    Field::must("pact", PACT, "Its pact."),
    Field::must(
        "rows",
        Shape::List { of: &ROW, least: 1, most: 200 },
        "The founding units; each signs its own row.",
    ),
    Field::must("host", PERSON, "Who hosts the record; a member of a listed unit."),
]);

const OF_UNIT: Shape = Shape::Object(&[UNIT]);

pub(super) const SIGN_PACT: Shape = Shape::OneOf(&[
    Field::must("founding", OF_UNIT, "For a row of the founding list, by a member of it."),
    Field::must(
        "newcomer",
        Shape::Object(&[UNIT_NAME, PLACE, HELD_BY, ABOUT]),
        "As a new unit whose first member is the signer, new to the record.",
    ),
    Field::must(
        "new-unit",
        Shape::Object(&[UNIT_NAME, PLACE]),
        "As a new unit, by a person whom the record knows and who is in no unit now.",
    ),
    Field::must("return", OF_UNIT, "For a unit that left, by one of its members."),
]);

pub(super) const ANNOUNCE_LEAVING: Shape =
    Shape::Object(&[Field::must("by", Shape::TIME, "When the unit means to leave.")]);

pub(super) const ADMIT_MEMBER: Shape = Shape::Object(&[
    Field::must("person", PERSON, "The person: new to the record, or in no unit now."),
    Field::must("key", Shape::OrNull(&NEW_KEY), "Their first key, if new."),
    ABOUT,
]);

pub(super) const INTRODUCE: Shape =
    Shape::Object(&[Field::must("about", Shape::Hex(64), "The body with name and contacts.")]);

pub(super) const DESCRIBE_UNIT: Shape =
    Shape::Object(&[PLACE, AREA, Field::must("description", PROSE, "What it does.")]);

pub(super) const SET_SIGNING: Shape = Shape::Object(&[
    Field::must(
        "matter",
        Shape::Word(&[
            "members",
            "leaving",
            "values",
            "offers",
            "contracts",
            "deliveries",
            "trust",
        ]),
        "In which matter.",
    ),
    Field::must(
        "signing",
        Shape::Word(&["any-member", "two-members", "more-than-half"]),
        "Who may sign from now on.",
    ),
]);

pub(super) const ADD_KEY: Shape = Shape::Object(&[Field::must("key", NEW_KEY, "The new key.")]);
pub(super) const REVOKE_KEY: Shape =
    Shape::Object(&[Field::must("key", Shape::Hex(64), "The key.")]);

pub(super) const BACKING: Shape = Shape::Object(&[
    Field::must("unit", Shape::Ref, "The unit that is backed."),
    Field::must("hours", Shape::COUNT, "How much room, in seconds; above nought."),
]);
