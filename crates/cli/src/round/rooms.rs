use std::path::Path;

use measure::{Hours, MAGNITUDE_MAX};

use super::Fault;
use super::names::Names;
use super::table::{Columns, Table};

const COLUMNS: Columns = Columns {
    needed: &["unit"],
    optional: &["members", "entitlement_hours", "allowance_hours", "ceiling_hours"],
};

/// How far a unit's entitlement may fall and rise in a round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) down: Hours,
    pub(crate) up: Hours,
}

impl Room {
    pub(crate) fn is_open(self) -> bool {
        self.down.is_positive() || self.up.is_positive()
    }
}

/// Reads the units and the room of each, by the number of its name.
///
/// Room down is what lies between the entitlement and minus the allowance, room up what lies
/// between the entitlement and the ceiling; no room where it is beyond. An empty entitlement or
/// allowance is nought, and without a ceiling there is none.
pub(crate) fn read(path: &Path) -> Result<(Names, Vec<Room>), Fault> {
    let mut table = Table::open(path, COLUMNS)?;
    let mut names = Names::default();
    let mut rooms = Vec::new();
    let mut lines = Vec::new();
    while let Some(row) = table.next()? {
        let name = row.name("unit")?;
        if let Some(first) = names.known(name).and_then(|n| lines.get(usize::try_from(n).ok()?)) {
            let message = format!("unit `{name}` stands in line {first} too; expected it once");
            return Err(row.refuse(message));
        }
        names.number(name).ok_or_else(|| row.refuse("too many units; expected fewer than 2³²"))?;
        lines.push(row.line);
        let _members = row.number_if_any("members", members)?;
        let entitlement = row.number_if_any("entitlement_hours", Hours::parse)?;
        let entitlement = entitlement.unwrap_or_default();
        let allowance = row.number_if_any("allowance_hours", not_below_nought)?.unwrap_or_default();
        let ceiling = row.number_if_any("ceiling_hours", not_below_nought)?;
        let too_large = || row.refuse("the room is too large; expected at most 2⁵³ − 1 seconds");
        let down = entitlement.plus(allowance).ok_or_else(too_large)?.at_least_zero();
        let up = match ceiling {
            Some(ceiling) => ceiling.minus(entitlement).ok_or_else(too_large)?.at_least_zero(),
            None => Hours::from_seconds(MAGNITUDE_MAX).unwrap_or_default(),
        };
        rooms.push(Room { down, up });
    }
    Ok((names, rooms))
}

fn members(text: &str) -> Result<i64, measure::NumberRefused> {
    let measure = measure::Measure::try_new("member", 0)?;
    measure.parse(text).map(measure::Quantity::steps)
}

fn not_below_nought(text: &str) -> Result<Hours, measure::NumberRefused> {
    measure::Value::parse(text).map(measure::Value::hours)
}
