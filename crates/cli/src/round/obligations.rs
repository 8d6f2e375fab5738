use std::io::{self, Write};
use std::path::Path;

use circuits::{Obligation, Plan, Request};
use measure::Value;

use super::Fault;
use super::conditions::Conditions;
use super::table::{Columns, Table};
use super::units::Units;
use super::{before, refusals};

const COLUMNS: Columns = Columns { needed: &["from", "to", "hours"], optional: &[] };

/// A round of obligations, read from a file.
pub(crate) struct Obligations {
    pub(crate) units: Units,
    pub(crate) list: Vec<Obligation>,
    pub(crate) round: circuits::Round,
    /// The line of each obligation.
    lines: Vec<u64>,
}

impl Obligations {
    /// Reads who owes whom. Without a file of units, no unit has room, so that only closed loops are
    /// cleared.
    pub(crate) fn read(path: &Path, by: &Conditions) -> Result<Self, Fault> {
        let mut units = Units::read(by.units.as_deref())?;
        let mut table = Table::open(path, COLUMNS)?;
        let (mut list, mut lines) = (Vec::new(), Vec::new());
        while let Some(row) = table.next()? {
            let (giver, receiver) = (units.named(&row, "from")?, units.named(&row, "to")?);
            let hours = row.number("hours", Value::parse)?.hours();
            list.push(Obligation { giver, receiver, hours });
            lines.push(row.line);
        }
        let request = Request {
            units: units.list.clone(),
            obligations: list.clone(),
            refused: refusals::read(by.refusals.as_deref(), &units)?,
            before: before::cleared(by.before.as_deref(), &units)?,
            terms: by.terms(&units),
            seed: by.seed.0,
            ..Request::default()
        };
        let round =
            circuits::Round::try_new(request).map_err(|why| Fault::Round(why.to_string()))?;
        Ok(Self { units, list, round, lines })
    }

    /// Writes what a plan clears of each line.
    pub(crate) fn write_cleared(&self, plan: &Plan, to: &mut dyn Write) -> io::Result<()> {
        let cleared = circuits::cleared(&self.round, plan, &self.list);
        let mut table = csv::Writer::from_writer(to);
        table.write_record(["line", "from", "to", "hours"])?;
        for ((line, one), hours) in self.lines.iter().zip(&self.list).zip(cleared) {
            table.write_record([
                &line.to_string(),
                self.units.names.name(one.giver.0),
                self.units.names.name(one.receiver.0),
                &hours.exact(),
            ])?;
        }
        table.flush()
    }
}
