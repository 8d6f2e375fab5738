//! The room of each unit.

use std::collections::BTreeMap;

use crate::maps::{Key, UnitIndex};
use crate::refused::RoundRefused;
use crate::request::{Accepted, Unit};
use crate::round::{Debt, Merged, Room};

use super::order::{Placed, TOTAL_MAX, count, not_below_nought, rank};

/// By how many seconds accepted contracts move each unit's entitlement, by canonical position.
pub(super) fn shifts(ranks: &[u32], accepted: &[Accepted]) -> Result<Vec<i64>, RoundRefused> {
    count(accepted.len())?;
    let mut moved: BTreeMap<u32, i128> = BTreeMap::new();
    for one in accepted {
        let seconds = i128::from(not_below_nought(one.hours.seconds())?);
        *moved.entry(rank(ranks, one.giver.0)?).or_default() += seconds;
        *moved.entry(rank(ranks, one.receiver.0)?).or_default() -= seconds;
    }
    let mut shifts = vec![0; ranks.len()];
    for (unit, seconds) in moved {
        let seconds = i64::try_from(seconds).map_err(|_| RoundRefused::TooManyHours)?;
        if seconds.abs() > TOTAL_MAX {
            return Err(RoundRefused::TooManyHours);
        }
        if let Some(shift) = shifts.get_mut(UnitIndex(unit).position()) {
            *shift = seconds;
        }
    }
    Ok(shifts)
}

/// Each unit's room after accepted contracts, and no more than it could use in this round.
pub(super) fn rooms(
    units: &[Placed<Unit, UnitIndex>],
    shifts: &[i64],
    flows: &[Flows],
) -> Vec<Room> {
    let one = |((unit, shift), flows): ((&Placed<Unit, UnitIndex>, &i64), &Flows)| Room {
        down: (unit.item.room_down.seconds() + shift).clamp(0, flows.got),
        up: (unit.item.room_up.seconds() - shift).clamp(0, flows.given),
    };
    units.iter().zip(shifts).zip(flows).map(one).collect()
}

/// The most that a unit could give and get in a round, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flows {
    pub(super) given: i64,
    pub(super) got: i64,
}

/// The most that each unit could give and get by its offers, needs and obligations.
pub(super) fn flows(units: usize, gives: &[Merged], gets: &[Merged], debts: &[Debt]) -> Vec<Flows> {
    let mut flows = vec![Flows::default(); units];
    let mut add = |unit: u32, given: i64, got: i64| {
        if let Some(flow) = flows.get_mut(UnitIndex(unit).position()) {
            flow.given += given;
            flow.got += got;
        }
    };
    for wish in gives {
        add(wish.unit, wish.seconds, 0);
    }
    for wish in gets {
        add(wish.unit, 0, wish.seconds);
    }
    for debt in debts {
        add(debt.giver, debt.seconds, 0);
        add(debt.receiver, 0, debt.seconds);
    }
    flows
}
