use std::path::{Path, PathBuf};

use clap::Args;

use super::Fault;
use super::conditions::{Conditions, Seed};
use super::exchange::Exchange;
use super::obligations::Obligations;
use super::problem::Problem;

/// What a round is made from.
#[derive(Args)]
pub(crate) struct Input {
    /// What units offer
    ///
    /// Columns: `unit,specification,quantity,value_hours[,decimals,essential,place,from,until]`.
    #[arg(long, value_name = "FILE", requires = "needs", required_unless_present = "obligations")]
    offers: Option<PathBuf>,

    /// What units need
    ///
    /// Columns: `unit,specification,quantity[,max_value_hours,essential,place,from,until]`.
    #[arg(long, value_name = "FILE", requires = "offers")]
    needs: Option<PathBuf>,

    /// Who owes whom
    ///
    /// Columns: `from,to,hours`.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["offers", "needs"])]
    obligations: Option<PathBuf>,

    #[command(flatten)]
    conditions: Conditions,
}

impl Input {
    /// Reads the files, and makes the round from them.
    pub(crate) fn read(&self) -> Result<Problem, Fault> {
        let conditions = &self.conditions;
        match (&self.obligations, &self.offers, &self.needs) {
            (Some(path), ..) => {
                Ok(Problem::Obligations(Obligations::read(path, conditions)?.into()))
            }
            (None, Some(offers), Some(needs)) => {
                Ok(Problem::Exchange(Exchange::read(offers, needs, conditions)?.into()))
            }
            _ => Err(Fault::Round(
                "no input; expected --offers and --needs, or --obligations".into(),
            )),
        }
    }

    /// The files that are read.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        let files = [&self.offers, &self.needs, &self.obligations];
        files.into_iter().filter_map(Option::as_deref).chain(self.conditions.paths())
    }

    pub(crate) const fn seed(&self) -> Seed {
        self.conditions.seed
    }
}
