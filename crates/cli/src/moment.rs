use std::time::{SystemTime, UNIX_EPOCH};

use federation::Time;

/// A moment as people write it: `2026-05-01`, `2026-05-01 14:30` (UTC), or from now: `3d`, `12h`.
pub(crate) fn parse(text: &str) -> Result<Time, String> {
    from_now(text, now()).or_else(|| date(text)).ok_or_else(|| {
        format!("`{text}` is no moment; write `2026-05-01`, `2026-05-01 14:30`, `3d` or `12h`")
    })
}

/// The moment it is by this machine's clock.
pub(crate) fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).ok().and_then(Time::from_seconds).unwrap_or_default()
}

/// Days from 1970-01-01 to a date written as `2026-05-01`.
pub(crate) fn day(text: &str) -> Option<i64> {
    (text.len() == 10).then(|| date(text)).flatten().map(Time::day)
}

fn from_now(text: &str, now: Time) -> Option<Time> {
    let (number, seconds) = match text.strip_suffix('d') {
        Some(number) => (number, 86_400),
        None => (text.strip_suffix('h')?, 3600),
    };
    let number: u32 = number.parse().ok()?;
    Some(now.plus_seconds(i64::from(number) * seconds))
}

fn date(text: &str) -> Option<Time> {
    let (day, clock) = text.split_once([' ', 'T']).unwrap_or((text, "00:00"));
    let mut parts = day.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let (hour, minute) = clock.trim_end_matches('Z').split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    if !(1970..=9999).contains(&year) || !(0..24).contains(&hour) || !(0..60).contains(&minute) {
        return None;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60;
    // A day that no month has comes out as another day.
    Time::from_seconds(seconds).filter(|time| {
        time.to_string() == format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    })
}

/// Days since 1970 of a date, by the calendar's 400-year cycle counted from March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_it_is_shown() {
        for text in ["1970-01-01 00:00", "2000-02-29 00:00", "2026-02-28 23:59", "2099-12-31 12:00"]
        {
            assert_eq!(date(text).unwrap().to_string(), text);
        }
        assert_eq!(date("2026-05-01"), date("2026-05-01T00:00Z"));
    }

    #[test]
    fn a_day_that_is_none_is_refused() {
        for text in [
            "2026-02-30",
            "2026-13-01",
            "2026-00-10",
            "1969-12-31",
            "2026-05",
            "soon",
            "2026-05-01 24:00",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        let noon = Time::from_seconds(43_200).unwrap();
        assert_eq!(from_now("3d", noon), Some(noon.plus_seconds(259_200)));
    }
}
