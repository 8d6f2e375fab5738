//! Dates, of which a round goes by the week.

use circuits::Weeks;
use federation::Time;

use super::Fault;
use super::table::Row;
use crate::moment;

const DAY: i64 = 86_400;

/// From Thursday 1 January 1970 back to the Monday before it.
const FIRST_MONDAY: i64 = 3;

/// The window in a row, from the week of one date to that of another.
pub(crate) fn window(row: &Row<'_>) -> Result<Weeks, Fault> {
    let date = |column| match row.text(column)? {
        "" => Ok(None),
        text => parse(text).map(Some).map_err(|why| row.refuse(format!("{column}: {why}"))),
    };
    let (from, until) = (date("from")?, date("until")?);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        let (from, until) = (row.text("from")?, row.text("until")?);
        let message = format!("until is `{until}`, before from, `{from}`; expected it afterwards");
        return Err(row.refuse(message));
    }
    Ok(Weeks { from, until })
}

/// The week in which a date lies, counted from that of 1970-01-01, and begun on Monday.
pub(crate) fn parse(text: &str) -> Result<u32, String> {
    let day = moment::day(text).ok_or_else(|| {
        format!("`{text}` is no date from 1970 to 9999; expected one such as `2026-05-01`")
    })?;
    u32::try_from((day + FIRST_MONDAY) / 7).map_err(|why| why.to_string())
}

/// The Monday on which a week begins; of the first week, the first day there is.
pub(crate) fn monday(week: u32) -> String {
    let day = (i64::from(week) * 7 - FIRST_MONDAY).max(0);
    let shown = Time::from_seconds(day * DAY).unwrap_or_default().to_string();
    shown.split(' ').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_named_by_its_monday() {
        for (date, week, first) in [
            ("1970-01-01", 0, "1970-01-01"),
            ("1970-01-04", 0, "1970-01-01"),
            ("1970-01-05", 1, "1970-01-05"),
            ("2026-11-22", 2968, "2026-11-16"),
            ("2026-11-23", 2969, "2026-11-23"),
        ] {
            assert_eq!(parse(date), Ok(week), "{date}");
            assert_eq!(monday(week), first, "{date}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "soon", "2026-02-30", "2026-5-1", "2026-05-01 12:00", "3d", "1969-12-31"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
