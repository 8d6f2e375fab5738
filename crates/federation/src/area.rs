use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Line, TextRefused};

/// Where something can be handed over or taken, as a path from wide to narrow: `valley/mill`.
///
/// Shape: 1 to 8 names with a slash between two, 300 bytes at most. Names are compared letter by
/// letter. An offer and a need meet where one area lies in the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Area(Line);

/// Why a text is no area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AreaRefused {
    /// It is no line.
    Text(TextRefused),
    /// It is no path.
    Path(circuits::AreaRefused),
}

impl fmt::Display for AreaRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(refused) => refused.fmt(f),
            Self::Path(refused) => refused.fmt(f),
        }
    }
}

impl std::error::Error for AreaRefused {}

impl Area {
    /// The area that a text names. Refused as [`AreaRefused`] says.
    pub fn parse(text: &str) -> Result<Self, AreaRefused> {
        let line = Line::parse(text).map_err(AreaRefused::Text)?;
        circuits::Area::try_new(text).map_err(AreaRefused::Path)?;
        Ok(Self(line))
    }

    /// The path as it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether this area is the other or a part of it.
    pub(crate) fn lies_in(&self, other: &Self) -> bool {
        match (self.for_engine(), other.for_engine()) {
            (Some(own), Some(other)) => own.lies_in(&other),
            _ => false,
        }
    }

    /// As the engine knows it; it was read as a path before.
    pub(crate) fn for_engine(&self) -> Option<circuits::Area> {
        circuits::Area::try_new(self.as_str()).ok()
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Area {
    type Error = AreaRefused;

    fn try_from(text: String) -> Result<Self, AreaRefused> {
        Self::parse(&text)
    }
}

impl From<Area> for String {
    fn from(area: Area) -> String {
        area.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_kept_as_it_was_written() {
        assert_eq!(Area::parse("valley/mill").unwrap().to_string(), "valley/mill");
    }

    #[test]
    fn what_is_no_path_or_hides_letters_is_refused() {
        for text in ["", "valley/", "valley//mill", "valley / mill", "1/2/3/4/5/6/7/8/9"] {
            assert!(matches!(Area::parse(text), Err(AreaRefused::Path(_))), "`{text}`");
        }
        assert!(matches!(Area::parse("valley\u{202e}"), Err(AreaRefused::Text(_))));
    }
}
