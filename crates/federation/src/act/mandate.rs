use measure::Value;
use serde::{Deserialize, Serialize};

use super::{Audience, Question};
use crate::rows::{Mandate, Version};
use crate::{Name, PersonId, Prose, Ref, Time};

/// What a unit sends a delegate with: asked in a poll of the unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MandateTerms {
    /// On what the delegate speaks for the unit.
    pub matter: Name,
    /// What they bring along.
    pub instruction: Instruction,
    /// When the mandate ends: at most 183 days after the poll has closed.
    pub until: Time,
}

/// What a delegate brings along. A position and a range say the unit's yes in advance, to whatever
/// lies within them, whoever moves it; the delegate casts nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Instruction {
    /// Yes to exactly this.
    Bound {
        /// A question of the whole.
        question: Box<Question>,
        /// Its words, where the question is a text; empty for all others.
        text: Prose,
    },
    /// Yes to a number between two others, with nothing else changed.
    Range(NumberRange),
    /// To listen and to speak; it says yes to nothing.
    Voice {},
}

/// A number between two others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberRange {
    /// The value of a version, in seconds per whole measure.
    Value {
        /// The version; with it every version of the same clauses.
        version: Ref<Version>,
        /// The least.
        least: Value,
        /// The most.
        most: Value,
    },
    /// One parameter of the pact.
    Parameter {
        /// Which.
        parameter: Parameter,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
}

/// The parameters of a pact that are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parameter {
    /// The ceiling per counted member, in whole hours.
    CeilingHours,
    /// Hours from one round to the next.
    RoundEveryHours,
    /// Hours that a round takes offers and needs.
    RoundOpenHours,
    /// Hours to answer what a plan proposes.
    AnswerHours,
    /// Days of notice.
    NoticeDays,
}

/// Several delegates, elected in a poll of the unit by transferable votes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Election {
    /// How many are elected: at least one, at most as many as stand.
    pub seats: u8,
    /// Who stands: 1 to 20 members, each once.
    pub candidates: Vec<PersonId>,
    /// What each of them is sent with.
    pub terms: MandateTerms,
}

/// Takes a delegate back. It holds with the last signature that it needs; no reason is owed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// The mandate.
    pub mandate: Ref<Mandate>,
}

/// The delegate gives a mandate back; nobody is a delegate against their will.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayDownMandate {
    /// The mandate.
    pub mandate: Ref<Mandate>,
}

impl Instruction {
    /// Whether it could ever say yes: a position is one on a question of the whole, and a range
    /// holds a number.
    pub fn is_sound(&self) -> bool {
        match self {
            Self::Bound { question, text } => {
                let is_text = matches!(**question, Question::Text {});
                question.audience() == Audience::Whole && text.as_str().is_empty() != is_text
            }
            Self::Range(NumberRange::Value { least, most, .. }) => least <= most,
            Self::Range(NumberRange::Parameter { least, most, .. }) => least <= most,
            Self::Voice {} => true,
        }
    }
}
