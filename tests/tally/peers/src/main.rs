//! Counts random elections with `tally` and with the crates of others, and compares.
//!
//! usage: peers [ELECTIONS]
//!
//! | method | whose crate | what is compared |
//! |---|---|---|
//! | Meek | `stv-rs`, which follows Droop.py | who is elected, who is not |
//! | Schulze | `tallystick` | every preference, every strongest path, who wins, ties too |
//! | instant runoff | `ranked_voting`, which follows the rules of RCTab | who wins, the votes of every round |
//! | approval, scores | `tallystick` | every sum |
//!
//! An election in which a lot was drawn is not compared where only one can win: each crate draws lots of
//! its own. Where a crate is known to count otherwise than the published rule, the module says so.

mod election;
mod meek;
mod runoff;
mod schulze;
mod sums;

use std::process::ExitCode;

use election::{Chance, Election};

/// Compares one count: whether it was compared, or what differs.
type Compare = fn(&Election) -> Result<bool, String>;

const METHODS: [(&str, Compare); 5] = [
    ("meek", meek::compare),
    ("schulze", schulze::compare),
    ("irv", runoff::compare),
    ("approval", sums::compare_approval),
    ("score", sums::compare_score),
];

fn main() -> ExitCode {
    let asked = std::env::args().nth(1).map_or(Ok(3000), |number| number.parse::<u64>());
    let Ok(elections) = asked else {
        eprintln!("usage: peers [ELECTIONS]");
        return ExitCode::from(2);
    };
    let mut compared = METHODS.map(|(name, _)| (name, 0_u64));
    for seed in 0..elections {
        let election = Election::random(&mut Chance::new(seed));
        for ((name, compare), told) in METHODS.iter().zip(&mut compared) {
            match compare(&election) {
                Ok(was) => told.1 += u64::from(was),
                Err(differs) => {
                    eprintln!("election {seed} by {name}: {differs}\n{election:#?}");
                    return ExitCode::FAILURE;
                }
            }
        }
    }
    let told = compared.map(|(name, number)| format!("{name} {number}")).join(", ");
    println!("{elections} random elections; compared with other Rust crates: {told}");
    if compared.iter().any(|(_, number)| number * 3 < elections) {
        eprintln!("too few were compared");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
