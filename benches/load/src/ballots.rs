//! Ballots counted: a million papers that all say something else.

use std::error::Error;

use tally::{Draw, Poll, schulze, scottish};

use crate::figures::{row, timed};

const BALLOTS: usize = 1_000_000;
const OPTIONS: u16 = 10;

pub(crate) fn measure() -> Result<(), Box<dyn Error>> {
    let names = (1..=OPTIONS).map(|number| format!("option {number}")).collect();
    let mut poll = Poll::try_new("a million ballots", 4, names)?;
    let mut ranks: Vec<u16> = (1..=OPTIONS).collect();
    let mut state = 88_172_645_463_325_252_u64;
    for _ in 0..BALLOTS {
        // Fisher and Yates, with the numbers of xorshift: the same ballots in every run.
        for place in (1..ranks.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            ranks.swap(place, usize::try_from(state % u64::try_from(place + 1)?)?);
        }
        poll.cast(1, &ranks)?;
    }
    let draw = Draw::new([0; 32]);
    let (count, took) = timed(|| schulze(&poll, None, draw));
    count.winner().ok_or("nobody wins")?;
    row("1 000 000 ballots of 10 options by Schulze, s", &seconds(took), "at most 0.3");
    let (sheet, took) = timed(|| scottish(&poll, draw));
    sheet.elected.first().ok_or("nobody is elected")?;
    row("the same by the Scottish rules, 4 seats, s", &seconds(took), "");
    Ok(())
}

fn seconds(took: std::time::Duration) -> String {
    format!("{:.2}", took.as_secs_f64())
}
