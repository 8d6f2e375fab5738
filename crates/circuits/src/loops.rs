//! The deliveries of a plan as loops: what a unit gives and gets, and who begins.

use std::collections::VecDeque;

use measure::Hours;

use crate::maps::{Key, Map, UnitIndex};

/// One delivery, of whatever it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// Who gives.
    pub giver: UnitIndex,
    /// Who gets.
    pub receiver: UnitIndex,
    /// How much.
    pub hours: Hours,
}

/// Deliveries that follow one another: each unit gives the hours on to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    /// How much goes around.
    pub hours: Hours,
    /// Positions in the list of deliveries; the receiver of one is the giver of the next.
    pub steps: Vec<usize>,
    /// Whether the last receiver is the first giver. If not, entitlement closes the loop: the first
    /// giver earns the hours, and the last receiver uses them.
    pub closed: bool,
}

impl Loop {
    /// The receiver at whom the loop can start, and how many hours can go around at once.
    ///
    /// A delivery needs room at its receiver; whoever has delivered has room for what it gets. So
    /// the loop starts with the delivery to a unit that has room, and runs upstream. That is the
    /// last receiver of an open loop, else the one with the most room; the first of equals. None if
    /// nobody has room.
    pub fn beginner(
        &self,
        deliveries: &[Delivery],
        room: impl Fn(UnitIndex) -> Hours,
    ) -> Option<(UnitIndex, Hours)> {
        let receiver = |step: &usize| deliveries.get(*step).map(|one| one.receiver);
        let first = if self.closed { 0 } else { self.steps.len().saturating_sub(1) };
        let receivers = self.steps.iter().skip(first).filter_map(receiver);
        let rooms = receivers.map(|unit| (unit, room(unit))).filter(|(_, room)| room.is_positive());
        let best = rooms.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        Some((best.0, best.1.min(self.hours)))
    }
}

/// Loops that a unit takes part in, short ones first, at most so many.
///
/// `units` is how many units there are. Deliveries of nought, and of a unit to itself, count as
/// none. The loops share no hours: together they are part of the deliveries, and all of the unit's
/// own if there are not more than `at_most`.
pub fn loops(
    units: usize,
    deliveries: &[Delivery],
    through: UnitIndex,
    at_most: usize,
) -> Vec<Loop> {
    let mut left = Left::new(units, deliveries);
    let mut found = Vec::new();
    while found.len() < at_most {
        let Some((steps, closed)) = left.shortest(through) else { break };
        let seconds = steps.iter().map(|&step| left.seconds(step)).min().unwrap_or(0);
        for &step in &steps {
            if let Some(left) = left.seconds.get_mut(step) {
                *left -= seconds;
            }
        }
        let hours = Hours::from_seconds(seconds).unwrap_or_default();
        found.push(Loop { hours, steps, closed });
    }
    found
}

/// What is not yet part of a loop.
struct Left<'a> {
    deliveries: &'a [Delivery],
    seconds: Vec<i64>,
    given_by: Map<UnitIndex, Vec<usize>>,
    got_by: Map<UnitIndex, Vec<usize>>,
}

/// Which way to walk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// From givers to receivers.
    Down,
    /// From receivers to givers.
    Up,
}

impl<'a> Left<'a> {
    fn new(units: usize, deliveries: &'a [Delivery]) -> Self {
        let mut left = Self {
            deliveries,
            seconds: vec![0; deliveries.len()],
            given_by: Map::filled(Vec::new(), units),
            got_by: Map::filled(Vec::new(), units),
        };
        let inside = |unit: UnitIndex| unit.position() < units;
        for (step, (one, seconds)) in deliveries.iter().zip(&mut left.seconds).enumerate() {
            if one.giver != one.receiver && inside(one.giver) && inside(one.receiver) {
                *seconds = one.hours.seconds().max(0);
                left.given_by[one.giver].push(step);
                left.got_by[one.receiver].push(step);
            }
        }
        left
    }

    fn seconds(&self, step: usize) -> i64 {
        self.seconds.get(step).copied().unwrap_or(0)
    }

    /// The steps that lead on from a unit, and where each leads.
    fn onward(&self, unit: UnitIndex, way: Way) -> impl Iterator<Item = (usize, UnitIndex)> {
        let steps = if way == Way::Down { &self.given_by[unit] } else { &self.got_by[unit] };
        let open = steps.iter().filter(|&&step| self.seconds(step) > 0);
        open.filter_map(move |&step| {
            let one = self.deliveries.get(step)?;
            Some((step, if way == Way::Down { one.receiver } else { one.giver }))
        })
    }

