use std::io::{self, Write};
use std::path::Path;

use circuits::{Match, Request};

use super::Fault;
use super::conditions::Conditions;
use super::specifications::Specifications;
use super::units::Units;
use super::week;
use super::wishes::{Counts, Reading};
use super::{before, refusals};

/// A round of offers and needs, read from files.
pub(crate) struct Exchange {
    pub(crate) units: Units,
    pub(crate) specifications: Specifications,
    pub(crate) round: circuits::Round,
    pub(crate) counts: Counts,
    /// Whether any wish or unit says where, so that deliveries have a place.
    placed: bool,
    /// Whether any wish says when, so that deliveries have a week.
    dated: bool,
}

impl Exchange {
    /// Reads the files.
    pub(crate) fn read(
        offers_file: &Path,
        needs_file: &Path,
        by: &Conditions,
    ) -> Result<Self, Fault> {
        let units = Units::read(by.units.as_deref())?;
        let specifications =
            Specifications::try_new().map_err(|why| Fault::Round(why.to_string()))?;
        let mut reading = Reading::new(units, specifications, by.week().is_some());
        let offers = reading.offers(offers_file)?;
        let needs = reading.needs(needs_file)?;
        let Reading { units, specifications, counts, placed, dated, .. } = reading;
        let request = Request {
            units: units.list.clone(),
            versions: specifications.versions(),
            offers,
            needs,
            refused: refusals::read(by.refusals.as_deref(), &units)?,
            before: before::deliveries(by.before.as_deref(), &units, &specifications.names)?,
            terms: by.terms(&units),
            seed: by.seed.0,
            ..Request::default()
        };
        // What only shows in all lines together has no line of its own.
        let files = format!("{} and {}", offers_file.display(), needs_file.display());
        let round = circuits::Round::try_new(request)
            .map_err(|why| Fault::Round(format!("{files}: {why}")))?;
        let placed = placed || units.have_places();
        Ok(Self { units, specifications, round, counts, placed, dated })
    }

    /// Writes the deliveries of a plan.
    pub(crate) fn write_matches(&self, matches: &[Match], to: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(to);
        let heading = ["giver", "receiver", "specification", "quantity", "value_hours", "hours"];
        let more = [("place", self.placed), ("week", self.dated)].into_iter();
        let more = more.filter_map(|(column, is_there)| is_there.then_some(column));
        table.write_record(heading.into_iter().chain(more))?;
        for one in matches {
            table.write_field(self.units.names.name(one.giver.0))?;
            table.write_field(self.units.names.name(one.receiver.0))?;
            table.write_field(self.specifications.names.name(one.version.0))?;
            table.write_field(self.specifications.format(one.version, one.quantity))?;
            table.write_field(self.specifications.value(one.version).hours().exact())?;
            table.write_field(one.hours.exact())?;
            if self.placed {
                table.write_field(one.area.as_ref().map_or("", circuits::Area::path))?;
            }
            if self.dated {
                table.write_field(one.week.map(week::monday).unwrap_or_default())?;
            }
            table.write_record(None::<&[u8]>)?;
        }
        table.flush()
    }
}
