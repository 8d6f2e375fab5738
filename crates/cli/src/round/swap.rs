//! `artel round swap`: one thing for another, from two tables.

mod found;
mod things;
mod wanted;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::Fault;
use super::written::Written;
use found::Found;
use things::Things;

/// `artel round swap`
#[derive(Args)]
#[command(after_help = "Example:
  artel round swap --things things.csv --wishes wishes.csv --plan swaps.csv")]
pub(crate) struct Swap {
    /// The things that units bring
    ///
    /// Columns: `thing,unit[,what]`. A thing is named as you like, each by a name of its own; what
    /// it is stands there for people.
    #[arg(long, value_name = "FILE")]
    things: PathBuf,

    /// What would be taken for each thing
    ///
    /// Columns: `thing,wanted[,rank]`. Rank 1 is liked best; without that column the order of the
    /// lines says it. What is not listed is not taken.
    #[arg(long, value_name = "FILE")]
    wishes: PathBuf,

    /// Write who gives what to whom here, as CSV
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Swap {
    pub(crate) fn run(&self) -> Result<(), Fault> {
        self.keep_files_apart()?;
        let things = Things::read(&self.things)?;
        let would_take = wanted::read(&self.wishes, &things)?;
        let begun = Instant::now();
        let swaps = circuits::swaps(&would_take).map_err(|why| Fault::Round(why.to_string()))?;
        let found =
            Found { things: &things, would_take: &would_take, swaps, took: begun.elapsed() };
        if let Some(path) = &self.plan {
            Written::write(path, |to| found.write_plan(to))?.keep()?;
        }
        self.print(&found).map_err(|cause| Fault::writing("standard output".as_ref(), cause))
    }

    /// Refused if the plan would be written over a file that is read.
    fn keep_files_apart(&self) -> Result<(), Fault> {
        let Some(plan) = &self.plan else { return Ok(()) };
        let same = |read: &Path| {
            read == plan
                || matches!((read.canonicalize(), plan.canonicalize()), (Ok(a), Ok(b)) if a == b && a.is_file())
        };
        match same(&self.things) || same(&self.wishes) {
            true => Err(Fault::in_file(plan, "this file is read; expected another to write")),
            false => Ok(()),
        }
    }

    fn print(&self, found: &Found<'_>) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &found.to_json())?;
            writeln!(out)?;
        } else {
            found.write(&mut out)?;
        }
        out.flush()
    }
}
