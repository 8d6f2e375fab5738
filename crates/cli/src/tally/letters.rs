//! The letters of files that older programs on Windows wrote.

/// What the bytes 80 to 9f stand for in Windows-1252; the five that stand for nothing stay as they are.
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Bytes read as Windows-1252, of which Latin-1 is a part: every byte is one letter.
pub(super) fn of_windows(bytes: &[u8]) -> String {
    let letter = |byte: &u8| {
        let upper = byte.checked_sub(0x80).and_then(|at| UPPER.get(usize::from(at)));
        upper.copied().unwrap_or(char::from(*byte))
    };
    bytes.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_curly_quotes_are_read() {
        assert_eq!(of_windows(b"Ren\xe9e \x93O\x92B\x94 \xff a"), "Renée “O’B” ÿ a");
    }
}
