//! How a plan shares out what there is among members: floors, bands, and how far from exactly.

use circuits::{Checked, Flaw, Plan, Portion, StageName, VersionIndex};
use measure::Hours;
use serde::Serialize;

use super::names::Names;
use super::problem::Problem;

/// How a plan shares out what there is.
#[derive(Serialize)]
pub(crate) struct Shares {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    floors: Vec<Floor>,
    /// How many units end in each band with all that they get: seconds a counted member.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bands: Vec<Band>,
    /// Units that would give or get more if they had more room.
    rooms_used_up: Vec<String>,
    /// By how many seconds a counted member at most somebody gets less than somebody else inside one
    /// band, though it still needs the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    inside_band_seconds: Option<i64>,
}

/// What everybody has of an essential specification.
#[derive(Serialize)]
struct Floor {
    specification: String,
    /// Each level at which somebody could not go on, in seconds a counted member.
    levels_seconds: Vec<i64>,
    /// Whether there were as many levels as there can be, so that beyond the last it was shared out by
    /// the stages after.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    levels_used_up: bool,
    units: Vec<Standing>,
}

/// What a unit has of the essential part of its need.
#[derive(Serialize)]
struct Standing {
    unit: String,
    members: u32,
    essential_seconds: i64,
    /// The highest level that it reaches; none if it needs less than the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    level_seconds: Option<i64>,
}

#[derive(Serialize)]
struct Band {
    /// None for the last, which has no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    up_to_seconds: Option<i64>,
    units: usize,
}

impl Shares {
    /// How a plan shares out what there is; by members only if they are counted.
    pub(crate) fn new(problem: &Problem, plan: &Plan, checked: &Checked) -> Result<Self, Flaw> {
        let round = problem.round();
        let portions = circuits::portions(round, plan)?;
        let sharing = circuits::sharing(round, plan)?;
        let name = |unit: &circuits::UnitIndex| problem.units().name(unit.0).to_owned();
        let by_members = problem.by_members();
        Ok(Self {
            floors: problem.specifications().map_or_else(Vec::new, |all| {
                let floor = |version| Floor::new(version, checked, &portions, problem, all);
                versions(checked).into_iter().map(floor).collect()
            }),
            bands: if by_members { bands(&portions) } else { Vec::new() },
            rooms_used_up: sharing.rooms_used_up.iter().map(name).collect(),
            inside_band_seconds: by_members.then_some(sharing.inside_band_seconds),
        })
    }

    /// For people: ``floor of `bread`: 0:20 h a member, 0:45 h``.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = String> {
        self.floors.iter().map(|floor| {
            let levels: Vec<_> = floor.levels_seconds.iter().map(|level| hours(*level)).collect();
            let more = if floor.levels_used_up {
                "; its levels are used up, so beyond the last it is shared out by the hours met, and \
                 perhaps less equally than it could be"
            } else {
                ""
            };
            let levels = levels.join(", ");
            format!("floor        `{}`, {levels} h a member{more}", floor.specification)
        })
    }
}

impl Floor {
    fn new(
        version: VersionIndex,
        checked: &Checked,
        portions: &[Portion],
        problem: &Problem,
        all: &Names,
    ) -> Self {
        let own = checked.stages.iter().filter(|one| one.name == StageName::Floor { version });
        let levels: Vec<i64> = own.filter_map(|one| one.level).collect();
        let units = portions.iter().filter_map(|portion| {
            let (_, seconds) = portion.floors.iter().find(|(of, _)| *of == version)?;
            let a_member = seconds / i64::from(portion.members);
            Some(Standing {
                unit: problem.units().name(portion.unit.0).to_owned(),
                members: portion.members,
                essential_seconds: *seconds,
                level_seconds: levels.iter().copied().filter(|level| *level <= a_member).max(),
            })
        });
        let units = units.collect();
        Self {
            specification: all.name(version.0).to_owned(),
            levels_used_up: levels.len() == problem.round().levels_max(),
            levels_seconds: levels,
            units,
        }
    }
}

/// The versions that have a floor, in the order of their stages.
fn versions(checked: &Checked) -> Vec<VersionIndex> {
    let floor = |name| match name {
        StageName::Floor { version } => Some(version),
        _ => None,
    };
    let mut versions: Vec<_> =
        checked.stages.iter().filter_map(|passed| floor(passed.name)).collect();
    versions.dedup();
    versions
}

fn bands(portions: &[Portion]) -> Vec<Band> {
    let bounds = circuits::BANDS.into_iter().map(Some).chain([None]);
    let mut bands: Vec<Band> =
        bounds.map(|up_to_seconds| Band { up_to_seconds, units: 0 }).collect();
    for portion in portions {
        let got = portion.essential_seconds + portion.other_seconds;
        let within = |band: &&mut Band| {
            band.up_to_seconds.is_none_or(|bound| got <= bound * i64::from(portion.members))
        };
        if let Some(band) = bands.iter_mut().find(within) {
            band.units += 1;
        }
    }
    bands
}

fn hours(seconds: i64) -> String {
    Hours::from_seconds(seconds).unwrap_or_default().to_string()
}
