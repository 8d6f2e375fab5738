//! The plan before, of which as little as can be should change.

use std::path::Path;

use circuits::{Before, UnitIndex, VersionIndex};
use measure::Value;

use super::Fault;
use super::names::Names;
use super::table::{Columns, Row, Table};
use super::units::Units;

const DELIVERIES: Columns = Columns {
    needed: &["giver", "receiver", "specification", "hours"],
    optional: &["quantity", "value_hours", "place", "week"],
};
const CLEARED: Columns = Columns { needed: &["from", "to", "hours"], optional: &["line"] };

/// Reads the deliveries of a plan. One whose unit or specification the round no longer has cannot be
/// kept, and is left out.
pub(crate) fn deliveries(
    path: Option<&Path>,
    units: &Units,
    specifications: &Names,
) -> Result<Option<Vec<Before>>, Fault> {
    read(path, DELIVERIES, ["giver", "receiver"], units, |row| {
        Ok(specifications.known(row.name("specification")?).map(|known| Some(VersionIndex(known))))
    })
}

/// Reads what a plan clears of obligations.
pub(crate) fn cleared(path: Option<&Path>, units: &Units) -> Result<Option<Vec<Before>>, Fault> {
    read(path, CLEARED, ["from", "to"], units, |_| Ok(Some(None)))
}

/// Reads each row's units and hours, and of what they are; none if it is of nothing in the round.
fn read(
    path: Option<&Path>,
    columns: Columns,
    [giver, receiver]: [&str; 2],
    units: &Units,
    of: impl Fn(&Row<'_>) -> Result<Option<Option<VersionIndex>>, Fault>,
) -> Result<Option<Vec<Before>>, Fault> {
    let Some(path) = path else { return Ok(None) };
    let mut table = Table::open(path, columns)?;
    let mut before = Vec::new();
    while let Some(row) = table.next()? {
        let hours = row.number("hours", Value::parse)?.hours();
        let known = |column| Ok(units.names.known(row.name(column)?).map(UnitIndex));
        let (giver, receiver, version) = (known(giver)?, known(receiver)?, of(&row)?);
        if let (Some(giver), Some(receiver), Some(version)) = (giver, receiver, version) {
            before.push(Before { giver, receiver, version, hours });
        }
    }
    Ok(Some(before))
}
