use std::io::{self, Write};
use std::path::Path;

use circuits::{Label, Match, Request, Unit, UnitIndex, Version, VersionIndex, Wish};
use measure::{DECIMALS_MAX, Measure, Value};

use super::Fault;
use super::input::Seed;
use super::names::Names;
use super::rooms::{self, Room};
use super::table::{Columns, Row, Table};

const OFFERS: Columns = Columns {
    needed: &["unit", "specification", "quantity", "value_hours"],
    optional: &["from", "until", "place"],
};
const NEEDS: Columns = Columns {
    needed: &["unit", "specification", "quantity"],
    optional: &["max_value_hours", "from", "until", "place"],
};

/// A round of offers and needs, read from files.
pub(crate) struct Exchange {
    pub(crate) units: Names,
    pub(crate) specifications: Names,
    pub(crate) values: Vec<Value>,
    pub(crate) rooms: Vec<Room>,
    pub(crate) round: circuits::Round,
    pub(crate) counts: Counts,
    measure: Measure,
}

/// How much was read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) offers: usize,
    pub(crate) needs: usize,
    /// Needs of a specification that nobody offers: they have no value to be measured by.
    pub(crate) needs_not_offered: usize,
    /// Needs that name a highest value below the value offered.
    pub(crate) needs_valued_lower: usize,
}

impl Exchange {
    /// Reads the files. Every quantity has up to 3 decimals, and every specification one value.
    pub(crate) fn read(
        offers: &Path,
        needs: &Path,
        units: Option<&Path>,
        seed: Seed,
    ) -> Result<Self, Fault> {
        let (names, rooms) = match units {
            Some(path) => rooms::read(path)?,
            None => (Names::default(), Vec::new()),
        };
        let measure =
            Measure::try_new("whole", DECIMALS_MAX).map_err(|why| Fault::Round(why.to_string()))?;
        let mut reading = Reading {
            open: units.is_none(),
            units: names,
            rooms,
            measure,
            specifications: Names::default(),
            values: Vec::new(),
            counts: Counts::default(),
        };
        let offers = reading.offers(offers)?;
        let needs = reading.needs(needs)?;
        reading.rooms.resize(reading.units.len(), Room::default());
        reading.finish(offers, needs, seed)
    }

    /// Writes the deliveries of a plan.
    pub(crate) fn write_matches(&self, matches: &[Match], to: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(to);
        let heading = ["giver", "receiver", "specification", "quantity", "value_hours", "hours"];
        table.write_record(heading)?;
        for one in matches {
            let value = self.values.get(position(one.version.0)).copied().unwrap_or_default();
            table.write_record([
                self.units.name(one.giver.0),
                self.units.name(one.receiver.0),
                self.specifications.name(one.version.0),
                &self.measure.format(one.quantity),
                &value.hours().exact(),
                &one.hours.exact(),
            ])?;
        }
        table.flush()
    }
}

