//! The lines of a text, whatever system wrote it.

/// The lines of a text without the spaces around them, with their numbers from 1.
///
/// A byte order mark is passed over; lines end with a line feed, a carriage return or both, and the
/// last one need not end.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let parts = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let all = parts.flat_map(|part| part.split('\r'));
    all.enumerate().map(|(at, line)| (at + 1, line.trim()))
}

/// A whole number, also one that is written with noughts behind a point: `2`, `2.0`, `2.`.
pub(crate) fn whole<N: std::str::FromStr>(text: &str) -> Option<N> {
    let (number, rest) = text.split_once('.').unwrap_or((text, ""));
    rest.bytes().all(|digit| digit == b'0').then(|| number.parse().ok())?
}

/// What stands between a quote that has just been passed and the one that closes it, and what
/// follows. A doubled quote, or one behind a backslash, stands for a quote. None if nothing closes it.
pub(crate) fn quoted(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let goes_on = signs.peek().is_some_and(|&(_, next)| next == '"');
        match sign {
            '"' | '\\' if goes_on => {
                name.push('"');
                signs.next();
            }
            '"' => return Some((name.trim().to_owned(), text.get(at + 1..)?)),
            sign => name.push(sign),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_on_every_system() {
        let found: Vec<_> = lines("\u{feff}a \r\n\r\n\tb\rc\nd").collect();
        assert_eq!(found, [(1, "a"), (2, ""), (3, "b"), (4, "c"), (5, "d")]);
    }

    #[test]
    fn a_whole_number_may_have_noughts_behind_a_point() {
        let found = ["7", "7.", "7.00", "-7.0"].map(whole::<i32>);
        assert_eq!(found, [Some(7), Some(7), Some(7), Some(-7)]);
        let not = ["", ".", ".0", "7.5", "7.0.0", "7,0", "7.0e1", "x.0"].map(whole::<i32>);
        assert_eq!(not, [None; 8]);
    }

    #[test]
    fn quotes_hold_quotes() {
        assert_eq!(quoted("a \"\"b\"\"\" c"), Some(("a \"b\"".to_owned(), " c")));
        assert_eq!(quoted("a \\\"b\\\"\""), Some(("a \"b\"".to_owned(), "")));
        assert_eq!(quoted("\""), Some((String::new(), "")));
        assert_eq!(quoted("a \"\""), None);
    }
}
