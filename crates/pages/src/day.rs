use federation::Time;

/// How long it is until a moment: `3 days`, `5 hours`, `less than an hour`. None once it is past.
pub(crate) fn ahead(until: Time, now: Time) -> Option<String> {
    let seconds = until.seconds() - now.seconds();
    match (seconds / 86_400, seconds / 3_600) {
        _ if seconds <= 0 => None,
        (days, _) if days > 1 => Some(format!("{days} days")),
        (_, hours) if hours > 1 => Some(format!("{hours} hours")),
        (_, 1) => Some("1 hour".to_owned()),
        _ => Some("less than an hour".to_owned()),
    }
}

/// A day of the calendar, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    /// Counted from 1970-01-01.
    number: i64,
}

impl Day {
    /// Reads `2026-05-01`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no day; write one as 2026-05-01");
        let mut parts = text.split('-').map(|part| part.parse::<i64>().ok());
        let (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day)
        {
            return Err(wrong());
        }
        let found = Self { number: days_from_1970(year, month, day) };
        // The 30th of February is the 1st or 2nd of March.
        if found.to_string() == format!("{year:04}-{month:02}-{day:02}") {
            Ok(found)
        } else {
            Err(wrong())
        }
    }

    /// The day that a moment lies in.
    pub(crate) const fn of(time: Time) -> Self {
        Self { number: time.day() }
    }

    /// So many days later.
    pub(crate) const fn plus(self, days: i64) -> Self {
        Self { number: self.number + days }
    }

    fn second(self, of_day: i64) -> Time {
        Time::from_seconds(self.number * 86_400 + of_day).unwrap_or_default()
    }

    /// Its first second.
    pub(crate) fn start(self) -> Time {
        self.second(0)
    }

    /// Its last second.
    pub(crate) fn end(self) -> Time {
        self.second(86_399)
    }

    /// The moment `14:30` of this day.
    pub(crate) fn at(self, clock: &str) -> Result<Time, String> {
        let wrong = || format!("`{clock}` is no time of day; write one as 14:30");
        let (hour, minute) = clock.get(..5).unwrap_or(clock).split_once(':').ok_or_else(wrong)?;
        match (hour.parse::<i64>(), minute.parse::<i64>()) {
            (Ok(hour @ 0..=23), Ok(minute @ 0..=59)) => Ok(self.second(hour * 3600 + minute * 60)),
            _ => Err(wrong()),
        }
    }
}

/// `2026-05-01`.
impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.second(0).to_string().get(..10).unwrap_or_default())
    }
}

/// By the calendar's 400-year cycle, counted from 0000-03-01.
const fn days_from_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_shown_and_no_other_way() {
        for text in ["1970-01-01", "2000-02-29", "2026-11-22", "2099-12-31"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        for wrong in ["", "2026-02-30", "2026-13-01", "1.5.2026", "2026-5-1x", "99999-01-01"] {
            assert!(Day::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_day_ends_in_its_last_second() {
        let day = Day::parse("2026-05-01").unwrap();
        assert_eq!(day.end().to_string(), "2026-05-01 23:59");
        assert_eq!(day.at("14:30").unwrap().to_string(), "2026-05-01 14:30");
        assert!(day.at("25:00").is_err() && day.at("").is_err());
    }
}
