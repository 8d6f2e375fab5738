//! The names of the options, and the title.

use super::words::Words;
use crate::lines::quoted;
use crate::refused::{FileRefused, PollRefused};

/// What one line holds.
enum Held {
    /// Names in quotes, or a line that is one name.
    Names(Vec<String>),
    /// A name whose quote the line does not close.
    Open,
}

/// Names with their lines, and the title. After the title some programs write where the poll was held
/// and who counted it.
pub(super) fn read(
    words: Words<'_>,
    choices: usize,
) -> Result<(Vec<(usize, String)>, String), FileRefused> {
    let mut last = words.line();
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut lines = words.left();
    while let Some((line, text)) = lines.next() {
        let mut text = text.to_owned();
        let names = loop {
            match held(&text) {
                Held::Names(names) => break names,
                Held::Open => {
                    let closing = "a quote that closes the name, on this line or the next";
                    let wrong = || PollRefused::unexpected(&text, closing).in_line(line);
                    let (_, more) = lines.next().ok_or_else(wrong)?;
                    if more.starts_with('"') {
                        return Err(wrong());
                    }
                    text = format!("{text} {more}");
                }
            }
        };
        found.extend(names.into_iter().map(|name| (line, name)));
        if found.len() > choices + 3 {
            return Err(PollRefused::unexpected(&text, "nothing after the title").in_line(line));
        }
        last = line;
    }
    if found.len() < choices {
        let why = PollRefused::unexpected("the end of the file", "a name for each option");
        return Err(why.in_line(last));
    }
    let title = found.get(choices).map(|(_, title)| title.clone()).unwrap_or_default();
    found.truncate(choices);
    Ok((found, title))
}

fn held(line: &str) -> Held {
    let mut names = Vec::new();
    let mut rest = line;
    while let Some(inner) = rest.strip_prefix('"') {
        let Some((name, after)) = quoted(inner) else { return Held::Open };
        names.push(name);
        rest = after.trim_start();
    }
    if rest.is_empty() {
        return Held::Names(names);
    }
    // Quotes that nobody doubled: `"Ann "Red" Lee"`.
    let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
    Held::Names(vec![inner.unwrap_or(line).to_owned()])
}
