use super::shape::{Field, Shape};
use crate::words::answer_data::{BARRIER_WORDS, STAGE_WORDS, WHY_WORDS};

/// What a plan means for a unit.
pub(super) const ANSWER: Shape = Shape::Object(&[
    Field::must("unit", Shape::NUMBER, "Which unit."),
    Field::must("open_needs", any_number(&OPEN_NEED), "Its needs that stayed open."),
    Field::must(
        "left_out",
        any_number(&LEFT_OUT),
        "Its needs that the plan was not asked to meet.",
    ),
    Field::must("room", any_number(&GAIN), "What more room would bring, step by step."),
    Field::must("backers", any_number(&BACKER), "Who could lend it room, the best first."),
    Field::must("offerings", any_number(&OFFERING), "What it could offer, the best first."),
    Field::must("asked", any_number(&OFFERING), "Whom it could ask for more of what it needs."),
    Field::must("deliveries", any_number(&DELIVERY), "What it gives and gets, and what decided."),
    Field::must("says", any_number(&Shape::WORDS), "The same in sentences."),
]);

const LEFT_OUT: Shape = Shape::Object(&[
    Field::must("need", Shape::NUMBER, "Which need."),
    Field::must("versions", any_number(&Shape::NUMBER), "The versions that would do, best first."),
    Field::must("says", Shape::WORDS, "How much of what it is, and why it was left out."),
]);

const DELIVERY: Shape = Shape::Object(&[
    Field::must("giver", Shape::NUMBER, "Who gives."),
    Field::must("receiver", Shape::NUMBER, "Who gets."),
    Field::must("version", Shape::OrNull(&Shape::NUMBER), "What."),
    Field::must("seconds", Shape::SECONDS, "How much."),
    Field::must(
        "decided",
        Shape::OrNull(&Shape::Word(&STAGE_WORDS)),
        "The last stage to settle it.",
    ),
]);

const fn any_number(of: &'static Shape) -> Shape {
    Shape::List { of, least: 0, most: usize::MAX }
}

const WITH: Field = Field::must("with_seconds", Shape::SECONDS, "With so much more of it,");
const MET: Field =
    Field::must("met_seconds", Shape::SECONDS, "so many more hours of all needs would be met.");

const GAIN: Shape = Shape::Object(&[WITH, MET]);

const BACKER: Shape = Shape::Object(&[Field::must("unit", Shape::NUMBER, "Who."), WITH, MET]);

const OFFERING: Shape = Shape::Object(&[
    Field::must("unit", Shape::NUMBER, "Who would offer it."),
    Field::must("version", Shape::NUMBER, "What."),
    WITH,
    MET,
]);

const OPEN_NEED: Shape = Shape::Object(&[
    Field::must("version", Shape::OrNull(&Shape::NUMBER), "What it needs."),
    Field::must("owed_by", Shape::OrNull(&Shape::NUMBER), "Or who owes it."),
    Field::must("needed_seconds", Shape::SECONDS, "How much it needs."),
    Field::must("met_seconds", Shape::SECONDS, "What of it the plan meets."),
    Field::must("parts", any_number(&PART), "Why the rest stayed open; together all of it."),
]);

const PART: Shape = Shape::Object(&[
    Field::must("seconds", Shape::SECONDS, "How much."),
    Field::must("why", Shape::Word(&WHY_WORDS), "Why."),
    Field::must("units", any_number(&PARTY), "Who got it, or could give it."),
    Field::must("instead_of", any_number(&Shape::NUMBER), "Who would get less instead."),
    Field::must("decided", Shape::OrNull(&Shape::Word(&STAGE_WORDS)), "The stage that decided."),
    Field::must("says", Shape::WORDS, "The same in a sentence."),
]);

const PARTY: Shape = Shape::Object(&[
    Field::must("unit", Shape::NUMBER, "Which unit."),
    Field::must("seconds", Shape::OrNull(&Shape::SECONDS), "How much it got."),
    Field::must("barrier", Shape::OrNull(&Shape::Word(&BARRIER_WORDS)), "What stands between."),
]);
