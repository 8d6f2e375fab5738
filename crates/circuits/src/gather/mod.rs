//! Bringing what was given into the canonical order of a [`Round`].

mod agenda;
mod before;
mod cells;
mod classes;
mod crowded;
mod netting;
mod order;
mod reach;
mod rooms;
mod size;
#[cfg(test)]
mod tests;
mod valid;
mod wishes;

pub(crate) use classes::essential_seconds;
pub(crate) use order::Placed;

use crate::refused::RoundRefused;
use crate::request::Request;
use crate::round::Round;
use crate::terms::Preference;
use order::{in_order, within_total};
use reach::Ground;

/// A round of what was asked for.
pub(crate) fn round(request: Request) -> Result<Round, RoundRefused> {
    valid::valid(&request)?;
    let areas = order::areas(&request);
    let (units, unit_ranks) = in_order(request.units, |unit| &unit.label)?;
    let (versions, version_ranks) = in_order(request.versions, |version| &version.label)?;
    let ranks = order::Ranks { units: &unit_ranks, versions: &version_ranks, areas: &areas };
    let homes: Vec<_> = units.iter().map(|unit| ranks.area(unit.item.home.as_ref())).collect();
    let (refused, said) = order::refusals(&unit_ranks, &request.refused)?;
    let ground = Ground {
        units: &units,
        areas: &areas,
        homes: &homes,
        week: request.terms.week,
        near: request.terms.order.contains(&Preference::Nearness),
        refused,
        said,
        seed: request.seed,
    };
    let offers = wishes::merged(ranks, &ground, &request.offers, wishes::Side::Offer)?;
    let needs = wishes::merged(ranks, &ground, &request.needs, wishes::Side::Need)?;
    let (offers, needs) = netting::netted(&ground, offers, needs);
    let offers = wishes::valued(&versions, &offers)?;
    let needs = wishes::valued(&versions, &needs)?;
    let mut debts = wishes::debts(&unit_ranks, &request.obligations)?;
    let owed = debts.iter().map(|debt| debt.seconds);
    let needed = within_total(needs.iter().map(|need| need.seconds))? + within_total(owed)?;
    debts.retain(|debt| ground.refused.binary_search(&(debt.giver, debt.receiver)).is_err());
    let mut laid = reach::lay_out(&ground, &offers, &needs);
    let matches = request.before.as_deref().unwrap_or_default();
    before::fill(ranks, matches, &mut laid, &mut debts)?;
    let (shares, floors) = classes::shares(&units, &versions, &laid.gets);
    let taken = classes::intakes(&laid.gets, &shares, &floors, &debts);
    let shifts = rooms::shifts(&unit_ranks, &request.accepted)?;
    let flows = rooms::flows(units.len(), &laid.gives, &laid.gets, &debts);
    let rooms = rooms::rooms(&units, &shifts, &flows);
    let intakes = if request.terms.evenness { classes::joined(&taken) } else { Vec::new() };
    let refused = ground.refused;
    let round = Round {
        lots: laid.lots,
        give_spans: laid.give_spans,
        get_spans: laid.get_spans,
        gives: laid.gives,
        gets: laid.gets,
        lone_gives: laid.lone_gives,
        lone_gets: laid.lone_gets,
        crowded: laid.crowded,
        agenda: Vec::new(),
        terms: request.terms,
        seed: request.seed,
        needed,
        units,
        versions,
        areas,
        homes,
        rooms,
        shares,
        debts,
        floors,
        intakes,
        refused,
        shifts,
    };
    size::within(&round)?;
    let agenda = agenda::stages(&round, &taken);
    Ok(Round { agenda, ..round })
}
