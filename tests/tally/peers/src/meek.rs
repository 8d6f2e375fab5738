//! Meek's method beside `stv-rs`.
//!
//! `stv-rs` gives every ballot's parts rounded down, as Droop.py does; the reference rule rounds them up.
//! So votes differ by some 10⁻⁹ for each ballot, and only who is elected can be compared. It shares the
//! vote of equal ranks, where the reference rule for council elections ends the ballot: only elections of
//! strict ballots are compared.

use std::collections::BTreeSet;

use num::BigInt;
use stv_rs::arithmetic::BigFixedDecimal9;
use stv_rs::cli::Parallel;
use stv_rs::meek::stv_droop;
use stv_rs::types::{Ballot, Candidate, Election as Theirs};

use crate::election::{Election, draw, is_tied};

/// Surplus below a millionth of a vote, as the reference rule says.
const OMEGA_EXPONENT: usize = 6;

pub fn compare(election: &Election) -> Result<bool, String> {
    if !election.is_strict() {
        return Ok(false);
    }
    let sheet = tally::meek(&election.poll(), draw());
    if is_tied(&sheet) {
        return Ok(false);
    }
    let ours: BTreeSet<usize> = sheet.elected.iter().map(|choice| choice.position()).collect();
    let theirs = counted(election)?;
    if ours == theirs {
        Ok(true)
    } else {
        Err(format!("elected {ours:?}; stv-rs elects {theirs:?}"))
    }
}

fn counted(election: &Election) -> Result<BTreeSet<usize>, String> {
    let ballot = |cast: &crate::election::Cast| {
        Ballot::new(usize::try_from(cast.weight).unwrap(), cast.order())
    };
    let candidates: Vec<_> =
        (0..election.options).map(|at| Candidate::new(format!("option{at}"), false)).collect();
    let theirs = Theirs::builder()
        .title("random")
        .num_seats(usize::try_from(election.seats).unwrap())
        .candidates(candidates)
        .ballots(election.cast.iter().map(ballot).collect::<Vec<_>>())
        .build();
    let (positive_surplus, equalize) = (true, false);
    let result = stv_droop::<BigInt, BigFixedDecimal9>(
        &mut std::io::sink(),
        &theirs,
        "peers",
        OMEGA_EXPONENT,
        Parallel::No,
        None,
        true,
        positive_surplus,
        equalize,
    );
    Ok(result.map_err(|fault| fault.to_string())?.elected.into_iter().collect())
}
