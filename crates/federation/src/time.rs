use std::fmt;

use serde::{Deserialize, Serialize};

/// A moment: seconds since 1970-01-01 00:00 UTC.
///
/// Range: 0 to 2⁵³ − 1. It always comes from a statement or its entry, never from a clock.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Time(i64);

/// A length of time in whole days of 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Days(pub u16);

/// A number that is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTime;

impl fmt::Display for NoTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a time is a number of seconds since 1970, from 0 to 9007199254740991")
    }
}

impl Time {
    /// The moment so many seconds after 1970 began, or `None` outside the range.
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        if seconds >= 0 && seconds <= measure::MAGNITUDE_MAX { Some(Self(seconds)) } else { None }
    }

    /// Seconds since 1970 began.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The moment so many hours later; stays at the end of the range.
    #[must_use]
    pub fn plus_hours(self, hours: u32) -> Self {
        self.plus_seconds(i64::from(hours) * 3600)
    }

    /// The moment so many days later; stays at the end of the range.
    #[must_use]
    pub fn plus_days(self, days: Days) -> Self {
        self.plus_seconds(i64::from(days.0) * 86_400)
    }

    /// The moment so many seconds later, or earlier below nought; stays within the range.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds).clamp(0, measure::MAGNITUDE_MAX))
    }

    /// The day this moment lies in, counted from 1970-01-01.
    pub const fn day(self) -> i64 {
        self.0 / 86_400
    }

    /// When a week begins.
    pub fn of_week(week: u32) -> Self {
        Self::default().plus_seconds((i64::from(week) * 7 - 3) * 86_400)
    }

    /// The week this moment lies in: weeks begin on Monday, and that of 1970-01-01 is nought.
    pub(crate) fn week(self) -> u32 {
        u32::try_from((self.day() + 3) / 7).unwrap_or(u32::MAX)
    }
}

impl TryFrom<i64> for Time {
    type Error = NoTime;

    fn try_from(seconds: i64) -> Result<Self, NoTime> {
        Self::from_seconds(seconds).ok_or(NoTime)
    }
}

impl From<Time> for i64 {
    fn from(time: Time) -> i64 {
        time.0
    }
}

/// `2026-05-01 14:30` in UTC.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Days to a date by the calendar's 400-year cycle, counted from 0000-03-01.
        let days = self.0.div_euclid(86_400) + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let (hour, minute) = (self.0 / 3600 % 24, self.0 / 60 % 60);
        f.pad(&format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday() {
        let week = |seconds| Time::from_seconds(seconds).unwrap().week();
        // 1970-01-05 was a Monday.
        assert_eq!((week(0), week(4 * 86_400 - 1), week(4 * 86_400)), (0, 0, 1));
        assert_eq!(Time::of_week(1).to_string(), "1970-01-05 00:00");
    }

    #[test]
    fn a_time_is_shown_as_a_date_of_the_calendar() {
        let shown = |seconds| Time::from_seconds(seconds).unwrap().to_string();
        assert_eq!(shown(0), "1970-01-01 00:00");
        assert_eq!(shown(951_782_400), "2000-02-29 00:00");
        assert_eq!(shown(1_772_323_199), "2026-02-28 23:59");
    }
}
