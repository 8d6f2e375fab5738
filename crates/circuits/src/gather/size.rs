//! How large a round may be, so that no sum in the solver leaves its numbers.

use crate::refused::RoundRefused;
use crate::round::{Round, Span};

/// The most seconds of all arcs together. Each can be filled at once on the way to a plan, and what
/// a node then has too much must fit `i64`.
const CAPACITY_MAX: i128 = 1 << 62;

/// The most arcs, so that both directions of both parts of each fit `u32`.
const ARCS_MAX: usize = 1 << 29;

/// Refuses a round of too many arcs, or of too many seconds on all of them together.
pub(super) fn within(round: &Round) -> Result<(), RoundRefused> {
    if round.arc_count() > ARCS_MAX {
        return Err(RoundRefused::TooMany);
    }
    if capacity(round) > CAPACITY_MAX { Err(RoundRefused::TooManyHours) } else { Ok(()) }
}

/// What all arcs can carry.
fn capacity(round: &Round) -> i128 {
    let lots = |span: &Span| i128::try_from(span.lots.len()).unwrap_or(i128::MAX);
    let spans = round.give_spans.iter().chain(&round.get_spans);
    let spans = spans.map(|span| i128::from(span.seconds).saturating_mul(lots(span)));
    let wishes = round.gives.iter().chain(&round.gets).map(|wish| wish.seconds);
    let debts = round.debts.iter().map(|debt| debt.seconds);
    let floors = round.floors.iter().map(|floor| floor.essential + floor.other);
    let intakes = round.intakes.iter().map(|intake| intake.seconds);
    let rooms = round.rooms.iter().flat_map(|room| [room.down, room.up]);
    let others = wishes.chain(debts).chain(floors).chain(intakes).chain(rooms).map(i128::from);
    spans.chain(others).fold(0, i128::saturating_add)
}
