//! The command line of Artel.

mod circle;
mod commons;
mod contract;
mod decide;
mod delegate;
mod deliver;
mod demo;
mod directory;
mod doctor;
mod export;
mod federations;
mod hold;
mod init;
mod key;
mod listed;
mod lot;
mod manual;
mod moment;
mod named;
mod need;
mod offer;
mod options;
mod outlook;
mod pact;
mod places;
mod reach;
mod record;
mod resource;
mod round;
mod rounds;
mod said;
mod serve;
mod settings;
mod shown;
mod spec;
mod status;
mod swap;
mod tally;
mod undone;
mod unit;
mod value;
mod wish;
mod written;

use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use node::Node;

use undone::ended;

/// Units exchange what they make, without money.
///
/// Exit codes: 0 done, 1 refused, 2 wrong use. What is said with an option goes before the
/// environment (`ARTEL_…`), that before your settings, and those before what is usual.
#[derive(Parser)]
#[command(name = "artel", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Demo),
    Init(init::Init),
    Serve(serve::Serve),
    Doctor(doctor::Doctor),
    Status(status::Status),
    Export(export::Export),
    Federation(federations::Federations),
    Unit(unit::Units),
    Offer(offer::Offers),
    Need(need::Needs),
    /// Rounds: from files without a federation, and a federation's own.
    #[command(subcommand)]
    Round(Round),
    Swap(swap::Swaps),
    Decide(decide::Decide),
    Pact(pact::Pacts),
    Contract(contract::Contracts),
    Resource(resource::Resources),
    Common(commons::Commons),
    Deliver(deliver::Deliveries),
    Spec(spec::Specifications),
    Delegate(delegate::Delegates),
    Circle(circle::Circles),
    Lot(lot::Lots),
    Value(value::Values),
    Key(key::Keys),
    /// Check a record.
    #[command(subcommand)]
    Record(record::Record),
    Tally(tally::Tally),
    Completions(manual::Completions),
    Manual(manual::Manual),
}

#[derive(Subcommand)]
enum Round {
    #[command(flatten)]
    Files(round::Round),
    #[command(flatten)]
    Federation(rounds::Rounds),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Demo(command) => ended(command.run()),
        Command::Init(command) => ended(command.run()),
        Command::Serve(command) => ended(command.run()),
        Command::Doctor(command) => ended(command.run()),
        Command::Status(command) => ended(command.run()),
        Command::Export(command) => ended(command.run()),
        Command::Federation(command) => ended(command.run()),
        Command::Unit(command) => ended(command.run()),
        Command::Offer(command) => ended(command.run()),
        Command::Need(command) => ended(command.run()),
        Command::Round(Round::Files(command)) => round::run(&command),
        Command::Round(Round::Federation(command)) => ended(command.run()),
        Command::Swap(command) => ended(command.run()),
        Command::Decide(command) => ended(command.run()),
        Command::Pact(command) => ended(command.run()),
        Command::Contract(command) => ended(command.run()),
        Command::Resource(command) => ended(command.run()),
        Command::Common(command) => ended(command.run()),
        Command::Deliver(command) => ended(command.run()),
        Command::Spec(command) => ended(command.run()),
        Command::Value(command) => ended(command.run()),
        Command::Delegate(command) => ended(command.run()),
        Command::Circle(command) => ended(command.run()),
        Command::Lot(command) => ended(command.run()),
        Command::Key(command) => ended(command.run()),
        Command::Record(command) => record::run(&command),
        Command::Tally(command) => tally::run(&command),
        Command::Completions(command) => {
            command.run();
            ExitCode::SUCCESS
        }
        Command::Manual(command) => ended(command.run()),
    }
}

/// Everything that a node serves.
fn pages_of(node: Arc<Node>) -> axum::Router {
    pages::router(node)
}
