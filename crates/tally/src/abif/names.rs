//! Names: bare, in square brackets or in quotes; those that a line declares, and the title.

use crate::lines::quoted;
use crate::refused::PollRefused;

/// A name, and what follows it. None if there is none, or if nothing closes it.
pub(super) fn name(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let (name, rest) = if let Some(inner) = text.strip_prefix('[') {
        let (name, rest) = inner.split_once(']')?;
        (name.trim().to_owned(), rest)
    } else if let Some(inner) = text.strip_prefix('"') {
        quoted(inner)?
    } else {
        let end = text.find([':', '>', '=', ',', '/', '*', '#', '[', '"', '{']);
        let (name, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
        (name.trim().to_owned(), rest)
    };
    (!name.is_empty()).then_some((name, rest))
}

/// The short name and the full one, if a line declares an option; the short one twice if it says no
/// other. A line may leave the `=` out, if the full name is in brackets or in quotes.
pub(super) fn declaration(line: &str) -> Result<Option<(String, String)>, PollRefused> {
    let wrong =
        || PollRefused::unexpected(line, "a short name and a full one, such as `=A:[Ann Lee]`");
    let declares = line.strip_prefix('=');
    let Some((short, rest)) = name(declares.unwrap_or(line)) else {
        return if declares.is_some() { Err(wrong()) } else { Ok(None) };
    };
    let full = rest.trim_start().strip_prefix(':').map(str::trim_start);
    let counted = short.starts_with(|sign: char| sign.is_ascii_digit());
    let marked = full.is_some_and(|full| full.starts_with(['[', '"']));
    if declares.is_none() && (counted || !marked) {
        return Ok(None);
    }
    let (full, rest) = match full {
        None => (short.clone(), rest.trim_start()),
        Some(full) => name(full).ok_or_else(wrong)?,
    };
    let rest = rest.trim_start();
    if rest.is_empty() || rest.starts_with('#') { Ok(Some((short, full))) } else { Err(wrong()) }
}

/// The title that a line of metadata gives, if it gives one. Whatever else it says is passed over.
pub(super) fn title(line: &str) -> Option<String> {
    let mut rest = line.strip_prefix('{')?;
    loop {
        rest = rest.trim_start_matches(|sign: char| sign.is_whitespace() || sign == ',');
        let (key, after) = word(rest)?;
        let (value, after) = word(after.trim_start().strip_prefix(':')?.trim_start())?;
        if key == "title" {
            return Some(value);
        }
        rest = after;
    }
}

/// A key or a value: in quotes, or up to the next sign that parts them.
fn word(text: &str) -> Option<(String, &str)> {
    if let Some(inner) = text.strip_prefix('"') {
        return quoted(inner);
    }
    let end = text.find([':', ',', '}'])?;
    let (word, rest) = text.split_at_checked(end)?;
    let word = word.trim();
    (!word.is_empty()).then(|| (word.to_owned(), rest))
}
