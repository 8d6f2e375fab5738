//! The words of a file, without its comments.

use crate::lines::lines;
use crate::refused::{FileRefused, PollRefused};

/// The lines that say something, with their numbers and without comments: those from `#` to the end
/// of the line, and those between `/*` and `*/`. In quotes both are part of a name.
pub(super) fn without_comments(text: &str) -> Vec<(usize, String)> {
    let mut inside = false;
    let bare = lines(text).map(|(at, line)| (at, bare(line, &mut inside)));
    let bare = bare.map(|(at, line)| (at, line.trim().to_owned()));
    bare.filter(|(_, line)| !line.is_empty()).collect()
}

/// A line without its comments; `inside` says whether one goes on from line to line.
fn bare(line: &str, inside: &mut bool) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut quoted = false;
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        let next = signs.peek().copied();
        match (sign, next) {
            ('*', Some('/')) if *inside => {
                *inside = false;
                signs.next();
                kept.push(' ');
            }
            _ if *inside => {}
            ('/', Some('*')) if !quoted => {
                *inside = true;
                signs.next();
            }
            ('#', _) if !quoted => break,
            _ => {
                quoted ^= sign == '"';
                kept.push(sign);
            }
        }
    }
    kept
}

/// The words one after the other, from line to line.
pub(super) struct Words<'a> {
    lines: std::slice::Iter<'a, (usize, String)>,
    line: usize,
    whole: &'a str,
    rest: &'a str,
}

impl<'a> Words<'a> {
    pub(super) fn new(lines: &'a [(usize, String)]) -> Self {
        Self { lines: lines.iter(), line: 1, whole: "", rest: "" }
    }

    /// The line of the last word, from 1.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// Whether the line ends behind the last word.
    pub(super) fn line_ends(&self) -> bool {
        self.rest.is_empty()
    }

    /// What is left of the line.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// The next word, which may stand on a later line. Refused at the end of the file.
    pub(super) fn next(&mut self, expected: &'static str) -> Result<&'a str, FileRefused> {
        if self.rest.is_empty() {
            let Some((line, text)) = self.lines.next() else {
                let why = PollRefused::unexpected("the end of the file", expected);
                return Err(why.in_line(self.line));
            };
            (self.line, self.whole, self.rest) = (*line, text, text);
        }
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest.trim_start();
        Ok(word)
    }

    /// Refuses the line of the last word.
    pub(super) fn refused(&self, expected: &'static str) -> FileRefused {
        PollRefused::unexpected(self.whole, expected).in_line(self.line)
    }

    /// What is left, line by line, and the line of the last word.
    pub(super) fn left(self) -> impl Iterator<Item = (usize, &'a str)> {
        let first = (!self.rest.is_empty()).then_some((self.line, self.rest));
        first.into_iter().chain(self.lines.map(|(line, text)| (*line, text.as_str())))
    }
}
