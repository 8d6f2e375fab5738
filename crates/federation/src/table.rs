use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::refusal::{Kind, Refusal};
use crate::{Id, Ref, StatementId};

/// All things of one kind, in the order in which the record made them.
///
/// A thing is never taken out, so an [`Id`] that was handed out stays good.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table<T> {
    rows: Vec<T>,
    made_by: Vec<(StatementId, u32)>,
    numbers: BTreeMap<(StatementId, u32), u32>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), made_by: Vec::new(), numbers: BTreeMap::new() }
    }
}

/// Each thing by its id, with how statements name it.
impl<T: fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = self.made_by.iter().map(|&(made_by, row)| Ref::<T>::new(made_by, row));
        let ids = (1..).map(Id::<T>::new);
        f.debug_map().entries(ids.zip(named.zip(&self.rows))).finish()
    }
}

impl<T: Kind> Table<T> {
    /// Adds a thing that row `row` of the statement made.
    pub(crate) fn add(&mut self, made_by: StatementId, row: u32, thing: T) -> Id<T> {
        self.rows.push(thing);
        let number = number(self.rows.len());
        self.made_by.push((made_by, row));
        self.numbers.insert((made_by, row), number);
        Id::new(number)
    }

    /// The id of what a statement names. Refused if the record made no such thing.
    pub(crate) fn find(&self, named: Ref<T>) -> Result<Id<T>, Refusal> {
        match self.numbers.get(&(named.made_by, named.row)) {
            Some(&number) => Ok(Id::new(number)),
            None => Err(Refusal::Unknown { kind: T::KIND, named: named.to_string() }),
        }
    }

    /// How statements name the thing.
    pub(crate) fn name(&self, id: Id<T>) -> Option<Ref<T>> {
        let &(made_by, row) = self.made_by.get(index(id))?;
        Some(Ref::new(made_by, row))
    }

    /// The thing with this number. Refused if there is none.
    pub(crate) fn row(&self, id: Id<T>) -> Result<&T, Refusal> {
        let unknown = || Refusal::Unknown { kind: T::KIND, named: id.to_string() };
        self.rows.get(index(id)).ok_or_else(unknown)
    }

    /// As [`Table::row`], to change it.
    pub(crate) fn row_mut(&mut self, id: Id<T>) -> Result<&mut T, Refusal> {
        let unknown = || Refusal::Unknown { kind: T::KIND, named: id.to_string() };
        self.rows.get_mut(index(id)).ok_or_else(unknown)
    }

    /// All of them, first made first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + ExactSizeIterator {
        self.rows
            .iter()
            .enumerate()
            .map(|(place, row)| (Id::new(number(place.saturating_add(1))), row))
    }
}

/// Where the thing stands; the first has number 1.
fn index<T>(id: Id<T>) -> usize {
    let place = id.number().checked_sub(1);
    place.and_then(|place| usize::try_from(place).ok()).unwrap_or(usize::MAX)
}

/// The number of the newest of so many.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
