//! A state as a text in which the order of maps and sets does not show.

use federation::Federation;

use super::Renaming;

/// The whole state, under other names if there are any.
pub(super) fn canonical(federation: &Federation, renaming: Option<&Renaming>) -> String {
    let text = format!("{federation:?}");
    let mut reader = Reader { bytes: text.as_bytes(), at: 0, renaming };
    reader.item()
}

/// Reads what `{:?}` writes.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    renaming: Option<&'a Renaming>,
}

impl Reader<'_> {
    /// One value, up to the comma or bracket behind it.
    fn item(&mut self) -> String {
        let mut item = String::new();
        let mut word_before = String::new();
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b',' | b'}' | b')' | b']' => break,
                b'"' => item.push_str(self.quoted()),
                b'(' => self.list(&mut item, (")", false), &word_before),
                b'[' => self.list(&mut item, ("]", false), ""),
                b'{' => {
                    // A struct has its name before the brace; a map and a set have none.
                    let bare = !item.trim_end().ends_with(char::is_alphanumeric);
                    self.list(&mut item, ("}", bare), "");
                }
                _ if is_word(byte) => {
                    word_before = self.word().to_owned();
                    item.push_str(&word_before);
                }
                _ => {
                    item.push(char::from(byte));
                    self.at += 1;
                }
            }
        }
        item
    }

    /// What stands in brackets; sorted, if its order means nothing.
    fn list(&mut self, out: &mut String, (close, sorted): (&str, bool), kind: &str) {
        out.push(char::from(self.bytes[self.at]));
        self.at += 1;
        let mut items = Vec::new();
        if !kind.is_empty() {
            items.extend(self.name(kind));
        }
        while self.bytes.get(self.at).is_some_and(|byte| !close.as_bytes().contains(byte)) {
            items.push(self.item().trim().to_owned());
            if self.bytes.get(self.at) == Some(&b',') {
                self.at += 1;
            }
        }
        self.at += 1;
        if sorted {
            items.sort_unstable();
        }
        out.push_str(&items.join(","));
        out.push_str(close);
    }

    /// A single word in brackets behind the name of its kind: `Unit(3)`.
    fn name(&mut self, kind: &str) -> Option<String> {
        let begins = self.at;
        let word = self.word().to_owned();
        if word.is_empty() || self.bytes.get(self.at) != Some(&b')') {
            self.at = begins;
            return None;
        }
        Some(self.renaming.map_or_else(|| word.clone(), |renaming| renaming.word(kind, &word)))
    }

    fn word(&mut self) -> &str {
        let begins = self.at;
        while self.bytes.get(self.at).is_some_and(|&byte| is_word(byte)) {
            self.at += 1;
        }
        std::str::from_utf8(&self.bytes[begins..self.at]).unwrap_or_default()
    }

    fn quoted(&mut self) -> &str {
        let begins = self.at;
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        std::str::from_utf8(&self.bytes[begins..self.at]).unwrap_or_default()
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}
