use circuits::{Label, Version, VersionIndex};
use measure::{DECIMALS_MAX, Measure, NumberRefused, Quantity, Value};

use super::Fault;
use super::names::Names;
use super::table::Row;

/// What is offered, each with its one value, how finely it divides, and how much of it is essential.
pub(crate) struct Specifications {
    pub(crate) names: Names,
    list: Vec<Specification>,
    /// How to read and write quantities, by the number of decimals.
    measures: [Measure; 4],
}

struct Specification {
    value: Value,
    decimals: u8,
    /// The line in which that stood first.
    line: u64,
    /// How much is essential for each counted member, and where that stood first.
    essential: Option<(Quantity, String)>,
}

impl Specifications {
    pub(crate) fn try_new() -> Result<Self, NumberRefused> {
        let measure = |decimals| Measure::try_new("whole", decimals);
        let measures = [measure(0)?, measure(1)?, measure(2)?, measure(3)?];
        Ok(Self { names: Names::default(), list: Vec::new(), measures })
    }

    /// The specification that a row of offers names, a new one if it was not met before. Refused if
    /// it stands there with another value or other decimals than before.
    pub(crate) fn offered(&mut self, row: &Row<'_>) -> Result<VersionIndex, Fault> {
        let name = row.name("specification")?;
        let value = row.number("value_hours", Value::parse)?;
        let decimals = decimals(row)?;
        let number = self.names.number(name);
        let number =
            number.ok_or_else(|| row.refuse("too many specifications; expected fewer than 2³²"))?;
        let version = VersionIndex(number);
        match self.get(version) {
            None => {
                self.list.push(Specification { value, decimals, line: row.line, essential: None });
            }
            Some(first) if first.value != value => {
                let (value, other) = (value.hours().exact(), first.value.hours().exact());
                return Err(row.refuse(format!(
                    "`{name}` has the value `{value}`, but `{other}` in line {}; expected one \
                     value for a specification: write `{name}@asked` for a version of its own",
                    first.line
                )));
            }
            Some(first) if first.decimals != decimals => {
                return Err(row.refuse(format!(
                    "`{name}` has `{decimals}` decimals, but `{}` in line {}; expected the same \
                     wherever it is offered",
                    first.decimals, first.line
                )));
            }
            Some(_) => {}
        }
        self.mark(version, row)?;
        Ok(version)
    }

    /// The specification that a row of needs names; none if nobody offers it.
    pub(crate) fn needed(&mut self, row: &Row<'_>) -> Result<Option<VersionIndex>, Fault> {
        let known = self.names.known(row.name("specification")?).map(VersionIndex);
        known.map(|version| self.mark(version, row).map(|()| version)).transpose()
    }

    /// Reads how much is essential, if the row says so. Refused if that was said otherwise before.
    fn mark(&mut self, version: VersionIndex, row: &Row<'_>) -> Result<(), Fault> {
        if row.text("essential")?.is_empty() {
            return Ok(());
        }
        let essential = row.number("essential", |text| self.measure(version).parse(text))?;
        let shown = self.measure(version).format(essential);
        let Some(specification) = self.list.get_mut(position(version)) else { return Ok(()) };
        let here = row.position();
        let (first, there) = specification.essential.get_or_insert((essential, here));
        if *first == essential {
            return Ok(());
        }
        let (first, there) = (*first, there.clone());
        let first = self.measure(version).format(first);
        Err(row.refuse(format!(
            "essential is `{shown}`, but `{first}` in {there}; expected one quantity for each \
             member, the same wherever it stands"
        )))
    }

    /// The quantity in a row, in steps. Refused if its worth is beyond what can be counted.
    pub(crate) fn quantity(&self, version: VersionIndex, row: &Row<'_>) -> Result<Quantity, Fault> {
        let quantity = row.number("quantity", |text| self.measure(version).parse(text))?;
        let worth = self.value(version).worth(quantity, self.decimals(version));
        worth.map(|_| quantity).ok_or_else(|| {
            row.refuse("quantity times value is too large; expected at most 2⁵³ − 1 seconds")
        })
    }

    pub(crate) fn value(&self, version: VersionIndex) -> Value {
        self.get(version).map(|one| one.value).unwrap_or_default()
    }

    /// A quantity as it stands in a file.
    pub(crate) fn format(&self, version: VersionIndex, quantity: Quantity) -> String {
        self.measure(version).format(quantity)
    }

    /// The specifications as the engine takes them.
    pub(crate) fn versions(&self) -> Vec<Version> {
        let version = |(name, one): (&str, &Specification)| {
            let essential = one.essential.as_ref().map(|(quantity, _)| *quantity);
            Version { essential, ..Version::new(Label::from(name), one.value, one.decimals) }
        };
        self.names.iter().zip(&self.list).map(version).collect()
    }

    fn get(&self, version: VersionIndex) -> Option<&Specification> {
        self.list.get(position(version))
    }

    fn decimals(&self, version: VersionIndex) -> u8 {
        self.get(version).map_or(DECIMALS_MAX, |one| one.decimals)
    }

    fn measure(&self, version: VersionIndex) -> &Measure {
        let [wholes, tenths, hundredths, thousandths] = &self.measures;
        match self.decimals(version) {
            0 => wholes,
            1 => tenths,
            2 => hundredths,
            _ => thousandths,
        }
    }
}

/// How finely a specification divides: 3 decimals if the row does not say.
fn decimals(row: &Row<'_>) -> Result<u8, Fault> {
    match row.text("decimals")? {
        "" => Ok(DECIMALS_MAX),
        text => {
            let found = text.parse().ok().filter(|decimals| *decimals <= DECIMALS_MAX);
            found.ok_or_else(|| {
                row.refuse(format!("decimals is `{text}`; expected 0 to {DECIMALS_MAX}"))
            })
        }
    }
}

fn position(version: VersionIndex) -> usize {
    usize::try_from(version.0).unwrap_or(usize::MAX)
}
