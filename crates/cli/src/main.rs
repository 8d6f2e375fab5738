//! The command line of Artel.

mod record;
mod round;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Units exchange what they make, without money.
///
/// Exit codes: 0 done, 1 refused, 2 wrong use.
#[derive(Parser)]
#[command(name = "artel", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Solve and check rounds from files, without a federation.
    #[command(subcommand)]
    Round(round::Round),
    /// Check a record.
    #[command(subcommand)]
    Record(record::Record),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Round(command) => round::run(&command),
        Command::Record(command) => record::run(&command),
    }
}
