use std::sync::Arc;

use federation::rows::Unit;
use federation::{Federation, Id, Refusal, Time};
use serde_json::{Map, Value, json};

use super::shape::{Field, Shape};
use crate::{Failed, Hosted};

/// A federation as somebody may look at it.
#[derive(Clone)]
pub(crate) struct View {
    pub(crate) hosted: Arc<Hosted>,
    pub(crate) now: Time,
    pub(crate) sees: Sees,
}

/// What somebody sees of a federation while its state stands still.
pub(crate) struct Sight<'a> {
    pub(crate) state: &'a Federation,
    pub(crate) hosted: &'a Hosted,
    pub(crate) now: Time,
    pub(crate) sees: Sees,
}

impl View {
    /// Looks at the state. Nothing is recorded meanwhile, so look quickly, and only once at a time.
    pub(crate) fn look<R>(&self, look: impl FnOnce(&Sight<'_>) -> R) -> Result<R, Failed> {
        let Self { hosted, now, sees } = self;
        hosted.read(|state| look(&Sight { state, hosted, now: *now, sees: *sees }))
    }
}

/// Whether somebody sees who the persons are: only members do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sees {
    /// Also what persons say about themselves.
    Persons,
    /// Only what stands in the record.
    Record,
}

/// Which rows are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// The number to begin at.
    pub(crate) from: u64,
    /// How many at most.
    pub(crate) limit: usize,
    /// Only those of this unit.
    pub(crate) unit: Option<Id<Unit>>,
    /// Only what is called so.
    pub(crate) called: Option<String>,
    /// Only what is open.
    pub(crate) open: bool,
}

/// Some rows of a table, in its order.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Value>,
    /// The number to go on from; none after the last row.
    pub(crate) next: Option<u64>,
}

/// A table of a federation, as the interface shows it.
pub(crate) trait Table: Sync {
    /// Its name, in addresses: `offers`.
    fn name(&self) -> &'static str;
    /// What one row is called.
    fn one(&self) -> &'static str;
    /// What it holds.
    fn says(&self) -> &'static str;
    /// The fields of a row, in order.
    fn fields(&self) -> Vec<Field>;
    /// Beyond `from` and `limit`, what it can be asked by.
    fn filters(&self) -> Vec<Field>;
    /// Some of its rows.
    fn page(&self, view: &View, wanted: &Wanted) -> Result<Page, Failed>;
}

/// A column of a table of rows of one kind.
pub(crate) struct Column<T: 'static> {
    pub(crate) field: Field,
    pub(crate) of: fn(&Sight<'_>, Id<T>, &T) -> Value,
}

/// All rows of one kind, first made first.
pub(crate) type All<T> =
    for<'a> fn(&'a Federation) -> Box<dyn Iterator<Item = (Id<T>, &'a T)> + 'a>;

/// The row with a number.
pub(crate) type Find<T> = for<'a> fn(&'a Federation, Id<T>) -> Result<&'a T, Refusal>;

/// Whether a row is a unit's.
type OfUnit<T> = fn(&T, Id<Unit>) -> bool;

/// A table of rows of one kind.
pub(crate) struct Rows<T: 'static> {
    pub(crate) name: &'static str,
    pub(crate) one: &'static str,
    pub(crate) says: &'static str,
    pub(crate) all: All<T>,
    pub(crate) find: Find<T>,
    pub(crate) columns: &'static [Column<T>],
    /// Whether a row is a unit's.
    pub(crate) of_unit: Option<OfUnit<T>>,
    /// What a row is called.
    pub(crate) called: Option<fn(&Federation, Id<T>) -> String>,
    /// Whether a row still stands, or waits for something.
    pub(crate) is_open: Option<fn(&Sight<'_>, &T) -> bool>,
}

/// Only the rows of one unit.
pub(crate) const OF_UNIT: Field =
    Field::may("unit", Shape::NUMBER, "Only what is of this unit, by its number.");
/// Only what still stands.
pub(crate) const OPEN: Field =
    Field::may("open", Shape::Flag, "Only what still stands, or waits for something.");
/// Only what is called so.
pub(crate) const CALLED: Field =
    Field::may("called", Shape::Text { least: 1, most: 200 }, "Only what has exactly this name.");

impl<T: 'static> Rows<T> {
    fn value(&self, sight: &Sight<'_>, (id, row): (Id<T>, &T)) -> Value {
        let cells = self.columns.iter();
        let cells = cells.map(|column| (column.field.name.to_owned(), (column.of)(sight, id, row)));
        Value::Object(cells.collect::<Map<_, _>>())
    }

    fn is_wanted(&self, sight: &Sight<'_>, (id, row): (Id<T>, &T), wanted: &Wanted) -> bool {
        let of_unit = match (self.of_unit, wanted.unit) {
            (Some(of_unit), Some(unit)) => of_unit(row, unit),
            _ => true,
        };
        let called = match (self.called, &wanted.called) {
            (Some(called), Some(wanted)) => called(sight.state, id) == *wanted,
            _ => true,
        };
        let open = !wanted.open || self.is_open.is_none_or(|is_open| is_open(sight, row));
        of_unit && called && open
    }

    /// The row with this number.
    pub(crate) fn row(&self, view: &View, number: u32) -> Result<Value, Failed> {
        let id = Id::new(number);
        view.look(|sight| Ok(self.value(sight, (id, (self.find)(sight.state, id)?))))?
    }

    fn rows(&self, sight: &Sight<'_>, wanted: &Wanted) -> Page {
        let before = |&(id, _): &(Id<T>, _)| u64::from(id.number()) < wanted.from;
        let rows = (self.all)(sight.state).skip_while(before);
        let mut rows = rows.filter(|&(id, row)| self.is_wanted(sight, (id, row), wanted));
        let mut page = Page::default();
        for (id, row) in rows.by_ref().take(wanted.limit) {
            page.rows.push(self.value(sight, (id, row)));
        }
        page.next = rows.next().map(|(id, _)| u64::from(id.number()));
        page
    }
}

impl<T: 'static> Table for Rows<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn one(&self) -> &'static str {
        self.one
    }

    fn says(&self) -> &'static str {
        self.says
    }

    fn fields(&self) -> Vec<Field> {
        self.columns.iter().map(|column| column.field).collect()
    }

    fn filters(&self) -> Vec<Field> {
        let filters = [
            self.of_unit.is_some().then_some(OF_UNIT),
            self.called.is_some().then_some(CALLED),
            self.is_open.is_some().then_some(OPEN),
        ];
        filters.into_iter().flatten().collect()
    }

    fn page(&self, view: &View, wanted: &Wanted) -> Result<Page, Failed> {
        view.look(|sight| self.rows(sight, wanted))
    }
}

/// The schema of a page of a table.
pub(crate) fn page_schema(table: &dyn Table) -> Value {
    json!({
        "type": "object",
        "properties": {
            "rows": { "type": "array", "items": row_reference(table.one()) },
            "next": {
                "description": "The `from` of the next page; `null` after the last row.",
                "anyOf": [Shape::COUNT.schema(), { "type": "null" }],
            },
        },
        "required": ["rows", "next"],
        "additionalProperties": false,
    })
}

/// Where the document describes a row.
pub(crate) fn row_reference(one: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{}", row_name(one)) })
}

/// What the document calls a row: `accepted-thing` becomes `AcceptedThingRow`.
pub(crate) fn row_name(one: &str) -> String {
    let words = one.split(['-', ' ']).map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        format!("{}{rest}", first.to_uppercase())
    });
    format!("{}Row", words.collect::<String>())
}
