//! Ballots from a file.

use std::fs;
use std::path::Path;

use ::tally::{FileRefused, Majority, Poll, abif, blt, devotee};

use super::letters;
use crate::round::Fault;

/// What a poll of yes and no must look like.
pub(super) const NOT_YES_AND_NO: &str =
    "a majority is counted between two options called `yes` and `no`; ballots for neither abstain";

/// Reads a poll from BLT, ABIF or a tally sheet of devotee: by the name's ending, else by what the file begins with. Says on
/// stderr when a file that is not UTF-8 was read as Windows-1252.
pub(super) fn read(path: &Path) -> Result<Poll, Fault> {
    if path.is_dir() {
        return Err(Fault::in_file(path, "this is a directory; expected a file of ballots"));
    }
    let bytes = fs::read(path).map_err(|cause| Fault::reading(path, cause))?;
    if bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xff, 0xfe]) {
        let says = "this is UTF-16; save the file as UTF-8";
        return Err(Fault::in_line(path, 1, says));
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|wrong| {
        let line = 1 + lines_before(wrong.utf8_error().valid_up_to(), wrong.as_bytes());
        let path = path.display();
        eprintln!("artel: {path}:{line}: this is not UTF-8; names are read as Windows-1252");
        letters::of_windows(wrong.as_bytes())
    });
    form(path, &text)(&text).map_err(|refused| {
        let line = u64::try_from(refused.line).unwrap_or(u64::MAX);
        Fault::in_line(path, line, refused.why.to_string())
    })
}

fn lines_before(end: usize, bytes: &[u8]) -> usize {
    bytes.iter().take(end).filter(|byte| **byte == b'\n').count()
}

/// How a file is read.
fn form(path: &Path, text: &str) -> fn(&str) -> Result<Poll, FileRefused> {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    match ending.as_ref().and_then(|ending| ending.to_str()) {
        Some("blt") => return blt::read,
        Some("abif") => return abif::read,
        _ if devotee::is_sheet(text) => return devotee::read,
        _ => {}
    }
    let mut said = text.lines().map(str::trim);
    let first = said.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    let is_blt = first.starts_with(|sign: char| sign.is_ascii_digit());
    if is_blt && !first.contains([':', '*']) { blt::read } else { abif::read }
}

/// The votes of a poll whose options are yes and no, whichever stands first on each ballot. None for
/// another poll.
pub(super) fn yes_and_no(poll: &Poll) -> Option<Majority> {
    let called = |wanted: &str| {
        poll.choices().find(|&choice| poll.name(choice).eq_ignore_ascii_case(wanted))
    };
    let (yes, no) = called("yes").zip(called("no"))?;
    if poll.choice_count() != 2 {
        return None;
    }
    let mut votes = Majority::default();
    for ballot in poll.ballots() {
        let rank = |at: usize| match ballot.ranks.get(at) {
            Some(0) | None => u16::MAX,
            Some(rank) => *rank,
        };
        match rank(yes.position()).cmp(&rank(no.position())) {
            std::cmp::Ordering::Less => votes.yes += ballot.weight,
            std::cmp::Ordering::Greater => votes.no += ballot.weight,
            std::cmp::Ordering::Equal => votes.abstain += ballot.weight,
        }
    }
    Some(votes)
}
