//! What can be said of each entry of a request by itself.

use measure::DECIMALS_MAX;

use crate::refused::RoundRefused;
use crate::request::{Request, Weeks};

use super::order::count;

/// The sixteenths in a whole: the most of its needs that a unit can have gone short of.
const SHORT_MAX: u8 = 16;

/// Sees that every number of a request is within its range, and no list too long.
pub(super) fn valid(request: &Request) -> Result<(), RoundRefused> {
    let wishes = [request.offers.len(), request.needs.len()];
    wishes.into_iter().try_for_each(count)?;
    for (unit, one) in (0..).zip(&request.units) {
        if one.members == 0 {
            return Err(RoundRefused::Members { unit });
        }
        if one.short > SHORT_MAX {
            return Err(RoundRefused::Short { found: one.short });
        }
    }
    for version in &request.versions {
        if version.decimals > DECIMALS_MAX {
            return Err(RoundRefused::Decimals { found: version.decimals });
        }
        let essential = version.essential.unwrap_or_default();
        version.value.worth(essential, version.decimals).ok_or(RoundRefused::TooManyHours)?;
    }
    for Weeks { from, until } in request.offers.iter().chain(&request.needs).map(|w| w.weeks) {
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            return Err(RoundRefused::Window { from, until });
        }
    }
    let mut order = request.terms.order.clone();
    order.sort_unstable();
    match order.iter().zip(order.iter().skip(1)).find(|(one, next)| one == next) {
        Some((&preference, _)) => Err(RoundRefused::PreferenceTwice { preference }),
        None => Ok(()),
    }
}
