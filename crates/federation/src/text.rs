use std::fmt;

use serde::{Deserialize, Serialize};

/// A text that a field does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextRefused {
    /// The field needs words and has none.
    Empty,
    /// More bytes of UTF-8 than the field takes.
    TooLong {
        /// The bytes found.
        found: usize,
        /// The bytes that fit.
        allowed: usize,
    },
    /// A control character, or a mark that turns the direction of the text around it.
    Hidden {
        /// Its number in Unicode.
        code_point: u32,
    },
    /// Blanks at the beginning or the end.
    Blanks,
}

impl fmt::Display for TextRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the text is empty; write at least one word"),
            Self::TooLong { found, allowed } => write!(
                f,
                "the text is {found} bytes long and {allowed} fit; shorten it by {}",
                found - allowed
            ),
            Self::Hidden { code_point } => write!(
                f,
                "the text has the hidden character U+{code_point:04X}, which can make it read \
                 otherwise than it is; take it out"
            ),
            Self::Blanks => write!(f, "the text begins or ends with blanks; take them off"),
        }
    }
}

impl std::error::Error for TextRefused {}

/// Characters that are not seen but change what is seen: controls, and marks of direction.
const fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{61c}'
        | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $allowed:literal, $may_be_empty:literal, $lines:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The bytes of UTF-8 that fit.
            pub const BYTES_MAX: usize = $allowed;

            /// The text, if the field takes it.
            pub fn parse(text: &str) -> Result<Self, TextRefused> {
                if text.is_empty() && !$may_be_empty {
                    return Err(TextRefused::Empty);
                }
                if text.len() > Self::BYTES_MAX {
                    let (found, allowed) = (text.len(), Self::BYTES_MAX);
                    return Err(TextRefused::TooLong { found, allowed });
                }
                let breaks = |c| !$lines && matches!(c, '\n' | '\t');
                if let Some(c) = text.chars().find(|&c| is_hidden(c) || breaks(c)) {
                    return Err(TextRefused::Hidden { code_point: u32::from(c) });
                }
                if text.trim() != text {
                    return Err(TextRefused::Blanks);
                }
                Ok(Self(text.to_owned()))
            }

            /// The text as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextRefused;

            fn try_from(text: String) -> Result<Self, TextRefused> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }
    };
}

text!(
    /// What something is called: 1 to 80 bytes in one line.
    Name, 80, false, false
);
text!(
    /// One line, such as a clause, a place or a short reason: up to 300 bytes, also none.
    #[derive(Default)]
    Line, 300, true, false
);
text!(
    /// A few paragraphs, such as the reasons for a value: up to 4,000 bytes, also none.
    #[derive(Default)]
    Prose, 4000, true, true
);

impl Name {
    /// How names are compared: without regard to case.
    pub(crate) fn folded(&self) -> String {
        self.as_str().to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_is_kept_as_written_and_one_byte_more_is_refused() {
        let longest = "é".repeat(40);
        assert_eq!(Name::parse(&longest).unwrap().as_str(), longest);
        assert_eq!(
            Name::parse(&format!("{longest}x")).unwrap_err().to_string(),
            "the text is 81 bytes long and 80 fit; shorten it by 1"
        );
    }

    #[test]
    fn marks_that_turn_text_around_are_refused_and_markup_is_only_text() {
        assert!(matches!(
            Line::parse("a\u{202e}b"),
            Err(TextRefused::Hidden { code_point: 0x202e })
        ));
        assert!(Line::parse("two\nlines").is_err());
        assert!(Prose::parse("two\nlines").is_ok());
        assert_eq!(Line::parse("<b>=1+1</b>").unwrap().as_str(), "<b>=1+1</b>");
    }
}
