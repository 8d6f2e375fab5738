use std::path::{Path, PathBuf};

use clap::Args;

use super::Fault;
use super::exchange::Exchange;
use super::obligations::Obligations;
use super::problem::Problem;

/// What a round is made from.
#[derive(Args)]
pub(crate) struct Input {
    /// What units offer
    ///
    /// Columns: `unit,specification,quantity,value_hours`.
    #[arg(long, value_name = "FILE", requires = "needs", required_unless_present = "obligations")]
    offers: Option<PathBuf>,

    /// What units need
    ///
    /// Columns: `unit,specification,quantity[,max_value_hours]`.
    #[arg(long, value_name = "FILE", requires = "offers")]
    needs: Option<PathBuf>,

    /// The room of each unit; without it nobody may use or earn entitlement
    ///
    /// Columns: `unit[,members,entitlement_hours,allowance_hours,ceiling_hours]`. All hours are the
    /// whole unit's. Without a ceiling there is none; an empty allowance is nought.
    #[arg(long, value_name = "FILE")]
    units: Option<PathBuf>,

    /// Who owes whom
    ///
    /// Columns: `from,to,hours`.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["offers", "needs", "units"])]
    obligations: Option<PathBuf>,

    /// What the tie-break draws from: 64 hexadecimal digits
    #[arg(long, value_name = "HEX", value_parser = seed, default_value = NO_SEED, hide_default_value = true)]
    seed: Seed,
}

const NO_SEED: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// 32 bytes that nobody could foresee, or noughts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seed(pub(crate) [u8; 32]);

fn seed(text: &str) -> Result<Seed, String> {
    let expected = || "expected 64 hexadecimal digits".to_owned();
    if text.len() != 64 || !text.is_ascii() {
        return Err(expected());
    }
    let mut seed = [0; 32];
    for (byte, place) in seed.iter_mut().zip((0..64).step_by(2)) {
        let digits = text.get(place..place + 2).unwrap_or_default();
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(expected());
        }
        *byte = u8::from_str_radix(digits, 16).map_err(|_| expected())?;
    }
    Ok(Seed(seed))
}

impl std::fmt::Display for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Input {
    /// Reads the files, and makes the round from them.
    pub(crate) fn read(&self) -> Result<Problem, Fault> {
        match (&self.obligations, &self.offers, &self.needs) {
            (Some(path), ..) => Ok(Problem::Obligations(Obligations::read(path, self.seed)?)),
            (None, Some(offers), Some(needs)) => {
                let units = self.units.as_deref();
                Ok(Problem::Exchange(Exchange::read(offers, needs, units, self.seed)?))
            }
            _ => Err(Fault::Round(
                "no input; expected --offers and --needs, or --obligations".into(),
            )),
        }
    }

    /// The files that are read.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        let files = [&self.offers, &self.needs, &self.units, &self.obligations];
        files.into_iter().filter_map(Option::as_deref)
    }

    pub(crate) const fn seed(&self) -> Seed {
        self.seed
    }
}
