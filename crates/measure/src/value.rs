use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Hours, NumberRefused, Quantity, Reason};

/// The hours that one whole measure of a specification version is worth.
///
/// Measure: seconds per whole measure. Range: 0 to 2⁵³ − 1; a gift has the value nought.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Value(i64);

impl Value {
    /// The value of a gift.
    pub const NOUGHT: Self = Self(0);

    /// A value of so many seconds per whole measure, or `None` below nought or beyond 2⁵³ − 1.
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        match Hours::from_seconds(seconds) {
            Some(_) if seconds >= 0 => Some(Self(seconds)),
            _ => None,
        }
    }

    /// Seconds per whole measure.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The hours that one whole measure is worth.
    pub fn hours(self) -> Hours {
        Hours::from_seconds(self.0).unwrap_or_default()
    }

    /// Reads a value in hours per whole measure, in the forms of [`Hours::parse`].
    pub fn parse(text: &str) -> Result<Self, NumberRefused> {
        let hours = Hours::parse(text)?;
        Self::from_seconds(hours.seconds())
            .ok_or_else(|| NumberRefused::new(text, Reason::Negative))
    }

    /// The hours of a delivery: quantity × value, part seconds dropped.
    ///
    /// This is the one function that turns goods into hours; giver and receiver use the same
    /// result. `None` beyond 2⁵³ − 1 seconds.
    ///
    /// ```
    /// use measure::{Quantity, Value};
    /// let value = Value::parse("0:20").unwrap();
    /// let grams = Quantity::from_steps(2500).unwrap();
    /// assert_eq!(value.worth(grams, 3).unwrap().to_string(), "0:50");
    /// ```
    pub fn worth(self, quantity: Quantity, decimals: u8) -> Option<Hours> {
        let steps_per_whole = 10_i128.pow(u32::from(decimals));
        let seconds = i128::from(quantity.steps()) * i128::from(self.0) / steps_per_whole;
        i64::try_from(seconds).ok().and_then(Hours::from_seconds)
    }

    /// The most steps that are worth at most these hours; `None` at the value nought, where any
    /// number is.
    ///
    /// `worth(steps_within(h)) ≤ h`, and one step more would be worth more than `h` unless a step
    /// is worth less than a second.
    pub fn steps_within(self, hours: Hours, decimals: u8) -> Option<Quantity> {
        let steps_per_whole = 10_i128.pow(u32::from(decimals));
        let steps = i128::from(hours.at_least_zero().seconds()) * steps_per_whole;
        let steps = steps.checked_div(i128::from(self.0))?;
        Quantity::from_steps(i64::try_from(steps).unwrap_or(crate::MAGNITUDE_MAX))
    }
}

/// As [`Hours`]: `h:mm`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hours().fmt(f)
    }
}

impl TryFrom<i64> for Value {
    type Error = NumberRefused;

    fn try_from(seconds: i64) -> Result<Self, NumberRefused> {
        let reason = if seconds < 0 { Reason::Negative } else { Reason::TooLarge { decimals: 0 } };
        Self::from_seconds(seconds).ok_or_else(|| NumberRefused::new(&seconds.to_string(), reason))
    }
}

impl From<Value> for i64 {
    fn from(value: Value) -> i64 {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_seconds_are_dropped_once() {
        let value = Value::from_seconds(1000).unwrap();
        let steps = |n| Quantity::from_steps(n).unwrap();
        assert_eq!(value.worth(steps(1), 3).unwrap().seconds(), 1);
        assert_eq!(value.worth(steps(1999), 3).unwrap().seconds(), 1999);
        assert_eq!(Value::from_seconds(999).unwrap().worth(steps(1), 3).unwrap().seconds(), 0);
    }

    #[test]
    fn the_steps_within_hours_are_worth_no_more_than_those_hours() {
        for seconds in [1, 7, 999, 1000, 3600] {
            let value = Value::from_seconds(seconds).unwrap();
            for hours in [0, 1, 59, 3600, 1_000_000] {
                let hours = Hours::from_seconds(hours).unwrap();
                let steps = value.steps_within(hours, 3).unwrap();
                assert!(value.worth(steps, 3).unwrap() <= hours);
            }
        }
        assert_eq!(Value::NOUGHT.steps_within(Hours::whole(1), 0), None);
    }

    #[test]
    fn a_worth_beyond_the_range_is_none() {
        let most = Value::from_seconds(crate::MAGNITUDE_MAX).unwrap();
        assert_eq!(most.worth(Quantity::from_steps(2).unwrap(), 0), None);
    }
}
