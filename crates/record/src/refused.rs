use std::fmt;

use circuits::PlanUnreadable;
use federation::{AnnexId, BodyId, PersonId, PublicKey, Refusal, Time};

/// What was sent is not taken. Nothing of it is recorded or kept.
///
/// The message says the rule, the value found and what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A statement has at most 60 KiB.
    StatementTooLong {
        /// Its bytes.
        found: usize,
    },
    /// A statement is UTF-8.
    StatementNotText {
        /// How many bytes are.
        valid_up_to: usize,
    },
    /// A statement is JSON with the fields of its form, each once, and no others.
    StatementUnreadable {
        /// What the reader says.
        why: String,
    },
    /// A number is an integer within ±(2⁵³ − 1).
    NumberWrong {
        /// The number.
        found: String,
    },
    /// Everything is written as the form says: objects by their fields, and every field.
    WrittenOtherwise {
        /// The field.
        at: String,
    },
    /// The signature is over exactly the bytes sent, by the key that the statement names.
    SignatureWrong {
        /// The key.
        key: PublicKey,
    },
    /// An act that names an annex comes with it.
    AnnexMissing {
        /// The annex.
        annex: AnnexId,
    },
    /// An annex is named by the statement that it comes with.
    AnnexNotNamed {
        /// The annex.
        annex: AnnexId,
    },
    /// An annex has at most 64 MiB.
    AnnexTooLarge {
        /// Its bytes.
        found: usize,
    },
    /// The annex of a plan is a plan.
    AnnexUnreadable {
        /// The annex.
        annex: AnnexId,
        /// What is wrong.
        why: PlanUnreadable,
    },
    /// A statement that names a body comes with it.
    BodyMissing {
        /// The body.
        body: BodyId,
    },
    /// A body is named by the statement that it comes with.
    BodyNotNamed {
        /// The body.
        body: BodyId,
    },
    /// A body has at most 4 MiB.
    BodyTooLarge {
        /// Its bytes.
        found: usize,
    },
    /// A body that its author erased does not come back.
    BodyErased {
        /// The body.
        body: BodyId,
        /// When it was erased.
        at: Time,
    },
    /// Only a body that is there is erased.
    BodyUnknown {
        /// The body.
        body: BodyId,
    },
    /// A body is erased by its author or by the person it is about.
    NotTheirs {
        /// Who asked.
        person: PersonId,
        /// The body.
        body: BodyId,
    },
    /// A rule of the federation says no.
    Rule(Refusal),
}

impl Refused {
    /// The codes of all refusals but those of the federation's rules.
    pub const CODES: &[&str] = &[
        "statement-too-long",
        "statement-not-text",
        "statement-unreadable",
        "number-wrong",
        "written-otherwise",
        "signature-wrong",
        "annex-missing",
        "annex-not-named",
        "annex-too-large",
        "annex-unreadable",
        "body-missing",
        "body-not-named",
        "body-too-large",
        "body-erased",
        "body-unknown",
        "not-theirs",
    ];

    /// Its code: the variant's name with dashes; for a rule of the federation the rule's own.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::StatementTooLong { .. } => "statement-too-long",
            Self::StatementNotText { .. } => "statement-not-text",
            Self::StatementUnreadable { .. } => "statement-unreadable",
            Self::NumberWrong { .. } => "number-wrong",
            Self::WrittenOtherwise { .. } => "written-otherwise",
            Self::SignatureWrong { .. } => "signature-wrong",
            Self::AnnexMissing { .. } => "annex-missing",
            Self::AnnexNotNamed { .. } => "annex-not-named",
            Self::AnnexTooLarge { .. } => "annex-too-large",
            Self::AnnexUnreadable { .. } => "annex-unreadable",
            Self::BodyMissing { .. } => "body-missing",
            Self::BodyNotNamed { .. } => "body-not-named",
            Self::BodyTooLarge { .. } => "body-too-large",
            Self::BodyErased { .. } => "body-erased",
            Self::BodyUnknown { .. } => "body-unknown",
            Self::NotTheirs { .. } => "not-theirs",
            Self::Rule(refusal) => refusal.code(),
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Rule(refusal)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StatementTooLong { found } => {
                write!(f, "a statement has at most 61440 bytes, found {found}; shorten its texts")
            }
            Self::StatementNotText { valid_up_to } => write!(
                f,
                "a statement is UTF-8, found something else after {valid_up_to} bytes; write it \
                 in UTF-8"
            ),
            Self::StatementUnreadable { why } => {
                write!(f, "the statement is not of its form: {why}; write its fields, each once")
            }
            Self::NumberWrong { found } => write!(
                f,
                "a number is whole and within ±9007199254740991, found {found}; write it so"
            ),
            Self::WrittenOtherwise { at } => write!(
                f,
                "the statement is written otherwise than its form at `{at}`; write every field \
                 by its name, and no other"
            ),
            Self::SignatureWrong { key } => write!(
                f,
                "the signature is not the key `{key}`'s over these bytes; sign the bytes exactly \
                 as they are sent"
            ),
            Self::AnnexMissing { annex } => {
                write!(f, "the act names the annex `{annex}` and comes without it; send it along")
            }
            Self::AnnexNotNamed { annex } => {
                write!(
                    f,
                    "the annex `{annex}` is not named by the statement; send the one it names"
                )
            }
            Self::AnnexTooLarge { found } => {
                write!(
                    f,
                    "an annex has at most 67108864 bytes, found {found}; leave out what it needs \
                     not hold"
                )
            }
            Self::AnnexUnreadable { annex, why } => {
                write!(f, "the annex `{annex}` is no plan: {why}; send what the solver wrote")
            }
            Self::BodyMissing { body } => {
                write!(
                    f,
                    "the statement names the body `{body}` and comes without it; send it along"
                )
            }
            Self::BodyNotNamed { body } => {
                write!(f, "the body `{body}` is not named by the statement; send the one it names")
            }
            Self::BodyTooLarge { found } => {
                write!(
                    f,
                    "a body has at most 4194304 bytes, found {found}; make the picture smaller"
                )
            }
            Self::BodyErased { body, at } => {
                write!(f, "the body `{body}` was erased on {at}; write it anew, with a new salt")
            }
            Self::BodyUnknown { body } => {
                write!(f, "no body `{body}` is kept here; look its name up in the statement")
            }
            Self::NotTheirs { person, body } => write!(
                f,
                "the body `{body}` is neither by `{person}` nor about them; ask its author to \
                 erase it"
            ),
            Self::Rule(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_in_the_page_for_auditors() {
        let page = include_str!("../../../docs/record.md");
        for code in Refused::CODES {
            assert!(page.contains(&format!("`{code}`")), "{code}");
        }
    }
}
