use circuits::Area;

use super::Fault;
use super::table::Row;

/// The place in a row: a path from wide to narrow, such as `valley/mill`. None if it is empty.
pub(crate) fn read(row: &Row<'_>) -> Result<Option<Area>, Fault> {
    match row.text("place")? {
        "" => Ok(None),
        path => Area::try_new(path)
            .map(Some)
            .map_err(|why| row.refuse(format!("place `{path}`: {why}"))),
    }
}
