use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{MAGNITUDE_MAX, NumberRefused, Reason, decimal};

/// A length of work in whole seconds, shown as `h:mm`.
///
/// Measure: seconds. Range: −(2⁵³ − 1) to 2⁵³ − 1. Entitlements, rooms and flows are hours, and
/// may lie below nought. In JSON and in the state it is the bare number of seconds.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Hours(i64);

impl Hours {
    /// No work at all.
    pub const ZERO: Self = Self(0);

    /// Seconds in one hour.
    pub const SECONDS: i64 = 3600;

    /// The hours of a number of seconds, or `None` beyond ±(2⁵³ − 1).
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        if seconds >= -MAGNITUDE_MAX && seconds <= MAGNITUDE_MAX {
            Some(Self(seconds))
        } else {
            None
        }
    }

    /// A whole number of hours; any `i32` fits.
    pub const fn whole(hours: i32) -> Self {
        // `From` is not const yet; an i32 times 3600 always fits an i64 and the range.
        #[expect(clippy::as_conversions, reason = "widening, in a const function")]
        Self(hours as i64 * Self::SECONDS)
    }

    /// The number of seconds.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The sum, or `None` beyond the range.
    #[must_use]
    pub const fn plus(self, other: Self) -> Option<Self> {
        Self::from_seconds(self.0 + other.0)
    }

    /// The difference, or `None` beyond the range.
    #[must_use]
    pub const fn minus(self, other: Self) -> Option<Self> {
        Self::from_seconds(self.0 - other.0)
    }

    /// These hours so many times over, or `None` beyond the range.
    #[must_use]
    pub fn times(self, count: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(count)).and_then(Self::from_seconds)
    }

    /// The same length with the sign turned.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(-self.0)
    }

    /// These hours, or nought if they lie below it.
    #[must_use]
    pub const fn at_least_zero(self) -> Self {
        if self.0 < 0 { Self::ZERO } else { self }
    }

    /// Whether these are more than nought.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether these are less than nought.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Reads decimal hours (`1.25`) or clock form (`1:15`, `0:00:20`), with a minus sign in front
    /// if below nought.
    ///
    /// ```
    /// use measure::Hours;
    /// assert_eq!(Hours::parse("1.25"), Hours::parse("1:15"));
    /// assert_eq!(Hours::parse("0:00:20").unwrap().seconds(), 20);
    /// assert!(Hours::parse("0.0001").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, NumberRefused> {
        let refuse = |reason| NumberRefused::new(text, reason);
        if text.contains(':') {
            return Self::parse_clock(text);
        }
        // Up to 20 decimals are read exactly; whole seconds end after at most four.
        let trimmed = match text.split_once('.') {
            Some(_) => text.trim_end_matches('0'),
            None => text,
        };
        let trimmed = match trimmed.strip_suffix('.') {
            Some(whole) if text.len() > trimmed.len() => whole,
            _ => trimmed,
        };
        let ten_thousandths = decimal::parse(trimmed, 4).map_err(|e| match e.reason {
            Reason::TooManyDecimals { .. } => refuse(Reason::NotWholeSeconds),
            reason => refuse(reason),
        })?;
        let seconds = i128::from(ten_thousandths) * i128::from(Self::SECONDS);
        if seconds % 10_000 != 0 {
            return Err(refuse(Reason::NotWholeSeconds));
        }
        i64::try_from(seconds / 10_000)
            .ok()
            .and_then(Self::from_seconds)
            .ok_or_else(|| refuse(Reason::TooManyHours))
    }

    fn parse_clock(text: &str) -> Result<Self, NumberRefused> {
        let refuse = |reason| NumberRefused::new(text, reason);
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let mut parts = digits.split(':');
        let mut part = |longest: usize| match parts.next() {
            None => Ok(None),
            Some(p) if p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit()) => {
                Err(refuse(Reason::NotANumber))
            }
            Some(p) if p.len() > longest => {
                Err(refuse(if longest == 2 { Reason::SixtyOrMore } else { Reason::TooManyHours }))
            }
            Some(p) => p.parse::<i64>().map(Some).map_err(|_| refuse(Reason::TooManyHours)),
        };
        let (hours, minutes, seconds) = (part(13)?, part(2)?, part(2)?);
        let (minutes, seconds) = (minutes.unwrap_or(0), seconds.unwrap_or(0));
        if parts.next().is_some() {
            return Err(refuse(Reason::NotANumber));
        }
        if minutes >= 60 || seconds >= 60 {
            return Err(refuse(Reason::SixtyOrMore));
        }
        let total = hours.unwrap_or(0) * Self::SECONDS + minutes * 60 + seconds;
        Self::from_seconds(sign * total).ok_or_else(|| refuse(Reason::TooManyHours))
    }

    /// Decimal hours where they end (`1.25`), else `h:mm:ss`; [`Hours::parse`] reads both back.
    pub fn exact(self) -> String {
        let ten_thousandths = i128::from(self.0) * 10_000;
        match i64::try_from(ten_thousandths / i128::from(Self::SECONDS)) {
            Ok(n) if ten_thousandths % i128::from(Self::SECONDS) == 0 => decimal::format(n, 4),
            _ => {
                let (sign, s) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
                format!("{sign}{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
            }
        }
    }
}

