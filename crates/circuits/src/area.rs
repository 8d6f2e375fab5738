use std::fmt;

/// The most names in the path of an area.
pub const AREA_NAMES_MAX: usize = 8;

/// A part of the country, as a path from wide to narrow: `valley/mill`.
///
/// Shape: 1 to 8 names, none of them empty or with a blank at its ends, with a slash between. Two
/// areas fit if one lies in the other, and meet in the narrower one. Ordered by the bytes of its
/// path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area(String);

impl Area {
    /// An area by its path. Refused as [`AreaRefused`] says.
    pub fn try_new(path: &str) -> Result<Self, AreaRefused> {
        let found = path.split('/').count();
        if found > AREA_NAMES_MAX {
            return Err(AreaRefused::TooNarrow { found });
        }
        let whole = |name: &str| !name.is_empty() && name.trim() == name;
        if path.split('/').all(whole) { Ok(Self(path.to_owned())) } else { Err(AreaRefused::Name) }
    }

    /// The path.
    pub fn path(&self) -> &str {
        &self.0
    }

    /// Whether this area is the other or a part of it.
    pub fn lies_in(&self, other: &Self) -> bool {
        let rest = self.0.strip_prefix(&other.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// How many levels lead up from here to the narrowest area that holds both, and down from there
    /// to the other: 0 to 16.
    pub fn distance(&self, other: &Self) -> u8 {
        let names = self.0.split('/').zip(other.0.split('/'));
        let shared = names.take_while(|(one, other)| one == other).count();
        let (up, down) = (self.0.split('/').count(), other.0.split('/').count());
        u8::try_from(up + down - 2 * shared).unwrap_or(u8::MAX)
    }
}

/// Why a text is no area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaRefused {
    /// A name in the path is empty, or begins or ends with a blank.
    Name,
    /// The path has more than 8 names.
    TooNarrow {
        /// How many it has.
        found: usize,
    },
}

impl fmt::Display for AreaRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => write!(
                f,
                "an area has a name that is empty, or has blanks at its ends; expected names with \
                 a slash between, such as `valley/mill`"
            ),
            Self::TooNarrow { found } => {
                write!(f, "an area has {found} names; expected at most {AREA_NAMES_MAX}")
            }
        }
    }
}

impl std::error::Error for AreaRefused {}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(path: &str) -> Area {
        Area::try_new(path).unwrap()
    }

    #[test]
    fn an_area_lies_in_itself_and_in_what_holds_it() {
        assert!(area("valley/mill").lies_in(&area("valley")));
        assert!(area("valley").lies_in(&area("valley")));
        assert!(!area("valley").lies_in(&area("valley/mill")));
        assert!(!area("valleys").lies_in(&area("valley")));
    }

    #[test]
    fn the_distance_counts_levels_up_and_down() {
        assert_eq!(area("a/b/c").distance(&area("a/b/c")), 0);
        assert_eq!(area("a/b/c").distance(&area("a")), 2);
        assert_eq!(area("a/b").distance(&area("a/c/d")), 3);
        assert_eq!(area("a/b/c/d/e/f/g/h").distance(&area("i/j/k/l/m/n/o/p")), 16);
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in ["", "/", "valley/", "/mill", "valley//mill", " valley", "valley/ mill"] {
            assert_eq!(Area::try_new(path), Err(AreaRefused::Name), "{path}");
        }
        let found = 9;
        assert_eq!(Area::try_new("1/2/3/4/5/6/7/8/9"), Err(AreaRefused::TooNarrow { found }));
    }
}
