use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{DECIMALS_MAX, MAGNITUDE_MAX, NumberRefused, Reason, decimal};

/// So many of a specification's smallest steps.
///
/// Measure: steps (grams of a `kg` with 3 decimals, chairs of a `chair` with none). Range: 0 to
/// 2⁵³ − 1. Which step it counts is said by the [`Measure`] of its specification.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Quantity(i64);

impl Quantity {
    /// None at all.
    pub const ZERO: Self = Self(0);

    /// A quantity of so many steps, or `None` below nought or beyond 2⁵³ − 1.
    pub const fn from_steps(steps: i64) -> Option<Self> {
        if steps >= 0 && steps <= MAGNITUDE_MAX { Some(Self(steps)) } else { None }
    }

    /// The number of steps.
    pub const fn steps(self) -> i64 {
        self.0
    }

    /// The sum, or `None` beyond the range.
    #[must_use]
    pub const fn plus(self, other: Self) -> Option<Self> {
        Self::from_steps(self.0 + other.0)
    }

    /// What is left after taking `other` away, or `None` if it is more than there is.
    #[must_use]
    pub const fn minus(self, other: Self) -> Option<Self> {
        Self::from_steps(self.0 - other.0)
    }

    /// Whether this is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl TryFrom<i64> for Quantity {
    type Error = NumberRefused;

    fn try_from(steps: i64) -> Result<Self, NumberRefused> {
        let reason = if steps < 0 { Reason::Negative } else { Reason::TooLarge { decimals: 0 } };
        Self::from_steps(steps).ok_or_else(|| NumberRefused::new(&steps.to_string(), reason))
    }
}

impl From<Quantity> for i64 {
    fn from(quantity: Quantity) -> i64 {
        quantity.0
    }
}

/// How a specification counts: the name of one whole, and how finely it divides.
///
/// Range: a name of 1 to 40 characters, 0 to 3 decimals. `kg` with 3 decimals counts grams.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Measure {
    name: String,
    decimals: u8,
}

/// A measure as it stands in a statement, before its bounds are checked.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    decimals: u8,
}

impl Measure {
    /// A measure by its name and decimals. Refused for a name that is empty, longer than 40
    /// characters or has control characters, and for more than 3 decimals.
    pub fn try_new(name: &str, decimals: u8) -> Result<Self, NumberRefused> {
        let length = name.chars().count();
        if length == 0 || length > 40 || name.chars().any(char::is_control) || name != name.trim() {
            return Err(NumberRefused::new(name, Reason::MeasureName));
        }
        if decimals > DECIMALS_MAX {
            let reason = Reason::TooManyDecimals { allowed: DECIMALS_MAX };
            return Err(NumberRefused::new(&decimals.to_string(), reason));
        }
        Ok(Self { name: name.to_owned(), decimals })
    }

    /// The name of one whole, such as `kg`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many decimals a quantity of it has.
    pub const fn decimals(&self) -> u8 {
        self.decimals
    }

    /// Reads a quantity written in whole measures, such as `2.5`.
    ///
    /// ```
    /// use measure::Measure;
    /// let kg = Measure::try_new("kg", 3).unwrap();
    /// assert_eq!(kg.parse("2.5").unwrap().steps(), 2500);
    /// assert!(kg.parse("2.5001").is_err());
    /// ```
    pub fn parse(&self, text: &str) -> Result<Quantity, NumberRefused> {
        let steps = decimal::parse(text, self.decimals)?;
        Quantity::from_steps(steps).ok_or_else(|| NumberRefused::new(text, Reason::Negative))
    }

    /// Writes a quantity in whole measures, without the name: `2.5`.
    pub fn format(&self, quantity: Quantity) -> String {
        decimal::format(quantity.0, self.decimals)
    }
}

/// The name of one whole.
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name)
    }
}

impl TryFrom<Written> for Measure {
    type Error = NumberRefused;

    fn try_from(written: Written) -> Result<Self, NumberRefused> {
        Self::try_new(&written.name, written.decimals)
    }
}

impl From<Measure> for Written {
    fn from(measure: Measure) -> Self {
        Self { name: measure.name, decimals: measure.decimals }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_read_in_steps_and_written_in_wholes() {
        let kg = Measure::try_new("kg", 3).unwrap();
        assert_eq!(kg.parse("0.001").unwrap().steps(), 1);
        assert_eq!(kg.format(Quantity::from_steps(1500).unwrap()), "1.5");
        assert_eq!(kg.parse("-1").unwrap_err().reason, Reason::Negative);
        assert_eq!(
            kg.parse("0.0001").unwrap_err().to_string(),
            "`0.0001` has too many decimals; expected at most 3"
        );
        let chair = Measure::try_new("chair", 0).unwrap();
        assert_eq!(
            chair.parse("1.5").unwrap_err().to_string(),
            "`1.5` has decimals; expected a whole number"
        );
    }

    #[test]
    fn a_measure_has_a_plain_short_name_and_at_most_three_decimals() {
        assert!(Measure::try_new("", 0).is_err());
        assert!(Measure::try_new(" kg", 0).is_err());
        assert!(Measure::try_new("k\ng", 0).is_err());
        assert!(Measure::try_new(&"x".repeat(41), 0).is_err());
        assert!(Measure::try_new("kg", 4).is_err());
    }
}
