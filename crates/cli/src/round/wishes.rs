//! Reading what units offer and what they need.

use std::path::Path;

use circuits::{Area, Weeks, Wish};
use measure::{DECIMALS_MAX, Measure, Value};

use super::Fault;
use super::specifications::Specifications;
use super::table::{Columns, Row, Table};
use super::units::Units;
use super::{place, week};

const OFFERS: Columns = Columns {
    needed: &["unit", "specification", "quantity", "value_hours"],
    optional: &["decimals", "essential", "place", "from", "until"],
};
const NEEDS: Columns = Columns {
    needed: &["unit", "specification", "quantity"],
    optional: &["max_value_hours", "essential", "place", "from", "until"],
};

/// How much was read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) offers: usize,
    pub(crate) needs: usize,
    /// Needs of a specification that nobody offers: they have no value to be measured by.
    pub(crate) needs_not_offered: usize,
    /// Needs that name a highest value below the value offered.
    pub(crate) needs_valued_lower: usize,
}

/// A round while its offers and needs are being read.
pub(crate) struct Reading {
    pub(crate) units: Units,
    pub(crate) specifications: Specifications,
    pub(crate) counts: Counts,
    /// Whether any wish says where, and whether any says when.
    pub(crate) placed: bool,
    pub(crate) dated: bool,
    /// Whether it is known when the round closes; otherwise no wish may have a date.
    closes: bool,
}

impl Reading {
    pub(crate) fn new(units: Units, specifications: Specifications, closes: bool) -> Self {
        let counts = Counts::default();
        Self { units, specifications, counts, placed: false, dated: false, closes }
    }

    pub(crate) fn offers(&mut self, path: &Path) -> Result<Vec<Wish>, Fault> {
        let mut table = Table::open(path, OFFERS)?;
        let mut offers = Vec::new();
        while let Some(row) = table.next()? {
            self.counts.offers += 1;
            let unit = self.units.named(&row, "unit")?;
            let version = self.specifications.offered(&row)?;
            let quantity = self.specifications.quantity(version, &row)?;
            let (area, weeks) = self.place_and_weeks(&row)?;
            self.note(area.as_ref(), weeks);
            offers.push(Wish { unit, version, quantity, area, weeks });
        }
        Ok(offers)
    }

    pub(crate) fn needs(&mut self, path: &Path) -> Result<Vec<Wish>, Fault> {
        let mut table = Table::open(path, NEEDS)?;
        let mut needs = Vec::new();
        while let Some(row) = table.next()? {
            self.counts.needs += 1;
            let unit = self.units.named(&row, "unit")?;
            let most = row.number_if_any("max_value_hours", Value::parse)?;
            let (area, weeks) = self.place_and_weeks(&row)?;
            let Some(version) = self.specifications.needed(&row)? else {
                let any = Measure::try_new("whole", DECIMALS_MAX);
                row.number("quantity", |text| any.as_ref().map_err(Clone::clone)?.parse(text))?;
                self.counts.needs_not_offered += 1;
                continue;
            };
            let quantity = self.specifications.quantity(version, &row)?;
            if most.is_some_and(|most| most < self.specifications.value(version)) {
                self.counts.needs_valued_lower += 1;
                continue;
            }
            self.note(area.as_ref(), weeks);
            needs.push(Wish { unit, version, quantity, area, weeks });
        }
        Ok(needs)
    }

    /// Where and when a wish can be met. Refused if it has a date and it is not known when the round
    /// closes.
    fn place_and_weeks(&self, row: &Row<'_>) -> Result<(Option<Area>, Weeks), Fault> {
        let (area, weeks) = (place::read(row)?, week::window(row)?);
        if weeks != Weeks::default() && !self.closes {
            return Err(row.refuse("the line has a date; expected --week, when the round closes"));
        }
        Ok((area, weeks))
    }

    /// Keeps in mind that a wish says where or when.
    fn note(&mut self, area: Option<&Area>, weeks: Weeks) {
        self.placed |= area.is_some();
        self.dated |= weeks != Weeks::default();
    }
}
