use std::io::{self, Write};
use std::path::Path;

use circuits::{Label, Obligation, Plan, Request, Unit, UnitIndex};
use measure::{Hours, Value};

use super::Fault;
use super::input::Seed;
use super::names::Names;
use super::table::{Columns, Table};

const COLUMNS: Columns = Columns { needed: &["from", "to", "hours"], optional: &[] };

/// A round of obligations, read from a file.
pub(crate) struct Obligations {
    pub(crate) units: Names,
    pub(crate) list: Vec<Obligation>,
    pub(crate) round: circuits::Round,
    /// The line of each obligation.
    lines: Vec<u64>,
}

impl Obligations {
    /// Reads who owes whom. No unit has room, so that only closed loops are cleared.
    pub(crate) fn read(path: &Path, seed: Seed) -> Result<Self, Fault> {
        let mut table = Table::open(path, COLUMNS)?;
        let mut units = Names::default();
        let (mut list, mut lines) = (Vec::new(), Vec::new());
        while let Some(row) = table.next()? {
            let mut unit = |column| {
                let number = units.number(row.name(column)?).map(UnitIndex);
                number.ok_or_else(|| row.refuse("too many units; expected fewer than 2³²"))
            };
            let (giver, receiver) = (unit("from")?, unit("to")?);
            let hours = row.number("hours", Value::parse)?.hours();
            list.push(Obligation { giver, receiver, hours });
            lines.push(row.line);
        }
        let unit = |name| Unit::new(Label::from(name), Hours::ZERO, Hours::ZERO);
        let request = Request {
            units: units.iter().map(unit).collect(),
            obligations: list.clone(),
            seed: seed.0,
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
                self.units.name(one.giver.0),
                self.units.name(one.receiver.0),
                &hours.exact(),
            ])?;
        }
        table.flush()
    }
}
