use std::collections::HashMap;
use std::path::Path;

use circuits::ThingIndex;

use crate::round::Fault;
use crate::round::table::{Columns, Table};

const THINGS: Columns = Columns { needed: &["thing", "unit"], optional: &["what"] };

/// What units bring, in the order of the things' names: so the order of the lines changes nothing.
pub(super) struct Things {
    rows: Vec<Thing>,
    places: HashMap<String, ThingIndex>,
}

/// One thing.
pub(super) struct Thing {
    pub(super) name: String,
    pub(super) unit: String,
    line: u64,
}

impl Things {
    /// Reads the table. Every thing has a name of its own.
    pub(super) fn read(path: &Path) -> Result<Self, Fault> {
        let mut table = Table::open(path, THINGS)?;
        let mut rows = Vec::new();
        while let Some(row) = table.next()? {
            let (name, unit) = (row.name("thing")?.to_owned(), row.name("unit")?.to_owned());
            row.text("what")?;
            rows.push(Thing { name, unit, line: row.line });
        }
        rows.sort_unstable_by(|a, b| (&a.name, a.line).cmp(&(&b.name, b.line)));
        let named_twice = |pair: &[Thing]| matches!(pair, [one, other] if one.name == other.name);
        if let Some([first, again]) = rows.windows(2).find(|pair| named_twice(pair)) {
            let (name, line) = (&again.name, first.line);
            let message = format!(
                "thing `{name}` stands in line {line} too; expected a name of its own for each, \
                 such as `{name} 2`"
            );
            return Err(Fault::in_line(path, again.line, message));
        }
        let places = (0..).map(ThingIndex);
        let places = rows.iter().zip(places).map(|(row, place)| (row.name.clone(), place));
        Ok(Self { places: places.collect(), rows })
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Where a thing of this name stands.
    pub(super) fn place(&self, name: &str) -> Option<ThingIndex> {
        self.places.get(name).copied()
    }

    /// The thing at a place that [`Things::place`] gave.
    pub(super) fn at(&self, place: ThingIndex) -> Option<&Thing> {
        self.rows.get(usize::try_from(place.0).ok()?)
    }

    pub(super) fn unit(&self, place: ThingIndex) -> &str {
        self.at(place).map_or("?", |thing| &thing.unit)
    }

    pub(super) fn name(&self, place: ThingIndex) -> &str {
        self.at(place).map_or("?", |thing| &thing.name)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = ThingIndex> + use<'_> {
        (0..).map(ThingIndex).take(self.rows.len())
    }
}