fn position(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A round while its files are being read.
struct Reading {
    /// Whether a unit that was not named before may appear.
    open: bool,
    units: Names,
    rooms: Vec<Room>,
    measure: Measure,
    specifications: Names,
    values: Vec<Value>,
    counts: Counts,
}

impl Reading {
    fn offers(&mut self, path: &Path) -> Result<Vec<Wish>, Fault> {
        let mut table = Table::open(path, OFFERS)?;
        let mut offers = Vec::new();
        // The line that first gave each specification its value.
        let mut first_lines: Vec<u64> = Vec::new();
        while let Some(row) = table.next()? {
            without_place(&row)?;
            let unit = self.unit(&row)?;
            let name = row.name("specification")?;
            let lot = number(&mut self.specifications, name, &row)?;
            let quantity = row.number("quantity", |text| self.measure.parse(text))?;
            let value = row.number("value_hours", Value::parse)?;
            match (self.values.get(position(lot)), first_lines.get(position(lot))) {
                (Some(first), Some(line)) if *first != value => {
                    return Err(two_values(&row, name, value, (*first, *line)));
                }
                (Some(_), _) => {}
                (None, _) => {
                    self.values.push(value);
                    first_lines.push(row.line);
                }
            }
            if value.worth(quantity, DECIMALS_MAX).is_none() {
                return Err(row.refuse(TOO_LARGE));
            }
            offers.push(Wish::new(UnitIndex(unit), VersionIndex(lot), quantity));
        }
        self.counts.offers = offers.len();
        Ok(offers)
    }

    fn needs(&mut self, path: &Path) -> Result<Vec<Wish>, Fault> {
        let mut table = Table::open(path, NEEDS)?;
        let mut needs = Vec::new();
        while let Some(row) = table.next()? {
            without_place(&row)?;
            self.counts.needs += 1;
            let unit = self.unit(&row)?;
            let quantity = row.number("quantity", |text| self.measure.parse(text))?;
            let most = row.number_if_any("max_value_hours", Value::parse)?;
            let Some(lot) = self.specifications.known(row.name("specification")?) else {
                self.counts.needs_not_offered += 1;
                continue;
            };
            let value = self.values.get(position(lot)).copied().unwrap_or_default();
            if most.is_some_and(|most| most < value) {
                self.counts.needs_valued_lower += 1;
                continue;
            }
            if value.worth(quantity, DECIMALS_MAX).is_none() {
                return Err(row.refuse(TOO_LARGE));
            }
            needs.push(Wish::new(UnitIndex(unit), VersionIndex(lot), quantity));
        }
        Ok(needs)
    }

    fn unit(&mut self, row: &Row<'_>) -> Result<u32, Fault> {
        let name = row.name("unit")?;
        if self.open {
            return number(&mut self.units, name, row);
        }
        let unknown = || row.refuse(format!("unit `{name}` is unknown; expected one of --units"));
        self.units.known(name).ok_or_else(unknown)
    }

    fn finish(self, offers: Vec<Wish>, needs: Vec<Wish>, seed: Seed) -> Result<Exchange, Fault> {
        let unit = |(name, room): (&str, &Room)| Unit::new(Label::from(name), room.down, room.up);
        let version =
            |(name, &value): (&str, &Value)| Version::new(Label::from(name), value, DECIMALS_MAX);
        let request = Request {
            units: self.units.iter().zip(&self.rooms).map(unit).collect(),
            versions: self.specifications.iter().zip(&self.values).map(version).collect(),
            offers,
            needs,
            seed: seed.0,
            ..Request::default()
        };
        let round =
            circuits::Round::try_new(request).map_err(|why| Fault::Round(why.to_string()))?;
        let Self { units, rooms, measure, specifications, values, counts, .. } = self;
        Ok(Exchange { units, specifications, values, rooms, round, counts, measure })
    }
}

const TOO_LARGE: &str = "quantity times value is too large; expected at most 2⁵³ − 1 seconds";

fn number(names: &mut Names, name: &str, row: &Row<'_>) -> Result<u32, Fault> {
    names.number(name).ok_or_else(|| row.refuse("too many names; expected fewer than 2³²"))
}

fn two_values(row: &Row<'_>, name: &str, value: Value, first: (Value, u64)) -> Fault {
    let (found, (other, line)) = (value.hours().exact(), (first.0.hours().exact(), first.1));
    row.refuse(format!(
        "`{name}` has the value `{found}`, but `{other}` in line {line}; expected one value for a \
         specification: write `{name}@asked` for a version of its own"
    ))
}

/// Places and dates are not matched here, so they are not passed over in silence either.
fn without_place(row: &Row<'_>) -> Result<(), Fault> {
    for column in ["from", "until", "place"] {
        let found = row.text(column)?;
        if !found.is_empty() {
            return Err(row.refuse(format!(
                "{column} is `{found}`; places and dates are not matched: leave it empty, and write \
                 it into the specification, such as `bread@{found}`"
            )));
        }
    }
    Ok(())
}
