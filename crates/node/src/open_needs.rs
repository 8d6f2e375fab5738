use std::collections::BTreeMap;

use federation::rows::{Drawn, Inputs, Unit, Version};
use federation::{Federation, Id};
use measure::Quantity;

/// How much of a version a unit still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenNeed {
    /// Who needs it.
    pub unit: Id<Unit>,
    /// What.
    pub version: Id<Version>,
    /// How much of it.
    pub quantity: Quantity,
}

/// What of all that was needed is not met by what units get of versions: by unit and version, at
/// most so many.
pub fn open_needs(
    state: &Federation,
    inputs: &Inputs,
    gets: impl Iterator<Item = (Id<Unit>, Id<Version>, Quantity)>,
    most: usize,
) -> Vec<OpenNeed> {
    let mut open: BTreeMap<(Id<Unit>, Id<Version>), i64> = BTreeMap::new();
    for &Drawn { wish, version, quantity } in &inputs.needs {
        let Ok(need) = state.wish(wish) else { continue };
        *open.entry((need.unit, version)).or_default() += quantity.steps();
    }
    for (unit, version, quantity) in gets {
        open.entry((unit, version)).and_modify(|left| *left -= quantity.steps());
    }
    let left = open.into_iter().filter_map(|((unit, version), left)| {
        let quantity = Quantity::from_steps(left).filter(|left| !left.is_zero())?;
        Some(OpenNeed { unit, version, quantity })
    });
    left.take(most).collect()
}
