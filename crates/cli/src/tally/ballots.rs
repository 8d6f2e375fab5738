//! Ballots from a file.

use std::fs;
use std::path::Path;

use ::tally::{Majority, Poll, PollRefused, abif, blt};

use crate::round::Fault;

/// What a poll of yes and no must look like.
pub(super) const NOT_YES_AND_NO: &str =
    "a majority is counted between two options called `yes` and `no`; ballots for neither abstain";

/// Reads a poll from BLT or ABIF: by the name's ending, else by what the file begins with.
pub(super) fn read(path: &Path) -> Result<Poll, Fault> {
    if path.is_dir() {
        return Err(Fault::in_file(path, "this is a directory; expected a file of ballots"));
    }
    let bytes = fs::read(path).map_err(|cause| Fault::reading(path, cause))?;
    let text = String::from_utf8(bytes).map_err(|wrong| {
        let before = String::from_utf8_lossy(&wrong.as_bytes()[..wrong.utf8_error().valid_up_to()]);
        let line = before.matches('\n').count();
        let says = "this is not UTF-8; save the file with that encoding";
        Fault::in_line(path, u64::try_from(line).unwrap_or(0) + 1, says)
    })?;
    let read = if is_blt(path, &text) { blt::read(&text) } else { abif::read(&text) };
    read.map_err(|refused| match refused {
        PollRefused::Line { line, found, expected } => {
            let says = format!("found `{found}`; expected {expected}");
            Fault::in_line(path, u64::try_from(line).unwrap_or(u64::MAX), says)
        }
        other => Fault::in_file(path, other.to_string()),
    })
}

fn is_blt(path: &Path, text: &str) -> bool {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    if let Some(known) = ending.filter(|ending| ending == "blt" || ending == "abif") {
        return known == "blt";
    }
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        line.starts_with(|sign: char| sign.is_ascii_digit()) && !line.contains([':', '*'])
    })
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
