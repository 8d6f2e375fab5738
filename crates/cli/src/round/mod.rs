//! `artel round`: rounds from files, without a federation.

mod before;
mod certificate;
mod check;
mod conditions;
mod course;
mod exchange;
mod explain;
mod fault;
mod input;
mod names;
mod obligations;
mod place;
mod plan_file;
mod problem;
mod progress;
mod refusals;
mod shares;
mod solve;
mod specifications;
mod summary;
mod swap;
mod table;
mod units;
mod week;
mod wishes;
mod written;

use std::process::ExitCode;

use clap::Subcommand;
pub(crate) use fault::Fault;
pub(crate) use written::Written;

/// The commands on rounds.
#[derive(Subcommand)]
pub(crate) enum Round {
    /// Find the plan that meets the most hours of needs.
    ///
    /// The plan is the only best one, and carries a proof that `artel round check` verifies.
    Solve(solve::Solve),
    /// Check a plan and its certificate against the same inputs.
    Check(check::Check),
    /// Find who swaps which thing for which, one for one and without hours.
    ///
    /// Everybody gets the best on their list that can be had, by top trading cycles. There is only
    /// one such outcome, and nobody gains by another list than the true one.
    Swap(swap::Swap),
}

/// Runs a command, and says on stderr what was wrong.
pub(crate) fn run(command: &Round) -> ExitCode {
    let done = match command {
        Round::Solve(solve) => solve.run(),
        Round::Check(check) => check.run(),
        Round::Swap(swap) => swap.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("artel: {}", names::plain(&fault.to_string()));
            ExitCode::from(fault.exit_code())
        }
    }
}
