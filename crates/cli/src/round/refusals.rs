use std::path::Path;

use circuits::{Refused, UnitIndex};

use super::Fault;
use super::table::{Columns, Row, Table};
use super::units::Units;

const COLUMNS: Columns = Columns { needed: &["unit", "partner"], optional: &[] };

/// Reads who will not deal with whom; nobody without a file.
pub(crate) fn read(path: Option<&Path>, units: &Units) -> Result<Vec<Refused>, Fault> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let mut table = Table::open(path, COLUMNS)?;
    let mut refused = Vec::new();
    while let Some(row) = table.next()? {
        let (unit, partner) = (known(units, &row, "unit")?, known(units, &row, "partner")?);
        if unit == partner {
            let name = row.text("unit")?;
            return Err(row.refuse(format!("unit `{name}` refuses itself; expected another")));
        }
        refused.push(Refused { unit, partner });
    }
    Ok(refused)
}

fn known(units: &Units, row: &Row<'_>, column: &str) -> Result<UnitIndex, Fault> {
    let name = row.name(column)?;
    let unknown = || row.refuse(format!("unit `{name}` is unknown; expected one of the round"));
    units.names.known(name).map(UnitIndex).ok_or_else(unknown)
}
