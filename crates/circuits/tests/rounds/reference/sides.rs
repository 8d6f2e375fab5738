//! Offers and needs by themselves: what is one, and which fit.

use std::collections::BTreeMap;

use circuits::{Area, Weeks};

/// An offer or need of one unit after merging and netting. Ordered as a round orders them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Side {
    pub(super) unit: u32,
    pub(super) area: Option<Area>,
    pub(super) weeks: Weeks,
    pub(super) steps: i64,
}

/// What is left of the plan before.
#[derive(Default)]
pub(super) struct Left(pub(super) BTreeMap<(u32, u32), i128>);

impl Left {
    pub(super) fn take(&mut self, key: (u32, u32), most: i128) -> i128 {
        let left = self.0.entry(key).or_default();
        let taken = most.min(*left);
        *left -= taken;
        taken
    }
}

pub(super) fn merged(mut sides: Vec<Side>) -> Vec<Side> {
    sides.sort();
    sides.dedup_by(|next, kept| {
        let same = (next.unit, &next.area, next.weeks) == (kept.unit, &kept.area, kept.weeks);
        if same {
            kept.steps += next.steps;
        }
        same
    });
    sides
}

/// Whether an offer and a need share a place and a week.
pub(super) fn fit(one: &Side, other: &Side, week: u32) -> bool {
    let from = one.weeks.from.max(other.weeks.from).unwrap_or(0).max(week);
    let untils = [one.weeks.until, other.weeks.until];
    let until = untils.into_iter().flatten().min().unwrap_or(u32::MAX);
    from <= until
        && (within(one.area.as_ref(), other.area.as_ref())
            || within(other.area.as_ref(), one.area.as_ref()))
}

/// Whether an area lies in another, where none is everywhere.
pub(super) fn within(area: Option<&Area>, other: Option<&Area>) -> bool {
    let [area, other] = [area, other].map(|area| area.map_or("", Area::path));
    other.is_empty() || area == other || area.starts_with(&format!("{other}/"))
}

/// Levels up and down between two areas; nought if one is unknown.
pub(super) fn distance(one: Option<&Area>, other: Option<&Area>) -> i128 {
    let (Some(one), Some(other)) = (one, other) else { return 0 };
    let one: Vec<&str> = one.path().split('/').collect();
    let other: Vec<&str> = other.path().split('/').collect();
    let shared = (0..one.len().min(other.len())).take_while(|&i| one[i] == other[i]).count();
    i128::try_from(one.len() + other.len() - 2 * shared).unwrap()
}