/// `h:mm`, with `:ss` only where the seconds are not nought.
impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, s) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (hours, minutes, seconds) = (s / 3600, s / 60 % 60, s % 60);
        match seconds {
            0 => f.pad(&format!("{sign}{hours}:{minutes:02}")),
            _ => f.pad(&format!("{sign}{hours}:{minutes:02}:{seconds:02}")),
        }
    }
}

impl TryFrom<i64> for Hours {
    type Error = NumberRefused;

    fn try_from(seconds: i64) -> Result<Self, NumberRefused> {
        Self::from_seconds(seconds).ok_or_else(|| {
            NumberRefused::new(&seconds.to_string(), Reason::TooLarge { decimals: 0 })
        })
    }
}

impl From<Hours> for i64 {
    fn from(hours: Hours) -> i64 {
        hours.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_decimals_and_as_a_clock() {
        for (text, seconds) in [
            ("0", 0),
            ("1", 3600),
            ("1.25", 4500),
            ("1.0000000", 3600),
            ("-0.5", -1800),
            ("1:15", 4500),
            ("-0:00:20", -20),
            ("0.0025", 9),
            ("100:00", 360_000),
        ] {
            assert_eq!(Hours::parse(text).map(Hours::seconds), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn what_is_no_hours_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", Reason::Empty),
            ("abc", Reason::NotANumber),
            ("1.", Reason::NotANumber),
            (".5", Reason::NotANumber),
            ("1e3", Reason::NotANumber),
            ("+1", Reason::NotANumber),
            (" 1", Reason::NotANumber),
            ("1:", Reason::NotANumber),
            ("1:2:3:4", Reason::NotANumber),
            ("1:60", Reason::SixtyOrMore),
            ("1:100", Reason::SixtyOrMore),
            ("0.0001", Reason::NotWholeSeconds),
            ("0.33333", Reason::NotWholeSeconds),
            ("9999999999999", Reason::TooLarge { decimals: 4 }),
            ("99999999999999999999", Reason::TooLarge { decimals: 4 }),
            ("2501999792983:36:32", Reason::TooManyHours),
        ] {
            assert_eq!(Hours::parse(text).map_err(|e| e.reason), Err(reason), "{text}");
        }
    }

    #[test]
    fn what_is_too_large_is_told_the_most_in_its_own_terms() {
        let told = |text| Hours::parse(text).unwrap_err().to_string();
        let clock =
            "`2501999792983:36:32` is too large; expected at most 2501999792983:36:31 hours";
        assert_eq!(told("2501999792983:36:32"), clock);
        let decimal = "`900719925475` is too large; expected at most 900719925474.0991";
        assert_eq!(told("900719925475"), decimal);
        assert!(Hours::parse("900719925474").is_ok());
    }

    #[test]
    fn what_is_written_exactly_is_read_back() {
        for seconds in [0, 9, 20, -20, 3600, -4500, 4501, super::MAGNITUDE_MAX] {
            let hours = Hours::from_seconds(seconds).unwrap();
            assert_eq!(Hours::parse(&hours.exact()), Ok(hours));
            assert_eq!(Hours::parse(&hours.to_string()), Ok(hours));
        }
        assert_eq!(Hours::from_seconds(4500).unwrap().exact(), "1.25");
        assert_eq!(Hours::from_seconds(4501).unwrap().exact(), "1:15:01");
        assert_eq!(Hours::from_seconds(-4500).unwrap().to_string(), "-1:15");
    }

    #[test]
    fn sums_beyond_the_range_are_none() {
        let most = Hours::from_seconds(MAGNITUDE_MAX).unwrap();
        assert_eq!(most.plus(Hours::from_seconds(1).unwrap()), None);
        assert_eq!(most.negated().minus(most), None);
        assert_eq!(Hours::from_seconds(MAGNITUDE_MAX + 1), None);
    }
}
