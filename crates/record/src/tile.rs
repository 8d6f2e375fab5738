//! The names of the resources that a record is read by (C2SP `tlog-tiles`).

use std::fmt;
use std::ops::Range;

/// How many hashes or entries a full tile or bundle holds.
pub const TILE_WIDTH: u64 = 256;

/// What a path such as `tile/0/x001/x234/067.p/12` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Hashes of a level, or entries.
    pub of: TileOf,
    /// Its place among the tiles of its level, counted from nought.
    pub number: u64,
    /// How many hashes or entries it holds: 1 to 256.
    pub width: u64,
}

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileOf {
    /// Hashes: of entries at level 0, of full tiles of the level below above that.
    Hashes {
        /// 0 to 63.
        level: u8,
    },
    /// Entries.
    Entries,
}

impl Tile {
    /// The tile that a path names, written in the one way that is allowed.
    pub fn parse(path: &str) -> Option<Self> {
        let (of, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let of = match of {
            "entries" => TileOf::Entries,
            level => {
                TileOf::Hashes { level: plain_number(level).filter(|&n| n < 64)?.try_into().ok()? }
            }
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => {
                (number, plain_number(width).filter(|&n| n > 0 && n < TILE_WIDTH)?)
            }
            None => (rest, TILE_WIDTH),
        };
        Some(Self { of, number: parse_number(number)?, width })
    }

    /// The entries that a bundle or a tile of level 0 covers.
    pub fn entries(&self) -> Option<Range<u64>> {
        let first = self.number.checked_mul(TILE_WIDTH)?;
        Some(first..first.checked_add(self.width)?)
    }
}

/// The path.
impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            TileOf::Hashes { level } => write!(f, "tile/{level}/")?,
            TileOf::Entries => write!(f, "tile/entries/")?,
        }
        let digits = self.number.to_string();
        let padded = format!("{digits:0>width$}", width = digits.len().div_ceil(3) * 3);
        let (groups, last) = padded.split_at(padded.len() - 3);
        for at in (0..groups.len()).step_by(3) {
            write!(f, "x{}/", groups.get(at..at + 3).unwrap_or_default())?;
        }
        f.write_str(last)?;
        if self.width < TILE_WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// The bundles that hold the first `size` entries from `from` on, the last one as wide as it is.
pub fn bundles(from: u64, size: u64) -> impl Iterator<Item = Tile> {
    (from / TILE_WIDTH..size.div_ceil(TILE_WIDTH)).map(move |number| Tile {
        of: TileOf::Entries,
        number,
        width: TILE_WIDTH.min(size - number * TILE_WIDTH),
    })
}

/// A number without leading noughts.
fn plain_number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok()?;
    (digits && (text.len() == 1 || !text.starts_with('0'))).then_some(number)
}

/// A number in groups of three digits, all but the last with an `x` before them.
fn parse_number(text: &str) -> Option<u64> {
    let mut number = 0_u64;
    let mut groups = text.split('/').peekable();
    let several = text.contains('/');
    while let Some(group) = groups.next() {
        let digits = if groups.peek().is_some() { group.strip_prefix('x')? } else { group };
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        number = number.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    (!several || !text.starts_with("x000")).then_some(number)
}

/// Entries as a bundle: each with its length before it, two bytes, the higher first.
pub fn to_bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bundle = Vec::new();
    for entry in entries {
        bundle.extend_from_slice(&u16::try_from(entry.len()).ok()?.to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    Some(bundle)
}

/// The entries of a bundle, or `None` if it ends within one.
pub fn from_bundle(mut bundle: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut entries = Vec::new();
    while !bundle.is_empty() {
        let (length, rest) = bundle.split_first_chunk()?;
        let (entry, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        entries.push(entry.to_vec());
        bundle = rest;
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_named_as_the_specification_names_it() {
        let hashes = |level, number, width| Tile { of: TileOf::Hashes { level }, number, width };
        let named = [
            (hashes(0, 1_234_067, 256), "tile/0/x001/x234/067"),
            (hashes(0, 272, 112), "tile/0/272.p/112"),
            (hashes(63, 0, 1), "tile/63/000.p/1"),
            (Tile { of: TileOf::Entries, number: 1000, width: 256 }, "tile/entries/x001/000"),
        ];
        for (tile, path) in named {
            assert_eq!(tile.to_string(), path);
            assert_eq!(Tile::parse(path), Some(tile));
        }
    }

    #[test]
    fn a_path_written_in_another_way_names_nothing() {
        for path in [
            "tile/0/0",
            "tile/00/000",
            "tile/64/000",
            "tile/0/x000/001",
            "tile/0/001/002",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/07",
            "tile/0/000.p/+7",
            "tile/0/x999/x999/x999/x999/x999/x999/999",
            "tile/-1/000",
            "tile/entries/",
            "tile/0/x01/000",
        ] {
            assert_eq!(Tile::parse(path), None, "{path}");
        }
    }

    #[test]
    fn a_bundle_gives_its_entries_back_and_a_cut_one_gives_nothing() {
        let entries = [b"one".to_vec(), Vec::new(), vec![7; 65_535]];
        let bundle = to_bundle(entries.iter().map(Vec::as_slice)).unwrap();
        assert_eq!(from_bundle(&bundle).unwrap(), entries);
        assert_eq!(from_bundle(&bundle[..bundle.len() - 1]), None);
        assert_eq!(to_bundle([&*vec![7; 65_536]]), None);
    }

    #[test]
    fn the_bundles_of_a_size_end_with_a_partial_one() {
        let paths: Vec<_> = bundles(256, 700).map(|tile| tile.to_string()).collect();
        assert_eq!(paths, ["tile/entries/001", "tile/entries/002.p/188"]);
        assert_eq!(bundles(0, 512).last().unwrap().to_string(), "tile/entries/001");
        assert_eq!(bundles(0, 0).count(), 0);
    }
}
