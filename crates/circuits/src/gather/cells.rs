//! The cells of a version: every area, week and set of refused givers that its wishes tell apart.

use crate::refused::RoundRefused;
use crate::request::Weeks;
use crate::round::AreaRank;

use super::reach::Ground;
use super::wishes::{Bare, Valued};

/// The most cells of one version, and the most that the groups of one of its sides reach in all.
pub(super) const CELLS_MAX: usize = 1 << 22;

/// The cells of a version, the areas outermost and the sets innermost.
pub(super) struct Cells {
    areas: Vec<Option<AreaRank>>,
    /// The first week of each span of weeks that no window separates; only none, if no window names
    /// a week.
    weeks: Vec<Option<u32>>,
    /// The distinct sets of givers that some receiver refused, or was refused by.
    withouts: Vec<Vec<u32>>,
}

/// Wishes of one side that reach the same cells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    area: Option<AreaRank>,
    weeks: Weeks,
    sets: Sets,
}

/// The sets, by position, with which a wish goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sets {
    /// A giver reaches all but those that it is in.
    AllBut(Vec<usize>),
    /// A receiver draws only on its own.
    Only(usize),
}

impl Cells {
    /// Tells apart what the wishes of a version do. Refused if that is too much.
    pub(super) fn of(
        ground: &Ground<'_>,
        gives: &[Valued],
        gets: &[Valued],
    ) -> Result<Self, RoundRefused> {
        let mut areas: Vec<_> = gets.iter().map(|get| get.bare.area).collect();
        areas.extend(gives.iter().filter_map(|give| give.bare.area).map(Some));
        areas.sort_unstable();
        areas.dedup();
        let wishes = gives.iter().chain(gets);
        let weeks = weeks(ground.week, wishes.map(|wish| wish.bare.weeks));
        let mut withouts: Vec<_> =
            gets.iter().map(|get| refused_givers(ground, gives, get.bare.unit)).collect();
        withouts.sort_unstable();
        withouts.dedup();
        let cells = Self { areas, weeks, withouts };
        if cells.count() > CELLS_MAX { Err(RoundRefused::TooMany) } else { Ok(cells) }
    }

    pub(super) fn count(&self) -> usize {
        self.areas.len().saturating_mul(self.weeks.len()).saturating_mul(self.withouts.len())
    }

    /// Every cell in order.
    pub(super) fn all(&self) -> impl Iterator<Item = (Option<AreaRank>, Option<u32>, &[u32])> {
        let weeks = |area| self.weeks.iter().map(move |&week| (area, week));
        let withouts = |(area, week)| {
            self.withouts.iter().map(move |without| (area, week, without.as_slice()))
        };
        self.areas.iter().copied().flat_map(weeks).flat_map(withouts)
    }

    pub(super) fn of_giver(&self, give: &Bare) -> Group {
        let holds = |without: &Vec<u32>| without.binary_search(&give.unit).is_ok();
        let sets = self.withouts.iter().enumerate().filter(|(_, without)| holds(without));
        let sets = Sets::AllBut(sets.map(|(place, _)| place).collect());
        Group { area: give.area, weeks: give.weeks, sets }
    }

    pub(super) fn of_receiver(&self, ground: &Ground<'_>, gives: &[Valued], get: &Bare) -> Group {
        let own = refused_givers(ground, gives, get.unit);
        let place = self.withouts.binary_search(&own).unwrap_or(0);
        Group { area: get.area, weeks: get.weeks, sets: Sets::Only(place) }
    }

    /// The positions of the cells that a group reaches.
    pub(super) fn reached(&self, ground: &Ground<'_>, group: &Group) -> Vec<usize> {
        let Weeks { from, until } = group.weeks;
        let holds = |week: &Option<u32>| {
            let Some(week) = *week else { return true };
            from.is_none_or(|from| from <= week) && until.is_none_or(|until| week <= until)
        };
        let drawn = |set: &usize| match &group.sets {
            Sets::AllBut(sets) => !sets.contains(set),
            Sets::Only(own) => set == own,
        };
        let weeks: Vec<_> = places(&self.weeks, holds).collect();
        let sets: Vec<_> = (0..self.withouts.len()).filter(drawn).collect();
        let mut reached = Vec::new();
        for area in places(&self.areas, |&area| ground.lies_in(area, group.area)) {
            for week in &weeks {
                let first = (area * self.weeks.len() + week) * self.withouts.len();
                reached.extend(sets.iter().map(|set| first + set));
            }
        }
        reached
    }
}

/// The positions of the entries of which something holds.
fn places<T>(list: &[T], holds: impl Fn(&T) -> bool) -> impl Iterator<Item = usize> {
    list.iter().enumerate().filter(move |(_, entry)| holds(entry)).map(|(place, _)| place)
}

/// The first week of each span of weeks, from the week in which the round closes, that no window
/// separates.
fn weeks(closes: u32, windows: impl Iterator<Item = Weeks> + Clone) -> Vec<Option<u32>> {
    if windows.clone().all(|window| window == Weeks::default()) {
        return vec![None];
    }
    let ends = windows.flat_map(|Weeks { from, until }| {
        [from, until.and_then(|until| until.checked_add(1))].into_iter().flatten()
    });
    let mut weeks: Vec<_> = ends.filter(|&week| week > closes).chain([closes]).map(Some).collect();
    weeks.sort_unstable();
    weeks.dedup();
    weeks
}

/// The units with an offer among these that a unit will not deal with, in order.
fn refused_givers(ground: &Ground<'_>, gives: &[Valued], unit: u32) -> Vec<u32> {
    let refused = ground.refused_by(unit).iter().map(|&(_, partner)| partner);
    let offers = |partner: &u32| gives.binary_search_by_key(partner, |give| give.bare.unit).is_ok();
    refused.filter(offers).collect()
}
