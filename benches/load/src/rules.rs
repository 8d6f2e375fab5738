//! Acts applied a second: the state machine alone, without signatures.

use std::error::Error;

use federation::{Entry, Federation, Time};

use crate::figures::{per_second, row, timed};
use crate::village::{FOUNDERS, Village};

/// How many exchanges each pair of units makes.
const EXCHANGES: usize = 200;

pub(crate) fn measure() -> Result<(), Box<dyn Error>> {
    let mut village = Village::found(Time::from_seconds(1_767_225_600).ok_or("a moment")?)?;
    let founding = village.said.len();
    for _ in 0..EXCHANGES {
        for giver in (0..FOUNDERS).step_by(2) {
            village.exchange(giver, giver + 1)?;
        }
    }
    let entries: Vec<Entry> = (0..).zip(&village.said).map(|(at, said)| said.entry(at)).collect();
    let (first, rest) = entries.split_at(founding);
    let mut federation = Federation::new();
    for entry in first {
        federation.apply(entry)?;
    }
    let (applied, took) =
        timed(|| rest.iter().try_for_each(|entry| federation.apply(entry).map(drop)));
    applied?;
    row("acts applied a second", &per_second(rest.len(), took), "at least 500 000");
    Ok(())
}
