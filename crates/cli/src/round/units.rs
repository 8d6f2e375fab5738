use std::path::Path;

use circuits::{Label, Unit, UnitIndex};
use measure::{Hours, MAGNITUDE_MAX, Measure, NumberRefused, Quantity};

use super::Fault;
use super::names::Names;
use super::place;
use super::table::{Columns, Row, Table};

const COLUMNS: Columns = Columns {
    needed: &["unit"],
    optional: &[
        "members",
        "entitlement_hours",
        "allowance_hours",
        "ceiling_hours",
        "place",
        "short_percent",
    ],
};

/// The units of a round: named in a file of their own, or wherever they are first met.
#[derive(Default)]
pub(crate) struct Units {
    pub(crate) names: Names,
    pub(crate) list: Vec<Unit>,
    /// Whether members are counted, so that hours are shared out evenly among them.
    pub(crate) by_members: bool,
    /// Whether rooms are named, so that rounding to whole steps keeps to them too.
    pub(crate) by_rooms: bool,
    /// Whether a unit is known that no file named: only if there is no file of units.
    closed: bool,
}

impl Units {
    /// Reads the units and what the round may use of each; without a file, none is known yet.
    pub(crate) fn read(path: Option<&Path>) -> Result<Self, Fault> {
        let Some(path) = path else { return Ok(Self::default()) };
        let mut table = Table::open(path, COLUMNS)?;
        let rooms = ["entitlement_hours", "allowance_hours", "ceiling_hours"];
        let mut units = Self {
            by_members: table.has("members"),
            by_rooms: rooms.into_iter().any(|column| table.has(column)),
            closed: true,
            ..Self::default()
        };
        let mut lines = Vec::new();
        while let Some(row) = table.next()? {
            let name = row.name("unit")?;
            if let Some(first) = units.names.known(name).and_then(|n| lines.get(position(n))) {
                let message = format!("unit `{name}` stands in line {first} too; expected it once");
                return Err(row.refuse(message));
            }
            units.names.number(name).ok_or_else(|| row.refuse(TOO_MANY))?;
            units.list.push(unit(name, &row)?);
            lines.push(row.line);
        }
        Ok(units)
    }

    /// The unit that a row names, a new one without room if any may appear.
    pub(crate) fn named(&mut self, row: &Row<'_>, column: &str) -> Result<UnitIndex, Fault> {
        let name = row.name(column)?;
        if let Some(number) = self.names.known(name) {
            return Ok(UnitIndex(number));
        }
        if self.closed {
            let message = format!("unit `{name}` is unknown; expected one of --units");
            return Err(row.refuse(message));
        }
        let number = self.names.number(name).ok_or_else(|| row.refuse(TOO_MANY))?;
        self.list.push(Unit::new(Label::from(name), Hours::ZERO, Hours::ZERO));
        Ok(UnitIndex(number))
    }

    /// How far the entitlement of a unit may fall.
    pub(crate) fn room_down(&self, unit: UnitIndex) -> Hours {
        self.list.get(position(unit.0)).map_or(Hours::ZERO, |unit| unit.room_down)
    }

    /// Whether it is known of any where it is.
    pub(crate) fn have_places(&self) -> bool {
        self.list.iter().any(|unit| unit.home.is_some())
    }

    /// How many units have room.
    pub(crate) fn with_room(&self) -> usize {
        let open = |unit: &&Unit| unit.room_down.is_positive() || unit.room_up.is_positive();
        self.list.iter().filter(open).count()
    }
}

const TOO_MANY: &str = "too many units; expected fewer than 2³²";

fn position(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A unit out of its row.
///
/// Room down is what lies between the entitlement and minus the allowance, room up what lies
/// between the entitlement and the ceiling; no room where it is beyond. An empty entitlement or
/// allowance is nought, without a ceiling there is none, and without members there is one.
fn unit(name: &str, row: &Row<'_>) -> Result<Unit, Fault> {
    let entitlement = row.number_if_any("entitlement_hours", Hours::parse)?.unwrap_or_default();
    let allowance = row.number_if_any("allowance_hours", not_below_nought)?.unwrap_or_default();
    let ceiling = row.number_if_any("ceiling_hours", not_below_nought)?;
    let too_large = || row.refuse("the room is too large; expected at most 2⁵³ − 1 seconds");
    let down = entitlement.plus(allowance).ok_or_else(too_large)?.at_least_zero();
    let up = match ceiling {
        Some(ceiling) => ceiling.minus(entitlement).ok_or_else(too_large)?.at_least_zero(),
        None => Hours::from_seconds(MAGNITUDE_MAX).unwrap_or_default(),
    };
    let mut unit = Unit::new(Label::from(name), down, up);
    if let Some(members) = row.number_if_any("members", whole)? {
        unit.members =
            u32::try_from(members).ok().filter(|&members| members > 0).ok_or_else(|| {
                row.refuse(format!("members is `{members}`; expected 1 to {}", u32::MAX))
            })?;
    }
    unit.home = place::read(row)?;
    if let Some(percent) = row.number_if_any("short_percent", whole)? {
        if percent > 100 {
            return Err(row.refuse(format!("short_percent is `{percent}`; expected 0 to 100")));
        }
        unit.short = u8::try_from((percent * 16 + 50) / 100).unwrap_or(16);
    }
    Ok(unit)
}

fn whole(text: &str) -> Result<i64, NumberRefused> {
    Measure::try_new("whole", 0)?.parse(text).map(Quantity::steps)
}

fn not_below_nought(text: &str) -> Result<Hours, NumberRefused> {
    measure::Value::parse(text).map(measure::Value::hours)
}