    /// The shortest closed loop through a unit, or else the shortest open one.
    fn shortest(&self, unit: UnitIndex) -> Option<(Vec<usize>, bool)> {
        if unit.position() >= self.given_by.len() {
            return None;
        }
        if let Some(steps) = self.walk(unit, Way::Down, |at, _| at == unit) {
            return Some((steps, true));
        }
        // Nothing leads back, so what the unit gives ends at units that get more than they give.
        let ends = |_: UnitIndex, onward: bool| !onward;
        let mut steps = self.walk(unit, Way::Up, ends).unwrap_or_default();
        steps.reverse();
        steps.extend(self.walk(unit, Way::Down, ends).unwrap_or_default());
        (!steps.is_empty()).then_some((steps, false))
    }

    /// The shortest way from a unit, over one step at least, to one where it is done. `done` is told
    /// the unit and whether steps lead on from it.
    fn walk(
        &self,
        start: UnitIndex,
        way: Way,
        done: impl Fn(UnitIndex, bool) -> bool,
    ) -> Option<Vec<usize>> {
        let mut by: Map<UnitIndex, Option<(usize, UnitIndex)>> =
            Map::filled(None, self.given_by.len());
        let mut waiting = VecDeque::from([start]);
        while let Some(unit) = waiting.pop_front() {
            for (step, next) in self.onward(unit, way) {
                if by[next].is_some() {
                    continue;
                }
                by[next] = Some((step, unit));
                if done(next, self.onward(next, way).next().is_some()) {
                    return Some(steps_to(next, start, &by));
                }
                if next != start {
                    waiting.push_back(next);
                }
            }
        }
        None
    }
}

fn steps_to(
    end: UnitIndex,
    start: UnitIndex,
    by: &Map<UnitIndex, Option<(usize, UnitIndex)>>,
) -> Vec<usize> {
    let mut steps = Vec::new();
    let mut at = end;
    while let Some((step, before)) = by[at] {
        steps.push(step);
        at = before;
        if at == start {
            break;
        }
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deliveries(list: &[(u32, u32, i32)]) -> Vec<Delivery> {
        let one = |&(giver, receiver, hours): &(u32, u32, i32)| Delivery {
            giver: UnitIndex(giver),
            receiver: UnitIndex(receiver),
            hours: Hours::whole(hours),
        };
        list.iter().map(one).collect()
    }

    #[test]
    fn a_ring_is_one_loop_that_starts_at_the_unit_with_room() {
        let ring = deliveries(&[(0, 1, 6), (1, 2, 6), (2, 0, 6)]);
        let found = loops(3, &ring, UnitIndex(1), 9);
        assert_eq!(found, [Loop { hours: Hours::whole(6), steps: vec![1, 2, 0], closed: true }]);
        let room = |unit: UnitIndex| Hours::whole(i32::from(unit.0 == 2));
        let begins = found[0].beginner(&ring, room);
        assert_eq!(begins, Some((UnitIndex(2), Hours::whole(1))));
        assert_eq!(found[0].beginner(&ring, |_| Hours::ZERO), None);
    }

    #[test]
    fn what_does_not_come_back_is_an_open_loop_from_who_earns_to_who_uses() {
        let chain = deliveries(&[(0, 1, 2), (1, 2, 3), (3, 1, 1)]);
        let found = loops(4, &chain, UnitIndex(1), 9);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|one| !one.closed));
        assert_eq!(found[0].steps, [0, 1]);
        assert_eq!(found[1].steps, [2, 1]);
        let room = |_| Hours::whole(9);
        assert_eq!(found[0].beginner(&chain, room), Some((UnitIndex(2), Hours::whole(2))));
    }

    #[test]
    fn loops_of_others_are_left_out_and_the_longest_list_is_kept() {
        let both = deliveries(&[(0, 1, 1), (1, 0, 1), (2, 3, 1), (3, 2, 1), (0, 0, 5)]);
        assert_eq!(loops(4, &both, UnitIndex(0), 9).len(), 1);
        assert_eq!(loops(4, &both, UnitIndex(0), 0), []);
        assert_eq!(loops(4, &both, UnitIndex(9), 9), []);
    }
}
